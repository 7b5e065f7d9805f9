// The catalogue's little rule language ("len:2-60", "<=today;>=today-1y") as data: {name, args, text}.

import { TABLES } from "./book.js";
import { strip } from "./text.js";

const PATTERNS = TABLES.rules.map(([name, pattern]) => [name, new RegExp(`^(?:${pattern})$`, "u")]);
const FILE_TYPES = new RegExp(`^(?:${TABLES.fileTypes})$`);
const read = new Map();

/** The parts of a field's rule. */
export function rulesOf({ rule, type }) {
  const key = `${type === "file" ? "file" : ""}\n${rule}`;
  if (!read.has(key)) read.set(key, parts(rule).map((part) => ruleOf(part, type)));
  return read.get(key);
}

/** The first part of that name, or undefined. */
export const ruleCalled = (field, name) => rulesOf(field).find((rule) => rule.name === name);

function parts(rule) {
  // A regular expression may hold a semicolon, and none is ever combined with another rule.
  return (rule.startsWith("regex:") ? [rule] : rule.split(";").map(strip)).filter(Boolean);
}

function ruleOf(text, type) {
  if (type === "file" && FILE_TYPES.test(text)) return { name: "file_types", args: text.split(","), text };
  for (const [name, pattern] of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return { name, args: found.slice(1).map((part) => part ?? ""), text };
  }
  return { name: "note", args: [], text };
}
