// When a page sends what waits: as it opens, when the network is back, when it is looked at again, when something new was
// put in, and from time to time while something waits. It also shows how much waits.

import { currentPerson } from "../../lib/person.js";
import { restore } from "./back.js";
import { Box, heard } from "./box.js";
import { flush } from "./sender.js";
import { felt, tell } from "./telling.js";
import { summon } from "./waking.js";

const SOONEST = 1_000;
let timer;

/** Run once a page. */
export function watch() {
  heard(changed);
  performance.mark("outbox"); // from here on this page sends
  tell();
  restore().catch(() => {}); // no store: nothing was kept either
  window.addEventListener("online", () => go({ fresh: true }));
  document.addEventListener("visibilitychange", () => document.hidden || go({ fresh: true }));
  return go({ fresh: true, signedIn: isLive() }).finally(tell);
}

function changed({ isNew, isDone }) {
  if (isDone) felt();
  tell();
  if (isNew) go().finally(tell);
}

/**
 * Whether who it waits for may be signed in again: the hall has just drawn this page for them, or the phone draws it though
 * there is a network, so that nobody but the hall can tell.
 */
const isLive = () => document.body.dataset.cause === "" || (Boolean(document.querySelector('meta[name="person"]')?.content) && document.body.dataset.cause === undefined);

async function go(wish) {
  const person = await currentPerson();
  if (!person || !(await new Box(person).count())) return;
  const { waiting, next } = await flush({ person, ...wish });
  clearTimeout(timer);
  if (!waiting) return;
  timer = setTimeout(go, Math.max(SOONEST, next - Date.now())); // the browser gives up after a few tries of its own
  await summon(person);
}
