// Signing out never waits for a network: where the hall does not answer, what is on this phone goes at once, and the hall
// ends the session when it can be reached (lib/owed.js).

import { leave } from "../lib/leaving.js";
import { owe } from "../lib/owed.js";
import { currentPerson } from "../lib/person.js";

const LEFT = "/offline/left";

/** The answer to the form of /sign-out. */
export async function signOut(event) {
  const fields = await event.request.clone().formData().catch(() => new FormData()); // prettier-ignore
  const keeps = fields.get("unsent") === "keep";
  const person = await currentPerson();
  const response = await fetch(event.request).catch(() => null);
  if (response?.type === "opaqueredirect" || response?.ok) {
    if (person) event.waitUntil(leave(person, { keeps }));
    return response;
  }
  if (person) {
    await owe({ person, keeps });
    await leave(person, { keeps });
  }
  return Response.redirect(LEFT, 303);
}
