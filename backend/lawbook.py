"""The law's sentences, words and tables for the phone: written once, here in Python, and copied for JavaScript.

`python -m backend.lawbook` writes `pwa/static/js/law/book.js`; tests/house/test_lawbook.py checks that it is fresh.
What is reckoned with them stands in `pwa/static/js/law/`, function by function as in `backend/domain`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from backend.domain import forms, headings, hints, judging, materials, rules, tables, values
from backend.domain.refusal import Refusal
from backend.i18n import LANGUAGES, gettext, speaking
from backend.intake import dossier, refusals, showing, topics  # noqa: F401 - refusals: registers their sentences
from backend.problems import sentence_of
from shared_schemas import identity, numbers
from shared_schemas.id_kind import IdKind
from shared_schemas.matter_codes import MaterialForm, MaterialNeed
from shared_schemas.reasons import SENTENCES

BOOK = Path(__file__).parents[1] / "pwa/static/js/law/book.js"
_HEAD = "// Made by `just lawbook` from the hall's Python; a test checks that it is fresh. Not to be edited here.\n\n"


def _said(zh: str) -> list[str]:
    """A word of the pages in both languages."""
    with speaking("en"):
        return [zh, gettext(zh)]


def _refused(code: str) -> list[str]:
    """The sentence of a refusal in both languages."""
    sentences = []
    for lang in LANGUAGES:
        with speaking(lang):
            sentences.append(sentence_of(Refusal(code)))
    return sentences


def _escaped(pattern: str) -> str:
    """A regular expression in ASCII, for the `u` flag of JavaScript: what can't be seen is spelt out."""
    return "".join(mark if mark.isascii() else f"\\u{{{ord(mark):x}}}" for mark in pattern)


def _words() -> dict[str, Any]:
    return {
        "sentences": dict(SENTENCES),
        "materialFaults": {fault.value: [fault.zh, fault.en] for fault in materials.MaterialFault},
        "pages": {slug: [zh, en] for slug, zh, en in topics.GROUPS.values()},
        "otherPage": topics.OTHER_GROUP,
        "ownPage": topics.OWN_PAGE,
        "hints": {kind: _said(hint) for kind, hint in showing.HINTS.items()},
        "inDistrict": _said(showing.IN_DISTRICT),
        "oneALine": _said(showing.ONE_A_LINE),
        "suffixes": showing.SUFFIX,
        "yes": _said("是"),
        "no": _said("否"),
        "files": _said("{n} 个文件"),
        "noPaper": _said(dossier.NO_PAPER),
        "undecided": _refused("draft.undecided"),
        "columns": dict(headings.COLUMNS),
    }


def _tables() -> dict[str, Any]:
    return {
        "rules": rules.PATTERNS,
        "fileTypes": rules.FILE_TYPES,
        "true": sorted(each for each in values.TRUE if isinstance(each, str)),
        "false": sorted(each for each in values.FALSE if isinstance(each, str)),
        "mostRows": values.MOST_ROWS,
        "mostPlaces": values.MOST_PLACES,
        "mostPlacesInTable": tables.MOST_PLACES,
        "mostCharacters": judging.MOST_CHARACTERS,
        "companyTypes": tables.KIND_WORD,
        "groupOfKind": forms.GROUP_OF_KIND,
        "personNames": sorted(forms.PERSON_NAMES),
        "overridable": sorted(forms.OVERRIDABLE),
        "skippedPages": sorted(topics.SKIPPED),
        "slugs": {name: slug for name, (slug, _zh, _en) in topics.GROUPS.items()},
        "fieldsAPage": topics.FIELDS_A_PAGE,
        "missing": sorted(topics.MISSING),
        "materialNeeds": {need.name: need.value for need in MaterialNeed},
        "materialForms": {form.name: form.value for form in MaterialForm},
        "radiosAtMost": showing.RADIOS_AT_MOST,
        "widths": showing.WIDTH,
        "inputModes": dict(hints.INPUTMODE),
        "inputTypes": dict(hints.INPUT_TYPE),
        "autocomplete": dict(hints.AUTOCOMPLETE),
    }


def _people() -> dict[str, Any]:
    return {
        "idKinds": {kind.value: kind.zh for kind in IdKind},
        "provinces": sorted(identity.PROVINCES),
        "permitRegions": identity.PERMIT_REGIONS,
        "namePattern": _escaped(identity.NAME_PATTERN.removesuffix("(?!\n)")),
        "strangeMark": _escaped(identity.STRANGE_MARK),
        "selectors": _escaped(identity.SELECTORS),
        "nameMost": identity.NAME_MAX,
        "dots": identity.DOTS,
        "idWeights": numbers.ID_WEIGHTS,
        "idChecks": numbers.ID_CHECKS,
        "creditAlphabet": numbers.CREDIT_ALPHABET,
    }


def text() -> str:
    """The module as it should stand."""
    parts = {"WORDS": _words(), "TABLES": _tables(), "PEOPLE": _people()}
    lines = [
        f"export const {name} = {{\n"
        + "".join(f"  {key}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in part.items())
        + "};\n"
        for name, part in parts.items()
    ]
    return _HEAD + "\n".join(lines)


if __name__ == "__main__":
    BOOK.write_text(text(), encoding="utf-8")
