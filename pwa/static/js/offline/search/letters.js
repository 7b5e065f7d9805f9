// Finding phrases by Latin letters: initials (yyzz), pinyin whole, half or misspelt, mixed with characters. As
// backend/catalogue/spelling.py does.

import { blur } from "./sounds.js";

const BLURRED = 0.93;
const HOMOPHONE = 0.8;

export class LetterIndex {
  constructor(phrases, sounds) {
    this.phrases = phrases;
    this.sounds = sounds;
    this.initials = phrases.map((phrase) => phrase.sounds.map((sound) => sound[0]).join(""));
  }

  /** A query as [sound, character or ""] pairs: "办yyzz" is ban/办, y, y, z, z. */
  units(query) {
    const found = [];
    let letters = "";
    for (const character of `${query} `) {
      if (/[0-9a-z]/.test(character)) {
        letters += character;
        continue;
      }
      for (const part of this.sounds.segment(letters)) found.push([part, ""]);
      letters = "";
      if (character !== " ") found.push([this.sounds.spell(character)[0], character]);
    }
    return found;
  }

  /** Map of phrase number -> score, for a normalised query with Latin letters. */
  scores(query) {
    const asked = this.units(query);
    const found = new Map();
    if (asked.length < 2 && query.length < 2) return found;
    const start = asked.map(([sound]) => sound[0]).join("");
    this.initials.forEach((initials, number) => {
      for (let at = initials.indexOf(start); at >= 0; at = initials.indexOf(start, at + 1)) {
        const fit = this.fit(this.phrases[number], at, asked);
        if (!fit) continue;
        const score = fit * (0.7 + 0.25 * (asked.length / initials.length) + (at === 0 ? 0.05 : 0));
        found.set(number, Math.max(found.get(number) ?? 0, score));
      }
    });
    return found;
  }

  /** How well the asked units fit the phrase from `at`: 0 when one of them is something else. */
  fit(phrase, at, asked) {
    let fit = 1;
    for (let offset = 0; offset < asked.length; offset += 1) {
      const [letters, character] = asked[offset];
      const sound = phrase.sounds[at + offset];
      if (character && phrase.characters[at + offset] !== character) fit = Math.min(fit, HOMOPHONE);
      if (sound === letters || (!character && sound.startsWith(letters))) continue;
      if (blur(sound) !== blur(letters)) return 0;
      fit = Math.min(fit, BLURRED);
    }
    return fit;
  }
}
