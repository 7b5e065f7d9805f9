"""The calendar as JSON: read by anybody on staff, changed by a system administrator."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import get, post

from backend.almanac import actions, queries
from backend.people.guards import officer_only, requires, stepped_up
from shared_schemas.almanac import CalendarProposed, CalendarShown, ProposalShown
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role

_ADMIN = requires(Role.SYSTEM_ADMINISTRATOR)
_TAGS: dict[str, Any] = {"tags": ["calendar"]}


@get(
    "/calendar",
    guards=[officer_only],
    summary="The working calendar",
    operation_id="Calendar",
    description="Years in force, official or provisional, and every version.",
    **_TAGS,
)
async def shown() -> CalendarShown:
    """The calendar."""
    return await queries.shown()


@post(
    "/calendar/releases",
    guards=[_ADMIN],
    status_code=201,
    summary="Propose a calendar",
    operation_id="ProposeCalendar",
    description="A published list as TOML or CSV. Answers with what it changes and which open cases would move; nothing is "
    "reckoned with it before it is confirmed. 422 `calendar.…` names line or day.",
    **_TAGS,
)
async def propose(officer: OfficerActor, data: CalendarProposed, now: datetime) -> ProposalShown:
    """Propose."""
    return await queries.proposal(await actions.propose(data, by=officer, now=now), now)


@get(
    "/calendar/releases/{release:int}",
    guards=[_ADMIN],
    summary="One version",
    operation_id="CalendarRelease",
    description="What it would change now, and which open cases would move.",
    **_TAGS,
)
async def one(release: int, now: datetime) -> ProposalShown:
    """The version."""
    return await queries.proposal(release, now)


@post(
    "/calendar/releases/{release:int}/confirmation",
    guards=[_ADMIN, stepped_up],
    status_code=201,
    summary="Put a calendar into force",
    operation_id="ConfirmCalendar",
    description="By passkey. Every process reckons by it within seconds, every open case is reckoned anew, and applicants "
    "whose day moved are told. 409 `calendar.outdated` when another version came into force since the proposal.",
    **_TAGS,
)
async def confirm(officer: OfficerActor, release: int, now: datetime) -> CalendarShown:
    """Confirm."""
    await actions.confirm(release, by=officer, now=now)
    return await queries.shown()


@post(
    "/calendar/releases/{release:int}/proposal",
    guards=[_ADMIN],
    status_code=201,
    summary="Propose an earlier version again",
    operation_id="ProposeCalendarAgain",
    description="A mistake is put right by a version of its own; none is removed.",
    **_TAGS,
)
async def again(officer: OfficerActor, release: int, now: datetime) -> ProposalShown:
    """Propose again."""
    return await queries.proposal(await actions.propose_again(release, by=officer, now=now), now)


handlers = [shown, propose, one, confirm, again]
