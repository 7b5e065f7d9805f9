"""一次性告知: every defect at once, with what is required and how to put it right (行政许可法 §32(4))."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from backend import calendars, catalogue, db
from backend.cases import drafting, papers, reading, recording, sealing
from backend.corrections import again as second
from backend.corrections import queries
from backend.documents import shapes
from backend.domain.calendar import day_of
from backend.domain.forms import questions
from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.correction import CorrectionAsked, DefectAsked
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import DocumentKind, Step, Verb

# [L] The law names no day; five working days is the hall's rule.
ANSWER_WITHIN = 5
_MOST_DAYS = timedelta(days=90)
# Who applies was verified; a case can't become somebody else's.
IDENTITY = frozenset({"name", "id_type", "id_no", "org_name", "uscc", "applicant_kind"})
_AFTER_ACCEPTANCE = ("《中华人民共和国行政许可法》第三十一条",)


class Line(Struct, frozen=True):
    """A defect with what a person calls its place."""

    place: str
    label: str
    asked: DefectAsked


async def ask_correction(case_no: str, given: CorrectionAsked, *, by: OfficerActor, now: datetime) -> Case:
    """Before acceptance: no clock runs while the applicant corrects. Returns the case, now waiting for them.

    Raises Refusal("correction.one_place" | ".unknown_place" | ".identity" | ".twice" | ".due" | ".said_once").
    """
    return await _ask(Verb.ASK_CORRECTION, case_no, given, by, now)


async def ask_supplement(case_no: str, given: CorrectionAsked, *, by: OfficerActor, now: datetime) -> Case:
    """After acceptance: the statutory clock goes on (it is not in 行政许可法 §45)."""
    return await _ask(Verb.ASK_SUPPLEMENT, case_no, given, by, now)


async def ask(case_no: str, given: CorrectionAsked, *, by: OfficerActor, now: datetime) -> Case:
    """Whichever of the two the case's step calls for."""
    case = await reading.by_number(case_no)
    verb = Verb.ASK_CORRECTION if case.step is Step.RECEIVED else Verb.ASK_SUPPLEMENT
    return await _ask(verb, case_no, given, by, now)


async def _ask(verb: Verb, case_no: str, given: CorrectionAsked, by: OfficerActor, now: datetime) -> Case:
    async with db.transaction():
        case = await recording.load_for(verb, case_no, by, now, seen=given.seen)
        lines = await _lines(case, given)
        due_on = given.due_on or calendars.current().add_workdays(day_of(now), ANSWER_WITHIN).day
        if not day_of(now) < due_on <= day_of(now) + _MOST_DAYS:
            raise Refusal("correction.due")
        again = await queries.asked_before(case.id) & {line.place for line in lines}
        allowed = await second.use(case, again, tuple(line.label for line in lines if line.place in again))
        handler = (
            {} if verb is Verb.ASK_SUPPLEMENT else {"handler": by.id, "first_handler": case.first_handler or by.id}
        )
        case = await recording.record(
            case,
            verb,
            by=by,
            at=now,
            particulars={"defects": len(lines), "due_on": due_on.isoformat(), "again": len(again)},
            **handler,
        )
        await _keep(case, verb, lines, allowed, due_on, by, now)
        await second.used(allowed[0], now)
        articles = _AFTER_ACCEPTANCE if verb is Verb.ASK_SUPPLEMENT else ()
        notice = shapes.OneTimeNotice(
            head=await drafting.head(case, DocumentKind.ONE_TIME_NOTICE, by=by, now=now, articles=articles),
            applicant=await drafting.party(case),
            received_on=day_of(case.received_at),
            defects=tuple(
                shapes.Defect(line.label, line.asked.problem, line.asked.requirement, line.asked.how_to_fix)
                for line in lines
            ),
            answer_by=due_on,
        )
        await papers.issue(case, notice, by=by, now=now)
    return case


async def _lines(case: Case, given: CorrectionAsked) -> list[Line]:
    matter = await catalogue.version(case.matter, case.matter_version)
    materials = {m.key: m.name for m in await reading.materials_of(case.id)}
    fields = {question.path: question.field.label("zh") for question in questions(matter.form)}
    lines: list[Line] = []
    for asked in given.items:
        if (asked.material is None) == (asked.field is None):
            raise Refusal("correction.one_place")
        place = asked.material or asked.field or ""
        label = materials.get(place) if asked.material else fields.get(place)
        if label is None:
            raise Refusal("correction.unknown_place", place=place[:40])
        if asked.field in IDENTITY:
            raise Refusal("correction.identity", place=label)
        if any(line.place == place for line in lines):
            raise Refusal("correction.twice", place=label)
        lines.append(Line(place, label, asked))
    return lines


async def _keep(
    case: Case,
    verb: Verb,
    lines: list[Line],
    allowed: tuple[int | None, str],
    due_on: object,
    by: OfficerActor,
    now: datetime,
) -> None:
    correction = await db.fetchval(
        "INSERT INTO correction (case_id, kind, asked_by, asked_at, due_on, second_notice, again_reason) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        case.id,
        "correction" if verb is Verb.ASK_CORRECTION else "supplement",
        by.id,
        now,
        due_on,
        *allowed,
    )
    await db.executemany(
        "INSERT INTO correction_item (correction, position, material, field, label, words_sealed) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        [
            (
                correction,
                position,
                line.asked.material,
                line.asked.field,
                line.label,
                sealing.seal_json(
                    case.case_no,
                    f"defect.{correction}.{position}",
                    [text.strip() for text in (line.asked.problem, line.asked.requirement, line.asked.how_to_fix)],
                ),
            )
            for position, line in enumerate(lines, start=1)
        ],
    )
