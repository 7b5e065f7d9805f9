// <print-button>, <copy-button data-text> and <share-button data-url data-title>, each around one button of its own.
// They say what happened in the button's words, and put the old words back.

import { words } from "../lib/words.js";

const SHOWN = 2500;

class SmallButton extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.press());
  }

  async say(key) {
    const sentence = (await words())(key);
    const place = this.querySelector("[data-word]");
    if (!place) return this.button.setAttribute("aria-label", sentence);
    place.dataset.was ??= place.textContent;
    place.textContent = sentence;
    place.setAttribute("role", "status");
    setTimeout(() => (place.textContent = place.dataset.was), SHOWN);
  }

  async copy(text) {
    await navigator.clipboard.writeText(text).then(() => this.say("copy.done"), () => this.say("copy.failed"));
  }
}

class PrintButton extends SmallButton {
  press() {
    window.print();
  }
}

class CopyButton extends SmallButton {
  press() {
    return this.copy(this.dataset.text);
  }
}

class ShareButton extends SmallButton {
  async press() {
    const url = new URL(this.dataset.url ?? location.href, location.href).href;
    if (!navigator.share) return this.copy(url);
    await navigator.share({ url, title: this.dataset.title ?? document.title }).catch(() => {});
  }
}

customElements.define("print-button", PrintButton);
customElements.define("copy-button", CopyButton);
customElements.define("share-button", ShareButton);
