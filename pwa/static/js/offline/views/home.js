// / without network and without a copy: search, what happened, the way to one's own things.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { head } from "../catalogue.js";
import { ownDrafts } from "../drawn/own-drafts.js";
import { NotHere } from "../not-here.js";
import { catalogueWords, edition, life } from "../rows.js";

export async function view({ navigate }) {
  const [say, about, mine] = await Promise.all([catalogueWords(), head(), ownDrafts()]);
  if (!about) throw new NotHere("the catalogue");
  const ask = (event) => {
    event.preventDefault();
    navigate(`/matters?q=${encodeURIComponent(event.target.q.value)}`);
  };
  const field = h("input", { class: "govuk-input", type: "search", name: "q", id: "q", enterkeyhint: "search", placeholder: say("home.find") });
  const button = h("button", { class: "govuk-button wide mt8", type: "submit" }, icon("magnifying-glass"), say("home.ask"));
  const main = [
    h("h1", {}, say("home.head")),
    ...mine,
    h("form", { class: "card", role: "search", action: "/matters", on: { submit: ask } }, h("label", { class: "govuk-label", for: "q" }, say("home.ask")), field, button),
    h("section", { class: "sec" }, h("h2", {}, say("home.life")), life(about)),
    h("section", { class: "sec" }, h("h2", {}, say("home.mine")), h("ul", { class: "list" },
      row("/cases", "files", say("home.cases"), say("home.cases_line")), row("/scan", "scan", say("home.codes"), say("home.codes_line")))),
    edition(about, say),
  ]; // prettier-ignore
  return { title: say("home.title"), heading: "", back: false, tab: "home", main };
}

const row = (href, glyph, title, line) =>
  h("li", {}, h("a", { class: "li", href }, icon(glyph), h("span", { class: "grow" }, h("span", { class: "li-t" }, title), h("span", { class: "li-s" }, line)), icon("caret-right"))); // prettier-ignore
