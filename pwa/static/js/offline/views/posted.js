// A form that could not be sent (kept by the worker in the person's own store): says so, and what can be done. Nothing
// typed is lost: it can be sent again from here, or the reader goes back to the form.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { forget, kept } from "../../lib/store.js";
import { wordsOf } from "../../lib/words.js";

const loaders = { zh: () => import("../../words/device.zh.js"), en: () => import("../../words/device.en.js") };

/** The page /offline/posted?id=… or ?why=… */
export async function view({ query }) {
  const say = await wordsOf(loaders);
  const posted = query.id && (await kept("kept", `posted-${query.id}`));
  const why = posted?.cause ?? query.why ?? "gone";
  const lines = [say(`posted.${why}`)];
  if (posted) lines.push(say("posted.maybe"));
  if (!posted && !["no_room", "gone"].includes(why)) lines.push(say("posted.secret"));
  const main = [
    h("div", { class: "card empty" }, icon("wifi-slash"), h("h1", { tabindex: "-1", "data-focus": true }, say("posted.title")), lines.map((line) => h("p", {}, line))),
    h("div", { class: "stack mt16" }, posted && sendAgain(posted, say), goBack(posted, say)),
  ];
  return { title: say("posted.title"), heading: say("posted.title"), back: posted?.from ?? "/", tab: "home", main };
}

function sendAgain(posted, say) {
  const form = h("form", { method: "post", action: posted.path });
  if (posted.fields.some(([, value]) => value instanceof File)) form.enctype = "multipart/form-data";
  for (const [name, value] of posted.fields) form.append(field(name, value));
  form.append(h("button", { type: "submit", class: "govuk-button wide" }, icon("arrow-clockwise"), say("posted.again")));
  form.addEventListener("submit", () => forget("kept", `posted-${posted.id}`)); // kept anew if it fails again
  return form;
}

function field(name, value) {
  if (!(value instanceof File)) return h("input", { type: "hidden", name, value });
  const files = new DataTransfer();
  files.items.add(value);
  const input = h("input", { type: "file", name, hidden: true });
  input.files = files.files;
  return input;
}

function goBack(posted, say) {
  const back = h("button", { type: "button", class: "govuk-button wide btn-2" }, say("posted.back"));
  back.addEventListener("click", () => (posted?.from ? location.assign(posted.from) : history.back()));
  return back;
}
