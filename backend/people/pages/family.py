"""/me/family: parents and children one files for."""

from __future__ import annotations

from datetime import datetime

from litestar import Request, Response, get, post

from backend import views
from backend.domain.refusal import Refusal
from backend.people import family
from backend.people.guards import citizen_only, verified_citizen
from backend.people.pages.forms import Form, again, go, refuse
from shared_schemas.id_kind import IdKind
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import FiledFor

_FIELDS = ("kind", "name", "id_kind", "id_number")


@get("/me/family", guards=[citizen_only])
async def family_page(request: Request, citizen: CitizenActor) -> Response:
    """The list, IDs masked."""
    return views.page(request, "people/family.html", family=await family.of(citizen.id))


@get("/me/family/new", guards=[verified_citizen])
async def new_relative_page(request: Request) -> Response:
    """Ask who it is."""
    return views.page(request, "people/relative.html", errors={}, given=dict.fromkeys(_FIELDS, ""), **_choices())


@post("/me/family", guards=[verified_citizen])
async def add_relative(request: Request, data: Form, citizen: CitizenActor, now: datetime) -> Response:
    """Put a parent or child on the list."""
    given = {field: data.get(field, "")[:200] for field in _FIELDS}
    try:
        refuse({} if given["kind"] in set(family.KINDS) else {"kind": "people.kin_kind"})
        id_kind = IdKind(given["id_kind"]) if given["id_kind"] in set(IdKind) else IdKind.RESIDENT
        await family.add(
            citizen,
            kind=FiledFor(given["kind"]),
            name=given["name"],
            id_number=given["id_number"],
            id_kind=id_kind,
            now=now,
        )
    except Refusal as refusal:
        return again(request, "people/relative.html", refusal, given=given, **_choices())
    return go("/me/family")


@post("/me/family/{relative_id:int}/removal", guards=[citizen_only])
async def remove_relative(relative_id: int, citizen: CitizenActor, now: datetime) -> Response:
    """Take somebody off the list."""
    await family.remove(citizen, relative_id, now)
    return go("/me/family")


def _choices() -> dict[str, object]:
    return {"kinds": list(family.KINDS), "id_kinds": list(IdKind)}


handlers = [family_page, new_relative_page, add_relative, remove_relative]
