// Every kind of question as its widget: templates/intake/_field.html, drawn on the phone.

import { h } from "../../lib/h.js";
import { FILE_QUESTION } from "../draft-files.js";
import { choices, input, parts, select, textarea, tick } from "./inputs.js";
import { uploads } from "./uploads.js";
import { btn, glyph } from "./ui.js";

const isTrue = (value) => value === true || value === "true";
const isFalse = (value) => value === false || value === "false";
const mapping = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : null);

/** `sheet` has draft, files, say; `more` is how many empty rows a table gets beside those that are filled. */
const KINDS = {
  input: (widget, value, error, { say }) => input(widget, value, error, say),
  date: (widget, value, error, { say }) => input({ ...widget, width: "date", attrs: { ...widget.attrs, type: "date" } }, value, error, say),
  datetime: (widget, value, error, { say }) => input({ ...widget, width: "date", attrs: { type: "datetime-local" } }, value, error, say),
  textarea: (widget, value, error, { say }) => textarea(widget, value, error, say),
  lines: (widget, value, error, { say }) => textarea(widget, Array.isArray(value) ? value.join("\n") : value, error, say),
  select: (widget, value, error, { say }) => select(widget, value, error, say),
  radios: (widget, value, error, { say }) => choices("radios", widget, [value], error, say),
  checkboxes: (widget, value, error, { say }) => choices("checkboxes", widget, [value ?? []].flat(), error, say),
  yes_no: (widget, value, error, { say }) => {
    const options = [["true", say("field.yes")], ["false", say("field.no")]]; // prettier-ignore
    return choices("radios", { ...widget, options }, [isTrue(value) ? "true" : isFalse(value) ? "false" : null], error, say);
  },
  tick: (widget, value, error, { say }) => h("div", { class: "card mt12" }, tick(widget.path, widget.label, isTrue(value), error, say)),
  daterange: (widget, value, error, { say }) => span(widget, value, error, say, "date"),
  time_range: (widget, value, error, { say }) => span(widget, value, error, say, "time"),
  person: (widget, value, error, { say }) => {
    const known = mapping(value) ?? { name: value };
    const part = (name, word, attrs) => input({ path: `${widget.path}.${name}`, label: word, attrs }, known[name], "", say);
    return parts(widget, error, say, h("div", { class: "pair" }, part("name", say("field.name")), part("mobile", say("field.mobile"), { type: "tel", inputmode: "tel" })));
  },
  table: (widget, value, error, { say }, more) => table(widget, Array.isArray(value) ? value : [], error, say, more),
  file: (widget, _value, error, sheet) => parts(widget, error, sheet.say, uploads(sheet, FILE_QUESTION(widget.path))),
};

/** One question: with what another device wrote, if that differs. */
export function field(widget, value, error, sheet, more = 0) {
  const rival = sheet.draft.rivals[widget.path];
  return [rival !== undefined && rivalNote(widget, rival, sheet), KINDS[widget.kind](widget, value, error, sheet, more)];
}

function rivalNote({ path }, rival, { say, words }) {
  const use = btn(say("rival.use"), { kind: "2", type: "button", "data-settle": path, "data-side": "rival" });
  const keep = btn(say("rival.keep"), { kind: "3", type: "button", "data-settle": path, "data-side": "kept" });
  for (const each of [use, keep]) each.classList.add("mini");
  return h("div", { class: "note boat mt8", role: "status" }, glyph("device-mobile"),
    h("div", {}, h("b", {}, say("rival.decide")), h("p", {}, say("rival.line", { value: words(path, rival) })), h("div", { class: "wrap" }, use, keep))); // prettier-ignore
}

function span(widget, value, error, say, type) {
  const known = mapping(value) ?? {};
  const part = (name, word) => input({ path: `${widget.path}.${name}`, label: word, width: "date", attrs: { type } }, known[name], "", say);
  return parts(widget, error, say, h("div", { class: "pair" }, part("start", say("field.from")), part("end", say("field.to"))));
}

function table(widget, rows, error, say, more) {
  const drawn = Array.from({ length: Math.max(rows.length + more, 1) }, (_, at) => rowset(widget, rows[at] ?? {}, at, say));
  if (more) drawn.at(-1).querySelector("input").dataset.focus = ""; // where one goes on
  const add = btn(say("field.add_row"), { kind: "2", symbol: "plus", type: "button", "data-more": widget.path });
  add.classList.add("mini", "mt8");
  return parts(widget, error, say, drawn, add);
}

const rowset = (widget, row, at, say) =>
  h("fieldset", { class: "card mt8 rowset" },
    h("legend", { class: "sm mute" }, say("field.row", { n: at + 1 })),
    h("div", { class: "pair" }, widget.columns.map(([key, word]) => input({ path: `${widget.path}.${at}.${key}`, label: word }, row[key], "", say)))); // prettier-ignore
