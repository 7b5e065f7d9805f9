// /matters without network: results as one types, else by what happened or by department.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { allMatters, head, search } from "../catalogue.js";
import { NotHere } from "../not-here.js";
import { bundleRow, bundleWords, catalogueWords, edition, life, matterRow, pick } from "../rows.js";

const SHOWN = 30;

export async function view({ query }) {
  const [say, words, about, rows] = await Promise.all([catalogueWords(), bundleWords(), head(), allMatters()]);
  if (!about) throw new NotHere("the catalogue");
  const list = new List(say, words, about, rows);
  const field = h("input", {
    class: "govuk-input", type: "search", name: "q", id: "q", value: query.q ?? "", enterkeyhint: "search", autocomplete: "off",
    placeholder: say("home.find"),
    on: { input: (event) => list.type(event.target.value) },
  }); // prettier-ignore
  const form = h("form", { role: "search", action: "/matters", on: { submit: (event) => event.preventDefault() } },
    h("label", { class: "govuk-label", for: "q" }, say("home.ask")), field); // prettier-ignore
  await list.begin(query);
  const main = [h("h1", { class: "govuk-visually-hidden" }, say("list.title")), form, list.place, edition(about, say)];
  return { title: say("list.title"), heading: say("list.title"), back: false, tab: "matters", main };
}

/** What was typed is one of the words people have for a bundle (backend/catalogue/bundle_guiding.found). */
const answers = (bundle, asked) =>
  asked.length > 1 && bundle.words.some((word) => word.toLowerCase().includes(asked.toLowerCase()) || (word.length > 2 && asked.includes(word)));

class List {
  constructor(say, words, about, rows) {
    Object.assign(this, { say, words, about, rows });
    this.byCode = new Map(rows.map((row) => [row.code, row]));
    this.place = h("div", { class: "sec", "aria-live": "polite" });
  }

  async begin({ q, life_event, department }) {
    if (q) return this.type(q);
    const event = this.about.life_events.find((each) => each.code === life_event);
    const organ = this.about.departments.find((each) => each.code === department);
    if (event) {
      const bundles = (this.about.bundles ?? []).filter((each) => each.life_events.includes(event.code));
      return this.show(pick(event.zh, event.en), event.matters.map((code) => this.byCode.get(code)), true, bundles);
    }
    if (organ) return this.show(pick(organ.zh, organ.en), this.rows.filter((row) => row.department === department), true);
    this.browse();
  }

  async type(query) {
    const asked = (this.asked = query.trim());
    if (!asked) return this.browse();
    const hits = await search(asked, SHOWN);
    if (this.asked !== asked) return; // somebody typed on
    const bundles = (this.about.bundles ?? []).filter((each) => answers(each, asked));
    if (!hits.length && !bundles.length) return this.nothing(asked);
    const found = hits.map((hit) => matterRow(this.byCode.get(hit.code), this.about, this.say, hit.alias));
    this.place.replaceChildren(h("h2", {}, this.say("list.found", { n: hits.length })), h("ul", { class: "list" }, bundles.map((each) => bundleRow(each, this.words)), found));
  }

  show(title, rows, hasBack, bundles = []) {
    const joint = bundles.map((each) => bundleRow(each, this.words));
    const list = h("ul", { class: "list" }, joint, rows.map((row) => matterRow(row, this.about, this.say)));
    this.place.replaceChildren(h("h2", {}, title), list);
    if (hasBack) this.place.append(h("p", { class: "mt16" }, h("a", { href: "/matters" }, this.say("list.back"))));
  }

  nothing(query) {
    const said = [icon("magnifying-glass"), h("h2", {}, this.say("list.none", { query })), h("p", {}, this.say("list.none_line"))];
    this.place.replaceChildren(h("div", { class: "card empty" }, said), this.departments());
  }

  browse() {
    const popular = this.about.popular.slice(0, 6).map((code) => matterRow(this.byCode.get(code), this.about, this.say));
    this.place.replaceChildren(
      h("h2", {}, this.say("home.life")), life(this.about),
      h("section", { class: "sec" }, h("h2", {}, this.say("list.popular")), h("ul", { class: "list" }, popular)),
      this.departments(),
    ); // prettier-ignore
  }

  departments() {
    const organs = this.about.departments.map((each) =>
      h("li", {}, h("a", { class: "li", href: `/matters?department=${each.code}` }, h("span", { class: "grow" }, pick(each.zh, each.en)), icon("caret-right"))),
    );
    return h("section", { class: "sec" }, h("h2", {}, this.say("list.departments")), h("ul", { class: "list" }, organs));
  }
}
