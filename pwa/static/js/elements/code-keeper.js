// <code-keeper data-code data-title data-headline> on a page that a tracking code opened: the phone remembers the code,
// so that the case is found again without the paper. Nothing is kept on a shared device.

import { keepsNothing } from "../lib/person.js";
import { keep } from "../lib/store.js";

class CodeKeeper extends HTMLElement {
  connectedCallback() {
    // The page comes first; remembering it can wait until the phone has nothing else to do.
    (globalThis.requestIdleCallback ?? setTimeout)(() => this.note());
  }

  async note() {
    const { code, title, headline } = this.dataset;
    if (keepsNothing()) return;
    await keep("codes", code, { code, title, headline, at: Date.now() }).then(() => (this.dataset.kept = ""), () => {});
  }
}

customElements.define("code-keeper", CodeKeeper);
