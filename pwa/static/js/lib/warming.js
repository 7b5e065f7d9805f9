// Copies of what a person will want without network: home, progress, inbox, their open cases and drafts. At most every quarter of
// an hour, in the background, never where the reader saves data; the draft that is open, and all of them on the page that
// lists them, at once.

import { learnDraft, refreshApplicants, refreshDrafts } from "../offline/learning.js";
import { copyOf, keepPage } from "../worker/copies.js";
import { keep, kept } from "./store.js";
import { warmDesk } from "./warming-desk.js";

const EVERY = 15 * 60 * 1000;
const MOST_CASES = 12;
const LISTED = /^\/cases\/?$/;
const DRAFT = /^\/drafts\/([0-9a-f-]{36})(\/|$)/;
// Addresses that can be asked for again: what answered a form may have none of its own.
const OPENED = /^\/($|matters|cases(\/[^/]+)?$|desk$|desk\/cases\/\d+$|approvals(\/\d+)?$|inbox$|me$|scan$)/;

/** Refresh the copies of whoever is signed in, if it is time. What a page left half done the next one goes on with. */
export async function warm() {
  const person = document.querySelector('meta[name="person"]')?.content;
  if (!person || document.body.dataset.cause || navigator.connection?.saveData) return;
  if (OPENED.test(location.pathname)) await copied(location.pathname + location.search, person); // it came before the worker
  await drafts(person);
  if (Date.now() - ((await kept("kept", "warmed")) ?? 0) < EVERY) return;
  if (document.body.classList.contains("dk")) await warmDesk((path) => copied(path, person));
  else await warmPhone(person);
  await keep("kept", "warmed", Date.now());
}

async function warmPhone(person) {
  await copied("/", person);
  const list = await copied("/cases", person);
  await copied("/inbox", person);
  for (const path of casesIn(list)) await copied(path, person);
  await refreshApplicants(person);
  if (!LISTED.test(location.pathname)) await refreshDrafts(person);
}

async function drafts(person) {
  const [, open] = DRAFT.exec(location.pathname) ?? [];
  if (open) await learnDraft(open, person);
  else if (LISTED.test(location.pathname)) await refreshDrafts(person);
}

/** The text of a page, from its copy if that is of these minutes. */
async function copied(path, person) {
  const url = new URL(path, location.href);
  const held = await copyOf(url, person);
  if (held && Date.now() - Date.parse(held.headers.get("x-copied-at")) < EVERY) return held.text();
  const headers = { accept: "text/html", "x-yimaban-person": person };
  const response = await fetch(path, { headers }).catch(() => null);
  if (!response?.ok || response.redirected) return "";
  const text = await response.clone().text();
  await keepPage(url, response).catch(() => {});
  return text;
}

function casesIn(html) {
  const links = new DOMParser().parseFromString(html, "text/html").querySelectorAll('a[href^="/cases/"]');
  return [...new Set([...links].map((link) => link.getAttribute("href")))].slice(0, MOST_CASES);
}
