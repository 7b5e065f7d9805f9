"""HTML forms of surveys, read into what the actions take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from litestar import Request
from msgspec import Struct

from backend.domain.refusal import Refusal
from backend.formats import hall_instant
from backend.i18n import language
from shared_schemas.checking import every_error
from shared_schemas.survey import SurveyDispatched, TimeAgreed, TimeChosen, TimesOffered

S = TypeVar("S", bound=Struct)
TIMES = ("time-1", "time-2", "time-3")


class Words(dict[str, str]):
    """What was typed, or is wrong, by field; a field nobody touched is empty text."""

    def __missing__(self, _name: str) -> str:
        return ""


async def form_of(request: Request[Any, Any, Any]) -> tuple[Words, dict[str, list[str]]]:
    """The posted fields: the last value of each, and every value of each."""
    form = await request.form()
    every: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        every.setdefault(name, []).append(str(value)[:2000])
    return Words({name: values[-1] for name, values in every.items()}), every


def shaped(shape: type[S], raw: Mapping[str, Any], names: Mapping[str, str]) -> S:
    """`raw` as `shape`. Raises Refusal("input.invalid") with every fault, under the names that the fields have on the page."""
    errors = every_error(shape, dict(raw), lang=language(), strict=False)
    if errors:
        raise Refusal(
            "input.invalid", errors={names.get(field.partition(".")[0], field): said for field, said in errors.items()}
        )
    return msgspec.convert(dict(raw), shape, strict=False)


def times(form: Words) -> list[str]:
    """The times that were filled in."""
    return [hall_instant(form[name]) for name in TIMES if form[name].strip()]


def dispatched(form: Words, every: Mapping[str, list[str]]) -> SurveyDispatched:
    """派出勘查, as the page has it."""
    seen = form["seen"]
    raw = {
        "inspectors": every.get("who", []),
        "place": form["place"].strip(),
        "offered": [] if form["agreed_at"].strip() else times(form),
        "agreed_at": hall_instant(form["agreed_at"]) if form["agreed_at"].strip() else None,
        "along": every.get("along", []),
        "seen": int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else None,
    }
    return shaped(SurveyDispatched, raw, {"inspectors": "who", "offered": "time-1"})


def offered(form: Words) -> TimesOffered:
    """Other times."""
    return shaped(TimesOffered, {"offered": times(form)}, {"offered": "time-1"})


def agreed(form: Words) -> TimeAgreed:
    """The time agreed by telephone."""
    return shaped(TimeAgreed, {"at": hall_instant(form["agreed_at"])}, {"at": "agreed_at"})


def chosen(form: Words) -> TimeChosen:
    """The applicant's answer: one of the tiles, or in their own words."""
    at = form["at"]
    raw = {"at": at} if at and at != "other" else {"at": None, "wish": form["wish"].strip()}
    return shaped(TimeChosen, raw, {"at": "at", "wish": "wish"})
