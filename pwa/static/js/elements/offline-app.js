// <offline-app> in the shell: draws the page of this address from what the phone keeps. The server's page has the bars;
// a view (offline/routes.js) fills heading, main, tab bar or act bar.

import { h } from "../lib/h.js";
import { icon } from "../lib/icon.js";
import { words, wordsOf } from "../lib/words.js";
import { NotHere } from "../offline/not-here.js";
import { routed } from "../offline/routes.js";

const loaders = { zh: () => import("../words/device.zh.js"), en: () => import("../words/device.en.js") };
const LATE = 300; // ms
const TABS = { home: "/", matters: "/matters", scan: "/scan", cases: "/cases", me: "/me" };

const address = () => location.pathname + location.search;

class OfflineApp extends HTMLElement {
  connectedCallback() {
    this.product = document.title.split("·").at(-1).trim();
    this.onpop = () => this.drawn === address() || this.draw(); // a link inside the page pops too: what is drawn stays
    window.addEventListener("popstate", this.onpop);
    this.draw().then(() => {
      performance.mark("view");
      this.dispatchEvent(new Event("stands", { bubbles: true }));
    });
  }

  disconnectedCallback() {
    window.removeEventListener("popstate", this.onpop);
  }

  /** Go to another address: drawn here if a view knows it, else asked for as a page. */
  navigate = async (path) => {
    const url = new URL(path, location.href);
    if (!routed(url.pathname)) return location.assign(url);
    history.pushState(null, "", url);
    await this.draw();
    window.scrollTo(0, 0);
  };

  async draw() {
    this.drawn = address();
    const drawing = (this.drawing = Symbol(location.href)); // a slow view must not replace a later one
    const late = setTimeout(() => this.drawing === drawing && this.wait(), LATE);
    const page = await this.page().catch((error) => this.instead(error));
    clearTimeout(late);
    if (this.drawing === drawing) this.show(page);
  }

  /** Rows of real height in the place of what takes long. */
  wait() {
    const row = () => h("div", { class: "li" }, h("div", { class: "skel grow" }, h("i"), h("i")));
    const list = h("div", { class: "list", "aria-busy": "true" }, row(), row(), row());
    this.querySelector("main").replaceChildren(list);
  }

  async page() {
    const found = routed(location.pathname);
    if (!found) throw new NotHere(location.pathname);
    const [{ view }, say] = await Promise.all([found.load(), words()]);
    const query = Object.fromEntries(new URLSearchParams(location.search));
    return view({ params: found.params, query, say, navigate: this.navigate });
  }

  /** What stands in for a page that this phone can't draw. */
  async instead(error) {
    if (!(error instanceof NotHere)) console.warn(error);
    const say = await wordsOf(loaders);
    const [title, line] = error instanceof NotHere ? ["here.not", "here.why"] : ["here.broken", "here.kept"];
    const again = h("a", { class: "govuk-button btn-2", href: location.href }, say("here.again"));
    const main = h("div", { class: "card empty" }, icon("monitor-duotone"), h("h1", {}, say(title)), h("p", {}, say(line)), again);
    return { title: say(title), heading: "", back: "/", tab: "home", main };
  }

  show({ title, heading = "", back = "/", tab = null, main, act = null }) {
    document.title = `${title} · ${this.product}`;
    const [arrow, name] = this.querySelector(".top").children;
    arrow.style.visibility = back ? "" : "hidden"; // its place stays, or the heading would move into it
    if (back) arrow.setAttribute("href", back);
    name.textContent = heading;
    const place = this.querySelector("main");
    place.replaceChildren(...[main].flat());
    place.className = `main ${act ? "has-act" : "has-tabs"}`;
    this.querySelector(".act").replaceChildren(...[act ?? []].flat());
    this.querySelector(".act").hidden = !act;
    this.querySelector(".tabs").hidden = Boolean(act);
    this.mark(tab);
    this.dataset.stands = location.pathname;
    this.lead(place);
  }

  /** Where the reader goes on: at what is wrong, else, when the control that led here is gone, at the heading. */
  lead(place) {
    const wrong = place.querySelector("[data-focus], [aria-invalid=true]");
    const title = place.querySelector("h1");
    if (wrong) wrong.focus();
    else if (this.isDrawn && title && !place.contains(document.activeElement)) {
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    }
    this.isDrawn = true;
  }

  mark(tab) {
    for (const link of this.querySelectorAll(".tab")) {
      const isHere = link.getAttribute("href") === TABS[tab];
      link.toggleAttribute("aria-current", isHere);
      if (isHere) link.setAttribute("aria-current", "page");
      const use = link.querySelector("use");
      if (!link.classList.contains("scan")) use.setAttribute("href", use.getAttribute("href").replace(/(-fill)?$/, isHere ? "-fill" : ""));
    }
  }
}

customElements.define("offline-app", OfflineApp);
