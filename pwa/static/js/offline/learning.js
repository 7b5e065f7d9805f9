// What the phone learns from the hall while there is a network: every open draft, and whom its owner may file for.

import { keep, mine } from "../lib/store.js";
import { drafts, forget, isAhead, learn, queueAll } from "./filings.js";
import * as box from "./outbox/box.js";

const API = "/api/v1/drafts";

/** Bring every open draft of a person onto this phone, and whom they may file for. Leaves all as it is where the hall does not answer. */
export async function refreshDrafts(person) {
  const list = await read(API, person);
  if (!list) return;
  const leaving = new Set((await box.items()).filter((item) => item.is_removal && item.state !== "done").map((item) => item.draft));
  for (const row of list.items) {
    if (!leaving.has(row.id)) await learnDraft(row.id, person, { zh: row.matter_name, en: row.matter_name_en });
  }
  await settle(new Set(list.items.map((row) => row.id)), person);
  await queueAll();
}

/**
 * Have the outbox bring, as soon as a page stands, what only this phone has: words of a session that had ended, of a browser
 * that was killed. A draft of which the phone knows nothing but what was typed is asked for first.
 */
export async function bringLeft(person) {
  const words = (await (await mine()).all("filings")).filter((draft) => draft && !draft.matter && Object.keys(draft.unsent).length);
  for (const { id } of words) await learnDraft(id, person);
  await queueAll();
}

/** Take over one draft as the hall has it. */
export async function learnDraft(id, person, label = null) {
  const view = await read(`${API}/${id}`, person);
  if (view && !view.case_no) await learn(view, label, await sidesOf(view, person));
  return view;
}

/** Where devices wrote differently: every answer with its device and time. */
async function sidesOf({ id, rivals }, person) {
  return Object.keys(rivals).length ? ((await read(`${API}/${id}/rivals`, person))?.items ?? []) : [];
}

/** Whom the person may file for, with what is proved of them: a draft can then begin without network. */
export async function refreshApplicants(person) {
  const known = await read("/api/v1/me/applicants", person);
  if (known) await keep("kept", "applicants", { at: new Date().toISOString(), ...known });
}

/** Drafts that are here and not among the open ones of the hall: filed or thrown away elsewhere. */
async function settle(open, person) {
  for (const draft of await drafts()) {
    if (!draft.known_to_server || open.has(draft.id)) continue;
    const view = await read(`${API}/${draft.id}`, person, [404]);
    if (view === undefined) continue; // no answer: another time
    if (view?.case_no) await filed(draft, view, person);
    else if (!view && !(await isAhead(draft))) await forget(draft.id);
  }
}

/** Filed from another device or page. What was typed here and is not in it stays, beside its number. */
async function filed(draft, view, person) {
  const item = draft.submitted && (await box.get(draft.submitted));
  if (item?.state === "sending") return;
  if (await isAhead(draft)) return void (await learn(view));
  await forget(draft.id);
  if (item && item.state !== "done") await new box.Box(person).finish(item.id, { case_no: view.case_no, path: `/cases/${view.case_no}` });
}

/** The hall's answer; undefined for none, null for one of the statuses in `none`. */
async function read(path, person, none = []) {
  const headers = { accept: "application/json", "x-yimaban-person": person };
  const response = await fetch(path, { headers, cache: "no-store" }).catch(() => null);
  if (none.includes(response?.status)) return null;
  return response?.ok && !response.redirected ? response.json() : undefined;
}
