"""/admin/kiosks: the system administrator enrols machines of the hall as kiosks, and revokes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post

from backend import views
from backend.domain.refusal import Refusal
from backend.people import kiosks
from backend.people.api.officers import SYSTEM
from backend.people.pages.forms import Form, again, go, refuse
from backend.settings import settings
from shared_schemas.people import OfficerActor


@get("/admin/kiosks", guards=[SYSTEM])
async def kiosks_page(request: Request) -> Response:
    """Every machine, and the form for one more."""
    return await _page(request)


@post("/admin/kiosks", guards=[SYSTEM])
async def add(request: Request, data: Form, officer: OfficerActor, now: datetime) -> Response:
    """A machine at a named place; its code is shown once."""
    given = {"name": data.get("name", "").strip()[:40], "name_en": data.get("name_en", "").strip()[:60]}
    try:
        refuse({} if given["name"] else {"name": "people.missing"})
        made, code = await kiosks.add(given["name"], given["name_en"], by=officer, now=now)
    except Refusal as refusal:
        return again(request, "people/kiosks.html", refusal, **await _known(), given=given, fresh=None, code="")
    return await _page(request, fresh=made, code=code)


@post("/admin/kiosks/{kiosk_id:int}/code", guards=[SYSTEM])
async def make_code(request: Request, kiosk_id: int, officer: OfficerActor, now: datetime) -> Response:
    """A new code, for a machine whose browser was replaced."""
    return await _page(request, fresh=kiosk_id, code=await kiosks.make_code(kiosk_id, by=officer, now=now))


@post("/admin/kiosks/{kiosk_id:int}/revocation", guards=[SYSTEM])
async def revoke(kiosk_id: int, officer: OfficerActor, now: datetime) -> Response:
    """停用."""
    await kiosks.revoke(kiosk_id, by=officer, now=now)
    return go("/admin/kiosks")


async def _page(request: Request, *, fresh: int | None = None, code: str = "") -> Response:
    given = {"name": "", "name_en": ""}
    return views.page(
        request, "people/kiosks.html", **await _known(), errors={}, given=given, fresh=fresh, code=code,
        headers={"cache-control": "no-store"},
    )  # fmt: skip


async def _known() -> dict[str, Any]:
    return {"kiosks": await kiosks.every(), "address": f"{settings.base_url}/kiosk"}


handlers = [kiosks_page, add, make_code, revoke]
