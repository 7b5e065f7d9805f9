// What waits in the outbox, laid over a page of the desk as the hall drew it: the tick that was made, the button that was
// pressed, what may be pressed next.

import { h } from "../lib/h.js";
import { icon } from "../lib/icon.js";
import { cancel } from "../offline/outbox/box.js";
import { deedWords } from "./words.js";

const ALL_FIT = /\/fits$/;
const TICK = /\/materials\/([^/]+)\/verdict$/;

const keyOf = (item) => TICK.exec(item.path)?.[1];

const isTick = (item) => Boolean(keyOf(item)) || ALL_FIT.test(item.path);

/** Lay the open items of a case over this page. */
export function lay(open) {
  const isHeld = open.some((item) => item.state === "stuck");
  for (const form of document.querySelectorAll("deed-form")) mark(form, open.findLast((item) => form.does?.(item)), isHeld);
  const ticks = new Map(open.filter(keyOf).map((item) => [keyOf(item), item.body.verdict]));
  const allFit = open.some((item) => ALL_FIT.test(item.path));
  const papers = [...document.querySelectorAll("#mats [data-material]")];
  for (const tab of papers) tabbed(tab, ticks.get(tab.dataset.material) ?? (allFit && !tab.dataset.verdict ? "fits" : undefined));
  verbs(open, papers);
  counted(open, papers);
  prefill(ticks, open);
}

/** The sheet for corrections names at once what was ticked as wrong without network; what is written there stays. */
function prefill(ticks, open) {
  const sheet = document.querySelector('deed-form[data-act="correction"]:not([data-waits], [data-filled])');
  if (!sheet || ticks.size === 0) return;
  sheet.dataset.filled = "";
  for (const [key, verdict] of ticks) {
    const box = sheet.querySelector(`[name="${CSS.escape(`on-${key}`)}"]`);
    const problem = sheet.querySelector(`[name="${CSS.escape(`problem-${key}`)}"]`);
    if (!box || !problem) continue;
    box.checked = verdict === "fix";
    problem.value ||= open.findLast((item) => item.body.verdict && keyOf(item) === key)?.body.note ?? "";
    box.closest("details").open = box.checked;
  }
}

/** What the hall counted before: said anew while something waits. */
function counted(open, papers) {
  const fits = document.querySelector('deed-form[data-act="fits"]:not([data-waits])');
  if (fits) fits.hidden = papers.every((tab) => tab.dataset.now);
  const says = document.getElementById("fixes");
  const waiting = open.filter((item) => item.state !== "stuck");
  const key = waiting.length === open.length ? "waits.title" : "waits.stand";
  if (says && waiting.length) says.replaceChildren(h("span", { class: "st wait" }, icon("clock"), deedWords()(key, { n: waiting.length })));
}

/** One form: its words as they wait, and that they wait. */
function mark(form, item, isHeld) {
  const sign = item && `${item.id} ${item.at} ${isHeld}`;
  if (form.dataset.waits === sign) return;
  form.querySelector(".deed-waits")?.remove();
  const isSaid = Boolean(item) && item.state !== "stuck" && !isTick(item);
  for (const button of form.querySelectorAll('button[type="submit"]')) button.disabled = isSaid;
  if (!item) return form.removeAttribute("data-waits");
  form.dataset.waits = sign;
  for (const [name, value] of item.fields) put(form, name, value);
  if (item.state === "stuck") return;
  const say = deedWords();
  const drop = h("button", { type: "button", class: "more link-button", on: { click: () => cancel(item.id).then(() => location.reload()) } }, say("waits.drop"));
  form.querySelector("form").append(h("p", { class: "sm deed-waits", role: "status" }, h("span", { class: "st wait" }, icon("clock"), say(isHeld ? "waits.held" : "waits")), drop));
}

function put(form, name, value) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type="hidden"])`)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
    else field.value = value;
  }
}

/** One paper's tab: what it will be once the tick is there. */
function tabbed(tab, verdict) {
  tab.querySelector(".deed-tab")?.remove();
  const drawn = tab.querySelector(":scope > svg");
  drawn.style.display = verdict ? "none" : "";
  tab.dataset.now = verdict ?? tab.dataset.verdict;
  if (verdict) tab.prepend(h("span", { class: `deed-tab ${verdict === "fix" ? "bad" : "ok"}` }, icon("clock"), h("span", { class: "govuk-visually-hidden" }, deedWords()("waits"))));
}

/** The bar at the foot: acceptance opens once every paper was looked at; after a verb nothing more is pressed. */
function verbs(open, papers) {
  const bar = document.getElementById("verbs");
  if (!bar) return;
  const isSaid = open.some((item) => !isTick(item) && item.state !== "stuck");
  const accept = bar.querySelector('[data-act="accept"] button[type="submit"]');
  const isLeft = papers.some((tab) => tab.dataset.now === "fix" || (tab.dataset.needed && !tab.dataset.now));
  if (accept && papers.length && open.length && !isSaid) {
    accept.disabled = isLeft;
    accept.classList.toggle("btn-2", isLeft);
  }
  for (const each of bar.querySelectorAll("deed-form:not([data-waits]), a.govuk-button")) each.inert = isSaid;
}
