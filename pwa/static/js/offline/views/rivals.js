// /drafts/:id/rivals on the phone: every answer that devices wrote differently, each with its device and time, as the hall
// listed them last. Choosing writes the answer here; it goes to the hall like anything else that is typed.

import { h } from "../../lib/h.js";
import { wordsOf } from "../../lib/words.js";
import { btn, errorSummary, glyph, moment, named, pick } from "../drawn/ui.js";
import { sheetOf } from "../drawn/sheet.js";
import { queue, settle } from "../filings.js";

const loaders = { zh: () => import("../../words/rivals.zh.js"), en: () => import("../../words/rivals.en.js") };

/** The page; nothing left to decide leads back to the list. */
export async function view({ params, navigate }) {
  const [sheet, say] = await Promise.all([sheetOf(params.id), wordsOf(loaders)]);
  const open = undecided(sheet);
  if (!open.length) return done(sheet, say);
  const isPair = open.length > 1 && open.every(({ path }) => sidesOf(sheet, path, say).length === 2);
  const form = h("form", { id: "rivals", class: "sec-s" },
    isPair && h("div", { class: "row" }, sidesOf(sheet, open[0].path, say).map(({ whose }, place) => btn(say("rivals.all", { whose }), { kind: "2", type: "button", "data-all": String(place) }))),
    open.map((question) => card(sheet, question, say))); // prettier-ignore
  const faults = h("div", {});
  form.addEventListener("submit", (event) => (event.preventDefault(), decide(sheet, open, form, { say, faults, navigate })));
  form.addEventListener("click", (event) => event.target.closest("[data-all]") && all(sheet, open, Number(event.target.closest("[data-all]").dataset.all), { say, navigate }));
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

/** Every answer to a question: {value, whose, when}, the one that stands first. The hall's list, unless this phone has newer ones. */
function sidesOf({ draft }, path, say) {
  const same = (one, other) => JSON.stringify(one ?? "") === JSON.stringify(other ?? "");
  const every = draft.sides?.[path] ?? [];
  if (every.length < 2 || !same(every[0].value, draft.values[path]) || !every.some((side) => same(side.value, draft.rivals[path]))) {
    return [{ value: draft.values[path], whose: say("rivals.kept"), when: "" }, { value: draft.rivals[path], whose: say("rivals.rival"), when: "" }];
  }
  return every.map((side, place) => ({
    value: side.value,
    whose: side.is_here ? say("rivals.here") : side.device || say(place ? "rivals.rival" : "rivals.kept"),
    when: side.at ? say("rivals.at", { when: moment(side.at) }) : say("rivals.first"),
  }));
}

function card(sheet, question, say) {
  const rows = sidesOf(sheet, question.path, say).map(({ value, whose, when }, place) => {
    const id = `${question.path}-${place}`;
    const words = inFull(sheet, question, value, say);
    return h("div", { class: "govuk-radios__item" },
      h("input", { class: "govuk-radios__input", type: "radio", id, name: question.path, value: String(place), "aria-describedby": `${id}-hint` }),
      h("label", { class: "govuk-label govuk-radios__label", for: id }, words),
      h("div", { class: "govuk-hint govuk-radios__hint", id: `${id}-hint` }, whose + when)); // prettier-ignore
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
  if (!picked.length) return faults.replaceChildren(errorSummary(say("rivals.pick"), [[`#${open[0].path}-0`, pick(open[0].field)]]));
  for (const [path, place] of picked) await settle(sheet.draft.id, path, sidesOf(sheet, path, say)[Number(place)].value);
  await queue(sheet.draft.id);
  return navigate(picked.length < open.length ? `${sheet.home}/rivals` : sheet.home);
}

async function all(sheet, open, place, { say, navigate }) {
  for (const { path } of open) await settle(sheet.draft.id, path, sidesOf(sheet, path, say)[place].value);
  await queue(sheet.draft.id);
  return navigate(sheet.home);
}

function done({ home }, say) {
  const main = h("div", { class: "card empty" }, h("h1", {}, say("rivals.none")), h("a", { class: "govuk-button btn-2", href: home }, say("rivals.back")));
  return { title: say("rivals.title"), heading: say("rivals.title"), back: home, main };
}
