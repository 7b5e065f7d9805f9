// <leave-now> around a sign-out button: with something unsent on this phone, its page asks first. <leave-choice> on that
// page says how much, and shows the choices.

import { unsent } from "../lib/unsent.js";
import { wordsOf } from "../lib/words.js";

const loaders = { zh: () => import("../words/device.zh.js"), en: () => import("../words/device.en.js") };

const total = async () => {
  const { sendings, drafts } = await unsent().catch(() => ({ sendings: 0, drafts: 0 }));
  return sendings + drafts;
};

class LeaveNow extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.ask(event));
  }

  async ask(event) {
    event.preventDefault();
    const form = event.target;
    if (await total()) location.assign("/sign-out");
    else form.submit(); // passes this listener by
  }
}

class LeaveChoice extends HTMLElement {
  async connectedCallback() {
    const count = await total();
    if (!count) return;
    const say = await wordsOf(loaders);
    this.querySelector('[data-part="count"]').textContent = say("leave.one", { n: count });
    this.querySelector('[data-part="unsent"]').hidden = false;
    this.querySelector('[data-part="plain"]').hidden = true;
  }
}

customElements.define("leave-now", LeaveNow);
customElements.define("leave-choice", LeaveChoice);
