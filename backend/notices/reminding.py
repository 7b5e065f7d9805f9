"""What time says, not an act: a correction nobody answered, papers that never followed, a promised day gone. Each once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from backend import db
from backend.domain.calendar import day_of
from backend.domain.notices import correction_reminder
from backend.notices.telling import Telling, make, told_to
from shared_schemas.notice import NoticeKind

# A hall that was away for longer, or was just restored, does not call everybody at once about what is long past.
_AT_MOST_LATE = timedelta(days=3)
_MOVED_AT_ONCE = 500

_WHO = (
    "c.id AS case_id, c.case_no, c.citizen, c.told_sealed, a.id AS applicant, "
    "c.mobile_index IS NOT NULL AND c.mobile_index IS DISTINCT FROM o.mobile_index AS has_own_number"
)
_JOINED = (
    "LEFT JOIN citizen o ON o.id = c.citizen AND NOT o.is_cancelled "
    "LEFT JOIN citizen a ON a.id_index = c.applicant_id_index AND NOT a.is_cancelled"
)


async def remind(now: datetime) -> int:
    """Make the reminders that are due; returns how many were looked at. Safe to run as often as one likes."""
    today = day_of(now)
    async with db.transaction():
        tellings = [
            *await _corrections(today, now),
            *await _to_follow(today, now),
            *await _promises(today, now),
            *await _surveys(today, now),
        ]
        await make(tellings, now)
        return len(tellings) + await _moved(now)


async def _corrections(today: date, now: datetime) -> list[Telling]:
    rows = await db.fetch(
        f"SELECT {_WHO}, k.due_on, (SELECT max(e.seq) FROM case_event e WHERE e.case_id = c.id "
        "AND e.verb IN ('ask_correction', 'ask_supplement')) AS seq "
        f"FROM correction k JOIN case_file c ON c.id = k.case_id {_JOINED} WHERE k.answered_at IS NULL "
        "AND c.step IN ('correcting', 'supplementing') AND k.due_on BETWEEN $1 AND $2",
        today - _AT_MOST_LATE,
        today + timedelta(days=1),
    )
    return [
        telling
        for row in rows
        if (kind := correction_reminder(row["due_on"], today)) is not None
        for telling in _tellings(row, kind, row["due_on"], now)
    ]


async def _to_follow(today: date, now: datetime) -> list[Telling]:
    rows = await db.fetch(
        f"SELECT {_WHO}, p.supply_by AS due_on, (SELECT max(e.seq) FROM case_event e WHERE e.case_id = c.id "
        "AND e.verb IN ('accept', 'deem_accepted')) AS seq "
        f"FROM promise p JOIN case_file c ON c.id = p.case_id {_JOINED} WHERE p.supply_by BETWEEN $1 AND $2 "
        "AND c.step IN ('accepted', 'supplementing', 'reviewed', 'checked') "
        "AND EXISTS (SELECT FROM case_material m WHERE m.case_id = c.id AND m.how = 'later')",
        today,
        today + timedelta(days=1),
    )
    return [telling for row in rows for telling in _tellings(row, NoticeKind.SUPPLY_DUE, row["due_on"], now)]


async def _promises(today: date, now: datetime) -> list[Telling]:
    rows = await db.fetch(
        f"SELECT {_WHO}, c.promised_due_on AS due_on, (SELECT max(e.seq) FROM case_event e WHERE e.case_id = c.id "
        "AND e.verb IN ('accept', 'deem_accepted')) AS seq "
        f"FROM case_file c {_JOINED} WHERE c.accepted_at IS NOT NULL AND c.decided_at IS NULL "
        "AND c.step IN ('accepted', 'supplementing', 'reviewed', 'checked') "
        "AND c.promised_due_on >= $1 AND c.promised_due_on < $2",
        today - _AT_MOST_LATE,
        today,
    )
    return [telling for row in rows for telling in _tellings(row, NoticeKind.PROMISE_OVER, row["due_on"], now)]


async def _moved(now: datetime) -> int:
    """A new calendar moved the promised day: each applicant is told once a version, some hundreds a round."""
    rows = await db.fetch(
        "UPDATE due_move m SET is_told = true WHERE m.id IN (SELECT id FROM due_move WHERE NOT is_told ORDER BY id "
        "LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING m.case_id, m.release, m.due_on",
        _MOVED_AT_ONCE,
    )
    who = await db.fetch(
        f"SELECT {_WHO} FROM case_file c {_JOINED} WHERE c.id = ANY($1) AND c.decided_at IS NULL",
        [row["case_id"] for row in rows],
    )
    moved = {row["case_id"]: row for row in rows if row["due_on"]}
    tellings = [
        telling
        for row in who
        if (move := moved.get(row["case_id"]))
        # No event of the case told of it: the version of the calendar stands in the place of one.
        for telling in _tellings({**row, "seq": -move["release"]}, NoticeKind.DUE_MOVED, move["due_on"], now)
    ]
    await make(tellings, now)
    return len(tellings)


async def _surveys(today: date, now: datetime) -> list[Telling]:
    """Visits of tomorrow, and those for which other times were offered: each visit once, by the first of its cases."""
    rows = await db.fetch(
        f"SELECT DISTINCT ON (v.id, v.fixed_at) {_WHO}, (v.fixed_at AT TIME ZONE 'Asia/Shanghai')::date AS due_on, "
        "(SELECT max(e.seq) FROM case_event e WHERE e.case_id = c.id AND e.verb = 'dispatch_survey') AS seq "
        f"FROM survey_visit v JOIN survey s ON s.visit = v.id AND s.is_current AND s.concluded_at IS NULL "
        f"JOIN case_file c ON c.id = s.case_id {_JOINED} "
        "WHERE c.step IN ('accepted', 'supplementing', 'reviewed', 'checked') AND ("
        "(v.fixed_at AT TIME ZONE 'Asia/Shanghai')::date = $1 "
        "OR (v.fixed_at IS NULL AND v.times_offered > 1 AND v.wished_at IS NULL)) ORDER BY v.id, v.fixed_at, s.id",
        today + timedelta(days=1),
    )
    return [
        telling
        for row in rows
        for telling in _tellings(
            row,
            NoticeKind.SURVEY_SOON if row["due_on"] else NoticeKind.SURVEY_TIMES,
            row["due_on"] or today,
            now,
        )
    ]


def _tellings(row: Any, kind: NoticeKind, due_on: date, now: datetime) -> list[Telling]:
    return [
        Telling(
            case_id=row["case_id"],
            seq=row["seq"],
            kind=kind,
            facts={"due": due_on.isoformat()},
            at=now,
            to=to,
            is_loud=to.is_loud,
            lang=told.lang,
            mobile=told.number_of(to.party) if to.citizen is None else "",
        )
        for told, to in told_to(row)
    ]
