// An inverted index over short pieces of phrases, weighted by how rare a piece is: as backend/catalogue/grams.py does.

const TOO_COMMON = 0.34;

/** Pairs of neighbours and, at a third of their weight, single units: [[piece, weight], …], each once. */
function pieces(units) {
  const found = new Map();
  for (const unit of units) found.set(unit, 0.3);
  for (let at = 0; at < units.length - 1; at += 1) found.set(`${units[at]} ${units[at + 1]}`, 1);
  return [...found];
}

export class GramIndex {
  /** `phrases`: arrays of units (characters or syllables), indexed by their position. */
  constructor(phrases) {
    const postings = new Map();
    const cut = phrases.map(pieces);
    cut.forEach((parts, number) => {
      for (const [piece] of parts) {
        const found = postings.get(piece);
        if (found) found.push(number);
        else postings.set(piece, [number]);
      }
    });
    const total = Math.max(cut.length, 1);
    this.rarest = Math.log(1 + total);
    this.idf = new Map([...postings].map(([piece, found]) => [piece, Math.log(1 + total / found.length)]));
    this.postings = new Map([...postings].filter(([, found]) => found.length <= Math.max(total * TOO_COMMON, 20)));
    this.mass = cut.map((parts) => parts.reduce((sum, [piece, weight]) => sum + this.idf.get(piece) * weight, 0) || 1);
  }

  /** Map of phrase number -> score from 0 to 1: mostly how much of the query is in the phrase. */
  scores(units) {
    const shared = new Map();
    const singles = [];
    let asked = 0;
    for (const [piece, weight] of pieces(units)) {
      const gain = (this.idf.get(piece) ?? this.rarest) * weight;
      asked += gain;
      if (weight < 1) singles.push([piece, gain]);
      else for (const number of this.postings.get(piece) ?? []) shared.set(number, (shared.get(number) ?? 0) + gain);
    }
    this.addSingles(shared, singles);
    for (const [number, got] of shared) shared.set(number, (0.7 * got) / asked + (0.3 * got) / Math.max(this.mass[number], got));
    return shared;
  }

  /** A single unit alone is too little where others share a pair. */
  addSingles(shared, singles) {
    const hasPairs = shared.size > 0;
    for (const [piece, gain] of singles) {
      for (const number of this.postings.get(piece) ?? []) {
        if (shared.has(number)) shared.set(number, shared.get(number) + gain);
        else if (!hasPairs) shared.set(number, gain);
      }
    }
  }
}

/** Three-letter pieces with the ends marked: for misspelt pinyin and English. */
export function trigrams(text) {
  const padded = `^${text}$`;
  return Array.from({ length: Math.max(padded.length - 2, 0) }, (_, at) => padded.slice(at, at + 3));
}
