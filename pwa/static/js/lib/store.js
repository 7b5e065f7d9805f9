// Key-value tables in IndexedDB, for what must outlive a reload. Two kinds of database: "yimaban" holds what everybody
// may see (the catalogue); "yimaban-<person>" holds one person's things and is opened for nobody else. Pages and the
// service worker use this same file.

import { Forgetful } from "./forgetful.js";
import { currentPerson, keepsNothing } from "./person.js";

const SHARED = { name: "yimaban", version: 2, tables: ["meta", "matters", "pack"] };
const PERSONAL = {
  version: 1,
  // uploads: files on their way · drafts: words typed but not yet taken by the server · filings: drafts as this device
  // knows them · outbox: what waits to be sent · blobs: attachments of the outbox · codes: tracking codes seen · kept: the rest
  tables: ["uploads", "drafts", "filings", "outbox", "blobs", "codes", "kept"],
};
const opened = new Map();
const forgetful = new Forgetful();

/** No room is left on this device; what was to be kept is not kept. */
export class NoRoom extends Error {}

function open({ name, version, tables }) {
  if (!opened.has(name)) opened.set(name, opening(name, version, tables));
  return opened.get(name);
}

function opening(name, version, tables) {
  return new Promise((done, failed) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => tables.forEach((table) => made(request.result, table));
    request.onerror = () => failed(failure(request.error));
    request.onsuccess = () => {
      // Another tab wants a newer shape, or to erase it all: let go, and open again when next asked.
      request.result.onversionchange = () => (request.result.close(), opened.delete(name));
      request.result.onclose = () => opened.delete(name);
      done(request.result);
    };
  }).catch((error) => {
    opened.delete(name);
    throw error;
  });
}

function made(database, table) {
  if (!database.objectStoreNames.contains(table)) database.createObjectStore(table);
}

function failure(error) {
  return error?.name === "QuotaExceededError" ? new NoRoom(error.message) : error;
}

/** Tables of one database; every method resolves when the change is durable and throws NoRoom when there is no room. */
class Store {
  constructor(shape) {
    this.shape = shape;
  }

  /** The value under a key, or undefined. */
  get(table, key) {
    return this.run(table, "readonly", (tableIn) => tableIn.get(key));
  }

  /** Every value of a table, in the order of their keys. */
  all(table) {
    return this.run(table, "readonly", (tableIn) => tableIn.getAll());
  }

  /** Keep a value (Blobs may be part of it) under a key. */
  put(table, key, value) {
    return this.run(table, "readwrite", (tableIn) => tableIn.put(value, key));
  }

  /** Keep many values at once, all or none: [[key, value], …]. */
  putAll(table, pairs) {
    return this.run(table, "readwrite", (tableIn) => pairs.map(([key, value]) => tableIn.put(value, key)).at(-1));
  }

  /** Forget a key. */
  delete(table, key) {
    return this.run(table, "readwrite", (tableIn) => tableIn.delete(key));
  }

  /** Forget a whole table. */
  clear(table) {
    return this.run(table, "readwrite", (tableIn) => tableIn.clear());
  }

  /** Read, change and write one value with nobody in between; `change(value)` returns the new one, undefined forgets it. */
  update(table, key, change) {
    return this.run(table, "readwrite", (tableIn) => {
      const reading = tableIn.get(key);
      reading.onsuccess = () => {
        const value = change(reading.result);
        if (value === undefined) tableIn.delete(key);
        else tableIn.put(value, key);
      };
      return reading;
    });
  }

  /** Change several tables at once, all or nothing: `action` gets {table: IDBObjectStore}. */
  change(tables, action) {
    return this.run(tables, "readwrite", (found) => action(found));
  }

  async run(table, mode, action) {
    const database = await open(this.shape);
    return new Promise((done, failed) => {
      const transaction = database.transaction(table, mode, { durability: mode === "readwrite" ? "strict" : "default" });
      const stores = [table].flat().map((name) => [name, transaction.objectStore(name)]);
      let request;
      transaction.oncomplete = () => done(request?.result);
      transaction.onabort = () => failed(failure(transaction.error ?? request?.error));
      transaction.onerror = () => failed(failure(transaction.error ?? request?.error));
      try {
        request = action(Array.isArray(table) ? Object.fromEntries(stores) : stores[0][1]);
      } catch (error) {
        failed(failure(error));
        transaction.abort(); // what can't be kept whole is not kept by half
      }
    });
  }
}

/** What everybody on this device may see. */
export const shared = new Store(SHARED);

/** One person's things. On a device that several people use they last as long as the page. */
export function personal(person) {
  if (keepsNothing()) return forgetful;
  return new Store({ ...PERSONAL, name: `yimaban-${person}` });
}

/** The store of whoever uses the device now; before anybody signed in, a store of nobody in particular. */
export async function mine() {
  return personal((await currentPerson()) ?? "nobody");
}

/** Erase one person's database. */
export function erase(person) {
  opened.delete(`yimaban-${person}`);
  return new Promise((done, failed) => {
    const request = indexedDB.deleteDatabase(`yimaban-${person}`);
    request.onsuccess = () => done();
    request.onerror = () => failed(request.error);
  });
}

/** Keep a value of the present person under a key. */
export const keep = async (table, key, value) => (await mine()).put(table, key, value);

/** The present person's value under a key, or undefined. */
export const kept = async (table, key) => (await mine()).get(table, key);

/** Every value of a table of the present person. */
export const all = async (table) => (await mine()).all(table);

/** Forget a key of the present person. */
export const forget = async (table, key) => (await mine()).delete(table, key);
