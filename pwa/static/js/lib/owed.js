// A sign-out that the hall has not heard of yet: the phone was wiped without network, the session there is still open.
// Until that is settled nothing else is asked of the hall from here, or its answer would be the person who left.

import { leave } from "./leaving.js";
import { recall, remember } from "./person.js";

const OWED = "sign-out-owed";
const SETTLED = [204, 401, 409]; // ended now, ended before, or somebody else is signed in by now

/** Note that a person left: {person, keeps}. */
export const owe = (left) => remember(OWED, left);

/** Whether the hall still has to hear of a sign-out. */
export const isOwed = async () => Boolean(await recall(OWED));

/** Once more, after the page that they left is gone: it may have opened their store again while it was taken away. */
export async function wipeAgain() {
  const left = await recall(OWED);
  if (left) await leave(left.person, left);
}

/** End the session of whoever left. null: nothing was owed; true: done; false: the hall could not be reached. */
export async function settle() {
  const left = await recall(OWED);
  if (!left) return null;
  const answer = await fetch(`/api/v1/session${left.keeps ? "?unsent=keep" : ""}`, {
    method: "DELETE",
    headers: { accept: "application/problem+json", "x-yimaban-person": left.person },
  }).catch(() => null);
  if (!SETTLED.includes(answer?.status)) return false;
  await remember(OWED, null);
  return true;
}
