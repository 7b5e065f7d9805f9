// Copies of personal pages, for when there is no network: in a cache of that person, with the time of the copy. Nothing
// of a page that belongs to nobody is kept (the shell draws those from the catalogue), and no page about signing in.

import { pagesOf } from "../lib/leaving.js";

const MOST = 160;
const NEVER = /^\/(desk\/intake|sign-|step-up|staff\/|demo|kiosk|me\/(closing|security)|offline|outbox|share|privacy|relay\/|drafts\/[^/]+\/relay)/;
const DROPPED = ["content-encoding", "content-length", "set-cookie", "transfer-encoding"];

/** The person a response was drawn for, or "". */
export const personOf = (response) => response.headers.get("x-yimaban-person") ?? "";

/** What a copy is filed under. The same case of the desk is opened from several lists: which one does not matter. */
function address(url) {
  if (!url.pathname.startsWith("/desk/cases/")) return url.pathname + url.search;
  const asked = new URLSearchParams(url.search);
  asked.delete("segment");
  return url.pathname + (asked.size ? `?${asked}` : "");
}

/** Keep a page that came from the server, if it is somebody's. Consumes the response. */
export async function keepPage(url, response) {
  const person = personOf(response);
  const isPage = response.status === 200 && (response.headers.get("content-type") ?? "").startsWith("text/html");
  if (!person || !isPage || NEVER.test(url.pathname)) return;
  const headers = new Headers(response.headers);
  for (const name of DROPPED) headers.delete(name);
  headers.set("x-copied-at", new Date().toISOString());
  const cache = await caches.open(pagesOf(person));
  await cache.delete(address(url)); // so that the order of keys is the order of use
  await cache.put(address(url), new Response(await response.blob(), { headers }));
  for (const old of (await cache.keys()).slice(0, -MOST)) await cache.delete(old);
}

/** The copy of a page for a person, or undefined. */
export async function copyOf(url, person) {
  if (!person || !(await caches.has(pagesOf(person)))) return undefined;
  return (await caches.open(pagesOf(person))).match(address(url), { ignoreVary: true });
}

/** The copy as it is shown: it says when it was made, and why it stands in for the page itself. */
export async function shown(copy, cause) {
  const text = await copy.text();
  const marks = ` data-copied-at="${copy.headers.get("x-copied-at")}" data-cause="${cause}"`;
  return new Response(text.replace("<body", `<body${marks}`), { headers: copy.headers });
}
