// What is wrong with one answer: a stable code and the facts its sentence needs (shared_schemas/reasons.py).

import { WORDS } from "./book.js";

/** One fault, e.g. new Fault("mobile.short", { missing: 1 }). */
export class Fault {
  constructor(code, facts = {}) {
    this.code = code;
    this.facts = facts;
  }
}

/** Of two texts, the one in `lang` ("zh" or "en"). */
export const said = ([zh, en], lang) => (lang === "en" ? en : zh);

/** A sentence with its {facts} filled in. */
export const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => String(facts[name]));

/** What to tell the reader about a fault. */
export const sentence = (fault, lang = "zh") => filled(said(WORDS.sentences[fault.code], lang), fault.facts);
