// How much of a person's work this phone has that the hall has not: asked before anything of theirs is taken away.

import { mine } from "./store.js";

/** {sendings, drafts}: items of the outbox not done, drafts with words the server does not know. */
export async function unsent() {
  const store = await mine();
  const [outbox, filings, words, posted, uploads] = await Promise.all(["outbox", "filings", "drafts", "kept", "uploads"].map((table) => store.all(table)));
  return {
    sendings: outbox.filter((item) => item?.state !== "done").length + posted.filter((each) => each?.fields).length + uploads.length,
    drafts: filings.filter((draft) => draft && (!draft.known_to_server || Object.keys(draft.unsent ?? {}).length)).length + words.length,
  };
}
