"""补正 from the phone (or over the counter): every line at once, the old files are kept, the same clerk looks again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend import catalogue, crypto, db
from backend.cases import closing, reading, recording, remarks, sealing, uploads
from backend.corrections import queries
from backend.domain import values
from backend.domain.calendar import day_of
from backend.domain.forms import read_form
from backend.domain.refusal import Refusal
from backend.i18n import language
from shared_schemas.case import Case
from shared_schemas.correction import AnswerGiven, CorrectionAnswered, CorrectionLine, OpenCorrection, Withdrawal
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.reasons import sentence
from shared_schemas.vocabulary import Verb


async def answer(
    case_no: str, correction: int, given: CorrectionAnswered, *, by: CitizenActor | OfficerActor, now: datetime
) -> Case:
    """Answer every line of the open notice; the case goes back to where it stood, to the same handler.

    Raises Refusal("correction.incomplete", errors={line id: sentence}), "correction.not_found", "correction.answered",
    "correction.upload_not_ready".
    """
    async with db.transaction():
        case = await _for_answer(case_no, correction, by)
        notice = await queries.open_of(case.id)
        if notice is None or notice.id != correction:
            raise Refusal("correction.not_found")
        verb = Verb.ANSWER_CORRECTION if notice.kind == "correction" else Verb.ANSWER_SUPPLEMENT
        case = await recording.load_for(verb, case_no, by, now, seen=given.seen)
        answers = _matched(notice, given)
        form = await _form_with(case, notice, answers, now)
        files = 0
        for line in notice.items:
            files += await _keep(case, line, answers[line.id], by, now)
        await db.execute("UPDATE correction SET answered_at = $2 WHERE id = $1", notice.id, now)
        if form is not None:
            blob = sealing.seal_json(case.case_no, "form", form)
            await db.execute("UPDATE case_file SET form_sealed = $2 WHERE id = $1", case.id, blob)
        return await recording.record(
            case, verb, by=by, at=now, particulars={"lines": len(notice.items), "files": files}
        )


async def _for_answer(case_no: str, correction: int, by: CitizenActor | OfficerActor) -> Case:
    """The case the notice belongs to, for this person; answered notices are told apart from unknown ones."""
    case = await (reading.owned(case_no, by.id) if isinstance(by, CitizenActor) else reading.by_number(case_no))
    # Two taps at once: the second waits here and then finds the notice answered.
    await db.execute("SELECT 1 FROM case_file WHERE id = $1 FOR UPDATE", case.id)
    if await queries.is_answered(case.id, correction):
        raise Refusal("correction.answered")
    return case


def _matched(notice: OpenCorrection, given: CorrectionAnswered) -> dict[int, AnswerGiven]:
    answers = {answer.id: answer for answer in given.items}
    errors = {
        str(line.id): "correction.files_needed" if line.material else "correction.value_needed"
        for line in notice.items
        if not _is_full(line, answers.get(line.id))
    }
    if errors:
        raise Refusal("correction.incomplete", errors=errors)
    return answers


def _is_full(line: CorrectionLine, answer: AnswerGiven | None) -> bool:
    if answer is None:
        return False
    return bool(answer.uploads) if line.material else not values.is_empty(answer.value)


async def _form_with(
    case: Case, notice: OpenCorrection, answers: dict[int, AnswerGiven], now: datetime
) -> dict[str, Any] | None:
    """The form with the new answers, checked like at filing; None when the notice asks for files only."""
    lines = {line.field: line.id for line in notice.items if line.field}
    if not lines:
        return None
    matter = await catalogue.version(case.matter, case.matter_version)
    form = await reading.form_of(case) | {path: answers[line].value for path, line in lines.items()}
    read = read_form(matter.form, form, day_of(now))
    errors = {str(line): sentence(read.faults[path], language()) for path, line in lines.items() if path in read.faults}
    if errors:
        raise Refusal("correction.incomplete", errors=errors)
    return form | {path: read.values[path] for path in lines if path in read.values}


async def _keep(
    case: Case, line: CorrectionLine, answer: AnswerGiven, by: CitizenActor | OfficerActor, now: datetime
) -> int:
    sealed = None
    if line.material:
        await uploads.claim(case, uploads.owner_of(by), answer.uploads)
        await uploads.replace(case, line.material, answer.uploads, now)
    else:
        sealed = crypto.seal(str(answer.value), f"correction_item|answer|{line.id}")
    await db.execute(
        "UPDATE correction_item SET answered_at = $2, answer_sealed = $3 WHERE id = $1", line.id, now, sealed
    )
    return len(answer.uploads)


async def withdraw(case_no: str, given: Withdrawal, *, by: CitizenActor, now: datetime) -> Case:
    """撤回: the applicant takes it back before the decision; the hall closes the case."""
    async with db.transaction():
        case = await recording.load_for(Verb.WITHDRAW, case_no, by, now, seen=given.seen)
        case = await recording.record(case, Verb.WITHDRAW, by=by, at=now)
        await remarks.write(case, given.reason)
        return await closing.close(case, now)
