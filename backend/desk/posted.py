"""HTML forms of the desk and the sheet, read into what the actions take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Request

from backend.desk.sheet import Sheet
from backend.domain.refusal import Refusal
from backend.people.pages.forms import shaped
from shared_schemas.correction import CorrectionAsked, DefectAsked
from shared_schemas.second_notice import SecondNoticeAsked

__all__ = ["Words", "asked", "form_of", "lines_of", "seen_of", "shaped"]


class Words(dict[str, str]):
    """What was typed, or is wrong, by field; a field nobody touched is empty text."""

    def __missing__(self, _name: str) -> str:
        return ""


async def form_of(request: Request[Any, Any, Any]) -> dict[str, str]:
    """The posted fields as text."""
    return {name: str(value)[:4000] for name, value in (await request.form()).items()}


def seen_of(form: Mapping[str, str]) -> int | None:
    """The `seq` the officer had on screen."""
    seen = form.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else None


def lines_of(text: str) -> tuple[str, ...]:
    """One entry a line, empty ones left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def asked(form: Mapping[str, str], sheet: Sheet) -> CorrectionAsked:
    """The correction sheet: `on-<place>` ticks a line, `problem-`, `requirement-` and `fix-<place>` fill it.

    Raises Refusal("input.invalid") naming each ticked line without a problem, and when nothing is ticked.
    """
    materials = {paper.material.key for paper in sheet.papers}
    places = [name.removeprefix("on-") for name in form if name.startswith("on-")]
    errors = {
        f"problem-{place}": "review.note_needed" for place in places if not form.get(f"problem-{place}", "").strip()
    }
    if not places:
        errors["items"] = "review.nothing_ticked"
    if errors:
        raise Refusal("input.invalid", errors=errors)
    items = tuple(
        DefectAsked(
            problem=form[f"problem-{place}"].strip()[:1000],
            requirement=form.get(f"requirement-{place}", "").strip()[:1000],
            how_to_fix=form.get(f"fix-{place}", "").strip()[:1000],
            material=place if place in materials else None,
            field=None if place in materials else place,
        )
        for place in places
    )
    return CorrectionAsked(items, _day(form.get("due_on", "")), seen=seen_of(form))


def asked_again(form: Mapping[str, str], sheet: Sheet) -> SecondNoticeAsked:
    """What is ticked on the correction sheet and was asked for before, with the officer's reason for a second notice.

    Raises Refusal("input.invalid") when nothing of that is ticked, or without a reason.
    """
    ticked = {name.removeprefix("on-") for name in form if name.startswith("on-")}
    places = tuple(sorted(ticked & sheet.asked_before))
    if not places:
        raise Refusal("input.invalid", errors={"again_reason": "second_notice.choose"})
    reason = form.get("again_reason", "")
    if not reason.strip():
        raise Refusal("input.invalid", errors={"again_reason": "second_notice.say_why"})
    return SecondNoticeAsked(places, reason[:2000])


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal("input.invalid", errors={"due_on": "correction.due"}) from None
