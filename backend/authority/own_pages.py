"""/staff/…: an officer's own authority, absence, interests, and what else waits for him."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post

from backend import catalogue, views
from backend.authority import absences, delegations, interests, letters, queries, rules
from backend.authority.absences import AbsenceGiven
from backend.authority.delegations import Delegated
from backend.authority.interests import CompanyDeclared, Relation, RelativeDeclared
from backend.authority.letters import LetterKept
from backend.domain.calendar import SHANGHAI, day_of
from backend.domain.refusal import Refusal
from backend.people.guards import officer_only, require_step_up, requires
from backend.people.pages.forms import Form, again, go, shaped
from backend.people.viewer import SignedIn
from backend.settings import settings
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import ApprovalMode, Role

Page = Response[Any]
_APPROVER = [requires(Role.APPROVER)]


@get("/staff/todo", guards=[officer_only])
async def todo(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """Beside the lists of cases: opinions, conflicts of interest, absent colleagues."""
    return views.page(
        request,
        "authority/todo.html",
        todo=await queries.todo(officer, now),
        officer=officer,
        today=day_of(now),
        now=now,
        departments=catalogue.current(),
    )


@get("/staff/authority", guards=_APPROVER)
async def authority(request: Request[Any, Any, Any], officer: OfficerActor, signed_in: SignedIn, now: datetime) -> Page:
    """What I may sign, and what I lent; the form to lend more once confirmed by passkey."""
    is_confirmed = signed_in.session.is_stepped_up(now)
    found = await _authority(officer, now, {})
    return views.page(request, "authority/mine.html", errors={}, is_confirmed=is_confirmed, **found)


@post("/staff/delegations", guards=_APPROVER)
async def delegate(
    request: Request[Any, Any, Any], data: Form, officer: OfficerActor, signed_in: SignedIn, now: datetime
) -> Page:
    """委托, confirmed by passkey."""
    require_step_up(request, signed_in)
    try:
        raw: dict[str, Any] = {
            name: data.get(name, "").strip() for name in ("letter", "to", "valid_from", "valid_to", "reason")
        }
        modes = [mode.value for mode in ApprovalMode if data.get(f"mode-{mode}") == "yes"]
        if modes:
            raw["modes"] = modes
        await delegations.delegate(shaped(Delegated, raw), by=officer, now=now)
    except Refusal as refusal:
        found = await _authority(officer, now, data)
        return again(request, "authority/mine.html", refusal, is_confirmed=True, **found)
    return go("/staff/authority")


@post("/staff/delegations/{letter_id:int}/end", guards=_APPROVER)
async def take_back(letter_id: int, officer: OfficerActor, now: datetime) -> Page:
    """收回: nobody needs a passkey to make something smaller."""
    await delegations.take_back(letter_id, by=officer, now=now)
    return go("/staff/authority")


async def _authority(officer: OfficerActor, now: datetime, typed: dict[str, str]) -> dict[str, Any]:
    held = await letters.held_by(officer.id, day_of(now))
    return {
        "held": _together(held),
        "word_of": rules.word_of,
        "own": [letter for letter in held if letter.given_from is None and letter.standing in ("counts", "coming")],
        "lent": await letters.lent_by(officer.id, day_of(now)),
        "borrowed": [letter for letter in officer.authorities if letter.behalf],
        "modes": list(ApprovalMode),
        "today": day_of(now),
        "stock": catalogue.current(),
        "typed": {name: typed.get(name, "") for name in ("letter", "to", "valid_from", "valid_to", "reason")},
    }


def _together(held: list[LetterKept]) -> list[tuple[LetterKept, list[str]]]:
    """Letters that differ in nothing but the department as one, with the departments."""
    found: dict[object, tuple[LetterKept, list[str]]] = {}
    for letter in held:
        alike = (
            letter.tier,
            letter.matter,
            letter.modes,
            letter.valid_from,
            letter.valid_to,
            letter.cap,
            letter.cap_field,
        )
        key = (*alike, letter.standing, letter.given_from and letter.id)
        found.setdefault(key, (letter, []))[1].append(letter.department)
    return list(found.values())


@get("/staff/absence", guards=[officer_only])
async def absence(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """Whether I am away, and who acts then."""
    return views.page(request, "authority/absence.html", errors={}, **await _absence(officer, now, {}))


@post("/staff/absence", guards=[officer_only])
async def be_away(request: Request[Any, Any, Any], data: Form, officer: OfficerActor, now: datetime) -> Page:
    """不在岗."""
    try:
        raw = {"reason": data.get("reason", ""), **_moments(data)}
        await absences.say(shaped(AbsenceGiven, raw), by=officer, now=now)
    except Refusal as refusal:
        return again(request, "authority/absence.html", refusal, **await _absence(officer, now, data))
    return go("/staff/absence")


@post("/staff/absence/end", guards=[officer_only])
async def be_back(officer: OfficerActor, now: datetime) -> Page:
    """回来了."""
    await absences.back(by=officer, now=now)
    return go("/staff/absence")


def _moments(data: dict[str, str]) -> dict[str, str]:
    """A browser's own field of day and hour knows no zone: the hall's is meant."""
    return {name: f"{data[name]}+08:00" for name in ("from_at", "until_at") if data.get(name, "").strip()}


async def _absence(officer: OfficerActor, now: datetime, typed: dict[str, str]) -> dict[str, Any]:
    return {
        "post": await absences.post_of(officer.id, now),
        "hours": settings.deputy_after_hours,
        "typed": {name: typed.get(name, "") for name in ("reason", "from_at", "until_at")},
        "starts": now.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M"),
    }


@get("/staff/interests", guards=[officer_only])
async def interests_page(request: Request[Any, Any, Any], officer: OfficerActor) -> Page:
    """Whose cases I keep off."""
    return views.page(request, "authority/interests.html", errors={}, **await _interests(officer, {}))


@post("/staff/interests/relatives", guards=[officer_only])
async def declare_relative(request: Request[Any, Any, Any], data: Form, officer: OfficerActor, now: datetime) -> Page:
    """A near relative."""
    try:
        raw = {name: data.get(name, "").strip() for name in ("relation", "name", "id_number")}
        await interests.declare_relative(shaped(RelativeDeclared, raw), by=officer, now=now)
    except Refusal as refusal:
        return again(request, "authority/interests.html", refusal, **await _interests(officer, data))
    return go("/staff/interests")


@post("/staff/interests/companies", guards=[officer_only])
async def declare_company(request: Request[Any, Any, Any], data: Form, officer: OfficerActor, now: datetime) -> Page:
    """A company or organisation. Its name has a field of its own on the page, beside that of a relative."""
    try:
        raw = {"name": data.get("company", ""), "credit_code": data.get("credit_code", "").strip()}
        await interests.declare_company(shaped(CompanyDeclared, raw), by=officer, now=now)
    except Refusal as refusal:
        return again(request, "authority/interests.html", refusal, **await _interests(officer, data))
    return go("/staff/interests")


@post("/staff/interests/{interest_id:int}/removal", guards=[officer_only])
async def remove(interest_id: int, officer: OfficerActor, now: datetime) -> Page:
    """Off the list, on record."""
    await interests.remove(interest_id, by=officer, now=now)
    return go("/staff/interests")


async def _interests(officer: OfficerActor, typed: dict[str, str]) -> dict[str, Any]:
    names = ("relation", "name", "id_number", "company", "credit_code")
    return {
        "declared": await interests.declared_by(officer),
        "relations": list(Relation),
        "typed": {name: typed.get(name, "") for name in names},
    }


handlers = [
    todo,
    authority,
    delegate,
    take_back,
    absence,
    be_away,
    be_back,
    interests_page,
    declare_relative,
    declare_company,
    remove,
]
