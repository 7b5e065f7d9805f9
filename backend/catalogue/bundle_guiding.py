"""From a bundle to its guide, and which bundles a reader is shown: by what was searched, by life event, beside a matter."""

from __future__ import annotations

from backend.catalogue import bundles, wording
from backend.catalogue.listing import Wish
from backend.catalogue.shelf import Catalogue
from backend.domain import bundle_parts, bundling
from backend.domain.bundle_parts import Whole
from backend.domain.forms import OWN, is_ours, questions
from backend.domain.materials import is_needed
from shared_schemas.bundle import Bundle, BundleGuide, PaperGuide, PartGuide
from shared_schemas.matter import Matter

_SHORTEST = 2  # one character is no question


def guide_of(stock: Catalogue, code: str) -> BundleGuide | None:
    """The guide of a bundle with the parts that `code` chooses; None for what is no bundle in force."""
    whole, made = stock.whole(code), stock.composed.get(code)
    if whole is None or made is None:
        return None
    bundle = whole.bundle
    after = bundle_parts.levels(whole)
    asked = [q for q in questions(made.form) if not is_ours(q.field)]
    return BundleGuide(
        code=bundle.code,
        filing=code,
        name=bundle.name,
        name_en=bundle.name_en,
        icon=bundle.icon,
        gives=bundle.gives,
        gives_en=bundle.gives_en,
        parts=tuple(_part(stock, part.key, whole, after[part.key]) for part, _matter in whole.parts),
        papers=_papers(whole),
        days=bundle_parts.promised(whole).n,
        questions=len(asked),
        questions_apart=sum(_asked_apart(matter) for _part, matter in whole.parts),
        papers_apart=sum(not m.is_shareable for _part, matter in whole.parts for m in matter.materials),
        channels=made.channels,
        visits=made.visits,
        may_file_online=made.may_file_online,
        confidence=bundle.confidence,
        source=bundle.source,
        words=_words(bundle),
        life_events=bundle.life_events,
        note=bundle.note,
        note_en=bundle.note_en,
    )


def _asked_apart(matter: Matter) -> int:
    """How many questions a person answers for this matter alone: one group of who applies, not both."""
    return sum(
        not is_ours(q.field) and (q.topic == OWN or q.topic != "applicant_legal") for q in questions(matter.form)
    )


def _part(stock: Catalogue, key: str, whole: Whole, after: tuple[str, ...]) -> PartGuide:
    part, matter = next((part, matter) for part, matter in whole.parts if part.key == key)
    department = stock.department(matter.department)
    return PartGuide(
        key=key,
        matter=matter.code,
        name=matter.name,
        name_en=matter.name_en,
        department=matter.department,
        department_zh=department.label("zh"),
        department_en=department.label("en"),
        short=part.short,
        short_en=part.short_en,
        icon=part.icon,
        result=matter.result,
        promised=matter.promised,
        is_optional=part.is_optional,
        after=after,
        when=part.when,
        when_en=part.when_en,
    )


def _papers(whole: Whole) -> tuple[PaperGuide, ...]:
    return tuple(
        PaperGuide(
            paper.material.name,
            paper.material.label("en"),
            tuple(paper.keys),
            paper.material.is_shareable,
            is_needed(paper.material),
        )
        for paper in bundling.papers(whole)
    )


def found(stock: Catalogue, wish: Wish) -> list[BundleGuide]:
    """The bundles that answer a list's wish: what was typed is one of their words, or the life event is theirs."""
    if wish.department or wish.channel or wish.offset:
        return []
    wanted = [b for b in stock.bundles.values() if _answers(b, wish)]
    return [guide for bundle in wanted if (guide := guide_of(stock, bundle.code)) is not None]


def _answers(bundle: Bundle, wish: Wish) -> bool:
    if wish.q.strip():
        asked = wording.core(wording.normal(wish.q))
        return len(asked) >= _SHORTEST and any(_fits(asked, wording.normal(word)) for word in _words(bundle))
    return bool(wish.life_event) and wish.life_event in bundle.life_events


def _words(bundle: Bundle) -> tuple[str, ...]:
    return (bundle.name, bundle.name_en, *bundle.words)


def _fits(asked: str, word: str) -> bool:
    return asked in word or (word in asked and len(word) > _SHORTEST)


def beside(stock: Catalogue, matter: str) -> list[Bundle]:
    """The bundles that this matter is a part of: its guide points at them."""
    return [b for b in stock.bundles.values() if any(part.matter == matter for part in b.parts)]


def filing_code(stock: Catalogue, code: str, chosen: list[str]) -> str | None:
    """The code to file under with these optional parts; None for no bundle."""
    bundle = bundles.bundle_of(code, stock.bundles)
    return None if bundle is None else bundle_parts.code_of(bundle, chosen)
