// This browser and the push service: subscribing, telling the hall, letting go. Pages and the worker use it.

import { currentPerson } from "./person.js";

const HALL = "/api/v1/me/notices/devices";

/** A VAPID key as `subscribe` wants it. */
export function bytes(key) {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (mark) => mark.charCodeAt(0));
}

/** What the hall knows an endpoint by: SHA-256, hex. */
export async function fingerprint(endpoint) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Tell the hall where to push; `replaces` is the endpoint before. Throws where it does not take it. */
export async function announce(subscription, replaces) {
  await told(HALL, { ...subscription.toJSON(), ...(replaces ? { replaces } : {}) });
}

/** Tell the hall not to push here any more. */
export const withdraw = (endpoint) => told(`${HALL}/removal`, { endpoint });

/** Let go of the subscription, whoever it was for: nothing rings here any more, even if the hall is not told. */
export async function letGo() {
  const registration = globalThis.registration ?? (await navigator.serviceWorker?.getRegistration()); // the worker has its own
  const held = await registration?.pushManager?.getSubscription();
  await held?.unsubscribe();
}

async function told(path, body) {
  const { expirationTime, ...plain } = body;
  const person = await currentPerson();
  const headers = { "content-type": "application/json", ...(person ? { "x-yimaban-person": person } : {}) };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(plain), credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${path} ${answer.status}`);
}
