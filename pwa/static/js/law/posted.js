// From the flat names of an HTML form to the answers of a matter's form. Compound answers have dotted names:
// `period.start`, `manager.name`, `shareholders.0.name`.

import { isList, isMapping, strip } from "./text.js";

const ROWS_AT_MOST = 100;
const isRow = (text) => /^[0-9]+$/.test(text) && Number(text) < ROWS_AT_MOST;

/**
 * The answers to `questions` in a FormData, as far as they were on the page: a browser says nothing of boxes that are not
 * ticked, so `_shown` lists what was asked.
 */
export function answersIn(questions, form) {
  const shown = new Set(form.getAll("_shown"));
  const names = [...new Set(form.keys())];
  const found = {};
  for (const question of questions) {
    const { path, field } = question;
    const value = answer(question, form, names);
    if (value !== undefined) found[path] = value;
    else if (shown.has(path) && ["multi", "bool"].includes(field.type)) found[path] = field.type === "multi" ? [] : "";
  }
  return found;
}

function answer({ path, field }, form, names) {
  const below = names.filter((name) => name.startsWith(`${path}.`));
  if (field.type === "table") return below.length ? rows(path, form, below) : undefined;
  if (below.length) {
    const parts = below.map((name) => [name.slice(path.length + 1), text(form.getAll(name)[0])]);
    return Object.fromEntries(parts.filter(([part]) => /^[a-z_][a-z0-9_]*$/i.test(part)));
  }
  if (!names.includes(path)) return undefined;
  const all = form.getAll(path).map(text);
  if (field.type === "multi" && !field.options.length) return all.at(-1).split(/[\n、；;]/).map(strip).filter(Boolean); // prettier-ignore
  return ["multi", "file"].includes(field.type) ? all.filter(Boolean) : all.at(-1);
}

function rows(path, form, names) {
  const found = new Map();
  for (const name of names) {
    const [, number, column] = /^([^.]*)\.?([^]*)$/.exec(name.slice(path.length + 1));
    if (!isRow(number) || !column) continue;
    if (!found.has(Number(number))) found.set(Number(number), {});
    found.get(Number(number))[column] = text(form.getAll(name)[0]);
  }
  const inOrder = [...found].sort(([a], [b]) => a - b).map(([, row]) => row);
  return inOrder.filter((row) => Object.values(row).some(Boolean));
}

/** A posted value; a file in a text field is nothing. */
const text = (value) => (typeof value === "string" ? strip(value) : "");

/** `changes` with dotted names (as the autosave element has them) as whole answers, put into those of `values`. */
export function merged(values, changes) {
  const whole = {};
  for (const [name, value] of Object.entries(changes)) {
    const [key, ...path] = name.split(".");
    const base = key in whole ? whole[key] : values[key];
    if (!path.length) whole[key] = value;
    else if (path.length === 1) whole[key] = { ...(isMapping(base) ? base : {}), [path[0]]: value };
    else if (path.length === 2 && isRow(path[0])) whole[key] = withCell(base, Number(path[0]), path[1], value);
    else whole[name] = value;
  }
  return whole;
}

function withCell(base, number, column, value) {
  const found = isList(base) ? base.map((row) => ({ ...row })) : [];
  while (found.length <= number) found.push({});
  found[number][column] = value;
  return found;
}
