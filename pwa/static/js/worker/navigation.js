// A page is asked for: from the server when it answers, else the copy of that very page, else the shell, which draws
// what the phone knows. Never the browser's own error page.

import { settle } from "../lib/owed.js";
import { currentPerson, setPerson } from "../lib/person.js";
import { copyOf, keepPage, personOf, shown } from "./copies.js";
import { isOurs } from "./drafting.js";
import { shell } from "./shell.js";

const PATIENCE = { copy: 3000, shell: 8000 };
const AWAY = [502, 503, 504]; // a proxy without a hall behind it, or a hall without its database
const BY_THE_PHONE = /^\/(outbox|offline)(\/|$)|^\/drafts\/[^/]+\/sent$/; // what only the phone knows
const DRAWN = /^\/($|matters|desk\/intake|cases$|drafts\/|scan$|t\/|me$|share$|sign-out$)/;
const DRAFT = /^\/drafts\/[^/]+/; // the phone's own draft is newer than any copy of its page
const OTHERS = /^\/(api|schema|sw\.js|static|healthz|readyz|metrics)(\/|$)/;

/** Whether this navigation is ours to answer. */
export const isPage = (url) => !OTHERS.test(url.pathname);

/** Why there is no answer, as the outbox names causes. */
export const causeNow = () => (navigator.onLine ? "server" : "no_network");

const after = (time) => new Promise((_, failed) => setTimeout(() => failed(new Error("too slow")), time));

/** The answer to a navigation. `later` keeps the worker alive for what goes on after it. */
export async function page(event) {
  const url = new URL(event.request.url);
  if (BY_THE_PHONE.test(url.pathname) || (await isOurs(url))) return shell(url.pathname, navigator.onLine ? "" : "no_network");
  const copy = DRAFT.test(url.pathname) ? undefined : await copyOf(url, await currentPerson());
  const settled = await settle();
  if (settled === false) return shell(url.pathname, causeNow());
  const coming = fromServer(event, url, { isNew: settled });
  event.waitUntil(coming.catch(() => {})); // an answer that comes after our patience still renews the copy
  const patience = copy ? PATIENCE.copy : DRAWN.test(url.pathname) ? PATIENCE.shell : null;
  try {
    const response = await (patience ? Promise.race([coming, after(patience)]) : coming);
    if (!AWAY.includes(response.status) || !(copy || DRAWN.test(url.pathname))) return response;
    return standIn(url, copy, "server");
  } catch {
    return standIn(url, copy, causeNow());
  }
}

const standIn = (url, copy, cause) => (copy ? shown(copy, cause) : shell(url.pathname, cause));

async function fromServer(event, url, { isNew }) {
  const early = await event.preloadResponse;
  const response = !isNew && early ? early : await fetch(event.request); // what was asked for early was asked for by who left
  event.waitUntil(noted(url, response.clone()));
  return response;
}

async function noted(url, response) {
  const person = personOf(response);
  if (person && person !== (await currentPerson())) await setPerson(person);
  await keepPage(url, response).catch(() => {}); // no room for a copy is no reason not to show the page
}
