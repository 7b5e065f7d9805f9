// A person leaves this device: pages, drafts and attachments go. Run by the worker when it sees a sign-out succeed, and
// once more by the next page (whichever comes first; the second finds nothing left to do).

import { currentPerson, setPerson } from "./person.js";
import { letGo } from "./push.js";
import { erase } from "./store.js";

/** The cache with one person's pages. */
export const pagesOf = (person) => `person-${person}`;

/** The cache with pictures of papers that a person may see. */
export const papersOf = (person) => `papers-${person}`;

/** Forget a person. With `keeps`, what they have not sent yet stays in their own store until they are back. */
export async function leave(person, { keeps = false } = {}) {
  await caches.delete(pagesOf(person));
  await letGo().catch(() => {}); // what this person is told must not ring on a phone they have left
  await caches.delete(papersOf(person));
  if (!keeps) await erase(person);
  if ((await currentPerson()) === person || globalThis.document) await setPerson(null);
}

/** Forget everybody: this device keeps nothing from now on. */
export async function leaveAll() {
  for (const name of await caches.keys()) await caches.delete(name);
  for (const { name } of (await indexedDB.databases?.()) ?? []) {
    if (name.startsWith("yimaban-") && name !== "yimaban-device") await erase(name.slice("yimaban-".length));
  }
  await setPerson(null);
}
