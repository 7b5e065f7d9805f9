"""/api/v1/kiosks: the hall's machines, for the system administrator."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import Response, delete, get, post
from msgspec import Meta, Struct

from backend.people import kiosks
from backend.people.api.officers import SYSTEM
from backend.people.kiosks import Kiosk
from shared_schemas.people import OfficerActor

_TAGS = ["staff"]


class NewKiosk(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the machine stands, as people call the place."""

    name: Annotated[str, Meta(min_length=1, max_length=40, pattern=r"\S")]
    name_en: Annotated[str, Meta(max_length=60)] = ""


class KioskCode(Struct, frozen=True):
    """What enrols a browser as this machine: entered at /kiosk, once, within a day."""

    id: int
    code: str


@get("/kiosks", guards=[SYSTEM], tags=_TAGS, summary="Every kiosk", operation_id="Kiosks")
async def listed() -> list[Kiosk]:
    """By name, the revoked ones last; no token is ever shown."""
    return await kiosks.every()


@post(
    "/kiosks", guards=[SYSTEM], tags=_TAGS, status_code=201, summary="Add a kiosk", operation_id="AddKiosk",
    description="The answer holds the code that enrols it, shown once. 409 `kiosk.name_taken`.",
)  # fmt: skip
async def add(data: NewKiosk, officer: OfficerActor, now: datetime) -> Response[KioskCode]:
    """One machine more."""
    made, code = await kiosks.add(data.name.strip(), data.name_en.strip(), by=officer, now=now)
    return Response(KioskCode(made, code), status_code=201, headers={"cache-control": "no-store"})


@post(
    "/kiosks/{kiosk_id:int}/code", guards=[SYSTEM], tags=_TAGS, status_code=201, summary="A new enrolment code",
    operation_id="KioskCode", description="Voids an earlier one. The machine works on until this one is used.",
)  # fmt: skip
async def make_code(kiosk_id: int, officer: OfficerActor, now: datetime) -> Response[KioskCode]:
    """For a machine whose browser was replaced."""
    code = await kiosks.make_code(kiosk_id, by=officer, now=now)
    return Response(KioskCode(kiosk_id, code), status_code=201, headers={"cache-control": "no-store"})


@delete(
    "/kiosks/{kiosk_id:int}", guards=[SYSTEM], tags=_TAGS, status_code=204, summary="Revoke a kiosk",
    operation_id="RevokeKiosk", description="From its next request on; whoever is signed in at it is out.",
)  # fmt: skip
async def revoke(kiosk_id: int, officer: OfficerActor, now: datetime) -> None:
    """停用."""
    await kiosks.revoke(kiosk_id, by=officer, now=now)


handlers = [listed, add, make_code, revoke]
