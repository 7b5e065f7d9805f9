// /drafts/:id/rivals on the phone: what two devices wrote differently, as far as this phone knows of it. Choosing writes
// the answer here; it goes to the hall like anything else that is typed.

import { h } from "../../lib/h.js";
import { wordsOf } from "../../lib/words.js";
import { btn, errorSummary, glyph, named, pick } from "../drawn/ui.js";
import { sheetOf } from "../drawn/sheet.js";
import { queue, settle } from "../filings.js";

const loaders = { zh: () => import("../../words/rivals.zh.js"), en: () => import("../../words/rivals.en.js") };
const SIDES = ["kept", "rival"];

/** The page; nothing left to decide leads back to the list. */
export async function view({ params, navigate }) {
  const [sheet, say] = await Promise.all([sheetOf(params.id), wordsOf(loaders)]);
  const open = undecided(sheet);
  if (!open.length) return done(sheet, say);
  const form = h("form", { id: "rivals", class: "sec-s" },
    open.length > 1 && h("div", { class: "row" }, SIDES.map((side) => btn(say(`rivals.all_${side}`), { kind: "2", type: "button", "data-all": side }))),
    open.map((question) => card(sheet, question, say))); // prettier-ignore
  const faults = h("div", {});
  form.addEventListener("submit", (event) => (event.preventDefault(), decide(sheet, open, form, { say, faults, navigate })));
  form.addEventListener("click", (event) => event.target.closest("[data-all]") && all(sheet, open, event.target.closest("[data-all]").dataset.all, navigate));
  const main = [faults, h("h1", {}, say("rivals.head", { n: open.length })), h("p", { class: "mute mt4" }, say("rivals.line")), form];
  return { title: say("rivals.title"), heading: say("rivals.title"), back: sheet.home, main, act: btn(say("rivals.go"), { wide: true, form: "rivals" }) };
}

/** Questions that stand open and have two answers here. */
const undecided = (sheet) => sheet.topics.flatMap((topic) => sheet.asked(topic)).filter(({ path }) => sheet.draft.rivals[path] !== undefined);

/** What the task list says of it, or null. */
export async function rivalsRow(sheet) {
  const n = undecided(sheet).length;
  if (!n) return null;
  const say = await wordsOf(loaders);
  return h("a", { class: "card you mt12", href: `${sheet.home}/rivals` },
    h("span", { class: "tag" }, glyph("hand-heart"), say("rivals.title")),
    h("b", {}, say("rivals.head", { n })), h("span", { class: "sm mute" }, say("rivals.line")),
    h("span", { class: "go" }, h("span", { class: "govuk-button mini btn-boat" }, say("rivals.choose")))); // prettier-ignore
}

const answer = ({ draft }, path, side) => (side === "rival" ? draft.rivals[path] : draft.values[path]);

function card(sheet, question, say) {
  const rows = SIDES.map((side) => {
    const id = `${question.path}-${side}`;
    const words = inFull(sheet, question, answer(sheet, question.path, side), say);
    return h("div", { class: "govuk-radios__item" },
      h("input", { class: "govuk-radios__input", type: "radio", id, name: question.path, value: side, "aria-describedby": `${id}-hint` }),
      h("label", { class: "govuk-label govuk-radios__label", for: id }, words),
      h("div", { class: "govuk-hint govuk-radios__hint", id: `${id}-hint` }, say(`rivals.${side}`))); // prettier-ignore
  });
  const legend = h("legend", { class: "govuk-fieldset__legend" }, named(question.field.zh, question.field.en));
  return h("div", { class: "card mt12 rival" }, h("fieldset", { class: "govuk-fieldset", id: question.path }, legend, h("div", { class: "govuk-radios" }, rows)));
}

/** An answer to be compared with another: nothing masked, every part named, a row a line. */
function inFull(sheet, question, value, say) {
  if (Array.isArray(value) && question.field.type === "table") {
    const names = Object.fromEntries(sheet.widget(question).columns);
    return value.map((row) => parts(row, names, say)).join("\n") || say("rivals.empty");
  }
  if (question.field.type === "person" && value && typeof value === "object") return parts(value, { name: say("rivals.name"), mobile: say("rivals.mobile") }, say);
  const words = sheet.words(question.path, value);
  return (words.includes("*") ? String(value) : words) || say("rivals.empty");
}

const parts = (row, names, say) =>
  Object.entries(row).filter(([, part]) => part).map(([key, part]) => say("rivals.part", { name: names[key] ?? key, part })).join(say("rivals.comma")); // prettier-ignore

async function decide(sheet, open, form, { say, faults, navigate }) {
  const picked = open.map(({ path }) => [path, form.elements[path].value]).filter(([, side]) => side);
  if (!picked.length) return faults.replaceChildren(errorSummary(say("rivals.pick"), [[`#${open[0].path}-kept`, pick(open[0].field)]]));
  for (const [path, side] of picked) await settle(sheet.draft.id, path, answer(sheet, path, side));
  await queue(sheet.draft.id);
  return navigate(picked.length < open.length ? `${sheet.home}/rivals` : sheet.home);
}

async function all(sheet, open, side, navigate) {
  for (const { path } of open) await settle(sheet.draft.id, path, answer(sheet, path, side));
  await queue(sheet.draft.id);
  return navigate(sheet.home);
}

function done({ home }, say) {
  const main = h("div", { class: "card empty" }, h("h1", {}, say("rivals.none")), h("a", { class: "govuk-button btn-2", href: home }, say("rivals.back")));
  return { title: say("rivals.title"), heading: say("rivals.title"), back: home, main };
}
