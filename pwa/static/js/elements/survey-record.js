// <survey-record data-case data-asked> around the form of a record in the field: everything typed, ticked, signed and
// photographed is on this tablet at once and there again after a reload, until the hall has it. The photos stand in `blobs`
// under deed:survey:<case>, the rest in `kept`.

import { saying, language } from "../lib/words.js";
import { h } from "../lib/h.js";
import { icon } from "../lib/icon.js";
import { keepsNothing } from "../lib/person.js";
import { shrunk } from "../lib/shrink.js";
import { mine, NoRoom } from "../lib/store.js";
import { recordOf } from "../offline/draft-files.js";
import en from "../words/survey.en.js";
import zh from "../words/survey.zh.js";

const PAUSE = 400; // ms after the last key
const say = saying(language() === "en" ? en : zh);

class SurveyRecord extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.photos = this.querySelector("[data-photos]");
    this.key = `survey-${this.dataset.case}`;
    this.addEventListener("input", () => this.later());
    this.addEventListener("change", (event) => (event.target.type === "file" ? this.chosen(event.target) : this.later()));
    this.addEventListener("click", (event) => this.drop(event.target.closest("[data-drop]")));
    this.form.elements.surveyed_at.value ||= here(new Date());
    this.ready = this.restore().catch(() => {}); // no store: nothing is kept here
    // A slow tablet: photos chosen before this module was here.
    for (const input of this.querySelectorAll("input[type=file]")) if (input.files.length) this.chosen(input);
  }

  async restore() {
    if (keepsNothing()) return;
    this.store = await mine();
    const kept = await this.store.get("kept", this.key);
    for (const [name, value] of kept?.fields ?? []) set(this.form, name, value);
    for (const pad of this.querySelectorAll("sign-pad")) pad.redraw?.();
    const records = (await this.store.all("blobs")).filter((record) => record.key === `deed:survey:${this.dataset.case}`);
    for (const record of records.sort((one, other) => one.at.localeCompare(other.at))) this.show(record, kept?.fields);
    if (kept) this.said(kept.at);
  }

  later() {
    clearTimeout(this.clock);
    this.clock = setTimeout(() => this.keep(), PAUSE);
  }

  async keep() {
    if (!this.store) return;
    const fields = [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && value && !["_csrf", "photo"].includes(name));
    const at = new Date().toISOString();
    await this.store.put("kept", this.key, { id: this.key, at, fields }).then(() => this.said(at), (error) => this.full(error));
  }

  said(at) {
    const time = new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
    this.querySelector("[data-kept]").textContent = say("kept", { time });
  }

  full(error) {
    if (!(error instanceof NoRoom)) throw error;
    this.querySelector("[data-kept]").textContent = say("no_room");
  }

  async chosen(input) {
    const files = [...input.files];
    input.value = "";
    await this.ready;
    for (const file of files) await this.take(file);
  }

  /** A photo: small, with the time it was taken at, on this tablet before anything else. */
  async take(file) {
    const taken = Math.min(file.lastModified || Date.now(), Date.now());
    const record = { ...recordOf(`deed:survey:${this.dataset.case}`, await shrunk(file)), taken_at: new Date(taken).toISOString() };
    if (!this.store) return void (this.querySelector("[data-kept]").textContent = say("keeps_nothing"));
    await this.store.put("blobs", record.id, record).then(() => this.show(record), (error) => this.full(error));
  }

  show(record, fields = []) {
    const url = URL.createObjectURL(record.blob);
    const time = new Date(record.taken_at ?? record.at).toLocaleString(language() === "en" ? "en-GB" : "zh-CN", { timeZone: "Asia/Shanghai" });
    const caption = fields?.find(([name]) => name === `caption-${record.id}`)?.[1] ?? "";
    const said = h("input", { class: "govuk-input", name: `caption-${record.id}`, "aria-label": say("caption"), placeholder: say("caption") });
    said.value = caption;
    const hidden = h("input", { type: "hidden", name: "photo" });
    hidden.value = JSON.stringify({ blob: record.id, taken_at: record.taken_at ?? record.at });
    const away = h("button", { type: "button", class: "tap", "data-drop": record.id, "aria-label": say("drop") }, icon("trash", 1));
    const picture = h("img", { src: url, alt: say("photo", { time }), width: 160, height: 120 });
    this.photos.append(h("li", { class: "shot", id: `shot-${record.id}` }, picture, h("span", { class: "xs mute n" }, time), said, away, hidden));
  }

  async drop(button) {
    if (!button) return;
    const id = button.dataset.drop;
    await this.store.delete("blobs", id);
    this.querySelector(`#shot-${CSS.escape(id)}`).remove();
    this.later();
  }
}

/** The hall's own time, as a field of day and hour holds it. */
function here(date) {
  return new Date(date.getTime() + 8 * 3600 * 1000).toISOString().slice(0, 16);
}

function set(form, name, value) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
    else field.value = value;
  }
}

customElements.define("survey-record", SurveyRecord);
