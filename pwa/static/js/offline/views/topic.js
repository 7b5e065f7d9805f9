// /drafts/:id/topics/:slug on the phone: the questions of one page, kept at every key, checked as the hall checks.

import { h } from "../../lib/h.js";
import { answersIn, placeOf, sentence } from "../../law/index.js";
import { choices } from "../drawn/inputs.js";
import { field } from "../drawn/fields.js";
import { actBar, Frame } from "../drawn/frame.js";
import { errorSummary, pick, summaryList } from "../drawn/ui.js";
import { sheetOf } from "../drawn/sheet.js";
import { NotHere } from "../not-here.js";
import { queue, save, settle } from "../filings.js";
import { material } from "./material.js";
import { sending } from "./sent.js";

/** The page of a topic or of a material; `wrong` in the address shows at once what is wrong (it was posted before). */
export async function view({ params, query, navigate }) {
  const instead = await sending(params.id, navigate);
  if (instead) return instead;
  const sheet = await sheetOf(params.id);
  const topic = sheet.topic(params.slug);
  if (!topic) throw new NotHere(params.slug);
  const frame = new Frame(sheet, topic, query, navigate);
  if (topic.material) return material(sheet, topic, frame);
  const page = new Page(sheet, topic, frame);
  if (query.more) page.more[query.more] = 1; // asked for on the hall's page, which could not be posted
  page.draw("wrong" in query ? page.errors() : {}, query.seen?.split(","));
  return frame.page(page.main, actBar(frame));
}

class Page {
  constructor(sheet, topic, frame) {
    Object.assign(this, { sheet, topic, frame, more: {}, main: h("div", {}) });
  }

  /** What is wrong with the questions that stand here, by path. */
  errors() {
    const { checked, lang } = this.sheet;
    const asked = this.sheet.asked(this.topic).filter((question) => !this.sheet.isLocked(question.path));
    return Object.fromEntries(asked.filter(({ path }) => checked.faults[path]).map(({ path }) => [path, sentence(checked.faults[path], lang)]));
  }

  /** `seen`: what the reader had before their eyes; what an answer has opened since is no mistake of theirs. */
  draw(errors = {}, seen = null) {
    const { sheet, topic } = this;
    const asked = sheet.asked(topic).filter((question) => !sheet.isLocked(question.path));
    this.shown = asked.map((question) => question.path);
    const form = h("form", { id: "topic", novalidate: true, class: "sec-s", "data-keeps": true, on: { submit: (event) => this.submit(event) } },
      this.shown.map((path) => h("input", { type: "hidden", name: "_shown", value: path })),
      h("button", { type: "submit", class: "govuk-visually-hidden", tabindex: "-1", "aria-hidden": "true" }),
      asked.map((question) => field(sheet.widget(question), sheet.draft.values[question.path], errors[question.path], sheet, this.more[question.path] ?? 0)),
      !topic.questions.length && topic.slug === "delivery" && this.delivery(),
      (this.output = h("output", { class: "sm mute saved" }))); // prettier-ignore
    form.addEventListener("input", (event) => this.keep(event.target));
    form.addEventListener("change", (event) => this.keep(event.target));
    form.addEventListener("click", (event) => this.press(event));
    const parts = [this.summary(errors, seen), h("h1", {}, pick(topic)), this.proved(), form];
    this.main.replaceChildren(h("div", {}, parts.filter(Boolean)));
    for (const path of Object.keys(errors)) this.mark(path);
  }

  /** The control that a fault is about: of a span its end, of a table the cell. */
  place(path) {
    const question = this.topic.questions.find((each) => each.path === path);
    return question ? placeOf(question, this.sheet.checked.faults[path]) : path;
  }

  /** Say what is wrong where one types, not only at the group. */
  mark(path) {
    const part = this.main.querySelector(`[id="${CSS.escape(this.place(path))}"]`);
    if (!part || part.id === path) return;
    part.setAttribute("aria-invalid", "true");
    part.setAttribute("aria-describedby", `${path}-error`);
  }

  summary(errors, seen) {
    const { say } = this.sheet;
    const paths = Object.keys(errors);
    if (!paths.length) return null;
    const come = seen ? paths.filter((path) => !seen.includes(path)) : [];
    const title = come.length === paths.length ? say("topic.note", { n: come.length }) : say("topic.wrong", { n: paths.length });
    return errorSummary(title, paths.map((path) => [`#${this.place(path)}`, `${pick(this.sheet.nameOf(`form.${path}`))}${say("topic.colon")}${errors[path]}`]));
  }

  proved() {
    const { sheet, topic } = this;
    const known = sheet.asked(topic).filter((question) => sheet.isLocked(question.path));
    if (!known.length) return null;
    const rows = known.map((question) => [pick(question.field), sheet.words(question.path), null]);
    return h("section", { class: "sec-s" }, h("h2", { class: "govuk-visually-hidden" }, sheet.say("topic.identity")), summaryList(rows), h("p", { class: "sm mute mt8" }, sheet.say("topic.proved")));
  }

  delivery() {
    const { say, draft } = this.sheet;
    const options = ["download", "window"].map((way) => [way, say(`delivery.${way}`), say(`delivery.${way}_line`)]);
    return choices("radios", { path: "_delivery", label: say("delivery.title"), options, hideLegend: true }, [draft.delivery], "", say);
  }

  /** Every answer of this page, as a post to the hall would bring it. */
  answers() {
    const form = new FormData(this.main.querySelector("form"));
    return answersIn(this.sheet.asked(this.topic).filter((question) => question.field.type !== "file"), form);
  }

  async keep(target) {
    if (!target.name || target.type === "file") return;
    const delivery = target.name === "_delivery" ? target.value : null;
    await save(this.sheet.draft.id, this.answers(), { delivery });
    const at = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }).format(new Date());
    this.output.textContent = this.sheet.say("topic.kept", { at });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => queue(this.sheet.draft.id), 2000);
  }

  async press(event) {
    const { more, settle: path, side } = event.target.closest("button")?.dataset ?? {};
    if (more) return this.addRow(more);
    if (!path) return;
    const { draft } = this.sheet;
    await settle(draft.id, path, side === "rival" ? draft.rivals[path] : draft.values[path]);
    await this.again();
  }

  async addRow(path) {
    await save(this.sheet.draft.id, this.answers());
    this.more[path] = 1;
    await this.again();
  }

  /** Draw anew what the phone has now. */
  async again(errors = null, seen = null) {
    this.sheet = await sheetOf(this.sheet.draft.id);
    this.topic = this.sheet.topic(this.topic.slug);
    this.draw(errors ? this.errors() : {}, seen);
  }

  async submit(event) {
    event.preventDefault();
    const delivery = new FormData(event.target).get("_delivery");
    await save(this.sheet.draft.id, this.answers(), { topic: this.topic.slug, delivery });
    await queue(this.sheet.draft.id);
    if (event.submitter?.name === "_later") return this.frame.leave();
    this.more = {};
    await this.again(true, this.shown);
    if (!Object.keys(this.errors()).length) await this.frame.onwards();
  }
}
