// <auto-save data-draft data-revision> around the fields of one topic, on a page of the hall: every change is kept on
// this phone at once, then goes to the hall by itself (offline/pushing.js). What another device wrote since this page was
// drawn is not overwritten but told. What a killed browser left behind is sent by the outbox, or here when it is open again.

import { currentPerson, keepsNothing } from "../lib/person.js";
import { mine } from "../lib/store.js";
import { isChanged } from "../lib/typed.js";
import { words, wordsOf } from "../lib/words.js";
import * as filings from "../offline/filings.js";
import { ask } from "../offline/outbox/api.js";
import { pushWords } from "../offline/pushing.js";

const QUIET = 800;
const AGAIN = 5000;
const own = { zh: () => import("../words/filing.zh.js"), en: () => import("../words/filing.en.js") };

class AutoSave extends HTMLElement {
  connectedCallback() {
    this.unsent = {}; // changed, and not yet kept anywhere
    this.known = {};
    this.gone = new AbortController();
    this.say = () => "";
    this.output = this.querySelector("output") ?? this.appendChild(document.createElement("output"));
    this.output.classList.add("saved");
    this.addEventListener("input", (event) => this.note(event.target, QUIET));
    this.addEventListener("change", (event) => this.note(event.target, 0));
    this.addEventListener("submit", () => clearTimeout(this.timer));
    const { signal } = this.gone;
    window.addEventListener("online", () => this.send(), { signal });
    window.addEventListener("beforeunload", (event) => this.guard(event), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.hide(), { signal });
    this.early();
    this.ready = this.prepare(); // whoever types before the words are here is heard already
  }

  /** A slow line: what was typed before this module was here. What a browser put back on the way back is old, and no typing. */
  early() {
    if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") return;
    for (const field of this.querySelectorAll("input:not([type=hidden]), textarea, select")) if (isChanged(field)) this.note(field, 0);
  }

  async prepare() {
    const [common, further] = await Promise.all([words(), wordsOf(own)]);
    this.say = (key, facts) => (key.startsWith("save.") ? common : further)(key, facts);
    await this.restore();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.hide();
    this.gone.abort();
  }

  note(field, delay) {
    if (!field.name || field.type === "file") return;
    const name = field.name === "_delivery" ? field.name : field.name.split(".")[0];
    if (name.startsWith("_") && name !== "_delivery") return;
    for (const [each, value] of this.whole(name)) {
      if (JSON.stringify(value) === this.known[each]) continue;
      this.known[each] = JSON.stringify(value);
      this.unsent[each] = value;
    }
    if (!Object.keys(this.unsent).length) return;
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  /** A question with all its parts as they stand on the page: [[name, value]]. */
  whole(name) {
    const fields = this.querySelectorAll(`[name="${CSS.escape(name)}"], [name^="${CSS.escape(name)}."]`);
    return [...new Map([...fields].filter((field) => field.type !== "hidden").map((field) => [field.name, this.value(field)]))];
  }

  value(field) {
    const same = [...this.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)].filter((each) => each.type !== "hidden");
    if (field.type === "checkbox" && same.length > 1) return same.filter((box) => box.checked).map((box) => box.value);
    if (field.type === "checkbox") return field.checked ? field.value : "";
    if (field.type === "radio") return same.find((button) => button.checked)?.value ?? "";
    return field.value;
  }

  /** Put what was typed into the draft as this phone has it; durable when it resolves. */
  keep() {
    const { _delivery: delivery = null, ...fields } = this.unsent;
    const taken = this.unsent;
    this.unsent = {};
    this.keeping = Promise.resolve(this.keeping)
      .then(() => filings.save(this.dataset.draft, fields, { revision: Number(this.dataset.revision), delivery }))
      .catch(() => void (this.unsent = { ...taken, ...this.unsent })); // no room: kept by this page only
    return this.keeping;
  }

  async send() {
    await this.ready;
    if (Object.keys(this.unsent).length) this.keep();
    await this.keeping;
    if (this.sending) return (this.isAgain = true);
    this.sending = true;
    try {
      this.told(await pushWords(this.dataset.draft, await tools()));
    } catch (error) {
      this.failed(error);
    }
    this.sending = false;
    if (this.isAgain) this.send((this.isAgain = false));
  }

  /** What the hall said: saved, or that another device wrote something else. */
  told(conflicts) {
    const differs = Object.keys(conflicts).length > 0;
    const at = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    this.output.textContent = this.say(differs ? "save.conflict" : "save.saved", { at: at.format(new Date()) });
    this.output.classList.toggle("bad", differs);
    if (differs) for (const link of this.querySelectorAll("[data-differs]")) link.hidden = false;
    this.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
  }

  failed({ cause, why }) {
    const isHere = !keepsNothing() && !Object.keys(this.unsent).length;
    if (cause === "signed_out") {
      this.output.textContent = this.say("save.signed_out");
      filings.queue(this.dataset.draft).catch(() => {}); // it goes when they are signed in again, wherever they are then
      this.dispatchEvent(new CustomEvent("signed-out", { bubbles: true }));
      return;
    }
    this.output.textContent = why && cause === "refused" ? why : this.say(isHere ? "topic.kept_here" : "save.waiting");
    this.output.classList.add("bad");
    clearTimeout(this.timer);
    if (cause !== "refused") this.timer = setTimeout(() => this.send(), AGAIN);
  }

  /** What was typed here and did not get away, from an earlier page: into its fields, and sent. */
  async restore() {
    await this.keeping; // typed early: newer than what an earlier page left
    const draft = await filings.draft(this.dataset.draft).catch(() => null);
    const left = Object.entries(draft?.unsent ?? {}).flatMap(([path, value]) => flat(path, value));
    const changed = left.filter(([name, value]) => this.put(name, value));
    if (!Object.keys(draft?.unsent ?? {}).length) return;
    if (changed.length) this.output.textContent = this.say("save.restored");
    setTimeout(() => this.send(), 0);
  }

  /** Put a value into its fields; whether that changed anything. */
  put(name, value) {
    const fields = [...this.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((field) => field.type !== "hidden");
    const before = fields.map((field) => [field.value, field.checked].join());
    for (const field of fields) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = [value].flat().map(String).includes(field.value);
      else field.value = Array.isArray(value) ? value.join("\n") : value;
    }
    return fields.some((field, at) => [field.value, field.checked].join() !== before[at]);
  }

  /** The page is put away: what did not get out yet is the outbox's. */
  hide() {
    if (Object.keys(this.unsent).length) this.keep();
    Promise.resolve(this.keeping).then(() => filings.queue(this.dataset.draft)).catch(() => {});
  }

  guard(event) {
    if (Object.keys(this.unsent).length) event.preventDefault();
  }
}

/** An answer as the names of its fields: {start, end} and rows become dotted names. */
function flat(path, value) {
  if (Array.isArray(value) && value.some((row) => row && typeof row === "object")) return value.flatMap((row, at) => flat(`${path}.${at}`, row));
  if (value && typeof value === "object" && !Array.isArray(value)) return Object.entries(value).map(([part, text]) => [`${path}.${part}`, text]);
  return [[path, value]];
}

async function tools() {
  const person = await currentPerson();
  return { person, store: await mine(), ask: (method, path, options = {}) => ask(method, path, { ...options, person }) };
}

customElements.define("auto-save", AutoSave);
