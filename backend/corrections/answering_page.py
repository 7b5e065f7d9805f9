"""The page on which a notice is answered, line by line: for the owner on a phone, for a clerk over the counter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar import Request, Response
from msgspec import Struct

from backend import catalogue, db, views
from backend.cases import reading, uploads
from backend.corrections import actions, queries
from backend.domain.calendar import day_of
from backend.domain.forms import questions
from backend.domain.refusal import Refusal
from backend.problems import problem_of
from backend.settings import settings
from shared_schemas.case import Case
from shared_schemas.correction import AnswerGiven, CorrectionAnswered, CorrectionLine, OpenCorrection
from shared_schemas.form import FormField
from shared_schemas.people import CitizenActor, OfficerActor


class OpenLine(Struct, frozen=True):
    """A line with what is there already: files on their way, the question it is about, the answer as it stands."""

    line: CorrectionLine
    slot: str
    files: tuple[tuple[str, str], ...] = ()
    question: FormField | None = None
    value: str = ""
    error: str = ""

    @property
    def options(self) -> list[tuple[str, str]]:
        """The answers to choose from."""
        return [(option, option) for option in self.question.options] if self.question else []


async def show(
    request: Request[Any, Any, Any],
    case: Case,
    owner: str,
    back: str,
    now: datetime,
    *,
    refusal: Refusal | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response[Any]:
    """The page; `refusal` is what was wrong with what was just sent. Nothing open: a plain page that says so."""
    notice = await queries.open_of(case.id)
    matter = await catalogue.version(case.matter, case.matter_version)
    problem = problem_of(refusal) if refusal else None
    lines = await _lines(case, notice, owner, typed or {}, problem.errors if problem else {}) if notice else []
    return views.page(
        request,
        "corrections/answer.html",
        status_code=problem.status if problem else 200,
        case=case,
        matter=matter,
        notice=notice,
        lines=lines,
        back=back,
        problem=problem,
        most=settings.max_upload_bytes,
        today=day_of(now),
        action=f"{back}/correction" if back.startswith("/cases/") else f"{back}/answer",
    )


async def _lines(
    case: Case, notice: OpenCorrection, owner: str, typed: Mapping[str, str], errors: Mapping[str, str]
) -> list[OpenLine]:
    matter = await catalogue.version(case.matter, case.matter_version)
    asked = {question.path: question.field for question in questions(matter.form)}
    form = await reading.form_of(case)
    files = await uploads.loose(owner, [uploads.slot_of(line.id) for line in notice.items])
    return [
        OpenLine(
            line,
            uploads.slot_of(line.id),
            tuple(files.get(uploads.slot_of(line.id), ())),
            asked.get(line.field or ""),
            typed.get(f"value-{line.id}") or _said(form.get(line.field or "")),
            errors.get(str(line.id), ""),
        )
        for line in notice.items
    ]


def _said(value: Any) -> str:
    return "" if value is None else "；".join(map(str, value)) if isinstance(value, list) else str(value)


async def send(
    case: Case, form: Mapping[str, str], *, by: CitizenActor | OfficerActor, now: datetime
) -> Refusal | None:
    """Answer the open notice from the page's form: files are those uploaded for its lines. What is wrong, or None."""
    notice = await queries.open_of(case.id)
    if notice is None:
        return Refusal("correction.answered")
    files = await uploads.loose(uploads.owner_of(by), [uploads.slot_of(line.id) for line in notice.items])
    given = tuple(
        AnswerGiven(line.id, uploads=tuple(upload for upload, _ in files.get(uploads.slot_of(line.id), ())))
        if line.material
        else AnswerGiven(line.id, value=form.get(f"value-{line.id}", "").strip())
        for line in notice.items
    )
    try:
        async with db.transaction():
            await actions.answer(case.case_no, notice.id, CorrectionAnswered(given), by=by, now=now)
    except Refusal as refusal:
        return refusal
    return None
