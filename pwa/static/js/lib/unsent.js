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

/** {waiting, yours}: what goes by itself, and what somebody has to look at first. Files that a page is just sending count as neither. */
export async function standing() {
  const [outbox, kept] = await read("outbox", "kept");
  const open = outbox.filter(isOpen);
  const yours = open.filter((item) => item.state === "stuck" || item.cause === "signed_out").length + kept.filter(isForm).length;
  return { waiting: open.length + kept.filter(isForm).length - yours, yours };
}

async function read(...tables) {
  const store = await mine();
  return Promise.all(tables.map((table) => store.all(table)));
}

const isOpen = (item) => item && item.state !== "done";
const isForm = (each) => each?.kind === "posted" || each?.kind === "back";
