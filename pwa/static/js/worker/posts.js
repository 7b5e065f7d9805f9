// A form is sent while nobody answers: what it holds is kept in its owner's store before anything else happens, and the
// page at /offline/posted decides what becomes of it (into the draft, into the outbox, or sent again by hand).

import { settle } from "../lib/owed.js";
import { currentPerson } from "../lib/person.js";
import { personal } from "../lib/store.js";
import { Box } from "../offline/outbox/box.js";
import { isDeed, putForm } from "../offline/outbox/forms.js";
import { keptHere, takenThere } from "./drafting.js";
import { causeNow } from "./navigation.js";

const SECRET = /^\/(sign-|step-up|staff\/|me\/closing|desk\/relays|drafts\/[^/]+\/relay)/; // one-time codes: never kept
const FILED = /^\/(drafts\/[^/]+\/(topics\/[^/]+|submission|removal)|matters\/[^/]+\/start)$/;
const AWAY = [502, 503, 504];
const PAGE = "/offline/posted";

/** The answer to a form sent by navigation. */
export async function form(event) {
  const { request } = event;
  const url = new URL(request.url);
  const held = SECRET.test(url.pathname) ? null : request.clone();
  if ((await settle()) === false) return kept(url, held, causeNow());
  try {
    const response = await fetch(request);
    if (held && FILED.test(url.pathname)) await takenThere(url, held, response);
    if (!(AWAY.includes(response.status) && held && (FILED.test(url.pathname) || isDeed(url.pathname)))) return response;
    return kept(url, held, "server");
  } catch {
    return kept(url, held, causeNow());
  }
}

/** A photo shared into the app, with or without a network: kept, then asked where it belongs. */
export async function share(request) {
  return keep("shared", "/share", { fields: [...(await request.formData())] });
}

function kept(url, held, cause) {
  return held ? heldFor(url, held, cause) : Response.redirect(`${PAGE}?why=${cause}`, 303);
}

async function heldFor(url, held, cause) {
  const form = await held.formData();
  const next = FILED.test(url.pathname) ? await keptHere(url, form).catch(() => null) : null;
  if (next) return Response.redirect(next, 303);
  const fields = [...form];
  const person = await currentPerson();
  if (person && isDeed(url.pathname)) return deed(person, url, held, fields, cause);
  return keep("posted", PAGE, { path: url.pathname + url.search, from: held.referrer, fields, cause });
}

async function deed(person, url, held, fields, cause) {
  try {
    const item = await putForm(new Box(person), url.pathname, fields, { cause, isUnsure: cause !== "no_network" });
    if (item) return Response.redirect("/outbox", 303);
  } catch {
    return Response.redirect(`${PAGE}?why=no_room`, 303);
  }
  return keep("posted", PAGE, { path: url.pathname, from: held.referrer, fields, cause });
}

async function keep(kind, page, what) {
  const id = crypto.randomUUID();
  const store = personal((await currentPerson()) ?? "nobody");
  try {
    await store.put("kept", `${kind}-${id}`, { id, kind, at: new Date().toISOString(), ...what });
  } catch {
    return Response.redirect(`${page}?why=no_room`, 303);
  }
  return Response.redirect(`${page}?id=${id}`, 303);
}
