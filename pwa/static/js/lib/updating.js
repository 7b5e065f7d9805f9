// A new version of the app waits until the reader wants it: a quiet bar, one tap, one reload. Nothing reloads by itself,
// and nothing typed goes with it.

import { bar } from "./bar.js";
import { saveAll, typed } from "./typed.js";
import { wordsOf } from "./words.js";

const loaders = { zh: () => import("../words/device.zh.js"), en: () => import("../words/device.en.js") };

/** Offer the version that waits, now or when one comes. */
export function watch(registration) {
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) offer(coming);
    });
  });
}

async function offer(worker) {
  const say = await wordsOf(loaders);
  const shown = bar({
    key: "update",
    text: say("update.ready"),
    glyph: "arrow-clockwise",
    word: say("update.now"),
    act: () => update(worker, shown, say),
  });
}

async function update(worker, shown, say) {
  await saveAll();
  if (typed()) return shown.say(say("update.unsent"));
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  shown.say(say("update.coming")); // the old one first ends what it is doing
  worker.postMessage("update");
}
