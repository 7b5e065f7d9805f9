// Sends what waits: one sender per person over all pages and the worker (a Web Lock), lanes side by side, each in its own
// order. Every step is written down before and after it is made, so that whoever is killed in between leaves a truth.

import { NoRoom } from "../../lib/store.js";
import { currentPerson } from "../../lib/person.js";
import { ask } from "./api.js";
import { again, Box, CHANNEL } from "./box.js";
import { kindOf } from "./kinds.js";
import { Over, Stuck } from "./stuck.js";

const AT_ONCE = 3;
const FIRST_WAIT = 2_000;
const LONG_WAIT = 30_000; // who watches sees it go soon after the hall is back …
const LONGEST_WAIT = 300_000; // … but a phone left lying does not knock all night
const WATCHED = 20; // tries
const SILENCE = 240_000; // ms after which a sender that wrote nothing is frozen with its tab: another takes its turn
const NOTHING = { waiting: 0, next: null };
const HELD = ["signed_out", "other_person"]; // until the person signs in again
const LOOK_AGAIN = 60_000; // ms that a pass waits for its turn before it asks whether the other is still alive
const WAITED = ["TimeoutError", "AbortError"];
const coming = new Map(); // person -> the pass that waits for its turn

/**
 * Send what is due for a person (default: whoever uses the device). `fresh`: something has changed (network, page shown,
 * pressed by hand), so waiting times are over, but for those the hall asked for; `signedIn`: the hall has just drawn a
 * page for this person. Resolves after the pass with {waiting, next}: how many wait for a network or the hall, and the
 * earliest time (ms) to try again, or null.
 */
export async function flush({ person, fresh = false, signedIn = false } = {}) {
  const whose = person ?? (await currentPerson());
  if (!whose) return NOTHING;
  const box = new Box(whose);
  await freed(box, { fresh, signedIn });
  return coming.get(whose) ?? queued(box);
}

function queued(box) {
  const waits = turn(box);
  coming.set(box.person, waits);
  const done = () => coming.get(box.person) === waits && coming.delete(box.person);
  waits.then(done, done);
  return waits;
}

/** What may go again now; a pass that is under way hears of it. */
async function freed(box, { fresh, signedIn }) {
  for (const { id, state, cause } of await box.items()) {
    const isFree = state === "waiting" && (HELD.includes(cause) ? signedIn : fresh);
    if (isFree) await box.change(id, (now) => (now.state === "waiting" ? again(now) : now));
  }
  if (fresh || signedIn) box.tell({ isNew: true });
}

/** A pass of its own, as soon as no other page or worker sends for this person. */
async function turn(box) {
  const run = { box, busy: new Map(), passed: new Set(), halted: null, isBegun: false, isOver: false };
  const work = () => {
    run.isBegun = true;
    coming.delete(box.person); // who asks from now on waits for the next turn
    return pass(run);
  };
  let held = null;
  while (navigator.locks && !run.isBegun && (held === null || WAITED.includes(held.name))) {
    const asked = (await isSilent(box)) ? { steal: true } : { signal: AbortSignal.timeout?.(LOOK_AGAIN) };
    held = await navigator.locks.request(`yimaban-outbox-${box.person}`, asked, work).catch((error) => error);
  }
  if (!run.isBegun) return work(); // a browser without locks: what is sent twice is done once
  if (!(held instanceof Error)) return held;
  if (held.name !== "AbortError") throw held;
  run.isOver = true; // another one took over
  return NOTHING;
}

async function isSilent(box) {
  const beats = (await box.items()).filter((item) => item.state === "sending").map((item) => item.beat ?? 0);
  return beats.length > 0 && Date.now() - Math.max(...beats) > SILENCE;
}

async function pass(run) {
  await run.box.sweep();
  await leftBehind(run.box);
  const { poked, close } = pokes(run.box.person);
  for (;;) {
    const due = run.halted || run.isOver ? [] : heads(await run.box.items(), run);
    for (const item of due.slice(0, AT_ONCE - run.busy.size)) {
      run.busy.set(item.lane, one(run, item).finally(() => run.busy.delete(item.lane)));
    }
    if (!run.busy.size) break;
    await Promise.race([...run.busy.values(), poked()]);
  }
  close();
  if (run.halted) await heldBack(run);
  return standing(await run.box.items());
}

/** What a killed sender left as being sent: nobody sends it now. */
async function leftBehind(box) {
  for (const { id, state } of await box.items()) {
    if (state !== "sending") continue;
    await box.change(id, (now) => ({ ...now, state: "waiting", handing: false, is_unsure: Boolean(now.is_unsure || now.handing) }));
  }
}

/** Something new came into the outbox while a long file is on its way. */
function pokes(person) {
  const ear = new BroadcastChannel(CHANNEL);
  let wake = () => {};
  ear.onmessage = ({ data }) => data.person === person && data.isNew && wake();
  return { poked: () => new Promise((done) => (wake = done)), close: () => ear.close() };
}

/** The first item of each lane that is due now. */
function heads(items, run) {
  const lanes = new Map();
  for (const item of items) if (item.state !== "done" && !lanes.has(item.lane)) lanes.set(item.lane, item);
  return [...lanes.values()].filter((item) => isDue(item) && !run.busy.has(item.lane) && !run.passed.has(item.lane));
}

const isDue = (item) => item.state === "waiting" && !HELD.includes(item.cause) && item.next_at <= Date.now() && Boolean(kindOf(item));

async function one(run, { id, lane }) {
  try {
    const item = await step(run, id, begun);
    const result = await kindOf(item).send(item, toolsFor(run, id));
    await run.box.finish(id, result);
  } catch (error) {
    if (error instanceof Over) return;
    await failed(run, id, error).catch(() => run.passed.add(lane)); // no room even for the reason: not again in this pass
  }
}

const begun = (item) => (item.state === "waiting" ? { ...item, state: "sending", cause: null, why: null, code: null, errors: null, handing: false } : item);

/** Write a step down; ends the sending when the item was cancelled or another sender has taken over. */
async function step(run, id, fn) {
  if (run.isOver) throw new Over();
  const item = await run.box.change(id, (now) => fn({ ...now, beat: Date.now() }));
  if (!item || item.state !== "sending") throw new Over();
  return item;
}

const toolsFor = (run, id) => ({
  person: run.box.person,
  store: run.box.store,
  ask: (method, path, options = {}) => ask(method, path, { ...options, person: run.box.person }),
  /** How much of its files the hall has, 0 to 100. */
  percent: (percent) => step(run, id, (now) => ({ ...now, percent, attempts: percent > now.percent ? 0 : now.attempts })),
  /** Something to be remembered of the item, whatever comes next. */
  note: (facts) => step(run, id, (now) => ({ ...now, ...facts })),
  /** Written down before the one request that does it: from here on it may have happened. */
  handing: () => step(run, id, (now) => ({ ...now, handing: true })),
});

async function failed(run, id, error) {
  const stuck = error instanceof Stuck ? error : error instanceof NoRoom ? new Stuck("no_room") : new Stuck("refused", { code: "phone.fault" });
  if (stuck.code === "phone.fault") console.warn(error);
  if (HELD.includes(stuck.cause)) run.halted = stuck.cause;
  await run.box.change(id, (now) => (now.state === "sending" ? { ...now, ...outcome(now, stuck) } : now));
}

function outcome(item, { cause, why, code, errors, retryAfter }) {
  const attempts = item.attempts + 1;
  const said = { cause, why, code, errors, attempts, handing: false };
  const isLost = cause === "no_network" || cause === "server";
  const is_unsure = isLost ? Boolean(item.is_unsure || item.handing) : false;
  if (cause === "refused") return { ...said, is_unsure, state: "stuck" };
  const most = attempts > WATCHED ? LONGEST_WAIT : LONG_WAIT;
  const pause = Math.min(most, FIRST_WAIT * 2 ** Math.min(attempts - 1, 10)) * (0.75 + Math.random() / 2);
  const not_before = retryAfter ? Date.now() + 1000 * retryAfter : 0;
  return { ...said, is_unsure, state: "waiting", not_before, next_at: Math.max(not_before, Math.round(Date.now() + pause)) };
}

/** Nobody, or somebody else, is signed in: everything that waits says so. */
async function heldBack(run) {
  for (const item of await run.box.items()) {
    if (item.state === "waiting" && item.cause !== run.halted) await run.box.change(item.id, (now) => (now.state === "waiting" ? { ...now, cause: run.halted } : now));
  }
}

function standing(items) {
  const passing = items.filter((item) => item.state === "waiting" && !HELD.includes(item.cause) && kindOf(item));
  return { waiting: passing.length, next: passing.length ? Math.min(...passing.map((item) => item.next_at)) : null };
}
