// A filing: the draft is brought to the hall with everything in it, then filed under the item's id: {draft}. Whose last
// answer was lost asks straight again: the hall files it once.

import { mine } from "../../../lib/store.js";
import { Filings } from "../../filings.js";
import { push } from "../../pushing.js";

const RIVALS = "filing.undecided";

/** File it; {case_no, path, track_url}. */
export async function send(item, tools) {
  const filings = new Filings(tools.store);
  if (!item.is_unsure) await brought(item, tools, filings);
  await tools.handing();
  const body = { draft: item.draft, declared: true };
  const filed = await tools.ask("POST", "/api/v1/cases", { body, key: item.id }).catch(async (error) => {
    if (error.code === RIVALS) await learned(item, tools, filings); // to choose without network too
    throw error;
  });
  await filings.forget(item.draft);
  return { case_no: filed.case_no, path: `/cases/${filed.case_no}`, track_url: filed.track_url };
}

const learned = async ({ draft }, tools, filings) => filings.learn(await tools.ask("GET", `/api/v1/drafts/${draft}`));

/** The draft is open again, with all that is in it. */
export const drop = async (item) => new Filings(await mine()).change(item.draft, (draft) => void (draft.submitted = null));

async function brought(item, tools, filings) {
  try {
    await push(item.draft, tools, tools.percent, { all: true });
  } catch (error) {
    if (error.code !== "draft.submitted") throw error;
    // Filed from another device meanwhile: if that has all that is here, this filing is done as well.
    const { unsent, unsent_materials: choices } = await learned(item, tools, filings);
    if (Object.keys(unsent).length || choices.length) throw error;
  }
}
