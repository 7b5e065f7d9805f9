// The hall's catalogue on this phone: fetched in the background, brought up to date by difference, searched and read
// without network. Public data only; kept in the database that everybody on the device shares.

import { formOf } from "../law/pack.js";
import { shared } from "../lib/store.js";

const HOUR = 3600 * 1000;
const AT_ONCE = 200;
const KEPT = ["code", "name", "name_en", "aliases", "sounds", "department", "channels", "applicants"];
let finder;

/** The head of the pack as this phone has it: edition, imported_at, departments, life_events, popular … or undefined. */
export const head = () => shared.get("pack", "head");

/** Whether there is a catalogue on this phone. */
export const packReady = async () => Boolean(await head());

/** One matter with its guide and form, or undefined. The shared groups of its form are filled in. */
export async function matter(code) {
  const [found, about] = await Promise.all([shared.get("matters", code), head()]);
  if (!found || !about) return undefined;
  return { ...found, form: formOf(found, about) };
}

/** Every matter as lists show it: code, names, department, channels, applicants; in the catalogue's order. */
export const allMatters = async () => (await shared.get("pack", "rows")) ?? [];

/** Matters that answer a query as people talk, best first: [{code, score, alias}], from the phone alone. */
export async function search(query, limit = 20) {
  finder ??= Promise.all([import("./search/finder.js"), allMatters(), head()]).then(
    ([{ Finder }, rows, about]) => rows.length && new Finder(rows, about),
  );
  const ready = await finder;
  if (!ready) {
    finder = undefined;
    return [];
  }
  const hits = ready.find(query).slice(0, limit);
  return hits.map(({ at, score, phrase }) => ({ code: ready.rows[at].code, score, alias: phrase?.weight < 1 ? phrase.shown : "" }));
}

/** Bring the catalogue up to date; at most once an hour unless `now`. What breaks half-way leaves the old one whole. */
export async function refresh({ now = false } = {}) {
  const asked = (await shared.get("meta", "catalogue_asked")) ?? 0;
  const about = await head();
  if (!now && about && Date.now() - asked < HOUR) return;
  const path = about ? "/api/v1/catalogue/index" : "/api/v1/catalogue/pack";
  const headers = about ? { "if-none-match": about.edition } : {};
  const answer = await fetch(path, { headers, cache: "no-store" });
  if (answer.status === 304) return shared.put("meta", "catalogue_asked", Date.now());
  if (!answer.ok) return;
  const { matters, ...fresh } = await answer.json();
  await take(fresh, matters ?? (await changed(fresh, await shared.all("matters"))));
}

/** The matters whose version in force this phone lacks. */
async function changed(fresh, known) {
  const have = new Map(known.map((each) => [each.code, each.version]));
  const wanted = Object.keys(fresh.versions).filter((code) => have.get(code) !== fresh.versions[code]);
  const found = [];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const answer = await fetch(`/api/v1/catalogue/pack?codes=${wanted.slice(at, at + AT_ONCE).join(",")}`, { cache: "no-store" });
    const part = answer.ok ? await answer.json() : {};
    if (part.edition !== fresh.edition) throw new Error("the catalogue changed while it was fetched");
    found.push(...part.matters);
  }
  return found;
}

async function take(fresh, matters) {
  const known = new Map((await shared.all("matters")).map((each) => [each.code, each]));
  for (const each of matters) known.set(each.code, each);
  const gone = [...known.keys()].filter((code) => !(code in fresh.versions));
  const composed = new Set(fresh.composed); // bundles as matters: filled in like any other, in no list
  const codes = Object.keys(fresh.versions).filter((code) => !composed.has(code));
  const rows = codes.map((code) => Object.fromEntries(KEPT.map((name) => [name, known.get(code)[name]])));
  await shared.change(["matters", "pack", "meta"], (tables) => {
    for (const each of matters) tables.matters.put(each, each.code);
    for (const code of gone) tables.matters.delete(code);
    tables.pack.put(fresh, "head");
    tables.pack.put(rows, "rows");
    tables.meta.put(Date.now(), "catalogue_asked");
  });
  finder = undefined;
}
