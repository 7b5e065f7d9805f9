// /offline/left: signed out without network. What is gone, what the hall does not know yet, and that it will.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { isOwed, settle, wipeAgain } from "../../lib/owed.js";
import { wordsOf } from "../../lib/words.js";

const loaders = { zh: () => import("../../words/leaving.zh.js"), en: () => import("../../words/leaving.en.js") };
const EVERY = 10_000; // a hall that was down comes back without any event here

export async function view() {
  const [say] = await Promise.all([wordsOf(loaders), wipeAgain()]);
  const hall = h("p", { role: "status" }, say((await isOwed()) ? "left.owed" : "left.settled"));
  watch(hall, say);
  const main = [
    h("div", { class: "card empty" }, icon("check-circle-duotone"), h("h1", { tabindex: "-1", "data-focus": true }, say("left.title")), h("p", {}, say("left.phone")), hall),
    h("div", { class: "mt16" }, h("a", { class: "govuk-button wide", href: "/" }, icon("house"), say("left.home"))),
  ];
  return { title: say("left.title"), heading: say("left.title"), back: false, tab: "home", main };
}

async function watch(hall, say) {
  if (!(await isOwed())) return;
  const stop = new AbortController();
  const ask = async () => {
    if (hall.isConnected && (await settle()) === false) return;
    clearInterval(clock);
    stop.abort();
    hall.textContent = say("left.settled");
  };
  const clock = setInterval(ask, EVERY);
  window.addEventListener("online", ask, { signal: stop.signal });
}
