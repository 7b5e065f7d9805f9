"""/admin: accounts (system), roles and authority (security), the trail (audit). None of them sees a case."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from litestar import Request, Response, get, post

from backend import views
from backend.domain.refusal import Refusal
from backend.people import enrolment, officers, sessions, staff
from backend.people.api.officers import AUDIT, EITHER, SECURITY, SYSTEM
from backend.people.audit import audit
from backend.people.guards import require_step_up
from backend.people.pages.forms import Form, again, day_in, go, refuse
from backend.people.viewer import SignedIn
from shared_schemas.people import Authority, OfficerActor
from shared_schemas.vocabulary import ApprovalMode, Role, Tier

_FIELDS = ("staff_no", "name", "department", "phone", "mobile")


@get("/admin/officers", guards=[EITHER])
async def officers_page(request: Request) -> Response:
    """Everybody."""
    return views.page(request, "people/officers.html", officers=await staff.every())


@get("/admin/officers/new", guards=[SYSTEM])
async def new_officer_page(request: Request) -> Response:
    """Ask for number and name."""
    return views.page(request, "people/new_officer.html", errors={}, given=dict.fromkeys(_FIELDS, ""))


@post("/admin/officers", guards=[SYSTEM])
async def add_officer(request: Request, data: Form, officer: OfficerActor, now: datetime) -> Response:
    """Open an account."""
    given = {field: data.get(field, "").strip()[:60] for field in _FIELDS}
    try:
        refuse({field: "people.missing" for field in ("staff_no", "name") if not given[field]})
        refuse({"name": "people.name_long"} if len(given["name"]) > 40 else {})  # as long as the event log signs
        made = await officers.add(
            given["staff_no"][:20],
            given["name"],
            department=given["department"][:20] or None,
            phone=given["phone"][:30],
            mobile=given["mobile"][:20] or None,
            by=officer,
            now=now,
        )
    except Refusal as refusal:
        return again(request, "people/new_officer.html", refusal, given=given)
    return go(f"/admin/officers/{made}")


@get("/admin/officers/{officer_id:int}", guards=[EITHER])
async def officer_page(request: Request, officer_id: int, now: datetime) -> Response:
    """One officer: what the viewer's own office may change."""
    return await _officer_page(request, officer_id, now)


@post("/admin/officers/{officer_id:int}/enrolment", guards=[SYSTEM])
async def make_enrolment(
    request: Request, officer_id: int, officer: OfficerActor, signed_in: SignedIn, now: datetime
) -> Response:
    """Show the enrolment link, once."""
    require_step_up(request, signed_in)
    return await _officer_page(
        request, officer_id, now, link=await enrolment.make_link(officer_id, by=officer, now=now)
    )


@post("/admin/officers/{officer_id:int}/activity", guards=[SYSTEM])
async def set_active(officer_id: int, data: Form, officer: OfficerActor, now: datetime) -> Response:
    """Open or close the account."""
    await officers.set_active(officer_id, active=data.get("is_active") == "yes", by=officer, now=now)
    return go(f"/admin/officers/{officer_id}")


@post("/admin/officers/{officer_id:int}/sessions", guards=[EITHER])
async def end_sessions(officer_id: int, officer: OfficerActor, now: datetime) -> Response:
    """Sign out everywhere."""
    ended = await sessions.end_of_subject("officer", officer_id, now)
    await audit(officer, "officer.sessions_ended", now=now, officer=officer_id, count=ended)
    return go(f"/admin/officers/{officer_id}")


@post("/admin/officers/{officer_id:int}/roles", guards=[SECURITY])
async def change_role(
    request: Request, officer_id: int, data: Form, officer: OfficerActor, signed_in: SignedIn, now: datetime
) -> Response:
    """Grant (`grant`) or take away (`revoke`) a role."""
    require_step_up(request, signed_in)
    for field, act in (("grant", officers.grant_role), ("revoke", officers.revoke_role)):
        if data.get(field) in set(Role):
            await act(officer_id, Role(data[field]), by=officer, now=now)
    return go(f"/admin/officers/{officer_id}")


@post("/admin/officers/{officer_id:int}/letters", guards=[SECURITY])
async def change_letters(
    request: Request, officer_id: int, data: Form, officer: OfficerActor, signed_in: SignedIn, now: datetime
) -> Response:
    """Withdraw letters (`withdraw`: ids) or give new ones, a department a line."""
    require_step_up(request, signed_in)
    if withdrawn := data.get("withdraw"):
        for letter in filter(str.isdecimal, withdrawn.split(",")):
            await officers.withdraw_letter(int(letter), by=officer, now=now)
        return go(f"/admin/officers/{officer_id}")
    departments = data.get("departments", "").replace("，", " ").replace(",", " ").split()
    modes = frozenset(mode for mode in ApprovalMode if data.get(f"mode-{mode}") == "yes")
    if not departments or not modes or data.get("tier") not in set(Tier):
        raise Refusal("input.invalid", errors={"departments": "people.letter"})
    field, cap = data.get("cap_field", "").strip()[:60], _cap_in(data)
    if bool(field) != (cap is not None):
        raise Refusal("input.invalid", errors={"cap": "people.letter_cap"})
    letters = [
        Authority(
            Tier(data["tier"]), department[:20], modes, data.get("matter", "").strip()[:50] or None,
            day_in(data, "valid_from"), day_in(data, "valid_to"), field or None, cap,
        )
        for department in departments[:60]
    ]  # fmt: skip
    await officers.authorise(officer_id, letters, by=officer, now=now)
    return go(f"/admin/officers/{officer_id}")


def _cap_in(data: dict[str, str]) -> Decimal | None:
    """The number up to which a letter goes. Raises Refusal("input.invalid")."""
    text = data.get("cap", "").replace(",", "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < len(text) <= 12:
        raise Refusal("input.invalid", errors={"cap": "people.letter_cap"})
    return Decimal(text)


@get("/admin/audit", guards=[AUDIT])
async def audit_page(
    request: Request, officer: OfficerActor, now: datetime, before: int | None = None, what: str = ""
) -> Response:
    """The trail, newest first; looking at it leaves a line as well."""
    lines = await staff.trail(before=before, what=what[:60])
    await audit(officer, "audit.read", now=now, before=before, of=what[:60])
    return views.page(request, "people/audit.html", lines=lines, what=what[:60])


async def _officer_page(request: Request, officer_id: int, now: datetime, *, link: str | None = None) -> Response:
    return views.page(
        request, "people/officer.html", officer=await staff.one(officer_id), letters=await staff.letters(officer_id),
        sessions=await sessions.list_of("officer", officer_id, now), link=link, roles=list(Role), tiers=list(Tier),
        modes=list(ApprovalMode),
    )  # fmt: skip


handlers = [
    officers_page,
    new_officer_page,
    add_officer,
    officer_page,
    make_enrolment,
    set_active,
    end_sessions,
    change_role,
    change_letters,
    audit_page,
]
