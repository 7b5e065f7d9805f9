// /drafts/:id/changes without network: what is different since the draft was begun, as the hall said it last. Going on
// under the new version is the hall's to do; nothing that was typed is lost.

import { h } from "../../lib/h.js";
import { empty, link, note, pick, section, st } from "../drawn/ui.js";
import { sheetOf } from "../drawn/sheet.js";

const PARTS = [["added", "plus-circle", "due"], ["changed", "arrows-clockwise", "wait"], ["removed", "minus", "ok"]]; // prettier-ignore

/** The page. */
export async function view({ params }) {
  const { say, home, draft } = await sheetOf(params.id);
  const frame = { title: say("changes.title"), heading: pick(draft.label), back: home };
  if (!draft.changes?.length) return { ...frame, main: empty("wifi-slash", say("changes.head"), say("changes.online"), link(say("sent.fix"), home, { kind: "2" })) };
  const isGone = draft.changes.some(({ what }) => what === "removed");
  const main = [
    h("h1", {}, say("changes.head")),
    h("p", { class: "mute mt4" }, say("changes.line"), isGone && ` ${say("changes.gone")}`),
    PARTS.map((part) => rows(draft, part, say)),
    h("div", { class: "sec" }, note("wifi-slash", "wheat", h("p", {}, say("changes.later")))),
  ].flat().filter(Boolean); // prettier-ignore
  return { ...frame, main, act: link(say("changes.back"), home, { kind: "2", wide: true }) };
}

function rows({ changes, changes_lang: lang }, [what, symbol, tone], say) {
  const found = changes.filter((each) => each.what === what);
  if (!found.length) return null;
  return section(say(`changes.${what}`), h("ul", { class: "list" }, found.map((each) => h("li", { class: "li" },
    h("span", { class: "grow" }, h("span", { class: "li-t" }, pick(each)), each.notes?.length > 0 && h("span", { class: "li-s", lang }, each.notes.join(say("changes.and")))),
    st(say(each.kind === "material" ? "changes.paper" : "changes.question"), tone, symbol))))); // prettier-ignore
}
