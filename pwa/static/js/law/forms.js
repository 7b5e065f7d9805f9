// A matter's form in use: which questions stand open, what is wrong with the answers. Answers are a flat object by path.

import { TABLES } from "./book.js";
import { isMet } from "./conditions.js";
import { Fault } from "./fault.js";
import { faultInCreditCode } from "./identity.js";
import { faultsIn } from "./judging.js";
import { ruleCalled } from "./rules.js";
import { isEmpty, textOf } from "./text.js";
import { PERSON_NAME, read } from "./values.js";

export const OWN = "own";
const OVERRIDABLE = new Set(TABLES.overridable);
const asked = new WeakMap();
const SWITCHED = new Set(Object.values(TABLES.groupOfKind));

/** The pages of the form: the shared groups in their order, then "own" for the matter's own fields. */
export const topics = (form) => [...form.groups.map((group) => group.name), ...(form.fields.length ? [OWN] : [])];

/** Every question {path, topic, field} of the form in order, whether open or not. A form is never changed. */
export function questions(form) {
  if (!asked.has(form)) asked.set(form, questionsOf(form));
  return asked.get(form);
}

function questionsOf(form) {
  const shared = form.groups.flatMap(({ name, fields }) => fields.map((field) => ({ path: field.key, topic: name, field })));
  const taken = new Set(shared.map((question) => question.path));
  const own = form.fields.map((field) => ({ path: taken.has(field.key) ? `own_${field.key}` : field.key, topic: OWN, field }));
  return [...shared, ...own];
}

/** Filled in by staff or computed, so never asked of the citizen. */
export const isOurs = (field) => Boolean(ruleCalled(field, "ours"));

/** The questions to ask, given the answers so far: the applicant's own group, conditions met, staff fields not. */
export function openQuestions(form, given, today) {
  const every = questions(form);
  const hasSwitch = form.groups.some((group) => group.name === "applicant_any");
  const kind = TABLES.groupOfKind[textOf(given.applicant_kind ?? "")];
  return every.filter(
    (question) =>
      !isOurs(question.field) &&
      (!hasSwitch || !SWITCHED.has(question.topic) || question.topic === kind) &&
      isMet(question, every, given, today) !== false,
  );
}

/** Whether an open question must be answered. What the hall can fetch itself is never demanded (国务院令716). */
export function isRequired(question, form, given, today) {
  if (ruleCalled(question.field, "fetched")) return false;
  return question.field.is_required || isMet(question, questions(form), given, today) === true;
}

/**
 * Answers of the open questions in normal form, with every fault at once: {values, faults, overridden}, both by path.
 * Files are the intake's to judge; here they may be missing. `overrides`: path -> the code staff compared with its original.
 */
export function readForm(form, given, today, overrides = {}) {
  const open = openQuestions(form, given, today);
  const [values, faults, overridden] = [{}, {}, []];
  for (const question of open) readOne(question, form, given, today, values, faults);
  for (const question of open.filter((each) => each.path in values)) {
    const found = [...faultsIn(question, values, open, today)];
    const isWaived = found.length > 0 && OVERRIDABLE.has(found[0].code) && overrides[question.path] === values[question.path];
    if (isWaived) overridden.push(question.path);
    const fault = isWaived ? found.find((each) => !OVERRIDABLE.has(each.code)) : found[0];
    if (fault) faults[question.path] = fault;
  }
  return { values, faults, overridden };
}

function readOne(question, form, given, today, values, faults) {
  const { path, topic, field } = question;
  const raw = given[path];
  if (isEmpty(raw)) {
    if (field.type !== "file" && isRequired(question, form, given, today)) faults[path] = new Fault("field.missing");
    return;
  }
  const isName = topic !== OWN && TABLES.personNames.includes(path);
  const answer = read(isName ? PERSON_NAME : field.type, raw);
  if (answer instanceof Fault) faults[path] = answer;
  else values[path] = answer;
}

/** Path -> answer in normal form of every credit code that fails nothing but its check digit. */
export function overridable(form, given) {
  const codes = questions(form).filter(({ path, field }) => field.type === "uscc" && !isEmpty(given[path]));
  const read_ = codes.map(({ path }) => [path, read("uscc", given[path])]).filter(([, code]) => !(code instanceof Fault));
  return Object.fromEntries(read_.filter(([, code]) => OVERRIDABLE.has(faultInCreditCode(code)?.code)));
}
