// A photo that was shared into the app waits until the reader is where it belongs: every list of files offers it.

import { h } from "./h.js";
import { icon } from "./icon.js";
import { all, forget } from "./store.js";
import { wordsOf } from "./words.js";

const loaders = { zh: () => import("../words/device.zh.js"), en: () => import("../words/device.en.js") };

/** The files of one sharing. */
export const filesOf = (sharing) => sharing.fields.map(([, value]) => value).filter((value) => value instanceof File && value.size);

/** Every sharing that waits, the newest last. */
export async function sharings() {
  const kept = await all("kept").catch(() => []);
  return kept.filter((each) => each?.kind === "shared" && filesOf(each).length);
}

/** Put a button into a list of files that hands it what was shared; `take(file)` is called for each, false: not taken. */
export async function offerShared(list, take) {
  const waiting = await sharings();
  if (!waiting.length) return;
  const say = await wordsOf(loaders);
  const files = waiting.flatMap(filesOf);
  const button = h("button", { type: "button", class: "govuk-button btn-2 wide mt8" }, icon("image", 1), say("share.take", { n: files.length }));
  button.addEventListener("click", async () => {
    button.remove();
    for (const sharing of waiting) {
      const taken = [];
      for (const file of filesOf(sharing)) taken.push(await take(file));
      if (!taken.includes(false)) await forget("kept", `shared-${sharing.id}`); // else it waits on: nothing is lost
    }
  });
  list.prepend(button);
}
