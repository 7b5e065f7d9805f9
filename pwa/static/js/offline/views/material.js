// The page of one material on the phone: photos and files, or another of the ways that are open.

import { h } from "../../lib/h.js";
import { kept } from "../../lib/store.js";
import { howGiven, isNeeded, isPaperOnly, ways } from "../../law/index.js";
import { uploads } from "../drawn/uploads.js";
import { actBar } from "../drawn/frame.js";
import { btn, day, errorSummary, named, note, st } from "../drawn/ui.js";
import { choose, queue } from "../filings.js";
import { sheetOf } from "../drawn/sheet.js";

const GLYPHS = { upload: "camera", reuse: "clock-counter-clockwise", fetch: "tray", paper: "file-text", later: "hourglass-medium", commit: "signature" };

/** The page of a material's topic. */
export async function material(sheet, topic, frame) {
  const known = await kept("kept", "applicants");
  const page = new Page(sheet, topic.material, frame, known?.earlier?.[topic.material.name] ?? null);
  page.draw();
  return frame.page(page.main, actBar(frame));
}

class Page {
  constructor(sheet, paper, frame, earlier) {
    Object.assign(this, { sheet, paper, frame, earlier, main: h("div", {}) });
  }

  get how() {
    return howGiven(this.paper, this.sheet.draft, this.sheet.files.filter((file) => file.material === this.paper.key)) ?? "upload";
  }

  draw(error = "") {
    const { say } = this.sheet;
    const form = h("form", { id: "topic", "data-keeps": true, on: { submit: (event) => this.submit(event) } });
    const parts = [
      error && errorSummary(say("topic.wrong", { n: 1 }), [["#files", error]]),
      h("h1", {}, named(this.paper.name, this.paper.name_en)),
      ...this.about(),
      h("div", { id: "files", class: "mt12", tabindex: "-1" }, this.given()),
      this.others(),
      this.how === "upload" && h("div", { class: "sec" }, note("lock", "", say("paper.private"), h("span", { class: "nb" }, say("paper.private_2")))),
      form,
    ]; // prettier-ignore
    this.main.replaceChildren(h("div", {}, parts.filter(Boolean)));
  }

  about() {
    const { paper, sheet: { say } } = this; // prettier-ignore
    const zh = (text) => h("span", { lang: "zh-CN" }, text);
    return [
      !isNeeded(paper) && h("p", { class: "mt4" }, h("span", { class: "bdg" }, say("tasks.optional"))),
      paper.how_to && h("p", { class: "mute mt4" }, zh(paper.how_to)),
      paper.standard && h("p", { class: "sm mute mt4" }, say("paper.standard", { text: "" }), zh(paper.standard)),
      paper.copies > 1 && h("p", { class: "sm mute mt4" }, say("paper.copies", { n: paper.copies })),
    ];
  }

  given() {
    const { paper, sheet, how } = this;
    const { say } = sheet;
    const card = (word, tone, line) => h("div", { class: "card" }, st(word, tone), line && h("p", { class: "sm mute mt4" }, line));
    if (how === "upload") return isPaperOnly(paper) ? note("file-text", "wheat", say("paper.only")) : uploads(sheet, paper.key);
    if (how === "fetch") return card(say("paper.fetch"), "ok", say("paper.fetch_line"));
    if (how === "reuse") return card(say("paper.reuse", { n: sheet.draft.materials[paper.key].uploads.length }), "ok");
    if (how === "commit") return card(say("paper.commit"), "wait", say("paper.commit_line"));
    if (how === "later") return card(say("paper.later"), "wait", say("paper.later_line"));
    return card(say("paper.paper"), "wait", say("paper.paper_line"));
  }

  /** The other ways, each a button. */
  others() {
    const { say, draft } = this.sheet;
    const open = ways(this.paper, { isDesk: draft.staff, hasEarlier: Boolean(this.earlier) }).filter((way) => way !== this.how);
    if (!open.length) return null;
    const facts = this.earlier ? { day: day(this.earlier.filed_at), n: this.earlier.uploads.length } : {};
    const buttons = open.map((way) => btn(say(`paper.go_${way}`, facts), { kind: "3", wide: true, symbol: GLYPHS[way], type: "button", "data-way": way }));
    const list = h("div", { class: "stack mt8" }, buttons);
    list.addEventListener("click", (event) => this.choose(event.target.closest("button")?.dataset.way));
    return h("section", { class: "sec" }, h("h2", {}, say("paper.others")), list);
  }

  async choose(how) {
    if (!how) return;
    await choose(this.sheet.draft.id, this.paper.key, { how, uploads: how === "reuse" ? this.earlier.uploads : [] });
    await queue(this.sheet.draft.id);
    await this.again();
    this.main.querySelector("#files").focus();
  }

  async again(error = "") {
    this.sheet = this.frame.sheet = await sheetOf(this.sheet.draft.id);
    this.draw(error);
  }

  async submit(event) {
    event.preventDefault();
    await queue(this.sheet.draft.id);
    if (event.submitter?.name === "_later") return this.frame.leave();
    this.sheet = this.frame.sheet = await sheetOf(this.sheet.draft.id);
    const error = this.sheet.checked.errors[`materials.${this.paper.key}`] ?? this.refusal();
    if (error) return this.draw(error);
    await this.frame.onwards();
  }

  /** What the hall said of a file that it did not take. */
  refusal() {
    return this.sheet.files.find((file) => file.material === this.paper.key && file.state === "refused")?.refusal ?? "";
  }
}
