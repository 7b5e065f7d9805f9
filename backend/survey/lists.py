"""The lists of a survey's people: where a surveyor goes today and later, and what an approval office sends out and hears."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from msgspec import Struct

from backend import catalogue, db
from backend.cases import reading
from backend.domain.calendar import SHANGHAI, day_of
from backend.domain.case import UNDER_WAY
from backend.people.audit import audit
from backend.review.queries import masked
from backend.survey import sealing
from shared_schemas.people import OfficerActor
from shared_schemas.survey import Conclusion
from shared_schemas.vocabulary import Role

MOST = 100
_LATELY = timedelta(days=14)


class Line(Struct, frozen=True, kw_only=True):
    """One case to be seen. `state` is send, choose, wish, fixed or done; `applicant` is masked."""

    case_no: str
    matter_zh: str
    matter_en: str
    department_zh: str
    department_en: str
    applicant: str
    state: str
    visit: int | None = None
    place: str = ""
    fixed_at: datetime | None = None
    wish: str = ""
    conclusion: Conclusion | None = None
    concluded_at: datetime | None = None
    is_in_conflict: bool = False
    is_disputed: bool = False
    joint: int = 1
    due_on: str = ""


class Stop(Struct, frozen=True):
    """One visit: a place at a time, and the cases that are seen there."""

    place: str
    fixed_at: datetime | None
    wish: str
    lines: tuple[Line, ...]


class Round(Struct, frozen=True):
    """A surveyor's work: today's stops in the order of their times, later ones, those without a time, and what was done."""

    today: tuple[Stop, ...]
    later: tuple[Stop, ...]
    undated: tuple[Stop, ...]
    done: tuple[Line, ...]


class Office(Struct, frozen=True):
    """An approval office: to be sent out, to be arranged, under way, and what came back lately, the newest first."""

    to_send: tuple[Line, ...]
    wishes: tuple[Line, ...]
    under_way: tuple[Line, ...]
    back: tuple[Line, ...]


_SELECT = (
    "SELECT s.*, c.case_no, c.matter, c.matter_version, c.applicant_kind, c.applicant_name_sealed, c.promised_due_on, "
    "c.step, v.place_sealed, v.fixed_at, v.wish_sealed, "
    "(SELECT count(*) FROM survey x WHERE x.joint = s.joint AND x.is_current) AS together, "
    "(SELECT count(DISTINCT x.conclusion) > 1 FROM survey x WHERE x.joint = s.joint AND x.is_current) AS differ "
    "FROM survey s JOIN case_file c ON c.id = s.case_id LEFT JOIN survey_visit v ON v.id = s.visit "
)


async def round_of(officer: OfficerActor, now: datetime) -> Round:
    """Where this surveyor goes. Places are in clear, names masked; the look is audited."""
    rows = await db.fetch(
        f"{_SELECT} WHERE s.is_current AND $1 = ANY(s.inspectors) AND ((s.concluded_at IS NULL AND c.step = ANY($2)) "
        "OR s.concluded_at >= $3) ORDER BY v.fixed_at NULLS LAST, s.id LIMIT 400",
        officer.id,
        UNDER_WAY,
        now - _LATELY,
    )
    await audit(officer, "survey.round_read", now=now, cases=len(rows))
    lines = [await _line(row) for row in rows]
    stops = _stops([line for line in lines if line.concluded_at is None])
    end = datetime.combine(day_of(now) + timedelta(days=1), time(), SHANGHAI)
    dated = [(stop, stop.fixed_at) for stop in stops if stop.fixed_at is not None]
    return Round(
        # What was missed stays on today's list until it is done or arranged anew.
        today=tuple(stop for stop, at in dated if at < end),
        later=tuple(stop for stop, at in dated if at >= end),
        undated=tuple(stop for stop in stops if stop.fixed_at is None),
        done=tuple(sorted((line for line in lines if line.concluded_at), key=_back_at, reverse=True)),
    )


def _back_at(line: Line) -> float:
    return line.concluded_at.timestamp() if line.concluded_at else 0.0


def _stops(lines: list[Line]) -> list[Stop]:
    by_visit: dict[int | None, list[Line]] = {}
    for line in lines:
        by_visit.setdefault(line.visit, []).append(line)
    return [Stop(own[0].place, own[0].fixed_at, own[0].wish, tuple(own)) for own in by_visit.values()]


async def office_of(officer: OfficerActor, now: datetime) -> Office:
    """What the departments of this approver's letters have to send out, and what came back."""
    departments = sorted({letter.department for letter in officer.authorities})
    open_ones = await db.fetch(
        f"{_SELECT} WHERE s.is_current AND s.department = ANY($1) AND s.concluded_at IS NULL AND c.step = ANY($2) "
        f"ORDER BY c.promised_due_on NULLS LAST, s.id LIMIT {MOST}",
        departments,
        UNDER_WAY,
    )
    back = await db.fetch(
        f"{_SELECT} WHERE s.is_current AND s.department = ANY($1) AND s.concluded_at >= $2 "
        f"ORDER BY s.concluded_at DESC LIMIT {MOST}",
        departments,
        now - _LATELY,
    )
    await audit(officer, "survey.office_read", now=now, cases=len(open_ones) + len(back))
    lines = [await _line(row) for row in open_ones]
    return Office(
        to_send=tuple(line for line in lines if line.state == "send"),
        wishes=tuple(line for line in lines if line.state == "wish"),
        under_way=tuple(line for line in lines if line.state in ("choose", "fixed")),
        back=tuple([await _line(row) for row in back]),
    )


async def _line(row: db.Record) -> Line:
    matter = await catalogue.version(row["matter"], row["matter_version"])
    organ = catalogue.current().department(row["department"])
    case = await reading.by_number(row["case_no"])
    visit = row["visit"]
    return Line(
        case_no=row["case_no"],
        matter_zh=matter.name,
        matter_en=matter.name_en,
        department_zh=organ.label("zh"),
        department_en=organ.label("en"),
        applicant=masked(case, await reading.applicant_name(case)),
        state=_state(row),
        visit=visit,
        place=sealing.unseal("place", visit, row["place_sealed"]) if visit else "",
        fixed_at=row["fixed_at"],
        wish=sealing.unseal("wish", visit, row["wish_sealed"]) if visit else "",
        conclusion=Conclusion(row["conclusion"]) if row["conclusion"] else None,
        concluded_at=row["concluded_at"],
        is_in_conflict=bool(row["differ"]),
        is_disputed=row["is_disputed"],
        joint=row["together"] or 1,
        due_on=row["promised_due_on"].isoformat() if row["promised_due_on"] else "",
    )


def _state(row: db.Record) -> str:
    if row["concluded_at"] is not None:
        return "done"
    if row["visit"] is None:
        return "send"
    if row["fixed_at"] is not None:
        return "fixed"
    return "wish" if row["wish_sealed"] is not None else "choose"


def is_theirs(officer: OfficerActor) -> bool:
    """Whether there is a list for this officer at all."""
    return bool(officer.roles & {Role.SURVEYOR, Role.APPROVER})
