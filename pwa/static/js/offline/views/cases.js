// /cases on the phone, when there is no copy of it: drafts, what waits to be sent, cases seen before.

import { h } from "../../lib/h.js";
import { currentPerson } from "../../lib/person.js";
import { pagesOf } from "../../lib/leaving.js";
import { empty, filingWords, link, rowLink, section } from "../drawn/ui.js";
import { ownDrafts } from "../drawn/own-drafts.js";

/** The page. */
export async function view() {
  const say = await filingWords();
  const [mine, seen] = await Promise.all([ownDrafts(), casesSeen()]);
  const rows = seen.map(({ path, title }) => rowLink(path, title, null, null, "files"));
  const main = [
    (mine.length || rows.length) && h("h1", { class: "govuk-visually-hidden" }, say("cases.title")),
    ...mine,
    rows.length > 0 && section(say("cases.seen"), h("p", { class: "sm mute" }, say("cases.seen_line")), h("ul", { class: "list mt8" }, rows)),
    !mine.length && !rows.length && empty("files-duotone", say("cases.none"), say("cases.none_line"), link(say("cases.find"), "/matters", { wide: true })),
  ].filter(Boolean); // prettier-ignore
  return { title: say("cases.title"), heading: say("cases.title"), back: false, tab: "cases", main };
}

/** The cases whose pages this phone has: their address, and their title as the page had it. */
async function casesSeen() {
  const person = await currentPerson();
  if (!person || !(await caches.has(pagesOf(person)))) return [];
  const cache = await caches.open(pagesOf(person));
  const found = (await cache.keys()).map((request) => new URL(request.url)).filter((url) => /^\/cases\/\d+$/.test(url.pathname));
  return Promise.all(found.map(async ({ pathname }) => ({ path: pathname, title: titleIn(await (await cache.match(pathname, { ignoreVary: true })).text()) })));
}

const titleIn = (html) => new DOMParser().parseFromString(html, "text/html").title.split("·")[0].trim();
