// <read-aloud> on a page that the phone draws: the macro read_aloud of components/device.html.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { wordsOf } from "../../lib/words.js";

const loaders = { zh: () => import("../../words/reading.zh.js"), en: () => import("../../words/reading.en.js") };
const isLarge = () => document.documentElement.dataset.text === "elder";

/** The parts of a page with its reader's button: after the heading (the first part) in large type, else at the end. */
export async function read(parts) {
  const [heading, ...rest] = parts;
  const bar = await button();
  return isLarge() ? [heading, bar, ...rest] : [heading, ...rest, bar];
}

async function button() {
  const say = await wordsOf(loaders);
  const chip = (key, does, when, glyph, hidden) =>
    h("button", { class: "chip", type: "button", "data-do": does, "data-when": when, hidden }, icon(glyph), say(key));
  return h("read-aloud", { class: `no-print ${isLarge() ? "mt12" : "sec"}`, hidden: true },
    chip("play", "play", "still", "speaker-high"), chip("pause", "pause", "reading", "pause", true),
    chip("go_on", "play", "paused", "speaker-high", true), chip("stop", "stop", "reading paused", "x", true)); // prettier-ignore
}
