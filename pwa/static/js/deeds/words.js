// The words of deeds: in the page's language for the page, in both for the outbox, which may be read in either.

import { language, saying } from "../lib/words.js";
import en from "../words/deeds.en.js";
import zh from "../words/deeds.zh.js";

/** A function (key, facts) -> sentence. */
export const deedWords = () => saying(language() === "en" ? en : zh);

/** The sentence of a key as {zh, en}, with `what` in each language. */
export const pair = (key, what) => ({ zh: saying(zh)(key, { what: what.zh }), en: saying(en)(key, { what: what.en }) });
