// <upload-list data-url data-meta data-key [data-max] [data-count]> with file inputs and a <ul data-files>, on pages of the
// hall and on those that the phone draws. Each chosen file is made small, kept on this phone until the hall has all of it,
// and sent in pieces (offline/outbox/files.js): it can be paused, it survives a reload and a lost network, it is taken up
// where it stopped, and what belongs to a draft goes on by the outbox when this page is gone. Rows that the server drew
// carry their own button [data-remove] with the address to DELETE. With data-name, each file that arrived stands in the
// form under that name. Fires `uploaded` {name, url} and `removed` {url}.

import { changing, sentence } from "../lib/problem.js";
import { currentPerson } from "../lib/person.js";
import { offerShared } from "../lib/shared.js";
import { shrunk } from "../lib/shrink.js";
import { mine, NoRoom } from "../lib/store.js";
import { UploadRow } from "../lib/upload-row.js";
import { words, wordsOf } from "../lib/words.js";
import { draftOf, recordOf, removeUpload } from "../offline/draft-files.js";
import { Filings, queue } from "../offline/filings.js";
import { ask } from "../offline/outbox/api.js";
import { heard } from "../offline/outbox/box.js";
import { sendFile } from "../offline/outbox/files.js";
import { arrived } from "../offline/pushing.js";
import { sendAlone } from "../offline/sending.js";

const AGAIN = 5000;
const RETRIES = [500, 1000, 3000, 5000]; // ms: a network that stumbles is not worth a word
const own = { zh: () => import("../words/filing.zh.js"), en: () => import("../words/filing.en.js") };

/** Thrown between two pieces: the reader wants it to stop. */
class Paused extends Error {}

class UploadList extends HTMLElement {
  connectedCallback() {
    this.files = this.querySelector("[data-files]");
    this.draft = draftOf(this.dataset.key);
    this.addEventListener("change", (event) => event.target.type === "file" && this.chosen(event.target));
    this.addEventListener("click", (event) => this.dropped(event, event.target.closest("[data-remove]")));
    this.ready = this.prepare(); // a file chosen before the words are here waits for them
    this.sending = new Map(); // id of a record -> {record, row, isPaused}
    this.silence = heard(() => this.look());
    this.gone = new AbortController();
    window.addEventListener("online", () => this.goOn(), { signal: this.gone.signal });
    // A slow phone: files chosen before this module was here.
    for (const input of this.querySelectorAll("input[type=file]")) if (input.files.length) this.chosen(input);
  }

  disconnectedCallback() {
    this.silence();
    this.gone.abort();
  }

  async prepare() {
    const [common, further] = await Promise.all([words(), wordsOf(own)]);
    this.say = (key, facts) => (further(key, facts) === key ? common : further)(key, facts);
    this.store = await mine();
    const records = await this.store.all("blobs").catch(() => []);
    records.filter((record) => record.key === this.dataset.key).forEach((record) => this.begin(record));
    offerShared(this, (file) => this.take(file)); // what another app gave us, if anything waits
  }

  chosen(input) {
    for (const file of input.files) this.take(file);
    input.value = "";
  }

  /** Take a file. False when it was not taken or could not be kept here. */
  async take(file) {
    await this.ready;
    const row = this.row({ name: file.name, blob: file });
    row.show("preparing");
    if (this.querySelectorAll(".file").length > Number(this.dataset.count || Infinity)) {
      return this.refused(row, this.say("up.too_many", { count: this.dataset.count }));
    }
    const small = await shrunk(file);
    if (small.size > Number(this.dataset.max || Infinity)) {
      return this.refused(row, this.say("up.too_large", { limit: Math.floor(Number(this.dataset.max) / 1048576) }));
    }
    const record = recordOf(this.dataset.key, small);
    const isKept = await this.store.put("blobs", record.id, record).then(() => true, (error) => !(error instanceof NoRoom) && Promise.reject(error)); // prettier-ignore
    if (isKept && this.draft) queue(this.draft).catch(() => {});
    this.start(record, row, isKept);
    return isKept;
  }

  refused(row, why) {
    row.show("refused", { why });
    return false;
  }

  begin(record) {
    // The server drew what it has of this file as somebody else's unfinished one; here it goes on.
    const id = record.url?.split("/").pop();
    const drawn = id && this.querySelector(`[data-remove$="/${id}"]`)?.closest(".file");
    if (drawn && record.refusal) return void this.store.delete("blobs", record.id); // and it says why it did not take it
    drawn?.remove();
    const row = this.row(record);
    if (record.refusal) this.track(record, row).row.show("refused", { why: record.refusal });
    else this.start(record, row, true);
  }

  row(record) {
    const row = new UploadRow(record.name, this.say, {
      pause: () => this.pause(row.record),
      resume: () => this.send(row.record),
      remove: () => this.remove(row),
    });
    row.picture(record.blob);
    this.files.hidden = false;
    this.files.append(row.element);
    return row;
  }

  track(record, row, isKept = true) {
    row.record = record;
    this.sending.set(record.id, { record, row, isKept });
    return this.sending.get(record.id);
  }

  start(record, row, isKept) {
    this.track(record, row, isKept);
    this.send(record);
  }

  async send({ id }) {
    const one = this.sending.get(id);
    if (!one) return;
    one.isPaused = false;
    if (one.isBusy) return void (one.isAgain = true);
    Object.assign(one, { isBusy: true, isAgain: false });
    if (one.isKept) await this.store.update("blobs", id, (kept) => kept && { ...kept, paused: false });
    try {
      await this.away(one);
    } catch (error) {
      await this.stopped(one, error);
    }
    one.isBusy = false;
    if (one.isAgain && this.sending.has(id)) await this.send(one.record);
  }

  async away(one) {
    const { record, row, isKept } = one;
    if (await this.isForTheOutbox()) return isKept ? row.show("waiting", { why: "" }) : this.refused(row, this.say("up.no_room"));
    row.show("sending", { percent: row.progress.value, why: isKept ? "" : this.say("up.no_room_sending") });
    const store = isKept ? this.store : holding(record);
    const upload = await sendAlone(store, record.id, {
      send: (now) => this.persist(one, store, now),
      after: (done) => this.noted(record, done, isKept),
    });
    this.done(record, row, upload);
  }

  /** Once more after a moment, a few times: meanwhile nobody else need try. */
  async persist(one, store, record) {
    for (const wait of RETRIES) {
      try {
        return await this.pieces(one, store, record);
      } catch (error) {
        if (!navigator.onLine || !["server", "no_network"].includes(error.cause)) throw error;
      }
      await new Promise((done) => setTimeout(done, wait));
      if (one.isPaused) throw new Paused();
    }
    return this.pieces(one, store, record);
  }

  async pieces(one, store, record) {
    const onPercent = (percent) => {
      if (one.isPaused) throw new Paused();
      one.row.show("sending", { percent, why: one.isKept ? "" : this.say("up.no_room_sending") });
    };
    const person = await currentPerson();
    const tools = { person, store, ask: (method, path, options = {}) => ask(method, path, { ...options, person }) };
    return sendFile(record, { tools, meta: JSON.parse(this.dataset.meta || "{}"), onPercent });
  }

  /** A draft that the hall does not know yet goes there first, with its files. */
  async isForTheOutbox() {
    if (!this.draft) return false;
    const draft = await new Filings(this.store).draft(this.draft);
    return Boolean(draft) && !draft.known_to_server;
  }

  async noted(record, upload, isKept) {
    if (this.draft) await arrived(new Filings(this.store), this.draft, record, upload);
    else if (isKept) await this.store.delete("blobs", record.id);
  }

  done(record, row, upload) {
    this.sending.delete(record.id);
    row.show("done");
    row.url = upload ? `/api/v1/uploads/${upload}` : null;
    if (this.dataset.name && upload) row.element.append(Object.assign(document.createElement("input"), { type: "hidden", name: this.dataset.name, value: upload }));
    this.tell("uploaded", { name: record.name, url: row.url });
  }

  async stopped({ record, row, isKept, isPaused }, error) {
    if (isPaused || error instanceof Paused) return row.show("paused", { percent: row.progress.value });
    const isLost = error.cause === "no_network" && isKept;
    if (error.cause === "refused") {
      await this.store.update("blobs", record.id, (kept) => kept && { ...kept, refusal: error.why ?? this.say("up.why_refused") });
      return row.show("refused", { why: error.why ?? this.say("up.why_refused") });
    }
    if (!isKept) return row.show("failed", { percent: row.progress.value, why: this.say("up.no_room") });
    if (isLost && !row.progress.value) row.show("waiting");
    else row.show("failed", { percent: row.progress.value, why: error.why ?? this.say("up.why_network") });
    if (!navigator.onLine) return; // the listener for the network has it
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.goOn(), AGAIN);
  }

  goOn() {
    if (!this.isConnected) return;
    for (const { record, row, isPaused } of this.sending.values()) if (!isPaused && row.shown !== "refused") this.send(record);
  }

  async pause({ id }) {
    const one = this.sending.get(id);
    await this.store.update("blobs", id, (kept) => kept && { ...kept, paused: true }); // the outbox leaves it alone too
    one.isPaused = true;
    one.row.show("paused", { percent: one.row.progress.value });
  }

  /** The outbox did something: perhaps it has sent, or was refused, a file that waits here. */
  async look() {
    for (const { record, row, isKept, isBusy } of [...this.sending.values()]) {
      const now = isKept && !isBusy ? await this.store.get("blobs", record.id) : record;
      if (!now) this.done(record, row, record.url?.split("/").pop());
      else if (now.refusal) row.show("refused", { why: now.refusal });
    }
  }

  async remove(row) {
    const { record, url } = row;
    const one = record && this.sending.get(record.id);
    if (one) one.isPaused = true;
    const now = record && (await this.store.get("blobs", record.id));
    if (record) await this.store.delete("blobs", record.id);
    this.sending.delete(record?.id);
    const address = url ?? now?.url ?? record?.url ?? (await this.addressOf(record));
    if (address) await this.takenOut(address).catch(() => {});
    row.element.remove();
    this.tell("removed", { url: address });
  }

  /** Where the hall has a file that the outbox sent while this page stood. */
  async addressOf(record) {
    const draft = this.draft && record && (await new Filings(this.store).draft(this.draft));
    const file = draft?.files.findLast((each) => each.name === record.name && record.key.endsWith(`/${each.material}`));
    return file && `/api/v1/uploads/${file.id}`;
  }

  async dropped(event, button) {
    if (!button) return;
    event.preventDefault(); // without scripts the button sends a form of its own
    const url = button.dataset.remove;
    const why = await this.takenOut(url).catch(() => this.say("up.not_removed"));
    if (!why) {
      button.closest(".file").remove();
      return this.tell("removed", { url });
    }
    button.setAttribute("aria-label", why);
    button.closest(".file").querySelector(".st").textContent = why;
  }

  /** Take a file out of the hall; of a draft, as soon as there is a network. Null, or why it was not done. */
  async takenOut(url) {
    const response = await fetch(url, { method: "DELETE", headers: { ...changing(), "tus-resumable": "1.0.0" } }).catch(() => null);
    const isGone = response?.ok || [404, 410].includes(response?.status);
    const known = this.draft && (await new Filings(this.store).draft(this.draft));
    if (isGone && known) await new Filings(this.store).change(this.draft, (draft) => void (draft.files = draft.files.filter((file) => !url.endsWith(file.id))));
    if (isGone) return null;
    if (response || !known) return (response && (await sentence(response))) ?? this.say("up.not_removed");
    await removeUpload(this.draft, url.split("/").pop());
    await queue(this.draft);
    return null;
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

/** The store of a file that found no room: this page holds it, and it goes up from here. */
function holding(record) {
  let held = record;
  return {
    get: async () => held,
    update: async (_table, _key, change) => void (held = change(held)),
    delete: async () => {},
  };
}

customElements.define("upload-list", UploadList);
