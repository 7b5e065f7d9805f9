// Words, choices and files of a draft, brought to the hall so that other devices see them: {draft}. With `is_removal` the
// draft was thrown away here, and is there too.

import { Filings } from "../../filings.js";
import { push } from "../../pushing.js";

const GONE = new Set(["draft.not_found", "draft.submitted"]); // thrown away there too, or filed: then it stays

/** Bring it, then take over the hall's view of it; {draft}. */
export async function send(item, tools) {
  if (item.is_removal) return removed(item, tools);
  await push(item.draft, tools, tools.percent);
  await new Filings(tools.store).learn(await tools.ask("GET", `/api/v1/drafts/${item.draft}`));
  return { draft: item.draft };
}

async function removed({ draft }, tools) {
  await tools.ask("DELETE", `/api/v1/drafts/${draft}`).catch((error) => {
    if (!GONE.has(error.code)) throw error;
  });
  return { draft: null };
}

/** Nothing: what was typed stays on this phone, and goes with the next change. */
export const drop = async () => {};
