"""Sessions: made here only, rotated, expiring, revocable."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx

from backend import clock, db
from backend.people import sessions
from tests.people.steps import API, code_for, persona, sign_in

MOBILE = "13912345678"


async def test_nobody_gets_a_row_before_signing_in(client: httpx.AsyncClient) -> None:
    for path in ("/", "/sign-in", f"{API}/session", "/me"):
        await client.get(path)
    assert await db.fetchval("SELECT count(*) FROM session") == 0


async def test_planted_id_is_dead_and_stays_dead_after_sign_in(client: httpx.AsyncClient) -> None:
    planted = "x" * 43
    client.cookies.set(sessions.cookie_name(), planted)
    assert (await client.get(f"{API}/session")).status_code == 401
    await sign_in(client)
    client.cookies.clear()
    client.cookies.set(sessions.cookie_name(), planted)
    assert (await client.get(f"{API}/session")).status_code == 401


async def test_signing_in_again_kills_the_session_one_came_with(client: httpx.AsyncClient) -> None:
    first = await sign_in(client)
    second = await sign_in(client)
    assert first != second
    client.cookies.clear()
    old = await client.get(f"{API}/session", headers={"authorization": f"Bearer {first}"})
    new = await client.get(f"{API}/session", headers={"authorization": f"Bearer {second}"})
    assert (old.status_code, new.status_code) == (401, 200)


async def test_token_is_not_in_the_database(client: httpx.AsyncClient) -> None:
    token = await sign_in(client)
    row = await db.fetchrow("SELECT * FROM session")
    assert row
    assert token.encode() not in bytes(row["token_hash"])
    assert len(row["token_hash"]) == 32


async def test_cookie_is_http_only_lax_and_bound_to_this_host(client: httpx.AsyncClient) -> None:
    await client.post(f"{API}/sign-in/codes", json={"mobile": MOBILE})
    answer = await client.post(f"{API}/sessions", json={"mobile": MOBILE, "code": await code_for()})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie
    assert answer.headers["cache-control"] == "no-store"


async def test_session_expires(client: httpx.AsyncClient, now: datetime) -> None:
    await sign_in(client)
    assert (await client.get(f"{API}/session")).status_code == 200
    clock.freeze(now + timedelta(hours=13))
    answer = await client.get(f"{API}/session")
    assert answer.status_code == 401
    assert answer.json()["code"] == "session.expired"


async def test_idle_session_expires_and_use_keeps_it_alive(client: httpx.AsyncClient, now: datetime) -> None:
    await sign_in(client)
    await db.execute("UPDATE session SET idle_seconds = 1800")
    for minutes in (20, 40, 60):
        clock.freeze(now + timedelta(minutes=minutes))
        assert (await client.get(f"{API}/session")).status_code == 200
    clock.freeze(now + timedelta(minutes=91))
    assert (await client.get(f"{API}/session")).status_code == 401


async def test_last_seen_is_written_once_a_minute(client: httpx.AsyncClient, now: datetime) -> None:
    await sign_in(client)
    for seconds in (10, 30, 59):
        clock.freeze(now + timedelta(seconds=seconds))
        await client.get(f"{API}/session")
    assert await db.fetchval("SELECT last_seen_at FROM session") == now
    clock.freeze(now + timedelta(seconds=61))
    await client.get(f"{API}/session")
    assert await db.fetchval("SELECT last_seen_at FROM session") == now + timedelta(seconds=61)


async def test_one_lists_and_ends_own_sessions_only(client: httpx.AsyncClient) -> None:
    phone = await sign_in(client)
    client.cookies.clear()
    await sign_in(client)
    listed = (await client.get(f"{API}/sessions")).json()["items"]
    assert len(listed) == 2
    other = next(item["id"] for item in listed if not item["is_this"])
    client.cookies.clear()
    await sign_in(client, "13912345679")
    foreign = await client.delete(f"{API}/sessions/{other}")
    unknown = await client.delete(f"{API}/sessions/999999")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json()["code"] == unknown.json()["code"]
    ended = await client.delete(f"{API}/sessions/{other}", headers={"authorization": f"Bearer {phone}"})
    assert ended.status_code == 204
    assert (await client.get(f"{API}/session", headers={"authorization": f"Bearer {phone}"})).status_code == 401


async def test_signing_out_ends_the_session_and_clears_the_device(client: httpx.AsyncClient) -> None:
    token = await sign_in(client)
    answer = await client.delete(f"{API}/session")
    assert answer.status_code == 204
    assert answer.headers["clear-site-data"] == '"cache"'  # the phone may hold what another person has not sent yet
    client.cookies.clear()
    assert (await client.get(f"{API}/session", headers={"authorization": f"Bearer {token}"})).status_code == 401


async def test_a_phone_that_keeps_what_is_not_sent_is_told_so(client: httpx.AsyncClient) -> None:
    for asked, told in (("", "wipe."), ("?unsent=keep", "keep.")):
        await sign_in(client)
        answer = await client.delete(f"{API}/session{asked}")
        assert answer.cookies["left"].startswith(told)


async def test_closed_officer_account_is_out_at_once(client: httpx.AsyncClient) -> None:
    await persona(client, "clerk")
    assert (await client.get(f"{API}/session")).json()["window"] == 5
    await db.execute("UPDATE officer SET is_active = FALSE WHERE staff_no = 'NH0105'")
    assert (await client.get(f"{API}/session")).status_code == 401


async def test_revoked_role_is_gone_with_the_next_request(client: httpx.AsyncClient) -> None:
    await persona(client, "audit_administrator")
    assert (await client.get(f"{API}/audit")).status_code == 200
    await db.execute("UPDATE officer_role SET revoked_at = now() WHERE role = 'audit_administrator'")
    assert (await client.get(f"{API}/audit")).status_code == 403


async def test_page_sends_to_sign_in_and_back(client: httpx.AsyncClient) -> None:
    answer = await client.get("/me/family?x=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/me/family%3Fx%3D1"
    htmx = await client.get(
        "/me/family", headers={"hx-request": "true", "hx-current-url": "http://testserver.local/me"}
    )
    assert htmx.headers["hx-redirect"] == "/sign-in?next=/me"
    assert (await client.get("/desk/anything-else")).status_code in {303, 404}
