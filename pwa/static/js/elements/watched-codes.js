// <watched-codes hidden> with a <ul data-list>: the codes this phone has seen, newest first, each with where its case
// stood; asked anew when there is a network, and taken off the list by its button.

import { h } from "../lib/h.js";
import { icon } from "../lib/icon.js";
import { all, forget, keep } from "../lib/store.js";
import { words } from "../lib/words.js";

const ASKED_AT_MOST = 10;

class WatchedCodes extends HTMLElement {
  async connectedCallback() {
    this.say = await words();
    await this.draw();
    if (navigator.onLine) await this.ask();
  }

  async draw() {
    this.known = (await all("codes").catch(() => [])).sort((a, b) => b.at - a.at);
    this.hidden = this.known.length === 0;
    this.querySelector("[data-list]").replaceChildren(...this.known.map((each) => this.row(each)));
  }

  row(each) {
    const day = new Intl.DateTimeFormat(document.documentElement.lang, { month: "short", day: "numeric" });
    const about = h("span", { class: "grow" },
      h("span", { class: "li-t" }, each.title),
      h("span", { class: "li-s" }, `${each.headline} · ${day.format(each.at)}`),
    ); // prettier-ignore
    const drop = h("button", { class: "tap", type: "button", "aria-label": this.say("codes.drop", { title: each.title }) }, icon("x"));
    drop.addEventListener("click", () => this.drop(each.code));
    return h("li", { class: "row mid" }, h("a", { class: "li grow", href: `/t/${each.code}` }, about, icon("caret-right")), drop);
  }

  async drop(code) {
    await forget("codes", code);
    await this.draw();
  }

  /** Where the cases stand by now; a code that was replaced is taken off. */
  async ask() {
    for (const each of this.known.slice(0, ASKED_AT_MOST)) {
      const answer = await fetch(`/api/v1/track/${each.code}`).catch(() => null);
      if (answer?.status === 404) await forget("codes", each.code);
      if (!answer?.ok) continue;
      const { standing } = await answer.json();
      const headline = document.documentElement.lang.startsWith("en") ? standing.headline_en : standing.headline_zh;
      await keep("codes", each.code, { ...each, headline });
    }
    await this.draw();
  }
}

customElements.define("watched-codes", WatchedCodes);
