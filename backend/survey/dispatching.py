"""派出勘查: one visit for one case or several of the same applicant, with those who go, where, and when."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import facts, recording
from backend.domain import surveying
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.survey import sealing, tasks
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.survey import SurveyDispatched
from shared_schemas.vocabulary import Role, Verb


async def dispatch(case_no: str, given: SurveyDispatched, *, by: OfficerActor, now: datetime) -> Case:
    """Send out. Every case of `given.along` must be this officer's to send out, too.

    Raises Refusal: those of the verb, "survey.inspector_unknown", "survey.another_applicant", those of
    `surveying.team`, `surveying.check_offered` and `surveying.check_ahead`.
    """
    if given.agreed_at is None:
        surveying.check_offered(given.offered, now)
    else:
        surveying.check_ahead(given.agreed_at, now)
    async with db.transaction():
        cases = await _locked(case_no, given, by, now)
        first = next(case for case in cases if case.case_no == case_no)
        if any(_applicant(case) != _applicant(first) for case in cases):
            raise Refusal("survey.another_applicant")
        named = await _named(given.inspectors)
        teams = {case.id: surveying.team(await facts.load(case), named) for case in cases}
        visit = await _visit(given, by, now)
        for case in sorted(cases, key=lambda each: each.case_no != case_no):
            await _send(case, visit, teams[case.id], by, now)
            changed = await _record(case, given, len(cases), by, now, is_along=case.case_no != case_no)
            first = changed if case.case_no == case_no else first
    return first


async def _locked(case_no: str, given: SurveyDispatched, by: OfficerActor, now: datetime) -> list[Case]:
    """All cases, locked in the order of their numbers: two who send out the same ones never wait for each other."""
    numbers = sorted({case_no, *given.along})
    return [
        await recording.load_for(Verb.DISPATCH_SURVEY, number, by, now, seen=given.seen if number == case_no else None)
        for number in numbers
    ]


def _applicant(case: Case) -> str:
    """Whose case it is: the company's code, else the blind index of the person's number."""
    return case.credit_code or (case.applicant_id_index.hex() if case.applicant_id_index else f"case:{case.id}")


async def _named(staff_nos: tuple[str, ...]) -> list[surveying.Candidate]:
    wanted = list(dict.fromkeys(number.strip() for number in staff_nos))
    rows = await db.fetch(
        "SELECT o.id, o.name, o.staff_no, o.department, o.kin, o.companies, EXISTS (SELECT FROM officer_role r "
        "WHERE r.officer = o.id AND r.role = $2 AND r.revoked_at IS NULL) AS is_surveyor "
        "FROM officer o WHERE o.staff_no = ANY($1) AND o.is_active",
        wanted,
        Role.SURVEYOR,
    )
    if unknown := set(wanted) - {row["staff_no"] for row in rows}:
        raise Refusal("survey.inspector_unknown", staff_no=min(unknown)[:20])
    return [
        surveying.Candidate(
            row["id"],
            row["name"],
            row["is_surveyor"],
            row["department"],
            frozenset(row["kin"]),
            frozenset(row["companies"]),
        )
        for row in rows
    ]


async def _visit(given: SurveyDispatched, by: OfficerActor, now: datetime) -> int:
    row = await db.fetchval("SELECT nextval('survey_visit_id_seq')")
    await db.execute(
        "INSERT INTO survey_visit (id, place_sealed, offered, offered_at, times_offered, fixed_at, agreed_at, agreed_by, "
        "made_by, made_at) VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $4)",
        row,
        sealing.seal("place", row, given.place.strip()),
        [time.isoformat() for time in sorted(given.offered)],
        now,
        given.agreed_at,
        now if given.agreed_at else None,
        by.id if given.agreed_at else None,
        by.id,
    )
    return row


async def _send(case: Case, visit: int, team: tuple[int, ...], by: OfficerActor, now: datetime) -> None:
    """The case's task goes with this visit; a survey that was concluded stays as it is, a new task follows it."""
    task = await tasks.ensure(case, now)
    joint = await db.fetchval(
        "UPDATE survey SET is_current = false WHERE id = $1 AND concluded_at IS NOT NULL RETURNING joint", task
    )
    if joint is not None:
        task = await tasks.ensure(case, now)
    await db.execute(
        "UPDATE survey SET visit = $2, joint = $3, inspectors = $4, dispatched_by = $5, dispatched_at = $6 WHERE id = $1",
        task,
        visit,
        joint or visit,
        list(team),
        by.id,
        now,
    )


async def _record(
    case: Case, given: SurveyDispatched, joint: int, by: OfficerActor, now: datetime, *, is_along: bool
) -> Case:
    """The line of the log. `along`: another case of the same visit tells the applicant."""
    agreed = {"visit_on": day_of(given.agreed_at).isoformat()} if given.agreed_at else {}
    particulars = {"joint": joint, "offered": len(given.offered), "along": is_along, **agreed}
    return await recording.record(case, Verb.DISPATCH_SURVEY, by=by, at=now, particulars=particulars)
