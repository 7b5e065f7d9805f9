"""Why a case is where it is: with whom, since when, how long at each step, what stopped the clock, who was reminded."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from backend import calendars, catalogue, db
from backend.cases import clocks, log, reading, sealing
from backend.domain import clock
from backend.domain.calendar import day_of
from backend.domain.case import DECIDED, STAGE_OF
from backend.domain.supervision import IN_CARE, held_by, stays
from backend.people.sessions import Visitor
from backend.review.looking import look
from backend.supervision import staff
from backend.supervision.open_cases import said_of
from shared_schemas.case import Case, Event
from shared_schemas.clock import ClockKind, Reading, Standstill
from shared_schemas.matter import Matter
from shared_schemas.people import OfficerActor
from shared_schemas.supervision import Holder, Trigger
from shared_schemas.vocabulary import Stage, Step, Verb


class StayShown(Struct, frozen=True):
    """How long a case stood at one step: working days, and how many of them its promised clock stood still.

    `by_name` led it there; `until` None: it stands there now.
    """

    step: Step
    stage: Stage
    since: datetime
    until: datetime | None
    workdays: int
    stopped: int
    by_name: str
    verb: Verb
    is_longest: bool


class ReminderShown(Struct, frozen=True):
    """One reminder: by a rule (`trigger`), or by a supervisor (`by_name`, `word`)."""

    at: datetime
    trigger: Trigger | None
    by_name: str
    word: str
    told: tuple[str, ...]
    times: int


class OversightShown(Struct, frozen=True):
    """One 督办 with its answer. `is_late`: the day is over and nothing came."""

    set_by: str
    set_at: datetime
    officer_id: int
    officer: str
    word: str
    answer_by: date
    answered_by: str
    answered_at: datetime | None
    answer: str
    is_late: bool


class Why(Struct, frozen=True, kw_only=True):
    """The whole answer. `holders` are the officers who have the case now; empty while it is the applicant's move."""

    case_no: str
    step: Step
    matter_zh: str
    matter_en: str
    is_open: bool
    is_stopped: bool
    department_zh: str
    department_en: str
    holder: Holder
    holder_zh: str
    holder_en: str
    holders: tuple[str, ...]
    holder_ids: frozenset[int]
    since: datetime
    waited: int
    first_handler: str
    first_handler_id: int | None
    promised: Reading | None
    statutory: Reading | None
    stays: tuple[StayShown, ...]
    standstills: tuple[Standstill, ...]
    reminders: tuple[ReminderShown, ...]
    oversights: tuple[OversightShown, ...]

    @property
    def open_oversight(self) -> OversightShown | None:
        """What still waits for its answer."""
        return next((each for each in self.oversights if each.answered_at is None), None)


async def read(case_no: str, officer: OfficerActor, now: datetime, *, visitor: Visitor | None = None) -> Why:
    """For staff in scope; the look is audited. Raises Refusal("case.not_found"), "approval.conflict_of_interest"."""
    case = await reading.by_number(case_no)
    known = await look(case, officer, now, what="case.why_read", visitor=visitor)
    matter = await catalogue.version(case.matter, case.matter_version)
    standstills = await clocks.standstills_of(case.id)
    organ = catalogue.current().department(case.department)
    holder = held_by(case.step, is_taken=case.handler is not None)
    people = await staff.holders(case, now)
    names = await _names(case)
    zh, en = said_of(known, holder, names.get(case.handler, ""), names.get(case.decided_by, ""))
    since = case.step_since or case.received_at
    return Why(
        case_no=case_no,
        step=case.step,
        matter_zh=matter.name,
        matter_en=matter.name_en or matter.name,
        is_open=case.step in IN_CARE,
        is_stopped=case.is_stopped and case.decided_at is None,
        department_zh=organ.label("zh"),
        department_en=organ.label("en"),
        holder=holder,
        holder_zh=zh,
        holder_en=en,
        holders=tuple(person.name for person in people),
        holder_ids=frozenset(person.id for person in people),
        since=since,
        waited=calendars.current().workdays_between(day_of(since), day_of(now)),
        first_handler=names.get(case.first_handler, ""),
        first_handler_id=case.first_handler,
        promised=clocks.read(case, matter, standstills, day_of(now)),
        statutory=_statutory(case, matter, standstills, day_of(now)),
        stays=_stays(await log.of(case.id), standstills, now),
        standstills=standstills,
        reminders=await _reminders(case),
        oversights=await _oversights(case, day_of(now)),
    )


def _statutory(case: Case, matter: Matter, standstills: tuple[Standstill, ...], today: date) -> Reading | None:
    if case.accepted_at is None:
        return None
    limit = clocks.limit_of(matter, ClockKind.STATUTORY, case.extended_by)
    stops = clock.of_clock(standstills, ClockKind.STATUTORY)
    until = day_of(case.decided_at) if case.decided_at else today
    return clock.read(day_of(case.accepted_at), limit, stops, calendars.current(), until)


def _stays(events: list[Event], standstills: tuple[Standstill, ...], now: datetime) -> tuple[StayShown, ...]:
    calendar = calendars.current()
    stops = clock.of_clock(standstills, ClockKind.PROMISED)
    found: list[StayShown] = []
    for stay in stays(events):
        span = (day_of(stay.since), day_of(stay.until or now))
        days = calendar.workdays_between(*span)
        running = sum(
            calendar.is_workday(day) and not any(s.starts_on < day <= (s.ends_on or span[1]) for s in stops)
            for day in (date.fromordinal(number) for number in range(span[0].toordinal() + 1, span[1].toordinal() + 1))
        )
        found.append(
            StayShown(
                stay.step, STAGE_OF[stay.step], stay.since, stay.until, days, days - running, stay.by_name, stay.verb,
                is_longest=False,
            )
        )  # fmt: skip
    open_ones = [stay for stay in found if stay.step not in DECIDED]
    longest = max(open_ones, key=lambda stay: stay.workdays, default=None)
    return tuple(replace(stay, is_longest=stay is longest and stay.workdays > 0) for stay in found)


async def _names(case: Case) -> dict[int | None, str]:
    wanted = [officer for officer in (case.handler, case.first_handler, case.decided_by) if officer]
    rows = await db.fetch("SELECT id, name FROM officer WHERE id = ANY($1)", wanted)
    return {row["id"]: row["name"] for row in rows}


async def _reminders(case: Case) -> tuple[ReminderShown, ...]:
    rows = await db.fetch(
        "SELECT r.id, r.at, r.trigger, r.round, r.word_sealed, coalesce(o.name, '') AS by_name, "
        "ARRAY(SELECT t.name FROM officer t WHERE t.id = ANY(r.told) ORDER BY t.name) AS told "
        "FROM reminder r LEFT JOIN officer o ON o.id = r.by_id WHERE r.case_id = $1 ORDER BY r.id DESC LIMIT 100",
        case.id,
    )
    return tuple(
        ReminderShown(
            row["at"],
            Trigger(row["trigger"]) if row["trigger"] else None,
            row["by_name"],
            sealing.unseal(case.case_no, f"reminder|{row['id']}", row["word_sealed"]) if row["word_sealed"] else "",
            tuple(row["told"]),
            row["round"] + 1,
        )
        for row in rows
    )


async def _oversights(case: Case, today: date) -> tuple[OversightShown, ...]:
    rows = await db.fetch(
        "SELECT v.id, s.name AS set_by, v.set_at, v.officer, o.name, v.word_sealed, v.answer_by, v.answered_at, "
        "coalesce(a.name, '') AS answered_by, v.answer_sealed FROM oversight v JOIN officer s ON s.id = v.set_by "
        "JOIN officer o ON o.id = v.officer LEFT JOIN officer a ON a.id = v.answered_by "
        "WHERE v.case_id = $1 ORDER BY v.id DESC",
        case.id,
    )

    def said(row: db.Record, side: str) -> str:
        blob = row[f"{side}_sealed"]
        return sealing.unseal(case.case_no, f"oversight|{side}|{row['id']}", blob) if blob else ""

    return tuple(
        OversightShown(
            row["set_by"], row["set_at"], row["officer"], row["name"], said(row, "word"), row["answer_by"],
            row["answered_by"], row["answered_at"], said(row, "answer"),
            is_late=row["answered_at"] is None and row["answer_by"] < today,
        )
        for row in rows
    )  # fmt: skip
