// The drafts of a phone as lists show them: without the law, which lists do not need and which costs a slow phone a tenth
// of a second.

import { mine } from "../lib/store.js";

/** Every draft of a store that can be shown, the one last worked on first. */
export async function listed(store) {
  const found = (await store.all("filings")).filter((draft) => draft?.matter);
  return found.sort((one, other) => other.updated_at.localeCompare(one.updated_at));
}

/** Those of whoever uses the device. */
export const drafts = async () => listed(await mine());

/** Whether this phone has something of the draft that the hall has not. */
export async function isAhead(draft, store = null) {
  if (!draft.known_to_server || Object.keys(draft.unsent).length || draft.unsent_materials.length || draft.removals.length) return true;
  const blobs = await (store ?? (await mine())).all("blobs");
  return Boolean(draft.unsent_delivery) || blobs.some((blob) => blob.key.startsWith(`${draft.id}/`) && !blob.refusal);
}
