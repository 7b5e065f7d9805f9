"""/api/v1/officers, /windows, /audit: three administrators, each with a part of it (GB/T 22239)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from litestar import delete, get, post, put
from msgspec import Meta, Struct

from backend.domain.refusal import Refusal
from backend.people import enrolment, officers, sessions, staff
from backend.people.audit import audit
from backend.people.guards import officer_only, requires, stepped_up
from backend.people.staff import AuditLine, Desk, Letter, OfficerRow
from shared_schemas.people import Authority, OfficerActor
from shared_schemas.vocabulary import ApprovalMode, Role, Tier

SYSTEM = requires(Role.SYSTEM_ADMINISTRATOR)
SECURITY = requires(Role.SECURITY_ADMINISTRATOR)
EITHER = requires(Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
AUDIT = requires(Role.AUDIT_ADMINISTRATOR)


class NewOfficer(Struct, frozen=True, forbid_unknown_fields=True):
    """A new account, without roles."""

    staff_no: Annotated[str, Meta(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9-]+\Z")]
    name: Annotated[str, Meta(min_length=1, max_length=40)]  # as long as the event log signs
    department: Annotated[str, Meta(max_length=20)] | None = None
    phone: Annotated[str, Meta(max_length=30)] = ""
    mobile: Annotated[str, Meta(max_length=20)] | None = None


class OfficerDetail(Struct, frozen=True):
    """One officer with letters of authority."""

    officer: OfficerRow
    letters: list[Letter]


class NewLetters(Struct, frozen=True, forbid_unknown_fields=True):
    """One letter of authority for each of `departments`."""

    tier: Tier
    departments: Annotated[tuple[Annotated[str, Meta(max_length=20)], ...], Meta(min_length=1, max_length=60)]
    modes: Annotated[tuple[ApprovalMode, ...], Meta(min_length=1, max_length=3)]
    matter: Annotated[str, Meta(max_length=50)] | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    cap_field: Annotated[str, Meta(min_length=1, max_length=60)] | None = None
    cap: Decimal | None = None


class EnrolmentLink(Struct, frozen=True):
    """A link for an officer's first passkey: works once, for a day."""

    url: str


class Made(Struct, frozen=True):
    """The id of what was made."""

    id: int


class IsActive(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the account is open."""

    is_active: bool


@get("/officers", guards=[EITHER], tags=["staff"], summary="All staff")
async def list_officers() -> dict[str, list[OfficerRow]]:
    """Accounts, roles and windows; no case is to be seen from here."""
    return {"items": await staff.every()}


@get("/officers/{officer_id:int}", guards=[EITHER], tags=["staff"], summary="One officer")
async def show_officer(officer_id: int) -> OfficerDetail:
    """One officer with letters of authority."""
    return OfficerDetail(await staff.one(officer_id), await staff.letters(officer_id))


@post("/officers", guards=[SYSTEM], tags=["staff"], summary="Add an officer")
async def add_officer(data: NewOfficer, officer: OfficerActor, now: datetime) -> Made:
    """Open an account; the security administrator grants roles."""
    made = await officers.add(
        data.staff_no, data.name, department=data.department, phone=data.phone, mobile=data.mobile, by=officer, now=now
    )
    return Made(made)


@put(
    "/officers/{officer_id:int}/activity",
    guards=[SYSTEM],
    tags=["staff"],
    summary="Open or close an account",
    status_code=204,
)
async def set_active(officer_id: int, data: IsActive, officer: OfficerActor, now: datetime) -> None:
    """Closing an account ends its sessions and frees its window."""
    await officers.set_active(officer_id, active=data.is_active, by=officer, now=now)


@post(
    "/officers/{officer_id:int}/enrolment",
    guards=[SYSTEM, stepped_up],
    tags=["staff"],
    summary="Link for the first passkey",
)
async def make_enrolment(officer_id: int, officer: OfficerActor, now: datetime) -> EnrolmentLink:
    """Hand the link to the officer in person."""
    return EnrolmentLink(await enrolment.make_link(officer_id, by=officer, now=now))


@put(
    "/officers/{officer_id:int}/roles/{role:str}",
    guards=[SECURITY, stepped_up],
    tags=["staff"],
    summary="Grant a role",
    status_code=204,
)
async def grant_role(officer_id: int, role: Role, officer: OfficerActor, now: datetime) -> None:
    """Never to oneself; administrators' roles stand alone."""
    await staff.one(officer_id)
    await officers.grant_role(officer_id, role, by=officer, now=now)


@delete(
    "/officers/{officer_id:int}/roles/{role:str}",
    guards=[SECURITY, stepped_up],
    tags=["staff"],
    summary="Revoke a role",
)
async def revoke_role(officer_id: int, role: Role, officer: OfficerActor, now: datetime) -> None:
    """Gone with the officer's next request."""
    await officers.revoke_role(officer_id, role, by=officer, now=now)


@post(
    "/officers/{officer_id:int}/letters",
    guards=[SECURITY, stepped_up],
    tags=["staff"],
    summary="Give letters of authority",
    status_code=204,
)
async def authorise(officer_id: int, data: NewLetters, officer: OfficerActor, now: datetime) -> None:
    """One for each department; with a cap only up to this number of the form's field."""
    await staff.one(officer_id)
    if (data.cap is None) != (data.cap_field is None) or (data.cap is not None and data.cap <= 0):
        raise Refusal("input.invalid", errors={"cap": "people.letter_cap"})
    modes = frozenset(data.modes)
    letters = [
        Authority(data.tier, department, modes, data.matter, data.valid_from, data.valid_to, data.cap_field, data.cap)
        for department in data.departments
    ]
    await officers.authorise(officer_id, letters, by=officer, now=now)


@delete("/letters/{letter_id:int}", guards=[SECURITY, stepped_up], tags=["staff"], summary="Withdraw a letter")
async def withdraw(letter_id: int, officer: OfficerActor, now: datetime) -> None:
    """It counts no more from now on."""
    await officers.withdraw_letter(letter_id, by=officer, now=now)


@delete(
    "/officers/{officer_id:int}/sessions",
    guards=[EITHER],
    tags=["staff"],
    summary="Sign an officer out everywhere",
    status_code=200,
)
async def end_sessions(officer_id: int, officer: OfficerActor, now: datetime) -> dict[str, int]:
    """End all sessions of an officer; returns how many."""
    ended = await sessions.end_of_subject("officer", officer_id, now)
    await audit(officer, "officer.sessions_ended", now=now, officer=officer_id, count=ended)
    return {"ended": ended}


@get("/windows", guards=[officer_only], tags=["staff"], summary="Windows and who sits there")
async def list_windows() -> dict[str, list[Desk]]:
    """The hall's windows, by number."""
    return {"items": await staff.desks()}


@put(
    "/windows/{number:int}/seat",
    guards=[requires(Role.ACCEPTANCE_CLERK, Role.HALL_GUIDE, Role.SMART_GUIDE)],
    tags=["staff"],
    summary="Take a seat",
    status_code=204,
)
async def sit(number: int, officer: OfficerActor, now: datetime) -> None:
    """Sit down at a window, leaving any other."""
    await officers.sit(officer, number, now)


@delete("/windows/seat", guards=[officer_only], tags=["staff"], summary="Leave the window")
async def leave(officer: OfficerActor) -> None:
    """Stand up."""
    await officers.leave(officer)


@get("/audit", guards=[AUDIT], tags=["staff"], summary="The audit trail")
async def read_audit(
    officer: OfficerActor, now: datetime, before: int | None = None, what: str = ""
) -> dict[str, list[AuditLine]]:
    """Newest first, a hundred at a time; reading it is itself on record."""
    await audit(officer, "audit.read", now=now, before=before, of=what[:60])
    return {"items": await staff.trail(before=before, what=what[:60])}


handlers = [
    list_officers,
    show_officer,
    add_officer,
    set_active,
    make_enrolment,
    grant_role,
    revoke_role,
    authorise,
    withdraw,
    end_sessions,
    list_windows,
    sit,
    leave,
    read_audit,
]
