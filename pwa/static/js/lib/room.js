// Room on this phone: once something here is nowhere else, the browser is asked not to throw it away, and a phone that is
// nearly full says so before it is too late.

import { bar } from "./bar.js";
import { currentPerson, recall, remember } from "./person.js";
import { unsent } from "./unsent.js";
import { wordsOf } from "./words.js";

const loaders = { zh: () => import("../words/device.zh.js"), en: () => import("../words/device.en.js") };
const LOW = 30 * 1024 * 1024; // bytes: about ten photos as we make them

/** Look once a page: ask to keep what is only here, warn when little room is left. */
export async function watchRoom() {
  if (!navigator.storage?.estimate || !(await currentPerson())) return;
  const { sendings, drafts } = await unsent().catch(() => ({ sendings: 0, drafts: 0 }));
  if (sendings + drafts && !(await recall("asked-to-stay"))) {
    await remember("asked-to-stay", true); // once: some browsers ask the reader
    await navigator.storage.persist?.();
  }
  const { quota, usage } = await navigator.storage.estimate();
  if (quota && quota - usage < LOW) await warn(quota - usage);
}

async function warn(left) {
  const say = await wordsOf(loaders);
  bar({ key: "room", tone: "off", glyph: "warning-circle", text: say("room.low", { left: Math.max(1, Math.floor(left / 1048576)) }) });
}
