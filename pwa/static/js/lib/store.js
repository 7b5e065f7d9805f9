// A small key-value store in IndexedDB, for what must outlive a reload: files on their way, words typed before a sign-in.

const NAME = "yimaban";
let opened;

function open() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => ["uploads", "drafts"].forEach((table) => request.result.createObjectStore(table));
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  return opened;
}

async function run(table, mode, action) {
  const database = await open();
  return new Promise((done, failed) => {
    const request = action(database.transaction(table, mode).objectStore(table));
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/** Keep a value (a Blob may be part of it) under a key; resolves when it is kept. */
export const keep = (table, key, value) => run(table, "readwrite", (store) => store.put(value, key));

/** The value under a key, or undefined. */
export const kept = (table, key) => run(table, "readonly", (store) => store.get(key));

/** Every value of a table. */
export const all = (table) => run(table, "readonly", (store) => store.getAll());

/** Forget a key. */
export const forget = (table, key) => run(table, "readwrite", (store) => store.delete(key));
