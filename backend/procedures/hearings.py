"""听证 (行政许可法 §46 to §48): told before the decision, asked for in five days, held in twenty, seven days' notice."""

from __future__ import annotations

from datetime import datetime

import msgspec

from backend import calendars, db
from backend.cases import drafting, facts, papers, recording, sealing
from backend.documents import shapes
from backend.domain import beside, hearing
from backend.domain.authority import is_related
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.people import roster
from backend.procedures import reckoning
from backend.procedures.serving import serve_now
from shared_schemas.case import Case
from shared_schemas.clock import StandstillKind
from shared_schemas.hearing import HearingChosen, HearingFixed, HearingHeld, HearingTold
from shared_schemas.people import CitizenActor, OfficerActor, SystemActor
from shared_schemas.vocabulary import DocumentKind, Role, Verb

LAW = SystemActor("law")


async def tell(case_no: str, given: HearingTold, *, by: OfficerActor, now: datetime) -> Case:
    """告知听证权利: what is intended and why, and until when a hearing may be asked for."""
    async with db.transaction():
        case = await recording.load_for(Verb.TELL_HEARING, case_no, by, now, seen=given.seen)
        until = hearing.choose_by(day_of(now), calendars.current())
        await db.execute(
            "INSERT INTO hearing (case_id, told_by, told_at, choose_by) VALUES ($1, $2, $3, $4)",
            case.id,
            by.id,
            now,
            until,
        )
        case = await recording.record(
            case, Verb.TELL_HEARING, by=by, at=now, particulars={"choose_by": until.isoformat()}
        )
        notice = shapes.HearingRight(
            head=await drafting.head(case, DocumentKind.HEARING_RIGHT, by=by, now=now),
            applicant=await drafting.party(case),
            intended=given.intended.strip(),
            facts=given.facts.strip(),
            choose_by=until,
        )
        await papers.issue(case, notice, by=by, now=now)
        await serve_now(case, DocumentKind.HEARING_RIGHT, notice.head.number, by=by, now=now)
    return case


async def choose(case_no: str, given: HearingChosen, *, by: CitizenActor, now: datetime) -> Case:
    """The applicant asks for the hearing, or waives it. Raises Refusal("case.no_hearing_told") after the five days."""
    verb = Verb.ASK_HEARING if given.is_wanted else Verb.WAIVE_HEARING
    async with db.transaction():
        case = await recording.load_for(verb, case_no, by, now, seen=given.seen)
        row = await db.fetchrow("SELECT id, choose_by FROM hearing WHERE case_id = $1 FOR UPDATE", case.id)
        if day_of(now) > row["choose_by"]:
            raise Refusal("case.no_hearing_told")
        await _keep_choice(row["id"], now, is_wanted=given.is_wanted)
        return await recording.record(case, verb, by=by, at=now)


async def _keep_choice(row: int, now: datetime, *, is_wanted: bool) -> None:
    await db.execute("UPDATE hearing SET chosen_at = $2, is_wanted = $3 WHERE id = $1", row, now, is_wanted)


async def lapse(now: datetime) -> int:
    """Five days went by without a word: the right is waived (§47). How many cases."""
    rows = await db.fetch(
        "SELECT h.id, c.case_no FROM hearing h JOIN case_file c ON c.id = h.case_id "
        "WHERE h.is_wanted IS NULL AND h.choose_by < $1 AND c.decided_at IS NULL ORDER BY h.id LIMIT 500",
        day_of(now),
    )
    return sum([await _lapse_one(row["case_no"], now) for row in rows])


async def _lapse_one(case_no: str, now: datetime) -> bool:
    try:
        async with db.transaction():
            case = await recording.load_for(Verb.WAIVE_HEARING, case_no, LAW, now)
            row = await db.fetchval(
                "SELECT id FROM hearing WHERE case_id = $1 AND is_wanted IS NULL AND choose_by < $2 FOR UPDATE",
                case.id,
                day_of(now),
            )
            if row is None:
                return False
            await _keep_choice(row, now, is_wanted=False)
            await recording.record(case, Verb.WAIVE_HEARING, by=LAW, at=now, particulars={"lapsed": True})
    except Refusal as refusal:
        if refusal.code == "case.moved_meanwhile":
            return False
        raise
    return True


async def fix(case_no: str, given: HearingFixed, *, by: OfficerActor, now: datetime) -> Case:
    """定听证: day, place and presider; from the service of the notice on the clock stands still (§45).

    Once more: another day or presider, with a new notice; the clock that stands still stays so.
    Raises Refusal("hearing.too_soon"), "hearing.too_late", "hearing.closed_day", "hearing.presider_unknown",
    "hearing.presider_elsewhere", "hearing.presider_related", "hearing.presider_involved".
    """
    async with db.transaction():
        case = await recording.load_for(Verb.FIX_HEARING, case_no, by, now, seen=given.seen)
        row = await db.fetchrow("SELECT id, chosen_at, standstill FROM hearing WHERE case_id = $1 FOR UPDATE", case.id)
        hearing.check_day(day_of(given.held_at), day_of(row["chosen_at"]), day_of(now), calendars.current())
        presider = await _presider(case, given.presider, now)
        notice = shapes.HearingNotice(
            head=await drafting.head(case, DocumentKind.HEARING_NOTICE, by=by, now=now),
            applicant=await drafting.party(case),
            held_at=given.held_at,
            place=given.place.strip(),
            presider=presider.name,
        )
        standstill = row["standstill"] or await _begin_standstill(case, notice.head.number, now)
        await db.execute(
            "UPDATE hearing SET fixed_by = $2, fixed_at = $3, held_at = $4, place = $5, presider = $6, standstill = $7 "
            "WHERE id = $1",
            row["id"],
            by.id,
            now,
            given.held_at,
            notice.place,
            presider.id,
            standstill,
        )
        case = await recording.record(
            case,
            Verb.FIX_HEARING,
            by=by,
            at=now,
            particulars={"held_on": day_of(given.held_at).isoformat(), "notice": notice.head.number},
            **await reckoning.columns(case, day_of(now)),
        )
        await papers.issue(case, notice, by=by, now=now)
        await serve_now(case, DocumentKind.HEARING_NOTICE, notice.head.number, by=by, now=now)
    return case


async def _begin_standstill(case: Case, notice: str, now: datetime) -> int:
    return await db.fetchval(
        "INSERT INTO standstill (case_id, kind, basis, notice, told_on) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        case.id,
        StandstillKind.HEARING,
        "《中华人民共和国行政许可法》第四十五条",
        notice,
        day_of(now) if case.citizen is not None else None,
    )


async def _presider(case: Case, staff_no: str, now: datetime) -> OfficerActor:
    """Somebody who can open the case and record what was said, else the hearing could never end."""
    found = await roster.by_number(staff_no, now)
    if found is None:
        raise Refusal("hearing.presider_unknown", staff_no=staff_no[:20])
    known = await facts.load(case)
    if not beside.may_preside(known, found.id):
        raise Refusal("hearing.presider_involved", who=found.name)
    if is_related(known, found):
        raise Refusal("hearing.presider_related", who=found.name)
    if not (found.has(Role.APPROVER) and any(each.department == case.department for each in found.authorities)):
        raise Refusal("hearing.presider_elsewhere", who=found.name)
    return found


async def hold(case_no: str, given: HearingHeld, *, by: OfficerActor, now: datetime) -> Case:
    """听证笔录, by whoever presided; the clock runs on from tomorrow. Raises Refusal("hearing.not_yet")."""
    async with db.transaction():
        case = await recording.load_for(Verb.HOLD_HEARING, case_no, by, now, seen=given.seen)
        row = await db.fetchrow(
            "SELECT id, held_at, place, standstill FROM hearing WHERE case_id = $1 FOR UPDATE", case.id
        )
        if now < row["held_at"]:
            raise Refusal("hearing.not_yet")
        await db.execute(
            "UPDATE standstill SET ends_on = $2 WHERE id = $1 AND told_on IS NOT NULL", row["standstill"], day_of(now)
        )
        sealed = sealing.seal(case_no, "hearing|record", msgspec.json.encode([given.present, given.record]))
        await db.execute(
            "UPDATE hearing SET recorded_at = $2, record_sealed = $3 WHERE id = $1", row["id"], now, sealed
        )
        case = await recording.record(
            case, Verb.HOLD_HEARING, by=by, at=now, **await reckoning.columns(case, day_of(now))
        )
        record = shapes.HearingRecord(
            head=await drafting.head(case, DocumentKind.HEARING_RECORD, by=by, now=now),
            applicant=await drafting.party(case),
            held_at=row["held_at"],
            place=row["place"],
            presider=by.name,
            present=given.present.strip(),
            record=given.record.strip(),
        )
        await papers.issue(case, record, by=by, now=now)
    return case
