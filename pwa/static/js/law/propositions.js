// Small propositions over a form's numbers: "persons>=50 or (persons>0 and units>0 and total>=50)".

import { compare, decimal, sum } from "./decimal.js";

const COMPARISON = "([a-z_]+)\\s*(>=|<=|>|<)\\s*(\\d+(?:\\.\\d+)?)";
const TOTAL = "total";
const HOLDS = { ">=": (n) => n >= 0, "<=": (n) => n <= 0, ">": (n) => n > 0, "<": (n) => n < 0 };

/** Whether the proposition is true of these answers (key -> decimal); null while one is missing. */
export function holdsTrue(text, numbers) {
  const names = new Set([...text.matchAll(new RegExp(COMPARISON, "g"))].map((found) => found[1]));
  names.delete(TOTAL);
  const keys = [...names].map((name) => [name, keyFor(name, [...numbers.keys()])]);
  if (keys.some(([, key]) => key === null)) return null;
  const known = new Map(keys.map(([name, key]) => [name, numbers.get(key)]));
  known.set(TOTAL, sum([...known.values()]));
  return any(text, known);
}

/** The one field the name means: its own key, or the only key with the name as one of its words. */
function keyFor(name, keys) {
  if (keys.includes(name)) return name;
  const meant = keys.filter((key) => key.split("_").includes(name));
  return meant.length === 1 ? meant[0] : null;
}

const any = (text, known) => split(text, " or ").some((part) => all(part, known));
const all = (text, known) => split(text, " and ").every((part) => one(part.trim(), known));

function one(text, known) {
  if (text.startsWith("(") && text.endsWith(")")) return any(text.slice(1, -1), known);
  const [, name, sign, bound] = new RegExp(`^${COMPARISON}$`).exec(text);
  return HOLDS[sign](compare(known.get(name), decimal(bound)));
}

/** `text` at `word`, but not inside parentheses. */
function split(text, word) {
  const found = [];
  let [depth, start] = [0, 0];
  for (let place = 0; place < text.length; place += 1) {
    depth += (text[place] === "(") - (text[place] === ")");
    if (depth === 0 && text.startsWith(word, place)) {
      found.push(text.slice(start, place));
      start = place + word.length;
    }
  }
  return [...found, text.slice(start)];
}
