// The words of the outbox, and times as its pages say them.

import { language, wordsOf } from "../../lib/words.js";

/** A function (key, facts) -> sentence. */
export const outboxWords = () => wordsOf({ zh: () => import("../../words/outbox.zh.js"), en: () => import("../../words/outbox.en.js") });

/** Of a {zh, en} pair the reader's; Chinese where the other is missing. */
export const said = (pair) => pair?.[language()] || pair?.zh || "";

/** An instant (ISO or ms): 10:21, with the day when it is another one. */
export function moment(instant) {
  const at = new Date(instant);
  const day = at.toDateString() === new Date().toDateString() ? {} : { month: "numeric", day: "numeric" };
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...day, hour: "2-digit", minute: "2-digit", hour12: false }).format(at);
}
