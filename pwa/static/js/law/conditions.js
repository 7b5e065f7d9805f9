// required_if: when a question is asked. true, false, or null when the answers can't tell.

import { ageOn } from "./days.js";
import { birthDateOf } from "./identity.js";
import { ruleCalled } from "./rules.js";
import { isList, plainNumber, textOf } from "./text.js";

const ADULT = 18;
const offers = new WeakMap(); // by the questions of a form: what each condition speaks of
const YES = [true, 1, "true", "True", "1", "on", "是"];

/** Whether the question's condition holds; null without one, or when nothing in the form can answer it. */
export function isMet(question, every, given, today) {
  const rule = ruleCalled(question.field, "required_if");
  return rule ? holds(rule.args[0], every, given, today) : null;
}

function holds(condition, every, given, today) {
  const under = /^age<(\d+)$/.exec(condition);
  if (under) return isYounger(given, Number(under[1]), today);
  const [key, ...rest] = condition.split("=");
  const wanted = rest.join("=");
  const asked = every.find((question) => question.field.key === key);
  if (asked) {
    const answer = given[asked.path];
    return wanted ? textOf(answer) === wanted : YES.includes(answer);
  }
  const offered = optionsFor(condition, every);
  if (!offered.length) return null;
  if (offered.some(([question, option]) => chosen(given[question.path]).includes(option))) return true;
  return condition.includes("未成年") && isYounger(given, ADULT, today) === true;
}

function optionsFor(condition, every) {
  const known = offers.get(every) ?? offers.set(every, new Map()).get(every);
  if (!known.has(condition)) known.set(condition, optionsWith(condition, every));
  return known.get(condition);
}

/** Options that name one of the condition's words: "餐饮" is meant by "餐饮服务经营者". */
function optionsWith(condition, every) {
  const words = condition.split("/");
  return every.flatMap((question) =>
    question.field.options.filter((option) => words.some((word) => option.includes(word))).map((option) => [question, option]),
  );
}

const chosen = (answer) => (isList(answer) ? answer : [answer]);

function isYounger(given, age, today) {
  const number = plainNumber(textOf(given.id_no || ""));
  if (!/^[0-9]{17}[0-9X]$/.test(number)) return null;
  const born = birthDateOf(number);
  return born ? ageOn(today, born) < age : null;
}
