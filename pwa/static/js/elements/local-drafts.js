// <local-drafts> in a list of the hall's: the drafts and filings that only this phone knows of. The hall's page may be a
// copy, and a draft may have been begun since.

import { all } from "../lib/store.js";

class LocalDrafts extends HTMLElement {
  async connectedCallback() {
    if (!(await all("filings").catch(() => [])).length) return;
    const { ownDrafts } = await import("../offline/drawn/own-drafts.js");
    const links = document.querySelectorAll('a[href^="/drafts/"]');
    const known = new Set([...links].map((link) => link.getAttribute("href").split("/")[2]));
    this.replaceChildren(...(await ownDrafts(known)));
  }
}

customElements.define("local-drafts", LocalDrafts);
