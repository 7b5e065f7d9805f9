// The browser is asked to wake the worker when there is a network, also when no page is open. Safari, Firefox and web
// views have no Background Sync: there the pages do it (triggers.js).

const TAG = "outbox-";

/** The person whose outbox a sync event is about, or null. */
export const personOf = (tag) => (tag.startsWith(TAG) ? tag.slice(TAG.length) : null);

/** Ask to be woken for a person's outbox, where the browser can. */
export async function summon(person) {
  const registration = globalThis.registration ?? (await navigator.serviceWorker?.getRegistration?.());
  await registration?.sync?.register(TAG + person).catch(() => {}); // forbidden by the reader: the pages do it
}
