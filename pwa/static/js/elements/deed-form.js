// <deed-form data-case data-path data-act data-shape="seeing|tick|decline|correction|decision|survey"> around one form of the desk. With a
// network the form does what it says; its key makes it happen once, whatever answer is lost. When hall or network are
// away, the act goes into the outbox as a deed, in the order of its case, and the page says that it waits.
// With data-shape="decision" the path follows from what an approver chose; granting and refusing need the hall.
// data-method (POST), data-seen, data-zh/-en (the matter), data-what-zh/-en, data-materials, data-then; data-live: the form
// is sent by htmx at each change; data-box: it always goes by the outbox, with its files; data-asked: what it must hold; data-keep:
// what is kept of it besides, until the hall has it.

import { ask } from "../offline/outbox/api.js";
import { put } from "../offline/outbox/box.js";
import { Stuck } from "../offline/outbox/stuck.js";
import { bodyOf, filesOf, lacking, STEP_PATHS, stepOf, wordsIn } from "../deeds/shapes.js";
import { laneOf } from "../deeds/lane.js";
import { currentPerson, keepsNothing } from "../lib/person.js";
import { keep, NoRoom } from "../lib/store.js";
import { deedWords, pair } from "../deeds/words.js";

const AWAY = [502, 503, 504];
const LOST = ["no_network", "server"];

class DeedForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.lane = laneOf(this.dataset.case);
    this.addEventListener("submit", (event) => this.submit(event), true);
    if (this.dataset.live === undefined) return;
    this.addEventListener("change", (event) => this.changed(event), true); // before htmx hears of it
    this.addEventListener("htmx:error", () => this.keep());
    this.addEventListener("htmx:response:error", ({ detail }) => AWAY.includes(detail.ctx?.response?.status) && this.keep());
  }

  get method() {
    return this.dataset.method ?? "POST";
  }

  /** What is about to be done: {act, path}; null where only the hall can take it. */
  get step() {
    const { act, path, shape } = this.dataset;
    if (shape !== "decision") return { act, path };
    const step = stepOf(new FormData(this.form));
    return step && { act: step.act, path: `${path}${step.path}` };
  }

  /** Whether an item of the outbox is what this form stands for. */
  does({ method, path }) {
    const { path: own, shape } = this.dataset;
    return method === this.method && (shape === "decision" ? STEP_PATHS.some((each) => path === own + each) : path === own);
  }

  /** Whether what is done now has to wait behind something, or for the hall. */
  get mustWait() {
    const isAway = !navigator.onLine || document.body.dataset.cause !== undefined;
    return !keepsNothing() && (isAway || this.dataset.box !== undefined || this.lane.open.length > 0);
  }

  changed(event) {
    if (!this.mustWait) return;
    event.stopPropagation();
    this.keep();
  }

  async submit(event) {
    if (event.submitter?.hasAttribute("formaction")) return; // another act on the same form, for the hall alone
    event.preventDefault();
    event.stopPropagation();
    if (this.busy) return;
    if (this.dataset.box !== undefined && keepsNothing()) return this.say(deedWords()("lost"));
    this.busy = true;
    await (this.step || !this.isChosen ? (this.mustWait ? this.keep() : this.act()) : this.sign()).finally(() => (this.busy = false));
  }

  get isChosen() {
    return this.dataset.shape !== "decision" || new FormData(this.form).has("choice");
  }

  /** A decision is signed in the hall, by passkey; what was written for it stays on this tablet until then. */
  async sign() {
    if (!this.mustWait) return this.form.submit();
    const path = location.pathname;
    if (!keepsNothing()) await keep("kept", `back-${path}`, { kind: "back", at: new Date().toISOString(), path, fields: this.fields }).catch(() => {});
    this.say(deedWords()(this.lane.open.length && navigator.onLine ? "sign.later" : "sign.needs_hall"));
  }

  get fields() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !["_csrf", "seen"].includes(name));
  }

  async act() {
    const deed = this.deed();
    const { method, path, id, seen } = deed;
    const lacks = this.dataset.shape === "decision" && lacking("decision", deed.body);
    if (lacks) return this.form.submit(); // the hall says what is missing, where it is missing
    try {
      await ask(method, path, { body: seen === null ? deed.body : { ...deed.body, seen }, key: id, person: await currentPerson() });
    } catch (error) {
      if (!(error instanceof Stuck)) throw error;
      if (!LOST.includes(error.cause)) return this.form.submit(); // the hall's own page says why, with what was typed
      return this.keep(deed, { cause: error.cause, is_unsure: true });
    }
    location.assign(this.dataset.then ?? `/desk/cases/${this.dataset.case}`);
  }

  /** The deed as the outbox takes it. */
  deed() {
    const { zh: titleZh, en: titleEn, whatZh, whatEn, shape, seen, case: no, materials = "" } = this.dataset;
    const { act, path } = this.step ?? this.dataset;
    const body = bodyOf(shape, new FormData(this.form), materials.split(" "));
    return {
      id: crypto.randomUUID(), kind: "deed", lane: this.lane.name, method: this.method, path, body, case_no: no, files: filesOf(shape, new FormData(this.form)), kept: this.dataset.keep ?? null, at_desk: true, home: document.querySelector("case-deeds")?.dataset.home ?? null, edit: location.pathname + location.search,
      seen: seen ? Number(seen) : null,
      title: { zh: titleZh, en: titleEn || titleZh },
      act: pair(`act.${act}`, { zh: whatZh, en: whatEn || whatZh }),
      words: wordsIn(body, shape),
      fields: this.fields,
    }; // prettier-ignore
  }

  /** Into the outbox; the same act that still waits is replaced, one whose answer was lost stays in front. */
  async keep(deed = this.deed(), said = {}) {
    if (keepsNothing()) return this.say(deedWords()("lost"));
    const lacks = lacking(this.dataset.shape, deed.body, JSON.parse(this.dataset.asked ?? "{}"));
    if (lacks) return this.say(deedWords()(lacks));
    await this.lane.ready;
    const before = this.lane.open.findLast((item) => this.does(item));
    const isReplaced = before && before.state !== "sending" && !before.is_unsure;
    try {
      await put({ ...deed, ...said, ...(isReplaced ? { id: before.id } : {}) });
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      return this.say(deedWords()("no_room"));
    }
    this.say("");
    await this.lane.read();
    this.querySelector(".deed-waits")?.scrollIntoView({ block: "nearest" });
  }

  /** A sentence under the form. */
  say(words) {
    this.told ??= this.form.appendChild(Object.assign(document.createElement("p"), { className: "sm deed-says", role: "alert" }));
    this.told.setAttribute("role", "alert");
    this.told.textContent = words;
    if (words) this.told.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("deed-form", DeedForm);
