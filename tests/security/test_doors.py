"""Attacks 2 to 4: every route by everybody who may not use it; sessions that were planted, stolen or outlived."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from tests.desk import Desk
from tests.journeys.test_api_doors import PUBLIC
from tests.people.steps import sign_in
from tests.security.conftest import API, Doors, csrf_of

STAFF = {
    "guide": "hall_guide",
    "smart_guide": "smart_guide",
    "clerk": "acceptance_clerk",
    "surveyor": "surveyor",
    "approver_third": "approver",
    "department_officer": "department_officer",
    "supervisor": "supervisor",
    "system_administrator": "system_administrator",
    "security_administrator": "security_administrator",
    "audit_administrator": "audit_administrator",
}
_VALUES = {"int": "999999", "str": "00000000-0000-4000-8000-000000000000"}


def routes() -> list[tuple[str, str, str, str]]:
    """(method, address with made-up values, path as declared, guard) of every door."""
    from backend.app import app
    from backend.doors import doors

    return [
        (method, re.sub(r"\{\w+:(\w+)\}", lambda found: _VALUES[found[1]], door.path), door.path, door.guard)
        for door in doors(app)
        if door.methods != "ASGI"
        for method in door.methods.split()
        if method not in {"HEAD", "OPTIONS"}
    ]


async def ask(browser: httpx.AsyncClient, method: str, path: str, token: str) -> httpx.Response:
    """With a valid form token, so that only the guard can say no."""
    if path.startswith("/api/"):
        return await browser.request(method, path, json=None if method == "GET" else {})
    if method == "GET":
        return await browser.get(path)
    return await browser.request(method, path, data={"_csrf": token}, headers={"x-csrf-token": token})


async def test_strangers_are_sent_to_sign_in(doors: Doors) -> None:
    from backend.settings import settings

    nobody = doors.stranger()
    token = await csrf_of(nobody)
    opened = []
    for method, path, declared, _guard in routes():
        answer = await ask(nobody, method, path, token)
        if declared == "/demo/kiosk":  # whoever knocks there is a kiosk of the demo from then on, as is meant
            nobody.cookies.delete(settings.cookie("kiosk"))
        is_shown_out = answer.status_code == 303 and re.match(r"/(staff/)?sign-in\?next=", answer.headers["location"])
        is_public = re.sub(r"\{(\w+):\w+\}", r"{\1}", declared) in PUBLIC
        if not (answer.status_code in {401, 403} or is_shown_out or is_public):
            opened.append(f"{method} {declared}: {answer.status_code}")
        assert answer.status_code < 500, f"{method} {declared}"
    assert opened == []


@pytest.mark.parametrize("key", [*STAFF, "wangmin"])
async def test_a_role_opens_its_own_doors_only(doors: Doors, key: str) -> None:
    """Whoever is not named by the guard gets 403; whoever is, is never told it is not for them."""
    from backend import db

    browser = await doors(key)
    await db.execute("UPDATE session SET stepped_up_at = authenticated_at")
    token = await csrf_of(browser)
    wrong, told = [], 0
    for method, path, declared, guard in routes():
        roles = guard.removeprefix("requires ").split(" + ")[0].split("/") if guard.startswith("requires ") else None
        if (
            roles is None
            and guard != "officer_only"
            and not (guard in {"citizen_only", "verified_citizen"} and key in STAFF)
        ):
            continue
        if key in STAFF and (guard == "officer_only" or (roles and STAFF[key] in roles)):
            continue
        told += 1
        answer = await ask(browser, method, path, token)
        if answer.status_code != 403:
            wrong.append(f"{method} {declared} ({guard}): {answer.status_code}")
    assert told > 40
    assert wrong == []


@pytest.mark.parametrize("how", ["cookie", "bearer"])
async def test_a_planted_session_stays_dead_when_its_bearer_signs_in(doors: Doors, how: str) -> None:
    from backend.people import sessions

    planted = "A" * 43
    attacker, victim = doors.stranger(), doors.stranger()
    for browser in (attacker, victim):
        if how == "cookie":
            browser.cookies.set(sessions.cookie_name(), planted)
        else:
            browser.headers["authorization"] = f"Bearer {planted}"
    token = await sign_in(victim, "13912345601")
    assert token != planted
    assert (await attacker.get(f"{API}/session")).status_code == 401


async def test_every_way_in_gives_a_new_token_and_kills_the_old(doors: Doors, desk: Desk) -> None:
    """By code, by number again, by the demo's card, by leaving: what was known before is worth nothing."""
    browser = doors.stranger()
    known = [await sign_in(browser, "13912345602")]
    for step in ("code", "demo", "out"):
        if step == "code":
            known.append(await sign_in(browser, "13912345602"))
        elif step == "demo":
            known.append((await browser.post(f"{API}/demo/sessions", json={"persona": "xuting"})).json()["token"])
        else:
            token = await csrf_of(browser, "/me")
            assert (await browser.post("/sign-out", data={"_csrf": token})).status_code == 303
        stale = known if step == "out" else known[:-1]
        for old in stale:
            thief = doors.stranger(authorization=f"Bearer {old}")
            assert (await thief.get(f"{API}/session")).status_code == 401, step
    assert len(set(known)) == 3


async def test_odd_tokens_are_nobodys(doors: Doors) -> None:
    for odd in ("", " ", "\x00", "x" * 100_000, "é", "' OR 1=1 --", "null", "0"):
        answer = await doors.stranger().get(f"{API}/session", headers=[(b"authorization", b"Bearer " + odd.encode())])
        assert answer.status_code == 401, odd[:10]


async def test_a_company_or_child_of_somebody_else_is_no_hat_and_no_applicant(doors: Doors) -> None:
    from backend import db

    zhou = await db.fetchval("SELECT company FROM company_authorisation WHERE revoked_at IS NULL LIMIT 1")
    relative = await db.fetchval("SELECT id FROM dependent LIMIT 1") if await _has("dependent") else None
    emma = await doors("emma")
    answers: dict[str, Any] = {}
    for name, given in (("theirs", zhou), ("none", 999999)):
        hat = await emma.post(f"{API}/me/hat", json={"company": given})
        draft = await emma.post(f"{API}/drafts", json={"matter": "scj-18", "filed_for": "company", "company": given})
        answers[name] = (hat.status_code, hat.json()["code"], draft.status_code, draft.json()["code"])
    assert answers["theirs"] == answers["none"]
    assert answers["none"][0] >= 400
    for child in (relative or 1, 999999):
        draft = await emma.post(f"{API}/drafts", json={"matter": "scj-18", "filed_for": "child", "dependent": child})
        assert draft.status_code >= 400


async def _has(table: str) -> bool:
    from backend import db

    return bool(await db.fetchval("SELECT to_regclass($1) IS NOT NULL", table))
