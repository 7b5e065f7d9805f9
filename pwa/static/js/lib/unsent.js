// How much of a person's work this phone has that the hall has not: asked before anything of theirs is taken away, and
// shown on the tab bar. A draft that waits in the outbox counts there, once.

import { isLoose } from "../offline/draft-files.js";
import { mine } from "./store.js";

/** {sendings, drafts}: what waits to be sent (items, forms, files on their way), drafts with something the hall does not know. */
export async function unsent() {
  const [outbox, filings, words, kept, blobs] = await read("outbox", "filings", "drafts", "kept", "blobs");
  const lanes = new Set(outbox.filter(isOpen).map((item) => item.lane));
  const files = new Set(blobs.filter((blob) => !blob.upload).map((blob) => blob.key.split("/")[0]));
  const isUnknown = (draft) => !draft.known_to_server || Object.keys(draft.unsent ?? {}).length || draft.unsent_materials?.length || files.has(draft.id);
  return {
    sendings: outbox.filter(isOpen).length + kept.filter(isForm).length + blobs.filter(isLoose).length,
    drafts: filings.filter((draft) => draft && !lanes.has(`draft:${draft.id}`) && isUnknown(draft)).length + words.length,
  };
}

/**
 * {waiting, yours, quiet}: what goes by itself, what somebody has to look at first, and what is so small and so fresh that
 * nobody needs to hear of it unless it meets an obstacle (words of a draft on their way). Files that a page is just sending
 * count as none of these.
 */
export async function standing() {
  const [outbox, kept] = await read("outbox", "kept");
  const open = outbox.filter(isOpen);
  const forms = kept.filter(isForm).length;
  const yours = open.filter((item) => item.state === "stuck" || item.cause === "signed_out").length;
  const quiet = open.filter((item) => isQuiet(item) && item.state !== "stuck" && !item.cause && !item.attempts).length;
  return { waiting: open.length - yours - quiet, yours: yours + forms, quiet };
}

/** Whether an item is about nothing that somebody would wait for. */
export const isQuiet = (item) => item.kind === "draft" || Boolean(item.is_quiet);

async function read(...tables) {
  const store = await mine();
  return Promise.all(tables.map((table) => store.all(table)));
}

const isOpen = (item) => item && item.state !== "done";
const isForm = (each) => each?.kind === "posted" || each?.kind === "back";
