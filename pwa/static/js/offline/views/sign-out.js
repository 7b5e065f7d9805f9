// /sign-out without network: the same question as on the hall's page (templates/people/sign_out.html).

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { currentPerson } from "../../lib/person.js";
import { unsent } from "../../lib/unsent.js";
import { wordsOf } from "../../lib/words.js";

const loaders = { zh: () => import("../../words/leaving.zh.js"), en: () => import("../../words/leaving.en.js") };

export async function view({ navigate }) {
  if (!(await currentPerson())) await navigate("/");
  const say = await wordsOf(loaders);
  const { sendings, drafts } = await unsent().catch(() => ({ sendings: 0, drafts: 0 }));
  const count = sendings + drafts;
  const main = [
    h("h1", { tabindex: "-1", "data-focus": true }, say("out.head")),
    h("p", { class: "mute mt8" }, say("out.line")),
    h("p", { class: "mute mt8" }, say("out.hall")),
    count ? choices(count, say) : h("div", { class: "mt16" }, form(say("out.title"), "sign-out")),
  ];
  return { title: say("out.title"), heading: say("out.title"), back: "/me", tab: "me", main };
}

const choices = (count, say) => [
  h("div", { class: "note wheat mt16" }, icon("hourglass-medium"), h("div", {}, h("b", {}, say("leave.left", { n: count })), h("br"), say("out.unsent"))),
  h("div", { class: "stack mt16" }, form(say("out.keep"), null, "btn-2", true), form(say("out.drop"), "trash", "btn-3")),
  h("p", { class: "sm mute mt8" }, say("out.kept")),
];

function form(word, glyph, look = "", keeps = false) {
  const button = h("button", { type: "submit", class: `govuk-button wide ${look}` }, glyph && icon(glyph, 1), word);
  return h("form", { method: "post", action: "/sign-out" }, keeps && h("input", { type: "hidden", name: "unsent", value: "keep" }), button);
}
