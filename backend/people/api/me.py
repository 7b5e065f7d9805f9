"""/api/v1/me: the citizen's own record, companies, family and hats."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from litestar import Request, Response, delete, get, patch, post
from msgspec import Meta, Struct

from backend.domain import masking
from backend.domain.refusal import Refusal
from backend.people import citizens, closing, codes, companies, family, profile, signing_in
from backend.people.companies import Capacity, Hat
from backend.people.guards import citizen_only, require_fresh, verified_citizen
from backend.people.profile import Profile
from backend.people.sessions import Visitor, cookie_for
from backend.people.viewer import SignedIn
from shared_schemas.id_kind import IdKind
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import FiledFor

_Text = Annotated[str, Meta(max_length=200)]
_Short = Annotated[str, Meta(max_length=40)]


class ProfileChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What a citizen may change freely."""

    address: _Text


class NewMobile(Struct, frozen=True, forbid_unknown_fields=True):
    """The new number and the code that was sent to it."""

    mobile: _Short
    code: _Short


class NewMobileRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The number to move to."""

    mobile: _Short


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """A one-time code."""

    code: _Short


class Identity(Struct, frozen=True, forbid_unknown_fields=True):
    """Real name and ID document, once."""

    name: _Text
    id_number: _Short
    id_kind: IdKind = IdKind.RESIDENT


class NewCompany(Struct, frozen=True, forbid_unknown_fields=True):
    """A company to act for, by declaration."""

    name: _Text
    credit_code: _Short
    capacity: Capacity
    legal_representative: _Text = ""
    valid_to: date | None = None


class NewRelative(Struct, frozen=True, forbid_unknown_fields=True):
    """A parent or child to file for."""

    kind: FiledFor
    name: _Text
    id_number: _Short
    id_kind: IdKind = IdKind.RESIDENT


class RelativeShown(Struct, frozen=True):
    """A parent or child with the ID number masked."""

    id: int
    kind: FiledFor
    name: str
    id_kind: IdKind
    id_masked: str


class HatChoice(Struct, frozen=True, forbid_unknown_fields=True):
    """The company to act for in this session; null for oneself."""

    company: int | None = None


class Made(Struct, frozen=True):
    """The id of what was made."""

    id: int


@get("/me", guards=[citizen_only], tags=["me"], summary="My record")
async def show_me(citizen: CitizenActor) -> Profile:
    """The caller's record; ID and mobile number are masked."""
    return await profile.profile(citizen)


@patch("/me", guards=[citizen_only], tags=["me"], summary="Change my address")
async def change_me(data: ProfileChange, citizen: CitizenActor) -> Profile:
    """Set the address that forms are prefilled with."""
    await citizens.set_address(citizen, data.address)
    return await profile.profile(citizen)


@post("/me/identity", guards=[citizen_only], tags=["me"], summary="Register real name and ID", status_code=201)
async def register_identity(data: Identity, citizen: CitizenActor, now: datetime) -> Profile:
    """Once; validated, sealed, never shown whole again."""
    await citizens.verify(citizen.id, name=data.name, kind=data.id_kind, number=data.id_number, by=citizen, now=now)
    return await profile.profile(citizen)


@post("/me/mobile/codes", guards=[citizen_only], tags=["me"], summary="Send a code to a new number", status_code=202)
async def send_code_to_new(data: NewMobileRequest, visitor: Visitor, now: datetime) -> dict[str, datetime]:
    """The first half of moving to another number."""
    mobile = codes.checked_mobile(data.mobile)
    return {"expires_at": await codes.send(mobile, "new_mobile", ip=visitor.ip, now=now)}


@post("/me/mobile", guards=[citizen_only], tags=["me"], summary="Move to another number", status_code=200)
async def change_mobile(
    request: Request, data: NewMobile, citizen: CitizenActor, signed_in: SignedIn, visitor: Visitor, now: datetime
) -> Profile:
    """Needs a sign-in or confirmation of the last five minutes and the code sent to the new number."""
    require_fresh(request, signed_in)
    mobile = codes.checked_mobile(data.mobile)
    await codes.use(mobile, "new_mobile", data.code, ip=visitor.ip, now=now)
    await citizens.change_mobile(citizen.id, mobile, by=citizen, now=now)
    return await profile.profile(citizen)


@post(
    "/me/confirmation/codes", guards=[citizen_only], tags=["me"], summary="Send a code to confirm with", status_code=202
)
async def send_confirmation(citizen: CitizenActor, visitor: Visitor, now: datetime) -> dict[str, datetime]:
    """A code to the caller's own number, for what needs a fresh proof."""
    return {"expires_at": await codes.send(citizen.mobile, "confirm", ip=visitor.ip, now=now)}


@post("/me/confirmation", guards=[citizen_only], tags=["me"], summary="Confirm with a code", status_code=200)
async def confirm(
    data: Code, citizen: CitizenActor, signed_in: SignedIn, visitor: Visitor, now: datetime
) -> Response[dict[str, str]]:
    """The session gets a new token and counts as fresh for five minutes."""
    token = await signing_in.confirm_by_code(signed_in.session, citizen, data.code, visitor=visitor, now=now)
    return Response({"token": token}, cookies=[cookie_for(token)], headers={"cache-control": "no-store"})


@get("/me/companies", guards=[citizen_only], tags=["me"], summary="Companies I act for")
async def list_companies(citizen: CitizenActor, now: datetime) -> dict[str, list[Hat]]:
    """The hats the caller may wear today."""
    return {"items": await companies.hats(citizen.id, now)}


@post("/me/companies", guards=[verified_citizen], tags=["me"], summary="Act for a company")
async def add_company(data: NewCompany, citizen: CitizenActor, now: datetime) -> Made:
    """Declare to be the legal representative or an authorised agent."""
    made = await companies.add(
        citizen,
        name=data.name,
        credit_code=data.credit_code,
        capacity=data.capacity,
        legal_representative=data.legal_representative,
        valid_to=data.valid_to,
        now=now,
    )
    return Made(made)


@delete("/me/companies/{company_id:int}", guards=[citizen_only], tags=["me"], summary="Stop acting for a company")
async def remove_company(company_id: int, citizen: CitizenActor, now: datetime) -> None:
    """Take the company off the list."""
    await companies.remove(citizen, company_id, now)


@post("/me/hat", guards=[citizen_only], tags=["me"], summary="Switch hats", status_code=200)
async def wear(data: HatChoice, citizen: CitizenActor, signed_in: SignedIn, now: datetime) -> dict[str, int | None]:
    """Act for a company, or with null for oneself, in this session."""
    await companies.wear(signed_in.session, citizen, data.company, now)
    return {"company": data.company}


@get("/me/family", guards=[citizen_only], tags=["me"], summary="Family I file for")
async def list_family(citizen: CitizenActor) -> dict[str, list[RelativeShown]]:
    """Parents and children, ID numbers masked."""
    items = [
        RelativeShown(item.id, item.kind, item.name, item.id_kind, masking.mask_id(item.id_number))
        for item in await family.of(citizen.id)
    ]
    return {"items": items}


@post("/me/family", guards=[verified_citizen], tags=["me"], summary="Add a parent or child")
async def add_relative(data: NewRelative, citizen: CitizenActor, now: datetime) -> Made:
    """Declare a parent or child to file for."""
    if data.kind not in family.KINDS:
        raise Refusal("people.not_family")
    made = await family.add(
        citizen, kind=data.kind, name=data.name, id_number=data.id_number, id_kind=data.id_kind, now=now
    )
    return Made(made)


@delete("/me/family/{relative_id:int}", guards=[citizen_only], tags=["me"], summary="Remove a parent or child")
async def remove_relative(relative_id: int, citizen: CitizenActor, now: datetime) -> None:
    """Take somebody off the list."""
    await family.remove(citizen, relative_id, now)


@get("/me/export", guards=[citizen_only], tags=["me"], summary="All my data")
async def export(
    request: Request, citizen: CitizenActor, signed_in: SignedIn, now: datetime
) -> Response[dict[str, Any]]:
    """Everything held about the caller, in clear, as a file; needs a fresh proof."""
    require_fresh(request, signed_in)
    headers = {"content-disposition": 'attachment; filename="yimaban.json"', "cache-control": "no-store"}
    return Response(await closing.export(citizen, now), headers=headers)


@delete("/me", guards=[citizen_only], tags=["me"], summary="Close my account")
async def close(request: Request, citizen: CitizenActor, signed_in: SignedIn, now: datetime) -> None:
    """Erase the account; refused while a case is open. Needs a fresh proof."""
    require_fresh(request, signed_in)
    await closing.close(citizen, now)


handlers = [
    show_me,
    change_me,
    register_identity,
    send_code_to_new,
    change_mobile,
    send_confirmation,
    confirm,
    list_companies,
    add_company,
    remove_company,
    wear,
    list_family,
    add_relative,
    remove_relative,
    export,
    close,
]
