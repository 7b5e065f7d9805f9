// What the pages of a draft show: each question with its widget and hint, each answer in words.

import { TABLES, WORDS } from "./book.js";
import { fullDay, shifted } from "./days.js";
import { filled, said } from "./fault.js";
import { rulesOf } from "./rules.js";
import { columnsOf } from "./tables.js";
import { isEmpty, isList, isMapping, isText, textOf } from "./text.js";
import { read } from "./values.js";

const BY_TYPE = ["textarea", "date", "datetime", "daterange", "time_range", "table", "person", "file"];

/** How one question is drawn: {path, kind, label, hint, options, attrs, columns, suffix, width, isOptional}. */
export function widgetOf(question, today, { isRequired, lang }) {
  const { path, field } = question;
  const columns = columnsOf(field);
  return {
    path,
    kind: kindOf(field),
    label: lang === "en" ? field.en : field.zh,
    hint: hintOf(field, lang),
    options: field.options.map((option) => [option, optionWord(field, option, lang)]),
    attrs: attributesOf(field, today),
    columns: (columns.length ? columns : ["name"]).map((key) => [key, columnWord(key, lang)]),
    suffix: said(WORDS.suffixes[field.type] ?? ["", ""], lang),
    width: TABLES.widths[field.type] ?? "",
    isOptional: !isRequired,
  };
}

const AT_THE_END = ["date.order", "date.range_long"];

/** The id of the control that a fault is about: where a link from the summary leads, and what is marked as wrong. */
export function placeOf({ path, field }, fault) {
  const { code = "", facts = {} } = fault ?? {};
  switch (field.type) {
    case "daterange":
    case "time_range":
      return `${path}.${AT_THE_END.includes(code) ? "end" : "start"}`;
    case "person":
      return `${path}.${code.startsWith("mobile.") ? "mobile" : "name"}`;
    case "table":
      return `${path}.${(facts.row ?? 1) - 1}.${facts.column ?? columnsOf(field)[0] ?? "name"}`;
    default:
      return path;
  }
}

/** The heading of a table's column; its key where nobody has named it. */
export const columnWord = (key, lang) => said(WORDS.columns[key] ?? [key, key], lang);

function kindOf(field) {
  if (field.type === "bool") return rulesOf(field).some((rule) => rule.name === "must_be_true") ? "tick" : "yes_no";
  if (field.type === "multi") return field.options.length ? "checkboxes" : "lines";
  if (field.options.length && field.type.startsWith("enum")) return field.options.length <= TABLES.radiosAtMost ? "radios" : "select";
  return BY_TYPE.includes(field.type) ? field.type : "input";
}

function hintOf(field, lang) {
  if (field.rule.includes("in_district") && field.type !== "geo") return said(WORDS.inDistrict, lang);
  if (field.type === "multi" && !field.options.length) return said(WORDS.oneALine, lang);
  return said(WORDS.hints[field.type] ?? ["", ""], lang);
}

/** What the browser may know beforehand: type, inputmode, autocomplete, min, max, accept. Never maxlength: 𠮷 has two units. */
function attributesOf(field, today) {
  const attrs = { type: TABLES.inputTypes[field.type] ?? "text" };
  if (TABLES.inputModes[field.type]) attrs.inputmode = TABLES.inputModes[field.type];
  if (TABLES.autocomplete[field.key]) attrs.autocomplete = TABLES.autocomplete[field.key];
  return Object.assign(attrs, ...rulesOf(field).map((rule) => attributesOfRule(rule, field.type, today)));
}

function attributesOfRule({ name, args }, type, today) {
  if (name === "between") return { min: args[0], max: args[1] };
  if (name === "compare" && args[0].endsWith("=")) return { [args[0] === "<=" ? "max" : "min"]: args[1] };
  if (name === "file_types") return { accept: args.map((each) => `.${each}`).join(",") };
  if (name !== "day" || type !== "date") return {};
  const limit = shifted(shifted(today, args[1]), { ">": "+1d", "<": "-1d" }[args[0]] ?? "");
  return { [args[0].startsWith("<") ? "max" : "min"]: limit };
}

/** An option in the reader's language; somebody's own words as they are. */
function optionWord(field, text, lang) {
  const place = lang === "en" ? field.options.indexOf(text) : -1;
  return (place >= 0 && field.options_en?.[place]) || text;
}

/** An answer as the check page shows it; ID and mobile numbers masked. "" when there is none. */
export function inWords(question, value, lang) {
  const { field } = question;
  if (isEmpty(value)) return "";
  if (Object.hasOwn(IN_WORDS, field.type)) return IN_WORDS[field.type](value, lang);
  if (isList(value)) return value.map((part) => optionWord(field, typed(part), lang)).join(lang === "en" ? ", " : "、");
  return optionWord(field, typed(value), lang) + said(WORDS.suffixes[field.type] ?? ["", ""], lang);
}

/** What was typed; nothing for a list or an object where a line of text was asked for. */
const typed = (value) => (isList(value) || isMapping(value) || value === undefined || value === null ? "" : textOf(value));

function dayWords(value, lang) {
  const day = read("date", value);
  return isText(day) ? fullDay(day, lang) : typed(value);
}

const spanWords = (value, lang) => (isMapping(value) ? `${dayWords(value.start, lang)} – ${dayWords(value.end, lang)}` : typed(value));

const YES = [true, 1, "true", "True", "1", "on", "是"];
const yesNo = (value, lang) => said(YES.includes(value) ? WORDS.yes : WORDS.no, lang);

/** An ID number with its first and last character. */
export function maskId(number) {
  const marks = [...number];
  return marks.length > 4 ? `${marks[0]}${"*".repeat(marks.length - 2)}${marks.at(-1)}` : "*".repeat(marks.length);
}

/** 138****1234; anything shorter than a mobile number shows nothing. */
export function maskMobile(mobile) {
  const marks = [...mobile];
  return marks.length < 11 ? "*".repeat(marks.length) : `${marks.slice(0, 3).join("")}****${marks.slice(-4).join("")}`;
}

const MASKS = { id_no: maskId, mobile: maskMobile, phone: maskMobile };
const partWord = ([key, value]) => (Object.hasOwn(MASKS, key) ? MASKS[key](typed(value)) : typed(value));
const parts = (row) => Object.entries(row).filter(([, value]) => !isEmpty(value));

const person = (value) =>
  isMapping(value) ? parts(value).filter(([key]) => key !== "id_no").map(partWord).join(" ") : typed(value); // prettier-ignore

const rowsInWords = (value) => (isList(value) ? value.filter(isMapping).map((row) => parts(row).map(partWord).join(" · ")).join("\n") : "");
const filesInWords = (value, lang) => (isList(value) ? filled(said(WORDS.files, lang), { n: value.length }) : "");

const IN_WORDS = {
  bool: yesNo,
  date: dayWords,
  daterange: spanWords,
  time_range: spanWords,
  person,
  table: rowsInWords,
  file: filesInWords,
  id_document: (value) => maskId(typed(value)),
  id_card: (value) => maskId(typed(value)),
  mobile: (value) => maskMobile(typed(value)),
};
