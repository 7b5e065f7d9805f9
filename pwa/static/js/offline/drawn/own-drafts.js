// Sections with the drafts of this phone: in its own pages, and in copies of the hall's, which don't know them all.

import { h } from "../../lib/h.js";
import { drafts, isAhead } from "../draft-list.js";
import * as box from "../outbox/box.js";
import { filingWords, moment, pick, rowLink, section, st } from "./ui.js";

/** Sections of rows, none of a draft in `known` (their ids); [] when there is nothing to show. */
export async function ownDrafts(known = new Set()) {
  const say = await filingWords();
  const [mine, items] = await Promise.all([drafts(), box.items()]);
  const filing = new Map(items.filter((item) => item.kind === "filing" && item.state !== "done").map((item) => [item.draft, item]));
  const waiting = mine.filter((draft) => filing.has(draft.id));
  const open = mine.filter((draft) => !filing.has(draft.id) && !draft.case_no && !known.has(draft.id));
  const sent = waiting.map((draft) => sentRow(draft, filing.get(draft.id), say));
  const rows = await Promise.all(open.map((draft) => openRow(draft, say)));
  return [
    sent.length && section(say("mine.waiting"), h("ul", { class: "list" }, sent)),
    rows.length && section(say("mine.title"), h("ul", { class: "list" }, rows)),
  ].filter(Boolean); // prettier-ignore
}

function sentRow(draft, item, say) {
  const isStuck = item.state === "stuck";
  const line = isStuck ? st(say("mine.stuck"), "bad") : st(say("mine.sending"), "wait");
  return rowLink(`/drafts/${draft.id}${isStuck ? "/check" : "/sent"}`, pick(draft.label), line, null, "paper-plane-tilt", isStuck ? "boat" : "wheat");
}

async function openRow(draft, say) {
  const key = (await isAhead(draft)) ? "mine.here" : "mine.saved";
  return rowLink(`/drafts/${draft.id}`, pick(draft.label), st(say(key, { when: moment(draft.updated_at) }), "wait", "note-pencil"), null, "note-pencil", "wheat");
}
