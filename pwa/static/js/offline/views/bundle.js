// /matters/yjs-:code without network: what one gets, which matters it is made of, which papers once, and the way to begin.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { head, matter } from "../catalogue.js";
import { NotHere } from "../not-here.js";
import { bundleWords, catalogueWords, chinese, edition, limit, pick } from "../rows.js";

const PREFIX = "yjs-";
const MARK = "~";
const MORE = 1; // the sprite of what a first visit doesn't need

export async function view({ params, navigate }) {
  const code = PREFIX + params.code;
  const [say, listWords, about, whole] = await Promise.all([bundleWords(), catalogueWords(), head(), matter(code)]);
  const bundle = about?.bundles?.find((each) => each.code === code.split(MARK)[0]);
  if (!bundle || !whole) throw new NotHere(code);
  const name = pick(bundle.name, bundle.name_en);
  const form = h("form", { id: "choose" }, h("ol", { class: "list parts" }, bundle.parts.map((part) => row(part, bundle, code, about, say, listWords))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    navigate(`/matters/${filingCode(bundle, new FormData(form).getAll("part"))}/start`);
  });
  const main = [
    h("h1", {}, name),
    h("p", { class: "mute mt4" }, pick(bundle.gives, bundle.gives_en)),
    facts(bundle, say),
    h("section", { class: "sec", id: "parts" }, h("h2", {}, say("parts", { n: bundle.parts.length })), form),
    papers(bundle, say),
    afterwards(say),
    h("p", { class: "sec note" }, icon("wifi-slash"), h("span", {}, say("here"))),
    h("p", { class: "sec sm mute" }, chinese(bundle.source), h("br"), say("demo")),
    edition(about, listWords),
  ];
  const act = h("div", { class: "row" }, h("button", { class: "govuk-button wide", type: "submit", form: "choose" }, say("begin")));
  return { title: name, heading: say("title"), back: "/matters", tab: "matters", main, act };
}

/** The code under which these optional parts are filed: backend/domain/bundle_parts.code_of, function by function. */
export function filingCode(bundle, chosen) {
  const optional = bundle.parts.filter((part) => part.is_optional).map((part) => part.key);
  const taken = optional.map((key, at) => (chosen.includes(key) ? at + 1 : 0)).filter(Boolean);
  return taken.length === optional.length ? bundle.code : `${bundle.code}${MARK}${taken.join("") || "0"}`;
}

const isTaken = (part, bundle, code) => {
  const optional = bundle.parts.filter((each) => each.is_optional).map((each) => each.key);
  const [, figures] = code.split(MARK);
  return figures === undefined || figures.includes(String(optional.indexOf(part.key) + 1));
};

const shortOf = (bundle, key) => {
  const part = bundle.parts.find((each) => each.key === key);
  return pick(part.short, part.short_en);
};

function row(part, bundle, code, about, say, listWords) {
  const waits = part.after?.length ? say("waits", { what: shortOf(bundle, part.after.at(-1)) }) : say("at_once");
  return h("li", { class: "li top-al" },
    h("span", { class: "ico" }, icon(part.icon, part.sheet)),
    h("span", { class: "grow" },
      h("a", { class: "li-t", href: `/matters/${part.matter}` }, pick(part.name, part.name_en)),
      h("span", { class: "li-s" }, `${pick(part.department_zh, part.department_en)} · ${limit(part.promised, about, listWords)}`),
      h("span", { class: "li-s" }, waits),
      part.is_optional && [h("span", { class: "li-s" }, pick(part.when, part.when_en)), tick(part, isTaken(part, bundle, code), say)],
    )); // prettier-ignore
}

function tick(part, isOn, say) {
  const id = `part-${part.key}`;
  const box = h("input", { class: "govuk-checkboxes__input", id, type: "checkbox", name: "part", value: part.key, checked: isOn });
  const label = h("label", { class: "govuk-label govuk-checkboxes__label", for: id }, say("too"), h("span", { class: "govuk-visually-hidden" }, ` ${pick(part.name, part.name_en)}`));
  return h("span", { class: "govuk-checkboxes govuk-checkboxes--small mt4" }, h("span", { class: "govuk-checkboxes__item" }, box, label));
}

function facts(bundle, say) {
  const rows = [
    [say("days"), bundle.days ? say("about", { n: bundle.days }) : say("on_the_spot")],
    [say("filings"), say("once")],
    [say("questions"), say("apart", { n: bundle.questions, apart: bundle.questions_apart })],
    [say("papers"), say("count", { n: bundle.papers.filter((each) => !each.is_fetched).length })],
  ];
  return h("dl", { class: "facts mt16" }, rows.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}

function papers(bundle, say) {
  const yours = bundle.papers.filter((each) => !each.is_fetched);
  const rows = [...yours, ...bundle.papers.filter((each) => each.is_fetched)].map((paper) =>
    h("li", { class: "li top-al" }, paper.is_fetched ? icon("seal-check") : icon("file-text", MORE),
      h("span", { class: "grow" }, h("span", { class: "li-t" }, pick(paper.name, paper.name_en)),
        paper.is_fetched && h("span", { class: "li-s" }, say("fetched")),
        paper.parts.length > 1 && h("span", { class: "li-s" },
          say("shared", { n: paper.parts.length, what: paper.parts.map((key) => shortOf(bundle, key)).join(pick("、", ", ")) })))),
  ); // prettier-ignore
  return h("section", { class: "sec", id: "materials" }, h("h2", {}, yours.length ? say("yours", { n: yours.length }) : say("nothing")), h("ul", { class: "list" }, rows));
}

function afterwards(say) {
  const beads = [["now", icon("paper-plane-tilt", MORE), "pushed"], ["todo", icon("list-checks", MORE), "own_way"], ["todo", icon("seal-check"), "collect"]]; // prettier-ignore
  const rows = beads.map(([state, glyph, words]) => h("li", { class: state }, glyph, h("h3", {}, say(words))));
  return h("section", { class: "sec" }, h("h2", {}, say("after")), h("ol", { class: "tl card" }, rows));
}
