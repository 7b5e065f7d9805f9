// <code-show data-number data-big data-close data-hint> around a QR code: a tap shows it over the whole screen, black on
// white whatever the theme, and keeps the screen awake meanwhile. No browser lets a page brighten the screen, so the
// reader is told to. Escape, the back button and a tap on the cross close it.

import { h } from "../lib/h.js";
import { icon } from "../lib/icon.js";

class CodeShow extends HTMLElement {
  connectedCallback() {
    const figure = this.querySelector("figure");
    if (!figure || figure.querySelector("button")) return;
    this.opener = h("button", { type: "button", class: "code-open", "aria-haspopup": "dialog", on: { click: () => this.show() } }, ...figure.childNodes, h("span", { class: "code-word" }, this.dataset.big));
    figure.replaceChildren(this.opener);
  }

  show() {
    const close = h("button", { type: "button", class: "tap code-close", "aria-label": this.dataset.close }, icon("x"));
    const code = this.opener.firstElementChild.cloneNode(true);
    const number = h("p", { class: "code-number n" }, this.dataset.number);
    // It stands beside the page, so that news which redraw the page don't take it away from whoever is reading it.
    const dialog = h("dialog", { class: "code-full", "aria-label": this.dataset.number }, close, code, number, h("p", { class: "code-hint" }, this.dataset.hint));
    close.addEventListener("click", () => dialog.close());
    const back = goesBack(dialog);
    const awake = new Awake();
    dialog.addEventListener("close", () => {
      dialog.remove();
      awake.end();
      back();
      (this.isConnected ? this.opener : document.querySelector(".code-open"))?.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    awake.begin();
  }
}

/** The back button closes the dialog where browsers don't do that by themselves (CloseWatcher); returns what undoes it. */
function goesBack(dialog) {
  if (globalThis.CloseWatcher) return () => {};
  let isPopped = false;
  const popped = () => {
    isPopped = true;
    dialog.close();
  };
  history.pushState({ code: true }, "");
  window.addEventListener("popstate", popped, { once: true });
  return () => {
    window.removeEventListener("popstate", popped);
    if (!isPopped) history.back();
  };
}

/** The screen stays on; a lock is lost whenever the page is hidden, so it is taken again. */
class Awake {
  again = () => !document.hidden && this.take();

  begin() {
    document.addEventListener("visibilitychange", this.again);
    return this.take();
  }

  async take() {
    this.lock = await navigator.wakeLock?.request("screen").catch(() => null); // low battery: shown all the same
  }

  end() {
    document.removeEventListener("visibilitychange", this.again);
    this.lock?.release();
  }
}

customElements.define("code-show", CodeShow);
