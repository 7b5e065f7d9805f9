// Every page says how much waits: a count on the tab 我的, the same on the app's icon, a line on the strip above; and the
// phone gives a short tap in the hand when something has been sent.

import { bar } from "../../lib/bar.js";
import { h } from "../../lib/h.js";
import { standing } from "../../lib/unsent.js";
import { onIcon } from "./badge.js";
import { outboxWords } from "./speaking.js";

const TAP = [18, 40, 18]; // ms
let before = 0;
let telling = Promise.resolve();

/** Show how it stands now; one showing after the other, so that the last word stays. */
export function tell() {
  telling = telling.then(show).catch(() => {}); // a page without words or store shows no count
  return telling;
}

async function show() {
  const say = await outboxWords();
  const { waiting, yours, quiet } = await standing();
  const n = waiting + yours;
  if (!n && quiet) return; // on its way: what was said before stays until it is known
  onTab(n, say);
  onIcon(n);
  if (location.pathname !== "/outbox") onStrip(waiting, yours, say);
  before = n;
}

/** Something has been sent: felt, where the phone can and the reader has touched the page. */
export function felt() {
  if (!document.hidden && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(TAP);
}

function onTab(n, say) {
  const tab = document.querySelector('.tab[href="/me"]');
  if (!tab) return;
  for (const old of tab.querySelectorAll("[data-count]")) old.remove();
  if (n) tab.append(h("span", { class: "tab-n", "aria-hidden": "true", "data-count": n }, n > 99 ? "99+" : String(n)), h("span", { class: "govuk-visually-hidden", "data-count": n }, say("tab", { n })));
}

function onStrip(waiting, yours, say) {
  const words = yours ? say("strip.yours", { n: yours }) : waiting ? say("strip.waiting", { n: waiting }) : say("strip.done");
  if (!waiting && !yours && !before) return;
  const net = document.querySelector('[data-bar="net"]');
  document.querySelector('[data-bar="outbox"]')?.remove();
  net?.querySelector("[data-waiting]")?.remove();
  const link = h("a", { class: "strip-go", href: "/outbox" }, words);
  if (net) net.querySelector("span").append(h("span", { "data-waiting": "" }, " ", link));
  else bar({ key: "outbox", tone: waiting || yours ? "off" : "", glyph: yours ? "hand-heart" : waiting ? "hourglass-medium" : "check-circle", text: words, word: say("strip.look"), act: () => location.assign("/outbox") });
}
