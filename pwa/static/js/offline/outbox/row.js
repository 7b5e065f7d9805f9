// One item of the outbox as a row: what it is, how it stands and why, and what may be done about it.

import { h } from "../../lib/h.js";
import { written } from "../../deeds/written.js";
import { icon } from "../../lib/icon.js";
import { isDoneBefore, ways } from "./done-before.js";
import { editOf, isKnown } from "./edits.js";
import { moment, said } from "./speaking.js";

const EDITS = { "filing.matter_changed": "do.what_changed", "filing.undecided": "do.choose" };
const SOON = 30_000; // ms: nearer than this no time is named
const LOOKS = {
  soon: { tile: "hourglass-medium-duotone", cls: "wheat", tone: "wait", symbol: ["clock", 0] },
  no_network: { tile: "hourglass-medium-duotone", cls: "wheat", tone: "wait", symbol: ["wifi-slash", 0] },
  server: { tile: "hourglass-medium-duotone", cls: "wheat", tone: "wait", symbol: ["monitor", 0] },
  no_room: { tile: "warning-circle-duotone", cls: "boat", tone: "due", symbol: ["hand-heart", 0] },
  sending: { tile: "hourglass-medium-duotone", cls: "", tone: "now", symbol: ["cloud-arrow-up", 1] },
  signed_out: { tile: "lock-duotone", cls: "boat", tone: "due", symbol: ["hand-heart", 0] },
  other_person: { tile: "lock-duotone", cls: "wheat", tone: "wait", symbol: ["user-switch", 1] },
  refused: { tile: "warning-circle-duotone", cls: "boat", tone: "due", symbol: ["hand-heart", 0] },
  newer: { tile: "hourglass-medium-duotone", cls: "wheat", tone: "wait", symbol: ["arrow-clockwise", 0] },
  phone: { tile: "warning-circle-duotone", cls: "boat", tone: "due", symbol: ["hand-heart", 0] },
};

/** How an item stands, in one word: its cause, or soon, or sending; "phone" when it is this device that can't send it. */
export function standing(item) {
  if (item.state === "sending") return "sending";
  if (!isKnown(item)) return "newer"; // put in by a newer version of the app than this page
  return item.code?.startsWith("phone.") ? "phone" : (item.cause ?? "soon");
}

/** What of an item a row shows, but for its percentage: another sign, another row. */
export const sign = (item, isAsked) => {
  const { beat, percent, attempts, body, ...shown } = item;
  return JSON.stringify([shown, hasPart(item), isAsked]);
};

/** The row. `hands` has now, cancel, ask, keep (each with the item); `isAsked` shows the question before cancelling. */
export function row(item, say, hands, isAsked) {
  const look = LOOKS[standing(item)];
  const state = h("span", { class: `st ${look.tone}` }, icon(...look.symbol), h("span", { "data-part": "state" }, stateWords(item, say)));
  const about = h("div", { class: "grow" }, h("h2", { class: "li-t" }, said(item.title)), state, line(item, say), reasons(item, say), item.state === "stuck" && written(item.words, { label: say("written"), copy: say("written.copy") }), bar(item),
    isAsked ? question(item, say, hands) : buttons(item, say, hands)); // prettier-ignore
  return h("li", { class: "li top-al", "data-item": item.id }, h("span", { class: `ico ${look.cls}` }, icon(look.tile)), about);
}

/** Bring the percentage of a standing row up to date. */
export function progressed(element, item, say) {
  element.querySelector('[data-part="state"]').textContent = stateWords(item, say);
  element.querySelector('[data-part="line"]').textContent = lineWords(item, say);
  const progress = element.querySelector("progress");
  if (progress) progress.value = item.percent;
}

function stateWords(item, say) {
  const key = standing(item);
  if (key === "sending" && hasPart(item)) return say("state.sending_part", { percent: item.percent });
  if (key === "server" && item.not_before - Date.now() > SOON) return say("state.busy", { at: moment(item.not_before) });
  return say(`state.${key}`);
}

const hasPart = (item) => item.percent > 0 && item.percent < 100;

const line = (item, say) => h("p", { class: "sm mute", "data-part": "line" }, lineWords(item, say));

function lineWords(item, say) {
  const kept = say(hasPart(item) ? "kept_part" : "kept", { at: moment(item.at), percent: item.percent });
  const n = item.files?.length ?? 0;
  return [said(item.act), n && say("files", { n }), kept].filter(Boolean).join(" · ");
}

function reasons(item, say) {
  const why = item.why ?? (item.code?.startsWith("phone.") ? say(item.code) : null);
  const isOurs = item.cause === "refused" || item.cause === "no_room";
  const lines = [...(isOurs && why ? [why] : []), ...(isDoneBefore(item) && item.why ? [say("before.changed")] : []), ...new Set(Object.values(item.errors ?? {}))].filter((text) => typeof text === "string");
  return [
    lines.length > 0 && h("ul", { class: "sm ob-why" }, lines.map((text) => h("li", {}, text))),
    item.is_unsure && item.state === "waiting" && h("p", { class: "sm mute" }, say("unsure")),
  ];
}

function bar(item) {
  if (item.state !== "sending" || !hasPart(item)) return null;
  return h("progress", { max: "100", value: String(item.percent), class: "mt8", "aria-label": said(item.title) });
}

function buttons(item, say, hands) {
  const path = editOf(item);
  const change = (event) => hands.edit(item, event); // a deed goes back onto its page with all that belongs to it
  const edit = path && h("a", { class: `govuk-button mini ${item.cause === "refused" ? "btn-boat" : "btn-3"}`, href: path, "data-do": "edit", on: { click: change } }, say(EDITS[item.code] ?? "do.edit"));
  const signIn = h("a", { class: "govuk-button mini btn-boat", href: "/sign-in?next=/outbox", "data-do": "sign-in" }, say("do.sign_in"));
  const now = button(item.state === "stuck" ? "do.again" : "do.now", "now", "btn-2", () => hands.now(item), item, say);
  const cancel = button("do.cancel", "cancel", "btn-3", () => hands.ask(item), item, say);
  const offered = { sending: item.handing ? [] : [cancel], signed_out: [signIn, cancel], other_person: [signIn], refused: [edit, now, cancel], newer: [], phone: [edit, now, cancel], soon: [edit, cancel] };
  const shown = (isDoneBefore(item) ? ways(item, say, hands, button) : (offered[standing(item)] ?? [now, edit, cancel])).filter(Boolean);
  return shown.length > 0 && h("div", { class: "wrap ob-do" }, shown);
}

function question(item, say, hands) {
  const n = item.files?.length ?? 0;
  const yes = item.kind === "filing" ? "ask.yes_filing" : "ask.yes";
  return h("div", { class: "note boat mt8", role: "alertdialog", "aria-label": say("do.cancel") }, h("div", {},
    h("p", {}, say(item.kind === "deed" && n ? "ask.deed_files" : `ask.${item.kind}`, { n })),
    item.is_unsure && h("p", { class: "mt4" }, say("ask.unsure")),
    h("div", { class: "wrap ob-do" }, button("ask.no", "keep", "btn-2", () => hands.keep(item), item, say), button(yes, "cancel-yes", "btn-boat", () => hands.cancel(item), item, say)))); // prettier-ignore
}

function button(key, what, cls, act, item, say) {
  const name = `${say(key)} ${said(item.title)}`;
  return h("button", { type: "button", class: `govuk-button mini ${cls}`, "data-do": what, "aria-label": name, on: { click: act } }, say(key));
}

/** An item that the hall has: when, and the case it became. */
export function doneRow(item, say) {
  const { case_no: no, path } = item.result ?? {};
  const lines = [[said(item.act), say("done.line", { at: moment(item.done_at) })].filter(Boolean).join(" · "), no && say("done.case", { no })].filter(Boolean);
  const about = h("span", { class: "grow" }, h("span", { class: "li-t" }, said(item.title)), h("span", { class: "row" }, h("span", { class: "st ok" }, icon("check"), say("done.state"))),
    lines.map((words) => h("span", { class: "li-s n" }, words))); // prettier-ignore
  const href = path ?? (no && `/cases/${no}`);
  const inside = [h("span", { class: "ico reed" }, icon("check-circle-duotone")), about];
  return h("li", { "data-item": item.id }, href ? h("a", { class: "li", href }, inside, icon("caret-right")) : h("span", { class: "li" }, inside));
}
