// <unsent-first data-draft> around the form that makes a code for elsewhere: who takes the draft over sees what the hall
// has. What is only on this phone goes there first; where it can't, its owner hears so and may hand over what is there.

import { h } from "../lib/h.js";
import { icon } from "../lib/icon.js";
import { keepsNothing } from "../lib/person.js";
import { wordsOf } from "../lib/words.js";
import { waitingOf } from "../offline/draft-files.js";
import { draft as draftOf, isAhead, queue } from "../offline/filings.js";
import { heard, retry } from "../offline/outbox/box.js";
import { flush } from "../offline/outbox/sender.js";

const loaders = { zh: () => import("../words/handing.zh.js"), en: () => import("../words/handing.en.js") };

class UnsentFirst extends HTMLElement {
  async connectedCallback() {
    if (keepsNothing()) return;
    this.form = this.querySelector("form");
    this.note = h("div", { role: "status", hidden: true, class: "sec-s" });
    this.prepend(this.note);
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.silence = heard(() => this.isSending || this.look());
    this.say = await wordsOf(loaders);
    await this.look();
  }

  disconnectedCallback() {
    this.silence?.();
  }

  /** The draft as this phone has it, if it has more than the hall. */
  async ahead() {
    const known = await draftOf(this.dataset.draft).catch(() => null);
    return known?.matter && (await isAhead(known)) ? known : null;
  }

  async look() {
    const known = await this.ahead();
    this.show(known && h("p", {}, await this.what(known)));
    return known;
  }

  async what(known) {
    const [n, files] = [Object.keys(known.unsent).length, (await waitingOf(known.id)).length];
    return this.say(n && files ? "both" : files ? "files" : n ? "answers" : "some", { n, files });
  }

  show(...words) {
    const said = words.filter(Boolean);
    this.note.hidden = !said.length;
    this.note.replaceChildren(...(said.length ? [h("div", { class: "note wheat" }, icon("device-mobile", 1), h("div", {}, said))] : []));
  }

  async submit(event) {
    if (this.isWarned) return; // they have read it and go on
    event.preventDefault();
    if (this.isSending) return;
    this.isSending = true;
    const known = await this.ahead();
    const left = known && (await this.sent(known));
    this.isSending = false;
    if (!left) return this.form.submit();
    this.isWarned = true;
    this.show(h("b", {}, this.say("not_sent")), h("p", {}, this.say("again")));
    this.note.scrollIntoView({ block: "nearest" });
  }

  /** Bring it to the hall; what is still only here after that, or null. */
  async sent(known) {
    this.show(h("p", {}, this.say("sending")));
    await queue(known.id);
    await retry(known.id);
    await flush({ fresh: true, signedIn: true });
    return this.ahead();
  }
}

customElements.define("unsent-first", UnsentFirst);
