// <visit-pack> around the day's list and a button: before leaving, the pages of every case on it (links [data-pack]) and the
// pictures of their papers come onto this tablet. Says how many are here and since when, and which records wait to be sent.

import { h } from "../lib/h.js";
import { icon } from "../lib/icon.js";
import { currentPerson, keepsNothing } from "../lib/person.js";
import { language, saying } from "../lib/words.js";
import { deedWords } from "../deeds/words.js";
import { heard, items } from "../offline/outbox/box.js";
import en from "../words/survey.en.js";
import zh from "../words/survey.zh.js";
import { copyOf, keepPage } from "../worker/copies.js";

const say = saying(language() === "en" ? en : zh);

class VisitPack extends HTMLElement {
  connectedCallback() {
    this.told = this.querySelector("[data-says]");
    this.querySelector("[data-do=pack]")?.addEventListener("click", () => this.pack());
    this.silence = heard(() => this.waiting());
    this.waiting();
    this.here();
  }

  disconnectedCallback() {
    this.silence();
  }

  get paths() {
    return [...new Set([...this.querySelectorAll("a[data-pack]")].map((link) => link.getAttribute("href")))];
  }

  /** What is on the tablet already. */
  async here() {
    if (keepsNothing()) return this.says(say("keeps_nothing"));
    const person = await currentPerson();
    const copies = await Promise.all(this.paths.map((path) => copyOf(new URL(path, location.href), person)));
    const times = copies.filter(Boolean).map((copy) => copy.headers.get("x-copied-at")).sort();
    if (times.length) this.says(say(times.length === this.paths.length ? "packed" : "packed.some", { n: times.length, all: this.paths.length, time: clock(times[0]) }));
  }

  async pack() {
    if (keepsNothing()) return this.says(say("keeps_nothing"));
    const person = await currentPerson();
    let done = 0;
    for (const path of [...this.paths, location.pathname]) {
      this.says(say("packing", { n: done, all: this.paths.length }));
      const response = await fetch(path, { headers: { accept: "text/html", "x-yimaban-person": person } }).catch(() => null);
      if (!response?.ok || response.redirected) return this.says(say("not_packed", { n: done, all: this.paths.length }));
      const text = await response.clone().text();
      await keepPage(new URL(path, location.href), response);
      for (const picture of pictures(text)) await fetch(picture).then((answer) => answer.blob()).catch(() => null); // the worker keeps it
      done += 1;
    }
    await this.here();
  }

  says(words) {
    this.told.textContent = words;
  }

  /** Records of these cases that wait in the outbox. */
  async waiting() {
    const found = await items().catch(() => []);
    for (const row of this.querySelectorAll("[data-case]")) {
      row.querySelector(".deed-tab")?.remove();
      const item = found.find((each) => each.case_no === row.dataset.case && each.state !== "done");
      if (item) row.append(h("span", { class: "st wait deed-tab" }, icon("clock"), deedWords()(item.state === "stuck" ? "waits.held" : "waits")));
    }
  }
}

const clock = (at) => new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

const pictures = (html) => [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-papers] a")].map((link) => link.getAttribute("href"));

customElements.define("visit-pack", VisitPack);
