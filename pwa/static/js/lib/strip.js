// Says on a page that did not come from the server: why, and of what time it is. When the network is back it offers the
// page itself; it does not reload under the reader's hands.

import { bar } from "./bar.js";
import { wordsOf } from "./words.js";

const loaders = { zh: () => import("../words/device.zh.js"), en: () => import("../words/device.en.js") };

/** Show the strip of this page. */
export async function show() {
  const say = await wordsOf(loaders);
  const { cause: said, copiedAt } = document.body.dataset;
  const cause = navigator.onLine ? said : "no_network"; // the page knows of a lost network before the worker does
  const text = copiedAt ? say(`copy.${cause}`, { at: moment(new Date(copiedAt)) }) : say(`net.${cause}`);
  bar({ key: "net", text, glyph: "wifi-slash", tone: "off", word: say("net.again"), act: () => location.reload() });
  window.addEventListener("online", () => {
    bar({ key: "net", text: say("net.back"), glyph: "arrow-clockwise", word: say("net.refresh"), act: () => location.reload() });
  });
}

function moment(at) {
  const isToday = at.toDateString() === new Date().toDateString();
  const day = isToday ? {} : { month: "numeric", day: "numeric" };
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...day, hour: "2-digit", minute: "2-digit", hour12: false }).format(at);
}
