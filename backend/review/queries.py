"""The lists of the desk: what an officer has, what waits, what he did today. Names come masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from backend import calendars, catalogue, crypto, db
from backend.cases import facts, reading, siblings, signing
from backend.domain import approval
from backend.domain.authority import POWER, CaseFacts, covers
from backend.domain.calendar import SHANGHAI, Calendar, day_of
from backend.domain.masking import mask_name
from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.review import CaseState, DeskList, DeskRow
from shared_schemas.vocabulary import ApplicantKind, Step, Verb

MOST = 100
MOST_NEAR = 200  # of one step, so that many that are not this officer's hide none that are
MOST_COUNTED = 999  # more than anybody does in a day, and counting stays cheap
_COLUMNS = ", ".join(f"c.{name}" for name in reading.COLUMNS.split(", "))
_SELECT = (
    f"SELECT {_COLUMNS}, o.name AS handler_name, e.verb AS last_verb FROM case_file c "
    "LEFT JOIN officer o ON o.id = c.handler JOIN case_event e ON e.case_id = c.id AND e.seq = c.seq "
)
_DONE_TODAY = (
    "c.id IN (SELECT case_id FROM case_event WHERE by_kind = 'officer' AND by_id = ($1::bigint[])[1] AND at >= $2)"
)

# $1: the officer first, then the absent colleagues in whose place he may act. What came back from the citizen lies on top.
_DESK = {
    "hand": "WHERE c.handler = ANY($1) AND c.step = 'received' AND $2::timestamptz IS NOT NULL "
    "ORDER BY (e.verb = 'answer_correction') DESC, c.received_at",
    "correction": "WHERE c.id IN (SELECT id FROM case_file WHERE handler = ANY($1) AND step IN ('correcting', 'supplementing') "
    "UNION SELECT id FROM case_file WHERE first_handler = ANY($1) AND step IN ('correcting', 'supplementing')) "
    "AND $2::timestamptz IS NOT NULL ORDER BY c.received_at",
    "today": f"WHERE {_DONE_TODAY} ORDER BY e.at DESC",
    "waiting": "WHERE c.step = 'received' AND c.handler IS NULL AND $1::bigint[] IS NOT NULL "
    "AND $2::timestamptz IS NOT NULL ORDER BY c.received_at",
}
# The nearest days of each department in the order of its index, then the nearest of them all: what this reads does not
# grow with the number of cases. The step stands in the text, so that the planner knows the partial index serves.
_NEAREST = f"""
WITH near AS (
  SELECT q.* FROM unnest($1::text[]) AS d CROSS JOIN LATERAL (
    SELECT c.id, c.promised_due_on, c.received_at FROM case_file c WHERE c.department = d AND c.step = 'STEP'
    ORDER BY c.promised_due_on, c.received_at LIMIT {MOST}) AS q
  ORDER BY q.promised_due_on, q.received_at LIMIT {MOST_NEAR})
{_SELECT} JOIN near ON near.id = c.id
WHERE NOT EXISTS (SELECT FROM recusal x WHERE x.case_id = c.id AND x.officer = $2 AND x.is_upheld IS NOT FALSE)
ORDER BY c.promised_due_on, c.received_at
"""
_UNDER_REVIEW = ("accepted", "reviewed", "checked")
TO_APPROVE = {step: _NEAREST.replace("STEP", step) for step in (*_UNDER_REVIEW, "supplementing")}
_FORWARD = (Verb.GRANT, Verb.CHECK, Verb.REVIEW)
_SIGNED = (*_FORWARD, Verb.REFUSE, Verb.SEND_BACK, Verb.ISSUE)


def _midnight(now: datetime) -> datetime:
    return datetime.combine(day_of(now), time(), SHANGHAI)


async def desk(officer: OfficerActor, segment: str, now: datetime) -> DeskList:
    """A clerk's list, with what lies on the desks of those in whose place he may act.

    "hand" is on the desk, "correction" with the citizen, "today" done today, "waiting" the pool.
    """
    start, ours = _midnight(now), [officer.id, *officer.stands_in]
    rows = await db.fetch(f"{_SELECT} {_DESK[segment]} LIMIT {MOST}", ours, start)
    counts = {name: await _count(where, ours, start) for name, where in _DESK.items()}
    return DeskList(segment, await _rows(rows, now), counts)


async def _count(where: str, ours: list[int], start: datetime) -> int:
    which = where.partition(" ORDER BY ")[0]
    return await db.fetchval(
        f"SELECT count(*) FROM (SELECT FROM case_file c {which} LIMIT {MOST_COUNTED}) AS counted", ours, start
    )


async def approvals(officer: OfficerActor, segment: str, now: datetime) -> DeskList:
    """An approver's list.

    "mine" waits for my tier, "below" is a lower tier's that I may sign too, "asked" is with the citizen, "today" what
    I did.
    """
    departments = sorted({letter.department for letter in officer.authorities})
    under = [row for step in _UNDER_REVIEW for row in await db.fetch(TO_APPROVE[step], departments, officer.id)]
    asked = await db.fetch(TO_APPROVE["supplementing"], departments, officer.id)
    today = await db.fetch(
        f"{_SELECT} WHERE {_DONE_TODAY} ORDER BY e.at DESC LIMIT {MOST}", [officer.id], _midnight(now)
    )
    known = await _known([reading.case_of(row) for row in under], departments)
    open_ones = [(row, case) for row, case in zip(under, known, strict=True) if may_sign(case, officer, now)]
    mine = [row for row, case in open_ones if _is_for_tier(case, officer, now)]
    below = [row for row, case in open_ones if not _is_for_tier(case, officer, now)]
    segments: dict[str, Sequence[Any]] = {
        "mine": _nearest(mine),
        "below": _nearest(below),
        "asked": asked,
        "today": today,
    }
    items = await _rows(segments[segment][:MOST], now)
    return DeskList(segment, items, {name: len(found) for name, found in segments.items()})


def _nearest(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row["promised_due_on"] or date.max, row["received_at"]))


async def _known(cases: list[Case], departments: Sequence[str]) -> list[CaseFacts]:
    """The facts that a list goes by, with the rules of signing: two queries, however many cases."""
    rules = await signing.rules_of(departments)
    measures = await signing.measures_of(cases, rules)
    return [facts.of(case, rules, measures.get(case.case_no)) for case in cases]


def may_sign(case: CaseFacts, officer: OfficerActor, now: datetime) -> bool:
    """Whether anything but asking the citizen, or a side way, is open to this approver."""
    return any(approval.is_open(case, officer, verb, now) for verb in _SIGNED)


def _is_for_tier(case: CaseFacts, officer: OfficerActor, now: datetime) -> bool:
    """Whether the next step forward is the work of a tier this officer has, lent or his own, not of one below it."""
    needed = [
        approval.tier_for(case, verb) for verb in _FORWARD if case.step and (case.mode, case.step, verb) in case.needs
    ]
    held = {letter.tier for letter in officer.authorities if covers(letter, case, now)}
    return bool(needed) and min(needed, key=lambda tier: POWER[tier]) in held


async def _rows(rows: Sequence[Any], now: datetime) -> list[DeskRow]:
    cases = [reading.case_of(row) for row in rows]
    names = await reading.applicant_names(cases)
    filed = await siblings.names_of(cases)
    return [
        await _row(case, row, names[case.case_no], filed.get(case.filing or 0, ("", "")), now)
        for case, row in zip(cases, rows, strict=True)
    ]


async def _row(case: Case, row: Any, name: str, bundle: tuple[str, str], now: datetime) -> DeskRow:
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
        bundle_zh=bundle[0],
        bundle_en=bundle[1],
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


async def number_of(tracking_code: str) -> str:
    """The case number behind a tracking code. Raises Refusal("tracking.unknown")."""
    found = await db.fetchval(
        "SELECT case_no FROM case_file WHERE tracking_hash = $1 AND tracking_revoked_at IS NULL",
        crypto.hmac_token(tracking_code),
    )
    if found is None:
        raise Refusal("tracking.unknown")
    return found
