// Who uses this device now. A page says it in <meta name="person"> (an opaque key of the account, empty when nobody is
// signed in); the worker, and pages that come from a cache, read what the last page from the server said.

const NAME = "yimaban-device";

let opened;

function open() {
  return new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("device");
    request.onsuccess = () => {
      const letGo = () => (request.result.close(), (opened = undefined));
      Object.assign(request.result, { onversionchange: letGo, onclose: () => (opened = undefined) });
      done(request.result);
    };
    request.onerror = () => failed(request.error);
  });
}

async function run(mode, action) {
  opened ??= open();
  const database = await opened.catch((error) => {
    opened = undefined;
    throw error;
  });
  return new Promise((done, failed) => {
    const request = action(database.transaction("device", mode).objectStore("device"));
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/** What this device remembers for itself under a key (nothing of any person but the key of who uses it). */
export const recall = (key) => run("readonly", (table) => table.get(key));

/** Remember a value for the device. */
export const remember = (key, value) => run("readwrite", (table) => table.put(value, key));

/** The key of the person whose things may be shown now, or null. It outlives a session that ran out, not a sign-out. */
export async function currentPerson() {
  const said = globalThis.document?.querySelector('meta[name="person"]')?.content;
  return said || (await recall("person")) || null;
}

/** Note who uses the device; null after a sign-out. */
export const setPerson = (person) => remember("person", person);

/** Whether the page says that this device keeps nothing of anybody: a kiosk, or a phone that several people use. */
export const keepsNothing = () => Boolean(globalThis.document?.querySelector('meta[name="device"]'));
