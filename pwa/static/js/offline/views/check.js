// /drafts/:id/check on the phone: everything once more, who is told, the declaration, submit.

import { h } from "../../lib/h.js";
import { maskMobile } from "../../law/index.js";
import { tick } from "../drawn/inputs.js";
import { sheetOf } from "../drawn/sheet.js";
import { btn, errorSummary, named, note, pick, section, summaryList } from "../drawn/ui.js";
import { submit } from "../filings.js";
import * as box from "../outbox/box.js";
import { isDoneBefore } from "../outbox/done-before.js";
import { sending } from "./sent.js";

/** The page. What the hall refused is shown with what the phone finds itself. */
export async function view({ params, query, navigate }) {
  const instead = await sending(params.id, navigate);
  if (instead) return instead;
  const sheet = await sheetOf(params.id);
  const page = new Page(sheet, navigate, sheet.draft.submitted ? await box.get(sheet.draft.submitted) : null);
  page.draw("undeclared" in query ? sheet.say(page.undeclared) : "");
  const { say, topics, home } = sheet;
  const place = topics.length + 1;
  const act = btn(say("check.submit"), { wide: true, symbol: "paper-plane-tilt", form: "submit" });
  return { title: say("check.title"), heading: say("step", { place, count: place }), back: home, main: page.main, act };
}

class Page {
  constructor(sheet, navigate, item) {
    Object.assign(this, { sheet, navigate, item, main: h("div", {}) });
    this.undeclared = sheet.draft.staff ? "check.not_declared_desk" : "check.not_declared";
  }

  /** Path -> sentence: what the phone finds, files that were not taken, answers that wait for a decision. */
  faults() {
    const { checked, draft, say, files } = this.sheet;
    const rivals = Object.keys(draft.rivals).map((path) => [`form.${path}`, say("rival.decide")]);
    const refused = files.filter((file) => file.state === "refused").map((file) => [pathOf(file.material), file.refusal || say("paper.refused")]);
    return { ...checked.errors, ...Object.fromEntries([...rivals, ...refused]) };
  }

  /** What the hall refused it for, the last time. It does not stand in the way: the hall says again whether it is right now. */
  get fromHall() {
    return this.item?.state === "stuck" ? (this.item.errors ?? {}) : {};
  }

  draw(error = "") {
    const { sheet } = this;
    const { say } = sheet;
    const summary = this.summary({ ...this.fromHall, ...this.faults() }, error);
    const parts = [
      summary,
      isDoneBefore(this.item ?? {}) && h("div", { class: "mt8" }, note("warning-circle", "boat", h("b", {}, say("sent.before", { no: this.item.filed_as })), h("p", {}, h("a", { href: "/outbox" }, say("sent.choose"))))),
      this.item?.state === "stuck" && this.item.why && !isDoneBefore(this.item) && h("div", { class: "mt8" }, note("warning-circle", "boat", h("b", {}, say("check.refused")), h("p", {}, this.item.why))),
      h("h1", {}, say("check.head")),
      h("p", { class: "mute mt4" }, named(sheet.matter.name, sheet.matter.name_en)),
      sheet.topics.filter((topic) => !topic.material).map((topic) => this.answers(topic)),
      this.papers(),
      this.told(),
      h("p", { class: "sec sm mute" }, say("check.when")),
      h("form", { id: "submit", class: "sec-s", "data-keeps": true, novalidate: true, on: { submit: (event) => this.submit(event) } },
        h("div", { class: "card" }, tick("declared", say(sheet.draft.staff ? "check.declare_desk" : "check.declare"), false, error, say, "yes"))),
    ]; // prettier-ignore
    this.main.replaceChildren(h("div", {}, parts));
  }

  summary(faults, error) {
    const { say, home } = this.sheet;
    const paths = Object.keys(faults);
    if (!paths.length) return error ? errorSummary(say("topic.wrong", { n: 1 }), [["#declared", error]]) : null;
    const lines = paths.map((path) => {
      const name = this.sheet.nameOf(path);
      return [`${home}/topics/${this.sheet.placeOf(path)}?from=check`, `${name ? pick(name) + say("topic.colon") : ""}${faults[path]}`];
    });
    return errorSummary(say("check.faults", { n: paths.length }), lines);
  }

  answers(topic) {
    const { sheet } = this;
    const { say, home } = sheet;
    const change = (path) => `${home}/topics/${topic.slug}?from=check${path ? `#${path}` : ""}`;
    const rows = sheet.asked(topic).map((question) => [pick(question.field), sheet.words(question.path), sheet.isLocked(question.path) ? null : change(question.path)]);
    if (!topic.questions.length && topic.slug === "delivery") rows.push([say("check.result"), say(`delivery.${sheet.draft.delivery}`), change("")]);
    return rows.length ? section(pick(topic), h("div", { class: "answers" }, summaryList(rows, say("check.change")))) : null;
  }

  papers() {
    const { say, home, tasks } = this.sheet;
    const rows = tasks.filter((task) => task.topic.material).map(({ topic, isOptional }) => [
      named(topic.material.name, topic.material.name_en), this.paper(topic.material, isOptional), `${home}/topics/${topic.slug}?from=check`,
    ]); // prettier-ignore
    return rows.length ? section(say("check.materials"), summaryList(rows, say("check.change"))) : null;
  }

  paper({ key }, isOptional) {
    const { say, draft, files } = this.sheet;
    const how = draft.materials[key]?.how;
    const count = files.filter((file) => file.material === key).length;
    if (how && how !== "upload") return say(`check.${how}`);
    if (count) return say("tasks.files", { n: count });
    return say(isOptional ? "check.not_given" : "check.missing");
  }

  told() {
    const { say, draft } = this.sheet;
    const mobile = draft.values.mobile || draft.mobile;
    const line = mobile ? say("check.told_sms", { mobile: maskMobile(mobile) }) : say("check.told_plain");
    return section(say("check.told"), h("div", { class: "card" }, h("p", {}, line), h("p", { class: "sm mute mt4" }, say("check.scanner"))));
  }

  async submit(event) {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    this.sheet = await sheetOf(this.sheet.draft.id);
    const isDeclared = new FormData(event.target).get("declared") === "yes";
    const isSound = !Object.keys(this.faults()).length;
    if (isDeclared && isSound) {
      await submit(this.sheet.draft.id);
      return this.navigate(`${this.sheet.home}/sent`);
    }
    this.isBusy = false;
    this.draw(isDeclared ? "" : this.sheet.say(this.undeclared));
  }
}

const pathOf = (key) => (key.startsWith("form.") ? key : `materials.${key}`);
