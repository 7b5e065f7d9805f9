"""特别程序 (行政许可法 §45): the clock stands still, but only from the day on which the notice of it was served."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import drafting, papers, reading, recording, sealing, services
from backend.documents import shapes
from backend.domain.calendar import day_of
from backend.domain.clock import STOPS_BY_LAW
from backend.domain.refusal import Refusal
from backend.procedures import reckoning
from backend.procedures.serving import serve_now
from shared_schemas.case import Case
from shared_schemas.clock import StandstillKind
from shared_schemas.people import OfficerActor
from shared_schemas.procedure import NoticeServed, ProcedureEnded, ProcedureStarted
from shared_schemas.vocabulary import DocumentKind, Verb

# A hearing has its own way to begin and end (§46 to §48).
KINDS = STOPS_BY_LAW - {StandstillKind.HEARING}


async def start(case_no: str, given: ProcedureStarted, *, by: OfficerActor, now: datetime) -> Case:
    """Begin a special procedure and tell the applicant in writing.

    Whoever filed by phone is served at once; else the clock runs on until `serve` says when the notice arrived.
    Raises Refusal("procedure.not_in_law") for what §45 doesn't name.
    """
    if given.kind not in KINDS:
        raise Refusal("procedure.not_in_law", kind=given.kind)
    async with db.transaction():
        case = await recording.load_for(Verb.START_PROCEDURE, case_no, by, now, seen=given.seen)
        notice = shapes.ProcedureNotice(
            head=await drafting.head(case, DocumentKind.PROCEDURE_NOTICE, by=by, now=now),
            applicant=await drafting.party(case),
            kind=given.kind.label("zh"),
            basis=given.basis.strip(),
            reason=given.reason.strip(),
            needed=f"{given.needed_days} 日",
        )
        is_served = case.citizen is not None
        standstill = await db.fetchval(
            "INSERT INTO standstill (case_id, kind, basis, notice, told_on) VALUES ($1, $2, $3, $4, $5) RETURNING id",
            case.id,
            given.kind,
            notice.basis,
            notice.head.number,
            day_of(now) if is_served else None,
        )
        await db.execute(
            "INSERT INTO procedure (case_id, kind, standstill, needed_days, reason_sealed, started_by, started_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            case.id,
            given.kind,
            standstill,
            given.needed_days,
            sealing.seal(case_no, f"procedure|{standstill}", notice.reason),
            by.id,
            now,
        )
        case = await recording.record(
            case,
            Verb.START_PROCEDURE,
            by=by,
            at=now,
            particulars={"kind": given.kind, "days": given.needed_days, "notice": notice.head.number},
            **await reckoning.columns(case, day_of(now)),
        )
        await papers.issue(case, notice, by=by, now=now)
        await serve_now(case, DocumentKind.PROCEDURE_NOTICE, notice.head.number, by=by, now=now)
    return case


async def serve(case_no: str, given: NoticeServed, *, by: OfficerActor, now: datetime) -> Case:
    """The notice reached an applicant without an account: from that day the clock stands still.

    Raises Refusal("procedure.nothing_to_serve"), "procedure.served_too_early" for a day before the notice,
    "procedure.served_in_future".
    """
    if given.served_on > day_of(now):
        raise Refusal("procedure.served_in_future")
    async with db.transaction():
        case = await recording.load_for(Verb.END_PROCEDURE, case_no, by, now)
        row = await db.fetchrow(
            "SELECT s.id, s.notice, p.started_at FROM procedure p JOIN standstill s ON s.id = p.standstill "
            "WHERE p.case_id = $1 AND p.ended_at IS NULL AND s.told_on IS NULL FOR UPDATE OF s",
            case.id,
        )
        if row is None:
            raise Refusal("procedure.nothing_to_serve")
        if given.served_on < day_of(row["started_at"]):
            raise Refusal("procedure.served_too_early", day=day_of(row["started_at"]).isoformat())
        await db.execute("UPDATE standstill SET told_on = $2 WHERE id = $1", row["id"], given.served_on)
        await services.reached(case, row["notice"], given.served_on, given.recipient.strip())
        await reckoning.keep(case, day_of(now))
    return await reading.by_number(case_no)


async def end(case_no: str, given: ProcedureEnded, *, by: OfficerActor, now: datetime) -> Case:
    """The procedure is over: its last day still stands still, the clock runs on from the next."""
    async with db.transaction():
        case = await recording.load_for(Verb.END_PROCEDURE, case_no, by, now, seen=given.seen)
        row = await db.fetchrow(
            "SELECT id, kind, standstill FROM procedure WHERE case_id = $1 AND ended_at IS NULL FOR UPDATE", case.id
        )
        await db.execute("UPDATE standstill SET ends_on = $2 WHERE id = $1", row["standstill"], day_of(now))
        await db.execute(
            "UPDATE procedure SET ended_by = $2, ended_at = $3, result_sealed = $4 WHERE id = $1",
            row["id"],
            by.id,
            now,
            sealing.seal(case_no, f"procedure|{row['standstill']}|result", given.result.strip()),
        )
        return await recording.record(
            case,
            Verb.END_PROCEDURE,
            by=by,
            at=now,
            particulars={"kind": row["kind"]},
            **await reckoning.columns(case, day_of(now)),
        )
