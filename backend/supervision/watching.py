"""The rules at work: every few minutes, who must be told is told, once for each thing and round."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from backend import calendars, db
from backend.cases import reading
from backend.domain.calendar import day_of
from backend.domain.supervision import Began, Times, began, late, round_of
from backend.supervision import inbox, rules, staff
from backend.supervision.open_cases import COLUMNS, IN_CARE
from shared_schemas.case import Case
from shared_schemas.supervision import Audience, Trigger, WatchRule

_BATCH = 500
_OPEN = (
    f"SELECT {COLUMNS} FROM case_file c WHERE c.step IN {IN_CARE} "
    "AND (coalesce(c.promised_due_on, 'infinity'::date), c.id) > ($1::date, $2::bigint) "
    "ORDER BY coalesce(c.promised_due_on, 'infinity'::date), c.id LIMIT $3"
)
_BEGINNING = date(1, 1, 1)
# What was asked of somebody and not answered since; `since` is the day it was asked, `about` its place in the log.
_ASKED = f"""
SELECT {COLUMNS}, e.at AS asked_at, e.seq AS asked_seq FROM case_event e JOIN case_file c ON c.id = e.case_id
WHERE e.verb = $1 AND e.verb IN ('dispatch_survey', 'ask_opinion', 'ask_hearing', 'send_back', 'ask_supplement')
  AND c.step IN ('accepted', 'supplementing', 'reviewed', 'checked') AND NOT EXISTS (
  SELECT FROM case_event d WHERE d.case_id = e.case_id AND d.seq > e.seq AND d.verb = $2)
"""
_RETURNED = f"""
SELECT {COLUMNS}, e.at AS asked_at, e.seq AS asked_seq FROM case_event e JOIN case_file c ON c.id = e.case_id
WHERE e.verb IN ('send_back', 'ask_supplement') AND e.at >= $1 AND c.step IN {IN_CARE}
  AND NOT (e.by_kind = 'officer' AND e.by_id IS NOT DISTINCT FROM c.first_handler)
"""
_ANSWER_LATE = f"""
SELECT {COLUMNS}, k.id AS correction, k.due_on FROM correction k JOIN case_file c ON c.id = k.case_id
WHERE k.answered_at IS NULL AND k.due_on < $1 AND c.step IN ('correcting', 'supplementing')
"""
_OVERSIGHT_LATE = f"""
SELECT {COLUMNS}, v.id AS oversight, v.answer_by, v.officer FROM oversight v JOIN case_file c ON c.id = v.case_id
WHERE v.answered_at IS NULL AND v.answer_by < $1
"""
_ANSWERED_BY = {
    Trigger.SURVEY_LATE: ("dispatch_survey", "conclude_survey"),
    Trigger.OPINION_LATE: ("ask_opinion", "give_opinion"),
    Trigger.HEARING_LATE: ("ask_hearing", "hold_hearing"),
}
# A return is news for a while; whoever installs the hall is not told of last year's.
_NEWS = timedelta(days=3)


class Found(Struct, frozen=True):
    """A rule that speaks of a case; `also` is told besides its audience."""

    case: Case
    rule: WatchRule
    stall: Began
    also: int | None = None

    def key(self, today: date) -> tuple[str, int]:
        """What makes this telling one: the rule, what it is about, which time."""
        turn = round_of(self.rule, self.stall.since, calendars.current(), today)
        return f"{self.rule.key}:{self.stall.about}:{turn}", turn


async def look_round(now: datetime) -> int:
    """Ask every rule about every open case; how many reminders were made. Safe to run by several workers at once."""
    today = day_of(now)
    in_force = [rule for rule in await rules.current() if rule.is_on]
    made = 0
    async for batch in _batches(in_force, today, now):
        made += await _remind(batch, today, now)
    return made


async def _batches(in_force: list[WatchRule], today: date, now: datetime) -> AsyncIterator[list[Found]]:
    place, last = _BEGINNING, 0
    while rows := await db.fetch(_OPEN, place, last, _BATCH):
        yield [found for row in rows for found in _limits(reading.case_of(row), in_force, today)]
        place, last = rows[-1]["promised_due_on"] or date.max, rows[-1]["id"]
    for rule in in_force:
        yield await _asked(rule, today, now)


def _limits(case: Case, in_force: list[WatchRule], today: date) -> list[Found]:
    is_decided = case.decided_at is not None
    times = Times(
        step=case.step,
        step_since=case.step_since or case.received_at,
        is_stopped=case.is_stopped and not is_decided,
        promised_amber_on=None if is_decided else case.promised_amber_on,
        promised_due_on=None if is_decided else case.promised_due_on,
        statutory_amber_on=None if is_decided else case.statutory_amber_on,
        statutory_due_on=None if is_decided else case.statutory_due_on,
    )
    stalls = [(rule, began(rule, times, calendars.current(), today)) for rule in in_force]
    return [Found(case, rule, stall) for rule, stall in stalls if stall]


async def _asked(rule: WatchRule, today: date, now: datetime) -> list[Found]:
    """The rules about what was asked of somebody, returned, or waited for by the supervisor."""
    match rule.trigger:
        case Trigger.SURVEY_LATE | Trigger.OPINION_LATE | Trigger.HEARING_LATE:
            rows = await db.fetch(_ASKED, *_ANSWERED_BY[rule.trigger])
            calendar = calendars.current()
            stalls = [
                (row, late(day_of(row["asked_at"]), rule.days, calendar, today, about=str(row["asked_seq"])))
                for row in rows
            ]
            return [Found(reading.case_of(row), rule, stall) for row, stall in stalls if stall]
        case Trigger.RETURNED:
            rows = await db.fetch(_RETURNED, now - _NEWS)
            return [
                Found(reading.case_of(row), rule, Began(day_of(row["asked_at"]), str(row["asked_seq"]))) for row in rows
            ]
        case Trigger.ANSWER_LATE:
            rows = await db.fetch(_ANSWER_LATE, today)
            return [Found(reading.case_of(row), rule, Began(row["due_on"], str(row["correction"]))) for row in rows]
        case Trigger.OVERSIGHT_LATE:
            rows = await db.fetch(_OVERSIGHT_LATE, today)
            return [
                Found(reading.case_of(row), rule, Began(row["answer_by"], str(row["oversight"])), row["officer"])
                for row in rows
            ]
        case _:
            return []


async def _remind(found: list[Found], today: date, now: datetime) -> int:
    """What was not said yet is said, each in its own transaction: one that fails keeps none of the others."""
    known = await db.fetch(
        "SELECT case_id, key FROM reminder WHERE case_id = ANY($1)", list({each.case.id for each in found})
    )
    said = {(row["case_id"], row["key"]) for row in known}
    made = 0
    for each in found:
        key, turn = each.key(today)
        if (each.case.id, key) not in said:
            made += await _tell(each, key, turn, now)
    return made


async def _tell(found: Found, key: str, turn: int, now: datetime) -> bool:
    people = await staff.told(found.case, found.rule.audience, now)
    officers = sorted({person.id for person in people} | ({found.also} if found.also else set()))
    async with db.transaction():
        row = await db.fetchval(
            "INSERT INTO reminder (case_id, key, trigger, since, round, told, at) VALUES ($1, $2, $3, $4, $5, $6, $7) "
            "ON CONFLICT (case_id, key) DO NOTHING RETURNING id",
            found.case.id,
            key,
            found.rule.trigger,
            found.stall.since,
            turn,
            officers,
            now,
        )
        if row is None:
            return False
        is_escalated = bool({Audience.SUPERIOR, Audience.SUPERVISOR} & set(found.rule.audience))
        await inbox.tell(
            officers,
            found.rule.trigger,
            f"{found.case.id}:{key}",
            now,
            case_id=found.case.id,
            reminder=row,
            since=found.stall.since,
            times=turn + 1,
            step=found.case.step,
            due_on=found.case.promised_due_on,
            is_escalated=is_escalated,
        )
    return True
