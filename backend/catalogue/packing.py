"""The catalogue for a phone that will have no network: compact, and by difference (docs/decisions/0030).

A pack is the small parts that everything needs (departments, life events, synonyms, the pinyin of characters, words of
the vocabulary, the shared groups of forms) and the matters, each a dict without what is empty or for staff only. A
phone that has an older pack asks for the index (`versions`), then for the matters whose version it lacks. `composed` are
bundles (一件事) as matters: they are filled in like any other, and stand in no list.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import msgspec
from pypinyin import pinyin_dict
from pypinyin.constants import Style
from pypinyin.style import convert

from backend import icons
from backend.catalogue import bundle_guiding, guiding, phrases, popular, wording
from backend.catalogue.shelf import Catalogue
from backend.i18n import gettext, speaking
from shared_schemas.labelled import Labelled
from shared_schemas.matter import Matter
from shared_schemas.vocabulary import ApplicantKind, Channel, TimeUnit

# What a guide on a phone and filling in a form need of a matter; approval, windows and codes are the hall's business.
_KEPT = (
    "code", "version", "name", "name_en", "department", "kind", "applicants", "statutory", "promised", "extension",
    "channels", "visits", "visit_reason", "aliases", "result", "has_fee", "fee_note", "basis", "conditions", "faqs",
    "confidence", "online_depth",
)  # fmt: skip
_OF_A_PAPER = (
    "key",
    "name",
    "name_en",
    "type",
    "form",
    "need",
    "is_shareable",
    "is_required",
    "may_follow",
    "may_commit",
    "is_electronic",
    "how_to",
    "standard",
)
_WORDS: tuple[type[Labelled], ...] = (Channel, ApplicantKind, TimeUnit)
_EMPTY = ("", (), [], False, None)
_COMMON_HAN = ("一", "龥")  # CJK Unified Ideographs of the first Unicode: what phones type


def whole(stock: Catalogue) -> dict[str, Any]:
    """Head, versions and every matter."""
    matters = [*stock.matters.values(), *stock.composed.values()]
    return {**index(stock), "matters": [packed(matter, stock) for matter in matters]}


def some(stock: Catalogue, codes: tuple[str, ...]) -> dict[str, Any]:
    """The matters of these codes; those that are not in force any more are left out."""
    found = [matter for code in codes if (matter := stock.known(code)) is not None]
    return {"edition": stock.etag, "matters": [packed(matter, stock) for matter in found]}


def index(stock: Catalogue) -> dict[str, Any]:
    """Everything but the matters, with the version of each matter in force."""
    codes = list(stock.matters)
    return {
        "edition": stock.etag,
        "imported_at": stock.imported_at,
        "versions": {code: matter.version for code, matter in (*stock.matters.items(), *stock.composed.items())},
        "composed": list(stock.composed),
        "bundles": [_bundle(stock, code) for code in stock.bundles],
        "departments": [{"code": d.code, "zh": d.label("zh"), "en": d.label("en")} for d in stock.departments.values()],
        "life_events": [
            {
                "code": e.code,
                "zh": e.zh,
                "en": e.en,
                "icon": e.icon,
                "sheet": icons.sheet_number(f"{e.icon}-duotone"),
                "matters": [codes[at] for at in sorted(stock.facets.life_event[e.code])],
            }
            for e in stock.life_events
            if e.count
        ],
        "popular": sorted((code for code in popular.MATTERS if code in stock.matters), key=popular.MATTERS.__getitem__),
        "synonyms": dict(stock.synonyms),
        "syllables": _syllables(),
        "words": {kind.__name__: {each.value: [each.zh, each.en] for each in kind} for kind in _WORDS},
        "groups": _groups(stock),
        "options": _options(stock),
    }


def _bundle(stock: Catalogue, code: str) -> dict[str, Any]:
    """The guide of a bundle with all of its parts, each with the sprite that has its icon."""
    plain: dict[str, Any] = msgspec.to_builtins(bundle_guiding.guide_of(stock, code))
    parts = [{**part, "sheet": icons.sheet_number(part["icon"])} for part in plain["parts"]]
    return {**plain, "parts": parts}


def packed(matter: Matter, stock: Catalogue) -> dict[str, Any]:
    """One matter: plain values, nothing empty. `sounds` has the pinyin of its name and then of each alias."""
    plain = msgspec.to_builtins(matter)
    spelt = phrases.spelled(matter)
    kept = {name: plain[name] for name in _KEPT if plain[name] not in _EMPTY}
    kept["may_file_online"] = matter.may_file_online
    kept["sounds"] = [spelt.get(text, "") for text in map(wording.normal, (matter.name, *matter.aliases))]
    kept["minutes"] = guiding.minutes_to_fill(matter)
    kept["stages"] = [msgspec.to_builtins(stage) for stage in guiding.stages(matter)]
    kept["materials"] = [
        {name: paper[name] for name in _OF_A_PAPER if paper[name] not in _EMPTY} for paper in plain["materials"]
    ]
    groups = [group.name for group in matter.form.groups]
    own_groups = {g.name: msgspec.to_builtins(g) for g in matter.form.groups if _shared(stock).get(g.name) != g}
    kept["form"] = {
        "groups": groups,
        "fields": plain["form"]["fields"],
        **({"own_groups": own_groups} if own_groups else {}),
    }
    return kept


def _shared(stock: Catalogue) -> dict[str, Any]:
    """Each shared group as most matters have it."""
    kept = _GROUPS.get(stock.etag)
    if kept is None:
        kept = {group.name: group for matter in stock.matters.values() for group in matter.form.groups}
        _GROUPS.clear()
        _GROUPS[stock.etag] = kept
    return kept


_GROUPS: dict[str, dict[str, Any]] = {}


def _groups(stock: Catalogue) -> dict[str, Any]:
    return {name: msgspec.to_builtins(group.fields) for name, group in _shared(stock).items()}


def _options(stock: Catalogue) -> dict[str, str]:
    """The options of every form that have an English name of their own."""
    forms = (matter.form for matter in stock.matters.values())
    fields = (field for form in forms for part in (*form.groups, form) for field in part.fields)
    with speaking("en"):
        named = {option: gettext(option) for field in fields for option in field.options}
    return {option: word for option, word in named.items() if word != option}


@cache
def _syllables() -> dict[str, str]:
    """Syllable without tone -> the characters that are read so first of all."""
    found: dict[str, list[str]] = defaultdict(list)
    first, last = map(ord, _COMMON_HAN)
    for point in range(first, last + 1):
        readings = pinyin_dict.pinyin_dict.get(point, "")
        if readings:
            sound = convert(readings.split(",")[0], Style.NORMAL, strict=False).replace("ü", "v")
            found[sound].append(chr(point))
    return {sound: "".join(characters) for sound, characters in sorted(found.items())}
