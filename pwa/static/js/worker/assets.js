// Hashed files: kept before they are asked for, served from the phone. One cache per version of the worker; an older
// one stays as long as a page of that time is open, since it may still want a module that the server has no more.

import { recall, remember } from "../lib/person.js";

const PREFIX = "assets-";
const current = () => PREFIX + self.carried.version; // said by the worker's own file, which runs after its imports

/** Whether an address is one of the house's hashed files. */
export const isAsset = (url) => url.pathname.startsWith("/static/");

/** Keep every file of this version; what an older one already holds is not fetched again. */
export async function keepAssets() {
  const cache = await caches.open(current());
  const wanted = [...self.carried.files, ...Object.values(self.carried.shells)];
  const missing = [];
  for (const address of wanted) {
    const held = await caches.match(address, { ignoreVary: true });
    if (held) await cache.put(address, held);
    else missing.push(address);
  }
  await cache.addAll(missing);
  await bringAlong(cache);
}

/** Big libraries that were fetched when first needed (the code reader): an update must not take them away again. */
async function bringAlong(cache) {
  for (const name of (await caches.keys()).filter((each) => each.startsWith(PREFIX) && each !== current())) {
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      if (request.url.includes("/static/vendor/")) await cache.put(request, await old.match(request));
    }
  }
}

/** A hashed file, from the phone if it is there. */
export async function asset(request) {
  const held = await caches.match(request, { ignoreVary: true });
  if (held) return held;
  const response = await fetch(request);
  if (response.ok) (await caches.open(current())).put(request, response.clone()).catch(() => {}); // no room: next time again
  return response;
}

/** The shell in a language, as it was kept. */
export const keptShell = async (language) =>
  caches.match(self.carried.shells[language] ?? self.carried.shells.zh, { ignoreVary: true });

/** Note which pages were open when this version took over: they are of the version before. */
export async function noteOldPages() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  await remember("old-pages", pages.map((page) => page.id));
}

/** Drop older versions once none of the pages of their time is open. */
export async function dropOldAssets() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== current());
  if (!old.length) return;
  const pages = (await recall("old-pages")) ?? [];
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.some((page) => pages.includes(page.id))) return;
  for (const name of old) await caches.delete(name);
}
