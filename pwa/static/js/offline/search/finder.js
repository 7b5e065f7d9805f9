// Search as people talk, without network: characters, sounds, letters and English words, each scored, the best of them
// taken. The numbers and their order are those of backend/catalogue/finding.py; a journey holds the two side by side.

import { EnglishIndex } from "./english.js";
import { GramIndex, trigrams } from "./grams.js";
import { LetterIndex } from "./letters.js";
import { blur, Sounds } from "./sounds.js";
import { core, hasHan, hasLatin, latinWords, LONGEST, normal } from "./words.js";

const SURE = 0.92;
const EXACT = 0.965;
const SOUND = 0.85;
const GUESS = 0.6;
const SYNONYM = 0.95;
const LEAST = 0.22;
const TAIL = 0.36;
const NAME = 1;
const ALIAS = 0.97;
const POPULAR = 0.05;
const LATER_ACT = 0.93;
const LATER = ["变更", "注销", "补办", "补发", "补领", "延续", "延期", "换发", "撤销", "终止", "校验", "复审", "更正"];

/** Every name and alias as a phrase: the matter it belongs to, its characters and their sounds. */
function phrasesOf(rows) {
  return rows.flatMap((row, at) =>
    [row.name, ...(row.aliases ?? [])].flatMap((shown, place) => {
      const characters = [...normal(shown)];
      const sounds = row.sounds[place] ? row.sounds[place].split(" ") : [];
      if (!characters.length || sounds.length !== characters.length) return [];
      return [{ at, shown, characters, text: characters.join(""), sounds, weight: place ? ALIAS : NAME }];
    }),
  );
}

export class Finder {
  /** `rows`: {code, name, name_en, aliases, sounds} of every matter; `head`: synonyms, syllables, popular of the pack. */
  constructor(rows, head) {
    this.rows = rows;
    this.phrases = phrasesOf(rows);
    this.sounds = new Sounds(head.syllables, this.phrases.map((phrase) => [phrase.text, phrase.sounds]));
    this.characters = new GramIndex(this.phrases.map((phrase) => phrase.characters));
    this.spelt = new GramIndex(this.phrases.map((phrase) => phrase.sounds));
    this.letters = new LetterIndex(this.phrases, this.sounds);
    this.english = new EnglishIndex(rows.map((row) => row.name_en));
    const typed = this.phrases.map((phrase) => trigrams(normal(blur(phrase.sounds.join("")))));
    this.typed = new GramIndex([...typed, ...rows.map((row) => trigrams(normal(row.name_en)))]);
    const popular = new Set(head.popular);
    this.popular = rows.map((row) => (popular.has(row.code) ? POPULAR : 0));
    this.isLater = rows.map((row) => LATER.some((act) => row.name.includes(act)));
    this.synonyms = Object.entries(head.synonyms);
    const chinese = this.synonyms.filter(([said]) => [...said].length > 2 && said[0] > "z");
    this.speltSynonyms = new Map(chinese.map(([said, meant]) => [this.sounds.spell(said).join(""), meant]));
  }

  /** Matters that answer the query well enough, best first: [{at, score, phrase}]. */
  find(query) {
    const typed = [...query].slice(0, LONGEST).join("").trim().toLowerCase();
    const asked = core(normal(typed));
    if (!asked) return [];
    const best = new Map();
    this.direct(asked, latinWords(typed), 1, best);
    if (top(best) < EXACT) {
      for (const reading of this.readings(typed, asked)) this.direct(core(normal(reading)), latinWords(reading), SYNONYM, best);
    }
    if (hasLatin(asked) && top(best) < 0.5) this.guess(asked, best);
    return this.ranked(asked, best);
  }

  direct(asked, words, worth, best) {
    let sure = 0;
    const characters = [...asked];
    if (hasHan(asked) || /^\d+$/.test(asked)) {
      sure = this.keep(this.characters.scores(characters), worth, best);
      if (sure < SURE && !hasLatin(asked) && (characters.length > 1 || !sure)) {
        this.keep(this.spelt.scores(this.sounds.spell(asked)), worth * SOUND, best);
      }
    }
    if (hasLatin(asked)) {
      this.keep(this.letters.scores(asked), worth, best);
      for (const [at, score] of this.english.scores(words)) raise(best, { at, score: score * worth * ALIAS, phrase: null });
    }
  }

  /** Turn phrase scores into hits; returns the best raw score. */
  keep(scores, worth, best) {
    let highest = 0;
    for (const [number, score] of scores) {
      highest = Math.max(highest, score);
      const phrase = this.phrases[number];
      if (score * worth >= LEAST) raise(best, { at: phrase.at, score: score * worth * phrase.weight, phrase });
    }
    return highest;
  }

  /** Misspelt pinyin or English: share of three-letter pieces. */
  guess(asked, best) {
    const count = this.phrases.length;
    for (const [number, score] of this.typed.scores(trigrams(normal(blur(asked))))) {
      if (score < 0.4) continue;
      const phrase = number < count ? this.phrases[number] : null;
      raise(best, { at: phrase ? phrase.at : number - count, score: score * GUESS, phrase });
    }
  }

  /** The query with synonyms put in: at most three, longest words first. */
  readings(typed, asked) {
    const said = this.synonyms.filter(([word]) => typed.includes(word) || asked.includes(word));
    said.sort(([a], [b]) => b.length - a.length);
    const spelt = this.speltSynonyms.get(this.sounds.spell(asked).join(""));
    const readings = spelt ? [spelt] : [];
    for (const [word, meant] of said.slice(0, 3)) {
      const reading = (typed.includes(word) ? typed : asked).replaceAll(word, meant);
      if (reading !== typed && reading !== asked) readings.push(reading);
    }
    return readings;
  }

  ranked(asked, best) {
    const meantLater = LATER.some((act) => asked.includes(act));
    const hits = [...best.values()].map((hit) => ({
      ...hit,
      score: hit.score * (this.isLater[hit.at] && !meantLater ? LATER_ACT : 1) + this.popular[hit.at],
    }));
    hits.sort((a, b) => b.score - a.score || a.at - b.at);
    const floor = hits.length ? Math.max(LEAST, hits[0].score * TAIL) : 0;
    return hits.filter((hit) => hit.score >= floor);
  }
}

const top = (best) => Math.max(0, ...[...best.values()].map((hit) => hit.score));

function raise(best, hit) {
  const known = best.get(hit.at);
  if (!known || hit.score > known.score) best.set(hit.at, hit);
}
