"""Lists of matters: a search, a filter or both, as rows that say why they are there."""

from __future__ import annotations

from msgspec import Struct

from backend.catalogue import marking, popular, wording
from backend.catalogue.finding import Hit
from backend.catalogue.phrases import Phrase
from backend.catalogue.shelf import Catalogue
from shared_schemas.matter import Matter, MatterHit
from shared_schemas.vocabulary import ApplicantKind, Channel

MOST = 100  # rows of one answer


class Wish(Struct, frozen=True):
    """What a reader asks the list for. Empty strings and None mean "any"."""

    q: str = ""
    department: str = ""
    life_event: str = ""
    applicant: ApplicantKind | None = None
    channel: Channel | None = None
    limit: int = 20
    offset: int = 0

    @property
    def is_open(self) -> bool:
        """True when nothing is asked for yet."""
        return not (self.q.strip() or self.department or self.life_event or self.applicant or self.channel)


class Listing(Struct, frozen=True):
    """One page of the answer. `by_channel` counts all that match the rest of the wish; `everywhere` is their sum total.

    `read_as` is what a misspelt query was taken for.
    """

    items: tuple[MatterHit, ...]
    total: int
    by_channel: dict[Channel, int] = {}
    everywhere: int = 0
    read_as: str = ""


def listing(stock: Catalogue, wish: Wish) -> Listing:
    """The rows that answer a wish: by rank when it has words, else what most people come for first."""
    matters = tuple(stock.matters.values())
    allowed = stock.facets.narrow(wish.department, wish.life_event, wish.applicant)
    read_as = ""
    if wish.q.strip():
        found = stock.finder.find(wish.q)
        hits, read_as = [hit for hit in found.hits if hit.at in allowed], found.read_as
    else:
        hits = [Hit(at, 0.0, None) for at in sorted(allowed, key=lambda at: (_rank(matters[at]), at))]
    by_channel = {way: sum(hit.at in at_way for hit in hits) for way, at_way in stock.facets.channel.items()}
    everywhere = len(hits)
    if wish.channel:
        at_way = stock.facets.channel.get(wish.channel, frozenset())
        hits = [hit for hit in hits if hit.at in at_way]
    shown = hits[wish.offset : wish.offset + min(wish.limit, MOST)]
    items = tuple(_row(stock, matters[hit.at], hit.phrase, wish.q) for hit in shown)
    return Listing(items, len(hits), {Channel(way): n for way, n in by_channel.items()}, everywhere, read_as)


def _rank(matter: Matter) -> int:
    return popular.MATTERS.get(matter.code, len(popular.MATTERS))


def row_of(stock: Catalogue, matter: Matter) -> MatterHit:
    """A matter as a row that nothing was searched for."""
    return _row(stock, matter, None, "")


def _row(stock: Catalogue, matter: Matter, phrase: Phrase | None, query: str) -> MatterHit:
    department = stock.department(matter.department)
    name_ranges, name_en_ranges, alias, alias_ranges = (), (), "", ()
    if query:
        asked = wording.core(wording.normal(query))
        name_ranges = _ranges(matter.name, asked)
        name_en_ranges = marking.by_words(matter.name_en, wording.words(query))
        if phrase and not phrase.is_name and not _says_it_all(name_ranges, asked):
            alias, alias_ranges = phrase.shown, _ranges(phrase.shown, asked)
    return MatterHit(
        code=matter.code, name=matter.name, name_en=matter.name_en, department=matter.department,
        department_name=department.label("zh"), department_name_en=department.name_en, channels=matter.channels,
        applicants=matter.applicants, promised=matter.promised, has_fee=matter.has_fee,
        may_file_online=matter.may_file_online, name_ranges=name_ranges, name_en_ranges=name_en_ranges,
        alias=alias, alias_ranges=alias_ranges,
    )  # fmt: skip


def _ranges(text: str, asked: str) -> marking.Ranges:
    found = marking.by_characters(text, asked)
    return found or (marking.by_letters(text, asked) if wording.has_latin(asked) else ())


def _says_it_all(ranges: marking.Ranges, asked: str) -> bool:
    """True where the name itself shows at least what was typed."""
    return sum(end - start for start, end in ranges) >= len(asked)
