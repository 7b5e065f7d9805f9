// /matters/:code/start without network: for whom? Begins the draft on this phone.

import { h } from "../../lib/h.js";
import { kept } from "../../lib/store.js";
import * as catalogue from "../catalogue.js";
import { choices } from "../drawn/inputs.js";
import { btn, empty, errorSummary, filingWords, link, moment, note, pick, rowLink, section, st } from "../drawn/ui.js";
import { begin, drafts } from "../filings.js";
import { NotHere } from "../not-here.js";

/** The page. */
export async function view({ params, navigate }) {
  const [say, about, known] = [await filingWords(), await catalogue.matter(params.code), await kept("kept", "applicants")];
  if (!about) throw new NotHere(params.code);
  const page = { title: say("start.title"), heading: pick({ zh: about.name, en: about.name_en }), back: `/matters/${params.code}` };
  const guide = link(say("start.guide"), page.back, { kind: "2" });
  if (!about.may_file_online) return { ...page, main: empty("buildings-duotone", say("start.window"), say("start.window_line"), guide) };
  if (!known) return { ...page, main: empty("user-duotone", say("start.unknown"), say("start.unknown_line"), guide) };
  const people = known.items.filter((each) => isFor(about, each.filed_for));
  if (!people.length) return { ...page, main: empty("buildings-duotone", say("start.nobody"), say("start.nobody_line"), guide) };
  const form = h("form", { id: "start", class: "sec-s", novalidate: true }, whom(people, "", say));
  form.addEventListener("submit", (event) => chosen(event, { about, people, say, navigate }));
  const main = [
    h("h1", {}, say("start.title")),
    await before(params.code, say),
    form,
    h("div", { class: "sec-s" }, note("wifi-slash", "", h("p", {}, say("start.here")), h("p", {}, say("start.kept")))),
  ].filter(Boolean); // prettier-ignore
  return { ...page, main, act: btn(say("start.go"), { wide: true, form: "start" }) };
}

const isFor = (about, filedFor) => !about.applicants?.length || about.applicants.includes(filedFor === "company" ? "company" : "person");

function whom(people, error, say) {
  const options = people.map((each, at) => [String(at), each.filed_for === "self" ? say("start.self") : each.filed_for === "company" ? each.name : pick({ zh: each.line_zh, en: each.line_en }), lineOf(each)]);
  return choices("radios", { path: "filed_for", label: say("start.choose"), options, hideLegend: true }, error ? [] : ["0"], error, say);
}

const lineOf = (each) => (each.filed_for === "company" ? pick({ zh: each.line_zh, en: each.line_en }) : each.name);

/** Drafts of this matter that are here already. */
async function before(code, say) {
  const mine = (await drafts()).filter((draft) => draft.matter === code && !draft.case_no);
  const rows = mine.map((draft) => rowLink(`/drafts/${draft.id}`, pick(draft.label), st(say("mine.saved", { when: moment(draft.updated_at) }), "wait", "note-pencil"), null, "note-pencil", "wheat"));
  return rows.length ? section(say("start.again"), h("ul", { class: "list" }, rows)) : null;
}

async function chosen(event, { about, people, say, navigate }) {
  event.preventDefault();
  const form = event.target;
  const who = people[Number(new FormData(form).get("filed_for") ?? NaN)];
  if (!who) return form.replaceChildren(errorSummary(say("topic.wrong", { n: 1 }), [["#filed_for", say("start.choose")]]), whom(people, say("start.choose"), say));
  const { filed_for, company, dependent } = who;
  const draft = await begin({ matter: about.code, filed_for, company, dependent }, who);
  return navigate(`/drafts/${draft.id}`);
}
