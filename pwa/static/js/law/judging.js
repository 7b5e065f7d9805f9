// Judging one answer, already in its normal form, by its field's type and rules. A question is {path, topic, field}.

import { TABLES } from "./book.js";
import { ageOn, shifted, spanWords } from "./days.js";
import { compare, decimal, plus, shown } from "./decimal.js";
import { Fault } from "./fault.js";
import {
  birthDateOf, faultInBankCard, faultInCitizenId, faultInCreditCode, faultInForeignResidentId, faultInIdDocument, faultInMobile, kindCalled,
} from "./identity.js"; // prettier-ignore
import { holdsTrue } from "./propositions.js";
import { rulesOf } from "./rules.js";
import { faultInTable } from "./tables.js";
import { first, isList, isMapping, isText, lengthOf, textOf } from "./text.js";

const BEYOND = {
  "<=": ["field.most", "most"],
  ">=": ["field.least", "least"],
  "<": ["field.below", "below"],
  ">": ["field.above", "above"],
};
const HOLDS = { "<=": (n) => n <= 0, ">=": (n) => n >= 0, "<": (n) => n < 0, ">": (n) => n > 0 };

/** The faults of the answer at `question.path`, one after the other: by its type, then by its rules in order. */
export function* faultsIn(question, answers, asked, today) {
  const value = answers[question.path];
  const context = { question, answers, asked, today };
  const fault = byType(question.field.type, value, context);
  if (fault) yield fault;
  for (const rule of rulesOf(question.field)) {
    const found = Object.hasOwn(JUDGES, rule.name) ? JUDGES[rule.name](rule, value, context) : null;
    if (found) yield found;
  }
}

function byType(type, value, context) {
  const most = TABLES.mostCharacters[type];
  const length = most && isText(value) ? lengthOf(value) : 0;
  if (length > most) return new Fault("field.long", { length, most });
  return Object.hasOwn(TYPES, type) ? TYPES[type](value, context) : null;
}

const option = (value, { question: { field } }) =>
  field.options.length && !field.options.includes(value) ? new Fault("field.option") : null;

function options(value, { question: { field } }) {
  const strange = field.options.length ? value.find((each) => !field.options.includes(each)) : undefined;
  return strange === undefined ? null : new Fault("field.options", { value: first(strange, 40) });
}

function percent(value) {
  if (compare(decimal(value), decimal("100")) > 0) return new Fault("field.most", { most: 100 });
  return compare(decimal(value), decimal("0")) < 0 ? new Fault("field.least", { least: 0 }) : null;
}

const order = (value) => (value.end < value.start ? new Fault("date.order") : null);

/** By the kind chosen on the same form where it is asked for this person; else any document's number will do. */
function idDocument(value, { question, answers, today }) {
  const kind = question.field.key === "id_no" ? kindCalled(answers.id_type) : undefined;
  if (kind) return faultInIdDocument(kind, value, today);
  if (!/^[0-9]{10,17}[0-9X]$/.test(value)) return faultInIdDocument("passport", value);
  return value[0] === "9" ? faultInForeignResidentId(value, today) : faultInCitizenId(value, today);
}

function person(value, context) {
  for (const key of ["mobile", "phone"]) {
    const fault = value[key] ? faultInMobile(value[key]) : null;
    if (fault) return fault;
  }
  return value.id_no ? idDocument(value.id_no, context) : null;
}

const TYPES = {
  enum: option,
  multi: options,
  mobile: faultInMobile,
  uscc: faultInCreditCode,
  id_card: (value, { today }) => faultInCitizenId(value, today),
  id_document: idDocument,
  percent,
  daterange: order,
  person,
};

/** The question with that key and its answer, when it was answered. */
function other(key, { asked, answers }) {
  const question = asked.find((each) => each.field.key === key && each.path in answers);
  return question && [question, answers[question.path]];
}

function length({ args: [least, most] }, value) {
  const count = isText(value) ? lengthOf(value) : value.length;
  if (count < Number(least)) return new Fault("field.short", { length: count, least: Number(least) });
  const top = Number(most || least);
  return count > top ? new Fault("field.long", { length: count, most: top }) : null;
}

function pattern({ args: [source] }, value) {
  const expected = patternOf(source);
  return !expected || expected.test(value) ? null : new Fault("field.format");
}

const patterns = new Map();

/** A pattern of the catalogue, or null where a browser can't read it: then the hall alone judges. */
function patternOf(source) {
  if (!patterns.has(source)) patterns.set(source, made(source));
  return patterns.get(source);
}

function made(source) {
  try {
    return new RegExp(`^(?:${source})$`, "u");
  } catch {
    return null;
  }
}

const number = (value) => decimal(textOf(value));

function bound(sign, limit, value) {
  if (HOLDS[sign](compare(number(value), decimal(limit)))) return null;
  const [code, fact] = BEYOND[sign];
  return new Fault(code, { [fact]: limit });
}

/** Of ">=200 for 歌舞娱乐": binds only where an answer chose that word. */
function compareIf({ args: [sign, limit, words] }, value, { asked, answers }) {
  const chosen = asked.filter((each) => each.field.options.length).map((each) => answers[each.path]);
  const applies = chosen.some((answer) => (isList(answer) ? answer : [answer]).includes(words));
  return applies ? bound(sign, limit, value) : null;
}

/** A day against today. Of a moment only the day is judged: "now" at midnight is nobody's fault. */
function day({ args: [sign, span] }, value, { today }) {
  const limit = shifted(today, span);
  const given = isMapping(value) ? value.start : value.slice(0, 10);
  if (HOLDS[sign](Number(given > limit) - Number(given < limit))) return null;
  const code = { "<=": "date.latest", "<": "date.latest", ">=": "date.earliest", ">": "date.after" }[sign];
  return new Fault(code, { day: limit });
}

function starts({ args: [span] }, value, { today }) {
  const limit = shifted(today, span);
  return value.start >= limit ? null : new Fault("date.earliest", { day: limit });
}

function longest({ args: [span] }, value) {
  const limit = shifted(value.start, span);
  if (value.end <= limit) return null;
  const [most, mostEn] = spanWords(span);
  return new Fault("date.range_long", { most, most_en: mostEn, day: limit });
}

/** Of "长期>=6m": binds where a chosen option speaks of a long stay. */
function shortestIf({ args: [word, span] }, value, { asked, answers }) {
  const limit = shifted(value.start, span);
  const chosen = asked.filter((each) => each.field.type === "enum" && each.path in answers);
  const isShort = chosen.some((each) => answers[each.path].includes(word)) && value.end < limit;
  return isShort ? new Fault("date.earliest", { day: limit }) : null;
}

function atMostOther({ args: [key] }, value, context) {
  const found = other(key, context);
  if (!found || compare(number(value), number(found[1])) <= 0) return null;
  const { zh, en } = found[0].field;
  return new Fault("field.more_than_other", { other_zh: zh, other_en: en });
}

function age({ args: [least] }, value, { today }) {
  const born = birthDateOf(value);
  return born && ageOn(today, born) >= Number(least) ? null : new Fault("id.too_young", { age: Number(least) });
}

/** Both ends inside the span, which may run over midnight, and in its order. */
function hours({ args: [start, end] }, value) {
  const minutes = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const after = (text) => (minutes(text) - minutes(start) + 1440) % 1440;
  const isInside = after(value.start) <= after(value.end) && after(value.end) <= after(end);
  return isInside ? null : new Fault("time.outside", { start, end });
}

/** Of "sum=total": this field and those before it, back to the one called total…, add up to that one. */
function partsOfTotal(_, value, { question, asked, answers }) {
  const here = asked.findIndex((each) => each.path === question.path);
  const start = asked.slice(0, here + 1).findLastIndex((each) => each.field.key.startsWith("total"));
  if (start < 0 || asked.slice(start, here).some((each) => !(each.path in answers))) return null;
  const total = number(answers[asked[start].path]);
  const parts = asked.slice(start + 1, here).map((each) => number(answers[each.path])).reduce(plus, number(value)); // prettier-ignore
  return compare(parts, total) ? new Fault("field.sum", { total: shown(total), sum: shown(parts) }) : null;
}

function proposition({ args: [text] }, _, { asked, answers }) {
  const numbers = asked.filter((each) => each.path in answers && ["int", "decimal", "money"].includes(each.field.type));
  const known = new Map(numbers.map((each) => [each.field.key, number(answers[each.path])]));
  return holdsTrue(text, known) === false ? new Fault("field.proposition") : null;
}

function table(rule, value, context) {
  const type = other("company_type", context);
  return faultInTable(rule, value, context.question.field, context.today, type ? textOf(type[1]) : "");
}

const TABLE_RULES = ["columns", "rows", "column_total", "column_day", "column_above", "rows_if_kind"];
const JUDGES = {
  length,
  regex: pattern,
  between: ({ args: [least, most] }, value) => bound(">=", least, value) ?? bound("<=", most, value),
  compare: ({ args: [sign, limit] }, value) => bound(sign, limit, value),
  compare_if: compareIf,
  day,
  starts,
  ordered: (_, value) => order(value),
  longest,
  shortest_if: shortestIf,
  at_most_other: atMostOther,
  must_be_true: (_, value) => (value === true ? null : new Fault("field.must_be_true")),
  age,
  hours,
  parts_of_total: partsOfTotal,
  proposition,
  bank_card: (_, value) => faultInBankCard(value.replaceAll(" ", "")),
  citizen_id: (_, value, { today }) => faultInCitizenId(value, today),
  credit_code: (_, value) => faultInCreditCode(value),
  ...Object.fromEntries(TABLE_RULES.map((name) => [name, table])),
};
