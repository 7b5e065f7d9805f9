// <once-form> around a form: a second press while the first is on its way does nothing, and an input named
// idempotency_key gets a key that stays the same however often this page is sent.

import { felt } from "../lib/haptics.js";

class OnceForm extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const key = form.querySelector('[name="idempotency_key"]');
    if (key && !key.value) key.value = crypto.randomUUID();
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("pageshow", () => this.free());
    this.addEventListener("htmx:after:request", () => this.free());
  }

  submit(event) {
    if (this.busy) return event.preventDefault();
    this.busy = true;
    felt("done");
    const button = event.submitter;
    setTimeout(() => {
      for (const each of this.querySelectorAll("button")) each.setAttribute("aria-disabled", "true");
      if (button?.dataset.busy) button.lastChild.textContent = button.dataset.busy;
    });
  }

  free() {
    this.busy = false;
    for (const each of this.querySelectorAll("button")) each.removeAttribute("aria-disabled");
  }
}

customElements.define("once-form", OnceForm);
