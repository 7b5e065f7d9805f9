// The outbox of one person: what was done on this phone and the hall does not have yet. IndexedDB is the only truth;
// every change is durable before it is announced on the channel, to every page and the worker.

import { currentPerson } from "../../lib/person.js";
import { personal } from "../../lib/store.js";
import { isQuiet } from "../../lib/unsent.js";
import { summon } from "./waking.js";

/** The name of the channel; each message is {person, isNew, isDone}. */
export const CHANNEL = "yimaban-outbox";
const DAY = 24 * 3600 * 1000;
const FRESH = { state: "waiting", cause: null, why: null, code: null, errors: null, attempts: 0, next_at: 0, not_before: 0, percent: 0, result: null, done_at: null };
const channel = new BroadcastChannel(CHANNEL);

/** The outbox of a person. */
export class Box {
  constructor(person) {
    this.person = person;
    this.store = personal(person);
  }

  /**
   * Put an item in, together with its files and whatever else belongs to it, all or nothing: `blobs` are records of that
   * table, `also(tables)` changes filings, uploads and kept. The same id again replaces the item and keeps its place. Throws NoRoom.
   */
  async put(item, { blobs = [], also } = {}) {
    const whole = { id: crypto.randomUUID(), at: new Date().toISOString(), ...FRESH, ...item };
    await this.store.change(["outbox", "blobs", "filings", "uploads", "kept"], (tables) => {
      for (const blob of blobs) tables.blobs.put(blob, blob.id);
      also?.(tables);
      const reading = tables.outbox.getAll();
      reading.onsuccess = () => {
        const known = reading.result;
        const old = known.find((each) => each.id === whole.id);
        // A deed that may have been done by now is not written over: what was changed goes after it, as a deed of its own.
        if (old && whole.kind === "deed" && (old.state === "sending" || old.is_unsure)) Object.assign(whole, { id: crypto.randomUUID(), place: next(known) });
        else whole.place = old?.place ?? next(known);
        tables.outbox.put(whole, whole.id);
      };
      return reading;
    });
    this.tell({ isNew: true });
    summon(this.person);
    return whole;
  }

  /** Every item, in the order they were put in. */
  async items() {
    return (await this.store.all("outbox")).sort((a, b) => a.place - b.place);
  }

  /** One item, or undefined. */
  get(id) {
    return this.store.get("outbox", id);
  }

  /** Change one item with nobody in between: `fn(item)` gives the new one, or undefined to leave it. The item as it is now. */
  async change(id, fn) {
    let now;
    await this.store.update("outbox", id, (item) => {
      now = item && (fn(item) ?? item);
      return now;
    });
    this.tell();
    return now;
  }

  /** The hall has it: keep the item a day as done, and let go of its files, both at once. */
  async finish(id, result) {
    const item = await this.get(id);
    await this.both(id, (now) => ({ ...now, ...FRESH, state: "done", percent: 100, result, done_at: new Date().toISOString() }));
    this.tell({ isDone: Boolean(item) && !isQuiet(item) });
  }

  /**
   * Take an item out, with its files. The item, or null when it is gone or its last request is on its way (then it can't be
   * taken back any more, and says so by its state). `begun`: where the hall has parts of its files.
   */
  async cancel(id) {
    let dropped = null;
    const files = (await this.get(id))?.files ?? [];
    const records = await Promise.all(files.map(({ blob }) => this.store.get("blobs", blob)));
    const begun = records.map((record) => record?.url).filter(Boolean);
    await this.both(id, (item) => {
      if (item.state === "sending" && item.handing) return item;
      dropped = item;
      return undefined;
    });
    return dropped && { ...dropped, begun };
  }

  /** Let an item go again at once; what the hall asked to wait for is waited for. */
  async retry(id) {
    await this.change(id, again);
    this.tell({ isNew: true });
    summon(this.person);
  }

  /** How many items are not done. */
  async count() {
    return (await this.store.all("outbox")).filter((item) => item.state !== "done").length;
  }

  /** Forget what was done more than a day ago. */
  async sweep() {
    const old = (await this.items()).filter((item) => item.state === "done" && Date.now() - Date.parse(item.done_at) > DAY);
    for (const item of old) await this.store.delete("outbox", item.id);
  }

  /** Change the item; unless it still waits after that, its files go too. */
  async both(id, fn) {
    await this.store.change(["outbox", "blobs"], (tables) => {
      const reading = tables.outbox.get(id);
      reading.onsuccess = () => {
        const item = reading.result;
        if (!item) return;
        const next = fn(item);
        if (next) tables.outbox.put(next, id);
        else tables.outbox.delete(id);
        if (!next || next.state === "done") for (const { blob } of item.files ?? []) tables.blobs.delete(blob);
      };
      return reading;
    });
    this.tell();
  }

  /** Say that something changed: `isNew` when there is something to send, `isDone` when something that was waited for has been sent. */
  tell({ isNew = false, isDone = false } = {}) {
    channel.postMessage({ person: this.person, isNew, isDone });
  }
}

/** An item that may go again; one that the hall asked to wait keeps its time and says so. */
export function again(item) {
  if (item.state !== "stuck" && item.state !== "waiting") return item;
  const left = item.not_before - Date.now();
  if (item.state === "waiting" && left > 0 && left < DAY) return item; // more than a day: the phone's clock was set back
  return { ...item, state: "waiting", cause: null, why: null, code: null, errors: null, next_at: 0, not_before: 0 };
}

const next = (known) => 1 + Math.max(0, ...known.map((each) => each.place));

const mine = async () => new Box((await currentPerson()) ?? "nobody");

/** Put an item into the outbox of whoever uses the device now. See Box.put. */
export const put = async (item, more) => (await mine()).put(item, more);

/** Every item of theirs, in order. */
export const items = async () => (await mine()).items();

/** One of theirs. */
export const get = async (id) => (await mine()).get(id);

/** Change one of theirs. */
export const change = async (id, fn) => (await mine()).change(id, fn);

/** Take one of theirs out. */
export const cancel = async (id) => (await mine()).cancel(id);

/** Let one of theirs go again. */
export const retry = async (id) => (await mine()).retry(id);

/** How many of theirs wait. */
export const count = async () => (await mine()).count();

/** Hear of every change of theirs ({isNew, isDone}); gives the function that ends it. */
export function heard(listener) {
  const ear = new BroadcastChannel(CHANNEL);
  ear.onmessage = async ({ data }) => data.person === ((await currentPerson()) ?? "nobody") && listener(data);
  return () => ear.close();
}
