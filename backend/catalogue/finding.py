"""Search as people talk: characters, sounds, letters and English words, each scored, the best of them taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from backend.catalogue import phrases as phrasing
from backend.catalogue import popular, spelling, syllables, wording
from backend.catalogue.english import EnglishIndex
from backend.catalogue.grams import GramIndex
from backend.catalogue.phrases import Phrase
from shared_schemas.matter import Matter

SURE = 0.92  # a character match this good needs no second opinion from sounds
EXACT = 0.965  # the very name or alias: no synonym can do better
SOUND = 0.85  # a homophone is worth less than the character
GUESS = 0.6  # a misspelt word less again
SYNONYM = 0.95
LEAST = 0.22  # below this nothing is shown
TAIL = 0.36  # and nothing below this share of the best hit

# Acts that come after the first grant: not meant unless said (开饭店 means the new permit, not its cancellation).
POPULAR = 0.05  # what most people come for wins a tie
_LATER_ACTS = ("变更", "注销", "补办", "补发", "补领", "延续", "延期", "换发", "撤销", "终止", "校验", "复审", "更正")
LATER_ACT = 0.93


class Hit(Struct, frozen=True):
    """A found matter: its position, its score and the phrase that was matched (None for its English name)."""

    at: int
    score: float
    phrase: Phrase | None


class Found(Struct, frozen=True):
    """Hits, best first; `read_as` is what the query was taken for when it had to be guessed."""

    hits: tuple[Hit, ...]
    read_as: str = ""


class Finder:
    """The search index of one catalogue. Built once, then only read (safe between threads)."""

    def __init__(self, phrases: list[Phrase], matters: Sequence[Matter], synonyms: Mapping[str, str]) -> None:
        """Index the phrases. `synonyms` maps what people say to what the catalogue calls it."""
        self._phrases = phrases
        self._synonyms = dict(synonyms)
        self._characters = GramIndex([phrase.text for phrase in phrases])
        self._sounds = GramIndex([phrase.sounds for phrase in phrases])
        self._letters = spelling.SpellingIndex(phrases)
        self._english = EnglishIndex([matter.name_en for matter in matters])
        self._english_names = [wording.normal(matter.name_en) for matter in matters]
        self._typed = GramIndex(
            [spelling.trigrams(spelling.letters_of(phrase)) for phrase in phrases]
            + [spelling.trigrams(name) for name in self._english_names]
        )
        self._worth = [phrase.weight for phrase in phrases]
        self._popular = [POPULAR if matter.code in popular.MATTERS else 0.0 for matter in matters]
        self._is_later = [any(act in matter.name for act in _LATER_ACTS) for matter in matters]
        self._spelt_synonyms = {
            "".join(syllables.spell(said)): meant for said, meant in synonyms.items() if len(said) > 2 and said[0] > "z"
        }
        self.find("yyzz")  # reads the tables of pinyin now, not during somebody's search

    @classmethod
    def of(cls, matters: Sequence[Matter], pinyin: Mapping[str, str], synonyms: Mapping[str, str]) -> Finder:
        """The index of these matters, in their order; `pinyin` is what the import stored."""
        return cls(phrasing.phrases(matters, pinyin), matters, synonyms)

    def find(self, query: str) -> Found:
        """Every matter that answers the query well enough, best first."""
        typed = query[: wording.LONGEST_QUERY].strip().lower()
        asked = wording.core(wording.normal(typed))
        if not asked:
            return Found(())
        best: dict[int, Hit] = {}
        self._direct(asked, wording.words(typed), 1.0, best)
        readings = self._readings(typed, asked) if _top(best) < EXACT else []
        for reading in readings:
            self._direct(wording.core(wording.normal(reading)), wording.words(reading), SYNONYM, best)
        read_as = ""
        if wording.has_latin(asked) and _top(best) < 0.5:
            read_as = self._guess(asked, best)
        return self._ranked(asked, best, read_as)

    def _direct(self, asked: str, words: list[str], worth: float, best: dict[int, Hit]) -> None:
        """Score the query as it stands: characters, then sounds where characters were not sure, letters, words."""
        top = 0.0
        if wording.has_han(asked) or asked.isdigit():
            top = self._keep(self._characters.scores(asked), worth, best)
            if top < SURE and not wording.has_latin(asked) and (len(asked) > 1 or not top):
                self._keep(self._sounds.scores(syllables.spell(asked)), worth * SOUND, best)
        if wording.has_latin(asked):
            self._keep(self._letters.scores(asked), worth, best)
            for at, score in self._english.scores(words).items():
                _raise(best, Hit(at, score * worth * phrasing.ALIAS, None))

    def _keep(self, scores: Mapping[int, float], worth: float, best: dict[int, Hit]) -> float:
        """Turn phrase scores into hits; returns the best raw score."""
        top = 0.0
        for number, score in scores.items():
            top = max(top, score)
            if score * worth >= LEAST:
                phrase = self._phrases[number]
                _raise(best, Hit(phrase.at, score * worth * self._worth[number], phrase))
        return top

    def _guess(self, asked: str, best: dict[int, Hit]) -> str:
        """Misspelt pinyin or English: share of three-letter pieces. Returns what it was read as."""
        top, read_as, count = 0.0, "", len(self._phrases)
        for number, score in self._typed.scores(spelling.trigrams(syllables.blur(asked))).items():
            if score < 0.4:
                continue
            phrase = self._phrases[number] if number < count else None
            at = phrase.at if phrase else number - count
            _raise(best, Hit(at, score * GUESS, phrase))
            if score > top:
                top, read_as = score, phrase.shown if phrase else ""
        return read_as

    def _readings(self, typed: str, asked: str) -> list[str]:
        """The query with synonyms put in: at most three, longest words first."""
        said = sorted((s for s in self._synonyms if s in typed or s in asked), key=len, reverse=True)
        readings = []
        spelt = "".join(syllables.spell(asked))
        if spelt in self._spelt_synonyms:
            readings.append(self._spelt_synonyms[spelt])
        for word in said[:3]:
            reading = (typed if word in typed else asked).replace(word, self._synonyms[word])
            if reading not in (typed, asked):
                readings.append(reading)
        return readings

    def _ranked(self, asked: str, best: dict[int, Hit], read_as: str) -> Found:
        later_meant = any(act in asked for act in _LATER_ACTS)
        hits = [
            Hit(
                hit.at,
                hit.score * (LATER_ACT if self._is_later[hit.at] and not later_meant else 1.0) + self._popular[hit.at],
                hit.phrase,
            )
            for hit in best.values()
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.at))
        floor = max(LEAST, hits[0].score * TAIL) if hits else 0.0
        return Found(tuple(hit for hit in hits if hit.score >= floor), read_as)


def _top(best: dict[int, Hit]) -> float:
    return max((hit.score for hit in best.values()), default=0.0)


def _raise(best: dict[int, Hit], hit: Hit) -> None:
    known = best.get(hit.at)
    if known is None or hit.score > known.score:
        best[hit.at] = hit
