// A draft is thrown away: here at once, with the hall as soon as there is a network.

import { Filings } from "./filings.js";
import { waitingOf } from "./draft-files.js";
import * as box from "./outbox/box.js";
import { mine } from "../lib/store.js";

/** Throw a draft away with its files. One that the hall knows is taken out there by the outbox. */
export async function remove({ id, known_to_server, label, submitted }) {
  for (const item of [id, submitted].filter(Boolean)) await box.cancel(item);
  const isThere = known_to_server || (await waitingOf(id)).some((blob) => blob.url);
  if (isThere) await box.put({ id, kind: "draft", lane: `draft:${id}`, draft: id, is_removal: true, title: label, act: { zh: "删掉草稿", en: "Delete the draft" } });
  await new Filings(await mine()).forget(id);
}
