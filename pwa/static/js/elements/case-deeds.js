// <case-deeds data-case data-home> on a page of the desk or of an approver: what was done here without network stands on the page as waiting; what
// the hall did not take is said with who did what meanwhile, and the officer's own words stay, to be copied.

import { lay } from "../deeds/overlay.js";
import { laneOf } from "../deeds/lane.js";
import { deedWords } from "../deeds/words.js";
import { written } from "../deeds/written.js";
import { h } from "../lib/h.js";
import { icon } from "../lib/icon.js";
import { keepsNothing } from "../lib/person.js";
import { cancel, change, retry } from "../offline/outbox/box.js";
import { further, isDoneBefore } from "../offline/outbox/done-before.js";
import { said } from "../offline/outbox/speaking.js";

class CaseDeeds extends HTMLElement {
  connectedCallback() {
    if (keepsNothing()) return;
    this.seen = new Set();
    this.lane = laneOf(this.dataset.case);
    this.draw = () => this.drawn();
    this.lane.addEventListener("change", this.draw);
    document.addEventListener("htmx:after:swap", this.draw);
    this.draw();
  }

  disconnectedCallback() {
    this.lane?.removeEventListener("change", this.draw);
    document.removeEventListener("htmx:after:swap", this.draw);
  }

  drawn() {
    const { open, items } = this.lane;
    for (const item of open) this.seen.add(item.id);
    const done = items.filter((item) => item.state === "done" && this.seen.has(item.id));
    const refused = open.find((item) => item.state === "stuck");
    this.replaceChildren(...(refused ? [this.refusal(refused, open)] : []), ...(done.length && !open.length ? [this.news(done)] : []));
    lay(open);
  }

  /** What was refused and why; what was done after it waits behind it, and goes with it. */
  refusal(item, open) {
    const say = deedWords();
    const behind = open.filter((each) => each !== item);
    const lines = [isDoneBefore(item) ? say("refused.before") : item.why, ...new Set(Object.values(item.errors ?? {}))].filter((text) => typeof text === "string");
    const words = open.map((each) => each.words).filter(Boolean).join("\n");
    const drop = h("button", { type: "button", class: "govuk-button mini btn-3", on: { click: () => this.drop(open) } }, say(behind.length ? "refused.drop_all" : "refused.drop"));
    const send = isDoneBefore(item) && h("button", { type: "button", class: "govuk-button mini btn-boat", on: { click: () => change(item.id, further).then(() => retry(item.id)) } }, say("refused.further"));
    return h("div", { class: "note boat deed-refused", role: "alert" }, icon("warning-circle"), h("div", {},
      h("b", {}, say("refused.title", { what: said(item.act) })),
      lines.map((line) => h("p", {}, line)),
      behind.length > 0 && h("p", { class: "sm" }, say("refused.behind", { what: behind.map((each) => said(each.act)).join(" · ") })),
      written(words, { label: say("refused.words"), copy: say("refused.copy") }),
      h("div", { class: "wrap mt8" }, send, this.fresh("govuk-button mini btn-3"), drop))); // prettier-ignore
  }

  async drop(open) {
    for (const item of open.toReversed()) await cancel(item.id); // what waits behind must not go out in between
    location.reload();
  }

  fresh(cls) {
    return h("a", { class: cls, href: this.dataset.home }, deedWords()("done.fresh"));
  }

  news(done) {
    const say = deedWords();
    const what = done.map((item) => said(item.act)).join(" · ");
    return h("div", { class: "note deed-done", role: "status" }, icon("check-circle"), h("div", {}, say("done.title", { what }), " ", this.fresh("more")));
  }
}

customElements.define("case-deeds", CaseDeeds);
