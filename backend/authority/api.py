"""Rules, letters, delegations, absence and interests as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import delete, get, post, put
from msgspec import Struct

import backend.authority.refusals  # noqa: F401 - the sentences of this slice
from backend.authority import absences, case_api, delegations, interests, letters, queries, rules
from backend.authority.absences import AbsenceGiven, Post, PostGiven
from backend.authority.delegations import Delegated
from backend.authority.interests import CompanyDeclared, Interest, RelativeDeclared
from backend.authority.letters import LetterKept
from backend.domain.calendar import day_of
from backend.people import staff
from backend.people.guards import officer_only, requires, stepped_up
from shared_schemas.people import OfficerActor
from shared_schemas.signing import NewRule
from shared_schemas.vocabulary import Role

SECURITY = requires(Role.SECURITY_ADMINISTRATOR)
READS_RULES = requires(
    Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.SUPERVISOR, Role.APPROVER, Role.ACCEPTANCE_CLERK
)
APPROVER = requires(Role.APPROVER)
_TAGS: dict[str, Any] = {"tags": ["authority"]}


class Made(Struct, frozen=True):
    """The id of what was made."""

    id: int


@get("/signing-rules", guards=[READS_RULES], summary="Rules of signing", **_TAGS)
async def list_rules(now: datetime) -> dict[str, list[rules.RuleKept]]:
    """Every rule ever set beside the standard ones, the newest first, with its standing today."""
    return {"items": await rules.every(day_of(now))}


@post("/signing-rules", guards=[SECURITY, stepped_up], summary="Set a rule of signing", **_TAGS)
async def set_rule(data: NewRule, officer: OfficerActor, now: datetime) -> Made:
    """In force from its day on, for all open cases; no rule is ever changed, a later one replaces it."""
    return Made(await rules.set_rule(data, by=officer, now=now))


@get(
    "/letters", guards=[requires(Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)], summary="All letters", **_TAGS
)
async def list_letters(now: datetime, department: str = "") -> dict[str, list[LetterKept]]:
    """Letters of authority and delegations, the newest first."""
    return {"items": await letters.every(day_of(now), department[:20])}


@get("/me/letters", guards=[APPROVER], summary="My letters and what I lent", **_TAGS)
async def my_letters(officer: OfficerActor, now: datetime) -> dict[str, list[LetterKept]]:
    """What I hold, and what I delegated."""
    return {
        "held": await letters.held_by(officer.id, day_of(now)),
        "lent": await letters.lent_by(officer.id, day_of(now)),
    }


@post("/delegations", guards=[APPROVER, stepped_up], summary="Delegate", **_TAGS)
async def delegate(data: Delegated, officer: OfficerActor, now: datetime) -> Made:
    """To a named colleague, for at most thirty days, out of one's own letter. Needs step-up."""
    return Made(await delegations.delegate(data, by=officer, now=now))


@delete("/delegations/{letter_id:int}", guards=[APPROVER], summary="Take a delegation back", **_TAGS)
async def take_back(letter_id: int, officer: OfficerActor, now: datetime) -> None:
    """It counts no more from now on."""
    await delegations.take_back(letter_id, by=officer, now=now)


@get("/me/post", guards=[officer_only], summary="My deputy, my superior, my absence", **_TAGS)
async def my_post(officer: OfficerActor, now: datetime) -> Post:
    """AB 岗."""
    return await absences.post_of(officer.id, now)


@put(
    "/officers/{officer_id:int}/post",
    guards=[SECURITY, stepped_up],
    summary="Set deputy and superior",
    status_code=204,
    **_TAGS,
)
async def set_post(officer_id: int, data: PostGiven, officer: OfficerActor, now: datetime) -> None:
    """Who acts in an officer's absence."""
    await staff.one(officer_id)
    await absences.set_post(officer_id, data, by=officer, now=now)


@post("/me/absence", guards=[officer_only], summary="Say that I am away", status_code=204, **_TAGS)
async def be_away(data: AbsenceGiven, officer: OfficerActor, now: datetime) -> None:
    """After some hours the deputy may act."""
    await absences.say(data, by=officer, now=now)


@delete("/me/absence", guards=[officer_only], summary="I am back", **_TAGS)
async def be_back(officer: OfficerActor, now: datetime) -> None:
    """Nobody stands in any more."""
    await absences.back(by=officer, now=now)


@get("/me/interests", guards=[officer_only], summary="My declared interests", **_TAGS)
async def list_interests(officer: OfficerActor) -> dict[str, list[Interest]]:
    """Near relatives and companies, masked."""
    return {"items": await interests.declared_by(officer)}


@post("/me/interests/relatives", guards=[officer_only], summary="Declare a relative", **_TAGS)
async def declare_relative(data: RelativeDeclared, officer: OfficerActor, now: datetime) -> Made:
    """From now on their cases are nobody's business of mine."""
    return Made(await interests.declare_relative(data, by=officer, now=now))


@post("/me/interests/companies", guards=[officer_only], summary="Declare a company", **_TAGS)
async def declare_company(data: CompanyDeclared, officer: OfficerActor, now: datetime) -> Made:
    """An interest in a company."""
    return Made(await interests.declare_company(data, by=officer, now=now))


@delete("/me/interests/{interest_id:int}", guards=[officer_only], summary="Remove an interest", **_TAGS)
async def remove_interest(interest_id: int, officer: OfficerActor, now: datetime) -> None:
    """On record."""
    await interests.remove(interest_id, by=officer, now=now)


@get("/me/todo", guards=[officer_only], summary="What waits for me beside the lists of cases", **_TAGS)
async def my_todo(officer: OfficerActor, now: datetime) -> queries.Todo:
    """Opinions, conflicts of interest to decide on, absent colleagues."""
    return await queries.todo(officer, now)


handlers = [
    list_rules,
    set_rule,
    list_letters,
    my_letters,
    delegate,
    take_back,
    my_post,
    set_post,
    be_away,
    be_back,
    list_interests,
    declare_relative,
    declare_company,
    remove_interest,
    my_todo,
    *case_api.handlers,
]
