// The browser wakes the worker because there is a network: it sends what waits, also when no page is open. What still
// waits after that makes the browser wake it again later.

import { currentPerson } from "../lib/person.js";
import { standing } from "../lib/unsent.js";
import { onIcon } from "../offline/outbox/badge.js";
import { flush } from "../offline/outbox/sender.js";
import { personOf } from "../offline/outbox/waking.js";

self.addEventListener("sync", (event) => {
  const person = personOf(event.tag);
  if (person) event.waitUntil(sent(person));
});

async function sent(person) {
  if ((await currentPerson()) !== person) return; // they have left, or somebody else is here: nothing of theirs is touched
  const { waiting } = await flush({ person, fresh: true });
  const left = await standing();
  onIcon(left.waiting + left.yours);
  if (waiting) throw new Error("the outbox still waits");
}
