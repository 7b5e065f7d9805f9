"""Attack 9: a kiosk's session opens one draft and no other door, however long it is tried."""

from __future__ import annotations

import re
from uuid import UUID

import httpx
import pytest_asyncio

from tests.desk import Desk
from tests.journeys.test_api_doors import PUBLIC
from tests.security.conftest import Doors, csrf_of
from tests.security.test_doors import ask, routes

DRAFT = "11111111-2222-4333-8444-555555555555"


@pytest_asyncio.fixture(loop_scope="session")
async def kiosk(doors: Doors, desk: Desk) -> httpx.AsyncClient:
    """王敏's draft is open here; nothing else of hers is."""
    from backend.people import sessions
    from backend.people.sessions import Visitor

    wang = await desk.who("wangmin")
    token = await sessions.begin(
        "citizen", wang.id, method="relay", visitor=Visitor(), now=desk.now, only_draft=UUID(DRAFT)
    )
    browser = doors.stranger()
    browser.cookies.set("device", "kiosk")
    browser.cookies.set(sessions.cookie_name(), token)
    return browser


async def test_every_other_door_is_shut(kiosk: httpx.AsyncClient) -> None:
    token, open_doors, told = await csrf_of(kiosk), [], 0
    for method, path, declared, _guard in routes():
        if re.sub(r"\{(\w+):\w+\}", r"{\1}", declared) in PUBLIC or path == "/kiosk/end":
            continue
        answer = await ask(kiosk, method, path, token)
        told += answer.status_code == 403
        # Uploads are asked for by their owner, which is the draft: somebody else's are not there.
        is_missing = "/uploads" in path and answer.status_code in {400, 404, 412, 415}
        is_sent_away = answer.status_code == 303 and "/sign-in?next=" in answer.headers["location"]
        if not (answer.status_code in {401, 403} or is_missing or is_sent_away):
            open_doors.append(f"{method} {declared}: {answer.status_code}")
    assert open_doors == []
    assert told > 150


async def test_public_pages_know_nobody_there(kiosk: httpx.AsyncClient) -> None:
    for path in ("/", "/matters", "/scan"):
        page = await kiosk.get(path)
        assert page.status_code == 200
        assert "王敏" not in page.text
        assert "x-yimaban-person" not in page.headers


async def test_what_it_reaches_is_the_draft_by_its_own_name(kiosk: httpx.AsyncClient) -> None:
    for method, path in (("GET", f"/drafts/{DRAFT}"), ("GET", f"/api/v1/drafts/{DRAFT}")):
        assert (await kiosk.request(method, path)).status_code == 404  # let in, and this draft does not exist
    for method, path in (
        ("DELETE", f"/api/v1/drafts/{DRAFT}"),
        ("POST", f"/api/v1/drafts/{DRAFT}/relay"),
        ("GET", f"/drafts/{DRAFT}/relay"),
        ("POST", f"/drafts/{DRAFT}/removal"),
        ("POST", "/api/v1/cases"),
        ("GET", f"/drafts/{DRAFT}/receipt.pdf"),
    ):
        answer = await kiosk.request(method, path, json={} if method != "GET" else None)
        assert answer.status_code == 403, path
