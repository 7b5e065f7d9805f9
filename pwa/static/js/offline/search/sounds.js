// Pinyin: a syllable for each character of a normalised phrase, from the table that the pack brings; a Latin letter or
// digit stands for itself. As backend/catalogue/syllables.py does, but for polyphones: a query has no phrase to go by.

const BLURRED = { zh: "z", ch: "c", sh: "s", ng: "n" };

/** zh/z, ch/c, sh/s, -ng/-n folded together. */
export const blur = (pinyin) => pinyin.replace(/zh|ch|sh|(?<=[aei])ng/g, (found) => BLURRED[found]);

export class Sounds {
  /** `syllables` maps a syllable to the characters that are read so; `more` are readings of whole phrases, which win. */
  constructor(syllables, more = []) {
    this.of = new Map();
    for (const [sound, characters] of Object.entries(syllables)) for (const one of characters) this.of.set(one, sound);
    this.phrases = new Map(more);
    this.whole = new Set(Object.keys(syllables));
    this.beginnings = new Set();
    for (const sound of this.whole) for (let end = 1; end <= sound.length; end += 1) this.beginnings.add(sound.slice(0, end));
  }

  /** As many syllables as the text has characters. */
  spell(text) {
    return this.phrases.get(text) ?? [...text].map((one) => this.of.get(one) ?? one);
  }

  /** Typed letters cut into whole syllables, longest first; what is none stays a single letter. */
  segment(letters) {
    const parts = [];
    for (let at = 0; at < letters.length; ) {
      const rest = letters.slice(at);
      if (rest.length > 1 && rest.length <= 3 && this.beginnings.has(rest) && !this.whole.has(rest)) return [...parts, rest];
      let length = Math.min(6, rest.length);
      while (length > 1 && !this.whole.has(rest.slice(0, length))) length -= 1;
      parts.push(rest.slice(0, length));
      at += length;
    }
    return parts;
  }
}
