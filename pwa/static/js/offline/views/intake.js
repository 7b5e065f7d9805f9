// /desk/intake without the hall: what does the person at the window want? Any matter; one's own unfinished intake first.

import { h } from "../../lib/h.js";
import { wordsOf } from "../../lib/words.js";
import { allMatters, head, search } from "../catalogue.js";
import { empty, link, moment, note, pick, rowLink, section, st } from "../drawn/ui.js";
import { drafts } from "../filings.js";
import { NotHere } from "../not-here.js";

const SHOWN = 30;

/** The words of these views. */
export const intakeWords = () => wordsOf({ zh: () => import("../../words/intake.zh.js"), en: () => import("../../words/intake.en.js") });

/** The page. */
export async function view({ query }) {
  const [say, about, rows, mine] = await Promise.all([intakeWords(), head(), allMatters(), drafts()]);
  if (!about) throw new NotHere("the catalogue");
  const place = h("div", { class: "sec-s", "aria-live": "polite" });
  const show = (typed) => found(typed.trim(), { say, about, rows, mine, place });
  const field = h("input", { class: "govuk-input", type: "search", id: "q", name: "q", value: query.q ?? "", autocomplete: "off", enterkeyhint: "search", on: { input: (event) => show(event.target.value) } });
  const form = h("form", { role: "search", class: "mt12", on: { submit: (event) => event.preventDefault() } }, h("label", { class: "govuk-visually-hidden", for: "q" }, say("ask")), field);
  await show(query.q ?? "");
  return { title: say("title"), heading: say("title"), back: "/desk", act: link(say("desk"), "/desk", { kind: "2", wide: true }), main: [h("h1", {}, say("ask")), form, h("div", { class: "sec-s" }, note("wifi-slash", "", h("p", {}, say("here")))), place] };
}

async function found(typed, { say, about, rows, mine, place }) {
  place.dataset.asked = typed;
  if (!typed) return place.replaceChildren(...unfinished(mine, say));
  const hits = await search(typed, SHOWN);
  if (place.dataset.asked !== typed) return; // somebody typed on
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const organ = (row) => about.departments.find((each) => each.code === row.department);
  const list = hits.map(({ code }) => byCode.get(code)).map((row) => rowLink(`/desk/intake/${row.code}`, pick({ zh: row.name, en: row.name_en }), organ(row) && pick(organ(row)), null, "files"));
  place.replaceChildren(hits.length ? h("ul", { class: "list", "aria-label": say("found", { n: hits.length }) }, list) : empty("tray-duotone", say("none"), say("none_line")));
}

function unfinished(mine, say) {
  const rows = mine.filter((draft) => draft.staff && !draft.case_no && !draft.submitted);
  if (!rows.length) return [];
  return [section(say("mine"), h("ul", { class: "list" }, rows.map((draft) => rowLink(`/drafts/${draft.id}`, pick(draft.label), st(moment(draft.updated_at), "wait", "note-pencil"), null, "note-pencil", "wheat"))))];
}
