// Finding matters by English words, whole or as they are being typed. As backend/catalogue/english.py does.

import { latinWords } from "./words.js";

const EMPTY = new Set("a an the of for to and or in on at my i how do get apply want need".split(" "));

/** Without the plural s. */
const stem = (word) => (word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word);

export class EnglishIndex {
  constructor(names) {
    this.postings = new Map();
    names.forEach((name, number) => {
      for (const word of latinWords(name).map(stem)) {
        if (!this.postings.has(word)) this.postings.set(word, new Set());
        this.postings.get(word).add(number);
      }
    });
    this.total = Math.max(names.length, 1);
    this.lengths = names.map((name) => Math.max(latinWords(name).length, 1));
  }

  beginningWith(word) {
    if (word.length < 3) return this.postings.has(word) ? [word] : [];
    return [...this.postings.keys()].filter((known) => known.startsWith(word));
  }

  /** Map of position -> score for lower-case words; the last word may be unfinished. */
  scores(asked) {
    const words = asked.filter((word) => !EMPTY.has(word)).map(stem);
    const got = new Map();
    const hits = new Map();
    let total = 0;
    for (const word of words) {
      const best = new Map();
      for (const known of this.beginningWith(word)) {
        const found = this.postings.get(known);
        const gain = Math.log(1 + this.total / found.size) * (known === word ? 1 : 0.8);
        for (const number of found) best.set(number, Math.max(best.get(number) ?? 0, gain));
      }
      total += best.size ? Math.max(...best.values()) : Math.log(1 + this.total);
      for (const [number, gain] of best) {
        got.set(number, (got.get(number) ?? 0) + gain);
        hits.set(number, (hits.get(number) ?? 0) + 1);
      }
    }
    for (const [n, gain] of got) {
      got.set(n, (0.75 * gain) / total + (0.25 * hits.get(n)) / Math.max(this.lengths[n], words.length));
    }
    return got;
  }
}
