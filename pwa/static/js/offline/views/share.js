// Photos shared into the app from elsewhere: they wait on this phone, and every list of files offers them; this page
// leads to where that may be.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { filesOf, sharings } from "../../lib/shared.js";
import { all, forget } from "../../lib/store.js";
import { language, wordsOf } from "../../lib/words.js";

const loaders = { zh: () => import("../../words/device.zh.js"), en: () => import("../../words/device.en.js") };

/** The page /share. */
export async function view({ query, navigate }) {
  const say = await wordsOf(loaders);
  const waiting = await sharings();
  const main = waiting.length ? await choices(waiting, say, navigate) : nothing(query, say);
  return { title: say("share.title"), heading: say("share.title"), back: "/", tab: "home", main };
}

function nothing(query, say) {
  const line = say(query.why === "no_room" ? "share.no_room" : "share.nothing");
  return h("div", { class: "card empty" }, icon("camera"), h("h1", {}, say("share.title")), h("p", {}, line));
}

async function choices(waiting, say, navigate) {
  const files = waiting.flatMap(filesOf);
  const drafts = (await all("filings")).filter((draft) => draft?.label).slice(0, 8);
  const drop = h("button", { type: "button", class: "govuk-button btn-3 wide" }, icon("x"), say("share.drop"));
  drop.addEventListener("click", async () => {
    for (const each of waiting) await forget("kept", `shared-${each.id}`);
    navigate("/");
  });
  return [
    h("h1", { tabindex: "-1", "data-focus": true }, say("share.where")),
    h("p", { class: "mute mt4" }, say("share.count", { n: files.length })),
    h("ul", { class: "list mt16" }, drafts.map((draft) => row("note-pencil", draft.label[language()] ?? draft.label.zh, say("share.draft"), `/drafts/${draft.id}`)),
      row("files", say("share.cases"), say("share.cases_line"), "/cases"), row("house", say("share.begin"), say("share.begin_line"), "/matters")),
    h("div", { class: "mt16" }, drop),
  ];
}

const row = (glyph, title, line, href) =>
  h("li", {}, h("a", { class: "li", href }, h("span", { class: "ico" }, icon(glyph)),
    h("span", { class: "grow" }, h("span", { class: "li-t" }, title), h("span", { class: "li-s" }, line)), icon("caret-right")));
