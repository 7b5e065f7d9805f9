"""约时间: the applicant takes one of the offered times or asks for another; staff offer anew, or agree by telephone."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import reading, recording, scope
from backend.domain import approval, surveying
from backend.domain.case import UNDER_WAY
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from backend.survey import sealing
from shared_schemas.case import Case
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.survey import TimeAgreed, TimeChosen, TimesOffered
from shared_schemas.vocabulary import Role

ACT = "survey_time"  # what open pages are told: no line of the case's log, so no verb


async def choose(case_no: str, given: TimeChosen, *, by: CitizenActor, now: datetime) -> None:
    """The applicant's answer.

    Raises Refusal: "survey.nothing_to_choose", "survey.already_fixed", "survey.time_not_offered", "survey.time_over",
    "survey.wish_missing".
    """
    async with db.transaction():
        case = await reading.owned(case_no, by.id)
        visit = await _open_visit(case)
        if visit is None:
            raise Refusal("survey.nothing_to_choose")
        if given.at is None:
            await _wish(visit["id"], given.wish, now)
        elif visit["fixed_at"] is not None and visit["fixed_at"] != given.at:
            raise Refusal("survey.already_fixed")
        else:
            surveying.check_choice(given.at, times_of(visit["offered"]), now)
            await _fix(visit["id"], given.at, now, by=None)
        await _tell(visit["id"])


async def _wish(visit: int, wish: str, now: datetime) -> None:
    """None of them suits: what would. The time that held, if any, holds no more."""
    if not wish.strip():
        raise Refusal("survey.wish_missing")
    await db.execute(
        "UPDATE survey_visit SET wish_sealed = $2, wished_at = $3, fixed_at = NULL, agreed_at = NULL, agreed_by = NULL "
        "WHERE id = $1",
        visit,
        sealing.seal("wish", visit, wish.strip()),
        now,
    )


async def _fix(visit: int, at: datetime, now: datetime, *, by: int | None) -> None:
    await db.execute(
        "UPDATE survey_visit SET fixed_at = $2, agreed_at = $3, agreed_by = $4, wish_sealed = NULL, wished_at = NULL "
        "WHERE id = $1",
        visit,
        at,
        now,
        by,
    )


async def offer(case_no: str, given: TimesOffered, *, by: OfficerActor, now: datetime) -> None:
    """Other times. Raises Refusal: those of `surveying.check_offered`, "survey.nothing_to_choose", "case.not_found"."""
    surveying.check_offered(given.offered, now)
    async with db.transaction():
        visit = await _staff_visit(case_no, by, "survey.times_offered", now)
        await db.execute(
            "UPDATE survey_visit SET offered = $2, offered_at = $3, times_offered = times_offered + 1, fixed_at = NULL, "
            "agreed_at = NULL, agreed_by = NULL, wish_sealed = NULL, wished_at = NULL WHERE id = $1",
            visit,
            [time.isoformat() for time in sorted(given.offered)],
            now,
        )
        await _tell(visit)


async def agree(case_no: str, given: TimeAgreed, *, by: OfficerActor, now: datetime) -> None:
    """A time agreed by telephone. Raises Refusal: those of `surveying.check_ahead`, and as `offer`."""
    surveying.check_ahead(given.at, now)
    async with db.transaction():
        visit = await _staff_visit(case_no, by, "survey.time_agreed", now)
        await _fix(visit, given.at, now, by=by.id)
        await _tell(visit)


def times_of(offered: list[str]) -> tuple[datetime, ...]:
    """The times as they are kept in a visit's row."""
    return tuple(datetime.fromisoformat(time) for time in offered)


async def _staff_visit(case_no: str, by: OfficerActor, what: str, now: datetime) -> int:
    """The open visit, for those who were sent and whoever may send: for anybody else there is no such case."""
    case = await reading.by_number(case_no)
    may_send = by.has(Role.APPROVER) and approval.may_read(case.department, by)
    if not (may_send or await scope.is_sent(case.id, by)):
        raise Refusal("case.not_found")
    visit = await _open_visit(case)
    if visit is None:
        raise Refusal("survey.nothing_to_choose")
    await audit(by, what, now=now, case_no=case_no)
    return visit["id"]


async def _open_visit(case: Case) -> db.Record | None:
    """The visit of the case's survey while that is not concluded and the case still under way, locked."""
    if case.step not in UNDER_WAY:
        return None
    return await db.fetchrow(
        "SELECT v.id, v.offered, v.fixed_at FROM survey_visit v JOIN survey s ON s.visit = v.id "
        "WHERE s.case_id = $1 AND s.is_current AND s.concluded_at IS NULL FOR UPDATE OF v",
        case.id,
    )


async def _tell(visit: int) -> None:
    """Open pages of every case of the visit ask again."""
    rows = await db.fetch("SELECT case_id FROM survey WHERE visit = $1 AND is_current", visit)
    for row in rows:
        await recording.announce(await reading.by_id(row["case_id"]), ACT)
