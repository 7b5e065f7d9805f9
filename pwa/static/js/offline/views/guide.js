// /matters/:code without network: what to prepare, how long, where, which way it goes, and the way to begin.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { head, matter } from "../catalogue.js";
import { read } from "../drawn/reading.js";
import { NotHere } from "../not-here.js";
import { catalogueWords, chinese, edition, limit, pick } from "../rows.js";

export async function view({ params }) {
  const [say, about, found] = await Promise.all([catalogueWords(), head(), matter(params.code)]);
  if (!found) throw new NotHere(params.code);
  const name = pick(found.name, found.name_en);
  const organ = about.departments.find((each) => each.code === found.department);
  const main = [
    h("h1", {}, name),
    organ && h("p", { class: "mute" }, pick(organ.zh, organ.en)),
    facts(found, about, say),
    found.conditions && section(say("guide.conditions"), h("ul", { class: "card stack" }, found.conditions.map((each) => h("li", {}, chinese(each))))),
    ...papers(found, say),
    way(found, say),
    found.result && section(say("guide.result"), h("p", { class: "card" }, chinese(found.result))),
    found.basis && section(say("guide.basis"), h("ul", { class: "card stack sm" }, found.basis.map((each) => h("li", {}, chinese(`${each.law} ${each.articles ?? ""}`))))),
    h("p", { class: "sec note" }, icon("wifi-slash"), h("span", {}, say(mayBegin(found) ? "guide.begin_line" : "guide.window_line"))),
    edition(about, say),
  ].filter(Boolean); // prettier-ignore
  const begin = h("a", { class: "govuk-button wide", href: `/matters/${found.code}/start` }, say("guide.begin"));
  const act = mayBegin(found) ? h("div", { class: "row" }, begin) : null;
  return { title: name, heading: say("guide.title"), back: "/matters", tab: "matters", main: await read(main), act };
}

/** Filed, or its papers sent ahead, from a phone (online depth 2 and more). */
const mayBegin = (found) => found.online_depth >= "2";

const section = (title, ...inside) => h("section", { class: "sec" }, h("h2", {}, title), inside);

function facts(found, about, say) {
  const where = found.channels.map((each) => pick(...about.words.Channel[each])).join(pick("、", ", "));
  const rows = [
    [say("guide.time"), limit(found.promised, about, say)],
    [say("guide.fee"), found.has_fee ? say("guide.fee_yes") : say("guide.fee_no")],
    [say("guide.visits"), say("guide.times", { n: found.visits ?? 0 })],
    [say("guide.where"), where],
  ];
  return h("dl", { class: "facts" }, rows.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}

function papers(found, say) {
  const all = found.materials ?? [];
  const yours = all.filter((each) => !each.is_shareable);
  const ours = all.filter((each) => each.is_shareable);
  return [
    section(yours.length ? say("guide.yours", { n: yours.length }) : say("guide.nothing"), list(yours, say)),
    ours.length > 0 && section(say("guide.ours", { n: ours.length }), list(ours, say)),
  ].filter(Boolean);
}

function list(materials, say) {
  if (!materials.length) return [];
  return h("ul", { class: "list" }, materials.map((each) => {
    const marks = [each.is_shareable && say("guide.fetched"), each.may_follow && say("guide.follow")].filter(Boolean);
    const about = [h("span", { class: "li-t" }, each.name_en ? pick(each.name, each.name_en) : chinese(each.name)), marks.length > 0 && h("span", { class: "li-s" }, marks.join(" · "))];
    return h("li", { class: "li" }, icon(each.is_shareable ? "seal-check" : "note-pencil"), h("span", { class: "grow" }, about));
  })); // prettier-ignore
}

function way(found, say) {
  const beads = found.stages.map((each, place) =>
    h("li", { class: place ? "todo" : "now" }, icon("check-circle"), h("h3", {}, pick(each.zh, each.en)),
      each.who_zh && h("p", { class: "sm mute" }, pick(each.who_zh, each.who_en)))); // prettier-ignore
  return section(say("guide.steps"), h("ol", { class: "tl card" }, beads));
}
