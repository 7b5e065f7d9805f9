// The app on the home screen: offered once, on the home page or under 我的, and never again after a no. Browsers that ask
// by themselves hand us their question (beforeinstallprompt); on an iPhone nobody asks, so we say where to tap.

import { h } from "./h.js";
import { icon } from "./icon.js";
import { wordsOf } from "./words.js";

const loaders = { zh: () => import("../words/device.zh.js"), en: () => import("../words/device.en.js") };
const ANSWERED = "install.answered";
const PLACES = ["/", "/me"];

/** Show the browser's question as our own card. */
export async function offer(prompt) {
  await card("install.why", async (close) => {
    close();
    await prompt.prompt();
  });
}

/** On an iPhone or iPad in Safari: how to do it by hand. */
export async function explain() {
  const isApple = /iPhone|iPad/.test(navigator.userAgent) && /Safari/.test(navigator.userAgent) && !/CriOS|FxiOS|MicroMessenger/.test(navigator.userAgent);
  if (isApple && !navigator.standalone) await card("install.apple", null);
}

async function card(key, act) {
  if (!PLACES.includes(location.pathname) || localStorage.getItem(ANSWERED) || document.querySelector(".install")) return;
  const say = await wordsOf(loaders);
  const close = () => (localStorage.setItem(ANSWERED, "1"), drawn.remove());
  const no = h("button", { type: "button", class: "tap", "aria-label": say("install.no"), on: { click: close } }, icon("x"));
  const yes = act && h("button", { type: "button", class: "govuk-button mini btn-2", on: { click: () => act(close) } }, say("install.yes"));
  const drawn = h("div", { class: "note install sec-s" }, icon("download-simple"), h("div", {}, h("p", {}, say(key)), yes), no);
  document.querySelector("main")?.append(drawn);
}
