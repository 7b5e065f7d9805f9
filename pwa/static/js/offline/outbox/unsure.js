// What may have been done already: asked of the hall before its owner changes or drops it, and before changed words go out.

import { Filings } from "../filings.js";
import { ask } from "./api.js";
import { keyOf, placeOf } from "./key.js";

const PATIENCE = 4000; // ms that a finger waits

/** {case_no} of what the hall did with an item, or null when it has done nothing. `asks` as `ask`; throws Stuck. */
export async function became(item, asks) {
  const isFiling = item.kind === "filing";
  const known = await asks("GET", isFiling ? `/api/v1/drafts/${item.draft}` : `/api/v1/deeds/${keyOf(item)}`).catch((error) => {
    if (error.code === "deed.unknown" || error.code === "draft.not_found") return null;
    throw error;
  });
  return known?.case_no ? { case_no: known.case_no } : null;
}

/** Whether the hall has done an unsure item after all: then it stands as done. Who gets no answer soon does not know. */
export async function isDone(box, item) {
  if (!item.is_unsure) return false;
  const silence = new Promise((over) => setTimeout(over, PATIENCE));
  const done = await Promise.race([became(item, (method, path) => ask(method, path, { person: box.person })), silence]).catch(() => null);
  if (!done) return false;
  await kept(box, item, done.case_no);
  return true;
}

/** The item stands as done, with what the hall made of it first; of a filing nothing is left to do. */
export async function kept(box, item, no) {
  await box.finish(item.id, { case_no: no, path: placeOf(item, no) });
  if (item.kind === "filing") await new Filings(box.store).forget(item.draft);
}
