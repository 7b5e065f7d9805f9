// Pictures of papers on a page: from the server, and a copy under the name of whoever may see them, for when there is no
// network. The oldest go first; a very big one is not kept.

import { papersOf } from "../lib/leaving.js";
import { currentPerson } from "../lib/person.js";
import { personOf } from "./copies.js";

const PICTURE = /^\/uploads\/[0-9a-f-]{36}\/pages\/\d+\.png$/;
const MOST = 120;
const LARGEST = 2_000_000;

/** Whether a request is for a picture of a paper. */
export const isPaper = ({ method, mode }, url) => method === "GET" && mode !== "navigate" && PICTURE.test(url.pathname);

/** The picture. */
export async function paper(event, url) {
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(keepPaper(url, response.clone()).catch(() => {})); // no room: seen all the same
    if (response.status < 500) return response;
    return (await heldPaper(url)) ?? response;
  } catch {
    return (await heldPaper(url)) ?? Response.error();
  }
}

const address = (url) => url.pathname + url.search;

async function heldPaper(url) {
  const person = await currentPerson();
  if (!person || !(await caches.has(papersOf(person)))) return undefined;
  return (await caches.open(papersOf(person))).match(address(url), { ignoreVary: true });
}

async function keepPaper(url, response) {
  const person = personOf(response);
  const body = await response.blob();
  if (!person || body.size > LARGEST) return;
  const cache = await caches.open(papersOf(person));
  await cache.delete(address(url)); // so that the order of keys is the order of use
  await cache.put(address(url), new Response(body, { headers: response.headers }));
  for (const old of (await cache.keys()).slice(0, -MOST)) await cache.delete(old);
}
