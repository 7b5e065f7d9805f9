"""Who gets in where: wrong role, own rights, three administrators, forged forms, and no demo outside the demo."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import httpx
import pytest

from backend import db
from backend.people.guards import safe_next
from tests.people.steps import API, MOBILE, code_for, no_finger_yet, persona, sign_in

ANONYMOUS_API = [
    ("GET", "/session"),
    ("GET", "/me"),
    ("PATCH", "/me"),
    ("POST", "/me/identity"),
    ("GET", "/me/export"),
    ("DELETE", "/me"),
    ("GET", "/passkeys"),
    ("POST", "/passkeys/options"),
    ("GET", "/officers"),
    ("POST", "/officers"),
    ("GET", "/audit"),
    ("GET", "/windows"),
    ("PUT", "/windows/3/seat"),
]


@pytest.mark.parametrize(("method", "path"), ANONYMOUS_API)
async def test_the_api_asks_who_it_is(client: httpx.AsyncClient, method: str, path: str) -> None:
    answer = await client.request(method, API + path, json={})
    assert answer.status_code == 401
    assert answer.json()["code"] == "session.missing"
    assert answer.headers["content-type"] == "application/problem+json"


async def test_roles_keep_to_their_doors(client: httpx.AsyncClient) -> None:
    doors = {
        "/admin/officers": {"system_administrator", "security_administrator"},
        "/admin/officers/new": {"system_administrator"},
        "/admin/audit": {"audit_administrator"},
    }
    for key in (
        "clerk",
        "approver_chief",
        "supervisor",
        "system_administrator",
        "security_administrator",
        "audit_administrator",
    ):
        await persona(client, key)
        for path, allowed in doors.items():
            assert (await client.get(path)).status_code == (200 if key in allowed else 403), (key, path)
    await persona(client, "wangmin")
    refused = await client.get(f"{API}/officers")
    assert (refused.status_code, refused.json()["code"]) == (403, "people.officers_only")
    await persona(client, "clerk")
    refused = await client.get(f"{API}/audit")
    assert refused.json()["detail"] == "这件事由审计管理员来做，请找他们"
    assert (await client.get("/me")).status_code == 403


async def test_nobody_grants_rights_to_themselves_and_administrators_stand_apart(client: httpx.AsyncClient) -> None:
    await persona(client, "security_administrator")
    await no_finger_yet()
    ids = {row["staff_no"]: row["id"] for row in await db.fetch("SELECT id, staff_no FROM officer")}
    early = await client.put(f"{API}/officers/{ids['NH0105']}/roles/surveyor")
    assert early.json()["code"] == "session.step_up_needed"
    await db.execute("UPDATE session SET stepped_up_at = now() + interval '1 day'")
    own = await client.put(f"{API}/officers/{ids['NH0902']}/roles/approver")
    assert (own.status_code, own.json()["code"]) == (403, "people.own_role")
    two = await client.put(f"{API}/officers/{ids['NH0901']}/roles/audit_administrator")
    assert (two.status_code, two.json()["code"]) == (409, "people.administrators_apart")
    clerk = await client.put(f"{API}/officers/{ids['NH0105']}/roles/system_administrator")
    assert clerk.json()["code"] == "people.administrators_apart"
    assert (await client.put(f"{API}/officers/{ids['NH0105']}/roles/surveyor")).status_code == 204
    assert (await client.post(f"{API}/officers", json={"staff_no": "X1", "name": "某人"})).status_code == 403


async def test_reading_the_trail_is_on_the_trail(client: httpx.AsyncClient) -> None:
    await persona(client, "audit_administrator")
    await client.get(f"{API}/audit")
    lines = (await client.get(f"{API}/audit?what=audit.")).json()["items"]
    assert [line["what"] for line in lines] == ["audit.read"] * 2
    assert lines[0]["actor"] == "石磊"


async def test_every_department_has_somebody_for_each_tier(client: httpx.AsyncClient) -> None:
    await persona(client, "clerk")
    rows = await db.fetch("SELECT tier, count(DISTINCT department) AS n FROM authority_letter GROUP BY tier")
    assert {row["tier"]: row["n"] for row in rows} == {"chief": 28, "second": 28, "third": 28}


async def test_demo_people_load_twice_without_doubles(client: httpx.AsyncClient) -> None:
    from backend import clock
    from backend.demo.people import load_people

    await load_people(clock.now())
    once = await db.fetchrow(
        "SELECT (SELECT count(*) FROM citizen) c, (SELECT count(*) FROM officer) o, "
        "(SELECT count(*) FROM authority_letter) l, (SELECT count(*) FROM window_desk) w"
    )
    await load_people(clock.now())
    twice = await db.fetchrow(
        "SELECT (SELECT count(*) FROM citizen) c, (SELECT count(*) FROM officer) o, "
        "(SELECT count(*) FROM authority_letter) l, (SELECT count(*) FROM window_desk) w"
    )
    assert once == twice
    assert once
    assert once["w"] == 20


async def test_two_clerks_want_one_window(client: httpx.AsyncClient) -> None:
    await persona(client, "clerk_1")
    taken = await client.put(f"{API}/windows/5/seat")
    assert (taken.status_code, taken.json()["code"]) == (409, "people.window_taken")
    assert (await client.get(f"{API}/session")).json()["window"] == 1
    assert (await client.put(f"{API}/windows/7/seat")).status_code == 204
    assert (await client.get(f"{API}/session")).json()["window"] == 7


async def test_forms_without_a_token_or_with_another_visitors_are_refused(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    for data in ({}, {"_csrf": "x"}, {"_csrf": "A" * 43}):
        refused = await client.post("/me/address", data={"address": "别处", **data})
        assert refused.status_code == 403, data
    token = _csrf((await client.get("/me/address")).text)
    assert (await client.post("/me/address", data={"address": "别处", "_csrf": token})).status_code == 303
    await sign_in(client, "13912345679")
    assert (await client.post("/me/address", data={"address": "别处", "_csrf": token})).status_code == 403
    foreign = await client.post(f"{API}/me/hat", json={}, headers={"sec-fetch-site": "cross-site"})
    assert (foreign.status_code, foreign.json()["code"]) == (403, "request.foreign")


async def test_signing_in_on_the_pages(client: httpx.AsyncClient) -> None:
    page = await client.get("/sign-in/mobile?next=/me/family")
    form = {"_csrf": _csrf(page.text), "next": "/me/family", "mobile": MOBILE}
    untold = await client.post("/sign-in/mobile", data=form)
    assert untold.status_code == 422
    assert "个人信息说明，再勾上" in untold.text
    assert MOBILE in untold.text  # nothing typed is lost
    sent = await client.post("/sign-in/mobile", data={**form, "agreed": "yes"})
    assert sent.headers["location"] == "/sign-in/code?next=/me/family"
    assert MOBILE not in str(sent.headers)
    asked = await client.get(sent.headers["location"])
    assert MOBILE not in asked.text
    form = {"_csrf": _csrf(asked.text), "next": "/me/family", "code": await code_for()}
    arrived = await client.post("/sign-in/code", data=form)
    assert arrived.headers["location"] == "/sign-in/passkey?next=/me/family"
    offered = await client.get(arrived.headers["location"])
    later = await client.post("/sign-in/passkey/later", data={"_csrf": _csrf(offered.text), "next": "/me/family"})
    assert later.headers["location"] == "/me/family"
    assert (await client.get("/me/family")).status_code == 200


async def test_sign_in_forms_need_their_token_too(client: httpx.AsyncClient) -> None:
    assert (await client.post("/sign-in/mobile", data={"mobile": MOBILE, "agreed": "yes"})).status_code == 403


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("/me?x=1", "/me?x=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("", "/"),
        (None, "/"),
        ("/a\r\nset-cookie: x", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_next_stays_on_this_site(path: str | None, safe: str) -> None:
    assert safe_next(path) == safe


def test_demo_does_not_exist_outside_the_demo() -> None:
    program = (
        "from backend.app import create_app\n"
        "paths = [route.path for route in create_app().routes]\n"
        "assert '/api/v1/session' in paths\n"
        "print([path for path in paths if 'demo' in path])\n"
    )
    key = "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY="
    other = "dnV0c3JxcG9ubWxramloZ2ZlZGNiYTk4NzY1NDMyMTA="
    env = {name: value for name, value in os.environ.items() if not name.startswith("YIMABAN_")} | {
        "YIMABAN_BASE_URL": "https://hall.example",
        "YIMABAN_DATABASE_URL": "postgres://nowhere/x",
        "YIMABAN_SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789",
        "YIMABAN_PERSONAL_DATA_KEYS": f"a:{key}",
        "YIMABAN_BLIND_INDEX_KEY": other,
    }
    said = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr[-2000:]
    assert said.stdout.strip().splitlines()[-1] == "[]"


def _csrf(text: str) -> str:
    found = re.search(r'name="_csrf" value="([^"]+)"', text)
    assert found
    return found[1]
