"""The lists of the desk: what an officer has, what waits, what he did today. Names come masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from backend import calendars, catalogue, crypto, db
from backend.cases import facts, reading
from backend.domain import approval
from backend.domain.calendar import SHANGHAI, Calendar, day_of
from backend.domain.case import BESIDE
from backend.domain.masking import mask_name
from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.review import CaseState, DeskList, DeskRow
from shared_schemas.vocabulary import ApplicantKind, Step, Tier, Verb

MOST = 100
_COLUMNS = ", ".join(f"c.{name}" for name in reading.COLUMNS.split(", "))
_SELECT = (
    f"SELECT {_COLUMNS}, o.name AS handler_name, e.verb AS last_verb FROM case_file c "
    "LEFT JOIN officer o ON o.id = c.handler JOIN case_event e ON e.case_id = c.id AND e.seq = c.seq "
)
_DONE_TODAY = "c.id IN (SELECT case_id FROM case_event WHERE by_kind = 'officer' AND by_id = $1 AND at >= $2)"

# What came back from the citizen lies on top.
_DESK = {
    "hand": "WHERE c.handler = $1 AND c.step = 'received' AND $2::timestamptz IS NOT NULL "
    "ORDER BY (e.verb = 'answer_correction') DESC, c.received_at",
    "correction": "WHERE (c.handler = $1 OR c.first_handler = $1) AND c.step IN ('correcting', 'supplementing') "
    "AND $2::timestamptz IS NOT NULL ORDER BY c.received_at",
    "today": f"WHERE {_DONE_TODAY} ORDER BY e.at DESC",
    "waiting": "WHERE c.step = 'received' AND c.handler IS NULL AND $1::bigint IS NOT NULL "
    "AND $2::timestamptz IS NOT NULL ORDER BY c.received_at",
}
_APPROVING = (
    "WHERE c.step = ANY($1) AND c.department = ANY($2) ORDER BY c.promised_due_on NULLS LAST, c.received_at LIMIT 400"
)
_UNDER_REVIEW = ("accepted", "reviewed", "checked")


def _midnight(now: datetime) -> datetime:
    return datetime.combine(day_of(now), time(), SHANGHAI)


async def desk(officer: OfficerActor, segment: str, now: datetime) -> DeskList:
    """A clerk's list: "hand" (on my desk), "correction" (with the citizen), "today" (done today), "waiting" (pool)."""
    start = _midnight(now)
    rows = await db.fetch(f"{_SELECT} {_DESK[segment]} LIMIT {MOST}", officer.id, start)
    counts = {name: await _count(where, officer.id, start) for name, where in _DESK.items()}
    return DeskList(segment, await _rows(rows, now), counts)


async def _count(where: str, officer: int, start: datetime) -> int:
    which = where.partition(" ORDER BY ")[0]
    return await db.fetchval(f"SELECT count(*) FROM case_file c {which}", officer, start)


async def approvals(officer: OfficerActor, segment: str, now: datetime) -> DeskList:
    """An approver's list.

    "mine" waits for my tier, "below" is a lower tier's that I may sign too, "asked" is with the citizen, "today" what
    I did.
    """
    departments = sorted({letter.department for letter in officer.authorities})
    under = await db.fetch(f"{_SELECT} {_APPROVING}", list(_UNDER_REVIEW), departments)
    asked = await db.fetch(f"{_SELECT} {_APPROVING}", ["supplementing"], departments)
    today = await db.fetch(f"{_SELECT} WHERE {_DONE_TODAY} ORDER BY e.at DESC LIMIT {MOST}", officer.id, _midnight(now))
    open_ones = [row for row in under if may_sign(reading.case_of(row), officer, now)]
    mine = [row for row in open_ones if _is_for_tier(reading.case_of(row), officer)]
    below = [row for row in open_ones if row not in mine]
    segments: dict[str, Sequence[Any]] = {"mine": mine, "below": below, "asked": asked, "today": today}
    items = await _rows(segments[segment][:MOST], now)
    return DeskList(segment, items, {name: len(found) for name, found in segments.items()})


def may_sign(case: Case, officer: OfficerActor, now: datetime) -> bool:
    """Whether anything but asking the citizen is open to this approver."""
    beside = BESIDE | {Verb.ASK_SUPPLEMENT, Verb.HAND_OVER, Verb.TERMINATE}
    return bool({*approval.open_verbs(facts.of(case), officer, now)} - beside)


def _is_for_tier(case: Case, officer: OfficerActor) -> bool:
    """Whether the next step forward is the work of this officer's own tier, not of one below it."""
    tiers = {
        approval.TIER_FOR[case.mode, case.step, verb]
        for verb in (Verb.GRANT, Verb.CHECK, Verb.REVIEW)
        if (case.mode, case.step, verb) in approval.TIER_FOR
    }
    held = {letter.tier for letter in officer.authorities if letter.department == case.department}
    top = next((tier for tier in Tier if tier in held), None)
    # `Tier` lists the chief first: the lowest tier that may go on is the last of them.
    return top is not None and [tier for tier in Tier if tier in tiers][-1:] == [top]


async def _rows(rows: Sequence[Any], now: datetime) -> list[DeskRow]:
    cases = [reading.case_of(row) for row in rows]
    names = await reading.applicant_names(cases)
    return [await _row(case, row, names[case.case_no], now) for case, row in zip(cases, rows, strict=True)]


async def _row(case: Case, row: Any, name: str, now: datetime) -> DeskRow:
    matter = await catalogue.version(case.matter, case.matter_version)
    return DeskRow(
        case_no=case.case_no,
        matter=case.matter,
        matter_zh=matter.name,
        matter_en=matter.name_en,
        applicant=masked(case, name),
        step=case.step,
        mode=case.mode,
        seq=case.seq,
        received_at=case.received_at,
        due_on=case.promised_due_on,
        is_due_provisional=case.is_due_provisional,
        handler=case.handler,
        handler_name=row["handler_name"] or "",
        mark=_mark(case, row["last_verb"], calendars.current(), now),
        has_rare_characters=bool(case.rare_characters),
    )


def masked(case: Case, name: str) -> str:
    """A person's name masked; an organisation's name is public."""
    return mask_name(name) if case.applicant_kind is ApplicantKind.PERSON else name


def _mark(case: Case, last_verb: str, calendar: Calendar, now: datetime) -> str:
    today = day_of(now)
    if case.step in (Step.CORRECTING, Step.SUPPLEMENTING):
        return "waiting"
    if last_verb in (Verb.ANSWER_CORRECTION, Verb.ANSWER_SUPPLEMENT):
        return "answered"
    if case.promised_due_on and case.decided_at is None:
        if today > case.promised_due_on:
            return "red"
        # The list marks the last workday; the exact 80 % are on the case's own clock.
        if calendar.workdays_between(today, case.promised_due_on) <= 1:
            return "amber"
    return "new" if case.handler is None else "looking"


async def state(case: Case, officer: OfficerActor, now: datetime) -> CaseState:
    """The case as the API answers a verb."""
    return CaseState(
        case.case_no,
        case.step,
        case.seq,
        approval.open_verbs(await facts.load(case), officer, now),
        case.promised_due_on,
        case.statutory_due_on,
        case.is_due_provisional,
    )


async def signed_lately(case: Case, now: datetime) -> tuple[int, int, int]:
    """How the last 90 days' cases of the same matter ended: granted, refused, sent back. Counts only."""
    row = await db.fetchrow(
        "SELECT count(*) FILTER (WHERE e.verb = 'grant'), count(*) FILTER (WHERE e.verb = 'refuse'), "
        "count(*) FILTER (WHERE e.verb = 'send_back') FROM case_event e JOIN case_file c ON c.id = e.case_id "
        "WHERE c.matter = $1 AND e.verb IN ('grant', 'refuse', 'send_back') AND e.at >= $2",
        case.matter,
        now - timedelta(days=90),
    )
    return row[0], row[1], row[2]


def may_read(case: Case, officer: OfficerActor) -> bool:
    """Scope: clerks and supervisors read any case, approvers and department officers those of their departments."""
    return approval.may_read(case.department, officer)


async def number_of(tracking_code: str) -> str:
    """The case number behind a tracking code. Raises Refusal("tracking.unknown")."""
    found = await db.fetchval(
        "SELECT case_no FROM case_file WHERE tracking_hash = $1 AND tracking_revoked_at IS NULL",
        crypto.hmac_token(tracking_code),
    )
    if found is None:
        raise Refusal("tracking.unknown")
    return found
