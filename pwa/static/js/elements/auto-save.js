// <auto-save data-url data-draft> around the fields of one topic: every change goes to the server by itself.
// PATCH {"fields": {name: value}}; a choice of several sends a list. What could not be sent stays here and is tried
// again; with data-revision (of the draft as drawn), what another device wrote since is not overwritten but told; after
// a 401 it is kept in IndexedDB under the draft, and put back once the reader has signed in.

import { changing } from "../lib/problem.js";
import { forget, keep, kept } from "../lib/store.js";
import { words } from "../lib/words.js";

const QUIET = 800;
const AGAIN = 5000;

class AutoSave extends HTMLElement {
  connectedCallback() {
    this.unsent = {};
    this.known = {};
    this.bases = {}; // field -> revision of our own last writing; the others were seen as the page was drawn
    this.gone = new AbortController();
    this.say = () => "";
    this.output = this.querySelector("output") ?? this.appendChild(document.createElement("output"));
    this.output.classList.add("saved");
    this.addEventListener("input", (event) => this.note(event.target, QUIET));
    this.addEventListener("change", (event) => this.note(event.target, 0));
    this.addEventListener("submit", () => this.leaving());
    const { signal } = this.gone;
    window.addEventListener("online", () => this.send(), { signal });
    window.addEventListener("beforeunload", (event) => this.guard(event), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.send(true), { signal });
    this.ready = this.prepare(); // whoever types before the words are here is heard already
  }

  async prepare() {
    this.say = await words();
    await this.restore();
  }

  disconnectedCallback() {
    this.send(true);
    this.gone.abort();
  }

  note(field, delay) {
    if (!field.name || field.name.startsWith("_") || field.type === "file") return;
    const value = this.value(field);
    if (JSON.stringify(value) !== this.known[field.name]) {
      this.known[field.name] = JSON.stringify(value);
      this.unsent[field.name] = value;
    }
    if (!Object.keys(this.unsent).length) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  value(field) {
    const same = [...this.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)];
    if (field.type === "checkbox" && same.length > 1) return same.filter((box) => box.checked).map((box) => box.value);
    if (field.type === "checkbox") return field.checked ? field.value : "";
    if (field.type === "radio") return same.find((button) => button.checked)?.value ?? "";
    return field.value;
  }

  async send(leaving = false) {
    if (!leaving) await this.ready;
    if (!Object.keys(this.unsent).length || this.sending) return;
    this.sending = true;
    const { fields, revision } = this.taken(leaving);
    try {
      const response = await fetch(this.dataset.url, {
        method: "PATCH",
        headers: changing(),
        body: JSON.stringify(revision === undefined ? { fields } : { fields, revision }),
        keepalive: leaving,
      });
      await this.answered(response, fields);
    } catch {
      this.failed(fields);
    } finally {
      this.sending = false;
    }
  }

  /** What goes out now: fields that were last seen at one revision, or all of them when the page is being left. */
  taken(leaving) {
    const all = this.unsent;
    if (!this.dataset.revision) {
      this.unsent = {};
      return { fields: all };
    }
    const seen = (name) => this.bases[name] ?? Number(this.dataset.revision);
    const revision = Math.min(...Object.keys(all).map(seen));
    const now = Object.entries(all).filter(([name]) => leaving || seen(name) === revision);
    const fields = Object.fromEntries(now);
    this.unsent = Object.fromEntries(Object.entries(all).filter(([name]) => !(name in fields)));
    return { fields, revision };
  }

  /** Note what the server kept; another device's answer stays, and the reader is told. */
  async noted(response, fields) {
    const saved = await response.json().catch(() => ({}));
    const conflicts = Object.keys(saved.conflicts ?? {});
    for (const name of Object.keys(fields)) {
      if (!conflicts.includes(name.split(".")[0])) this.bases[name] = saved.revision;
    }
    return conflicts.length > 0;
  }

  async answered(response, fields) {
    if (response.status === 401) {
      this.unsent = { ...fields, ...this.unsent };
      await keep("drafts", this.dataset.draft, this.unsent);
      this.output.textContent = this.say("save.signed_out");
      this.dispatchEvent(new CustomEvent("signed-out", { bubbles: true }));
    } else if (response.status >= 500 || response.status === 429) {
      this.failed(fields);
    } else {
      const at = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      const differs = response.ok && this.dataset.revision && (await this.noted(response, fields));
      this.output.textContent = this.say(differs ? "save.conflict" : "save.saved", { at: at.format(new Date()) });
      this.output.classList.toggle("bad", Boolean(differs));
      if (differs) for (const link of this.querySelectorAll("[data-differs]")) link.hidden = false;
      this.dispatchEvent(new CustomEvent("saved", { bubbles: true, detail: { fields } }));
      if (Object.keys(this.unsent).length) this.timer = setTimeout(() => this.send(), 0);
    }
  }

  failed(fields) {
    this.unsent = { ...fields, ...this.unsent };
    this.output.textContent = this.say("save.waiting");
    this.output.classList.add("bad");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), AGAIN);
  }

  async restore() {
    const fields = await kept("drafts", this.dataset.draft).catch(() => null);
    if (!fields) return;
    for (const [name, value] of Object.entries(fields)) this.put(name, value);
    await forget("drafts", this.dataset.draft);
    this.unsent = fields;
    this.output.textContent = this.say("save.restored");
    this.send();
  }

  put(name, value) {
    for (const field of this.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = [value].flat().includes(field.value);
      else field.value = value;
    }
  }

  leaving() {
    clearTimeout(this.timer);
    this.unsent = {};
  }

  guard(event) {
    if (Object.keys(this.unsent).length) event.preventDefault();
  }
}

customElements.define("auto-save", AutoSave);
