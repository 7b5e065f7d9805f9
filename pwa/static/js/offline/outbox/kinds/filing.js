// A filing: the draft is brought to the hall with everything in it, then filed under the item's key: {draft}. Whose last
// answer was lost asks straight again: the hall files it once. With `undo` (a case number) its owner has said that what was
// filed first is taken back for what was changed since.

import { mine } from "../../../lib/store.js";
import { waitingOf } from "../../draft-files.js";
import { Filings } from "../../filings.js";
import { push } from "../../pushing.js";
import { Stuck } from "../stuck.js";
import { keyOf } from "../key.js";

const TOLD_OFFLINE = ["filing.undecided", "filing.matter_changed"]; // what is to be decided or read, also where there is no network

/** File it; {case_no, path, track_url}. */
export async function send(item, tools) {
  const filings = new Filings(tools.store);
  if (item.undo) item = await undone(item, tools, filings);
  if (!item.is_unsure) await brought(item, tools, filings);
  await tools.handing();
  const body = { draft: item.draft, declared: true };
  const filed = await tools.ask("POST", "/api/v1/cases", { body, key: keyOf(item) }).catch(async (error) => {
    if (TOLD_OFFLINE.includes(error.code)) await learned(item, tools, filings);
    throw error;
  });
  await filings.forget(item.draft);
  return { case_no: filed.case_no, path: `/cases/${filed.case_no}`, track_url: filed.track_url };
}

async function learned({ draft }, tools, filings) {
  const view = await tools.ask("GET", `/api/v1/drafts/${draft}`);
  const sides = Object.keys(view.rivals).length ? (await tools.ask("GET", `/api/v1/drafts/${draft}/rivals`)).items : [];
  return filings.learn(view, null, sides);
}

/** The draft is open again, with all that is in it. */
export const drop = async (item) => new Filings(await mine()).change(item.draft, (draft) => void (draft.submitted = null));

async function brought(item, tools, filings) {
  try {
    await push(item.draft, tools, tools.percent, { all: true });
  } catch (error) {
    if (error.code !== "draft.submitted") throw error;
    // Filed from another device meanwhile: if that has all that is here, this filing is done as well.
    const { unsent, unsent_materials: choices, case_no } = await learned(item, tools, filings);
    const isMore = Object.keys(unsent).length || choices.length || (await waitingOf(item.draft, tools.store)).length;
    if (!isMore) return;
    await tools.note({ filed_as: case_no });
    throw new Stuck("refused", { code: "phone.filed_before" });
  }
}

/** 撤回来: the draft is open again, to be filed with what was changed under a key of its own. */
async function undone(item, tools, filings) {
  await tools.ask("POST", `/api/v1/cases/${item.undo}/undo`, { body: {}, key: `undo-${item.id}` }).catch(async (error) => {
    if (error.cause !== "refused") throw error;
    await tools.note({ undo: null, may_undo: false });
    throw new Stuck("refused", { code: "phone.filed_before", why: error.why });
  });
  await learned(item, tools, filings);
  return tools.note({ undo: null, filed_as: null, key: crypto.randomUUID() });
}
