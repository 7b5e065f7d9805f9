"""A kiosk is enrolled at a named place, by an administrator, once; nobody else's browser is one."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import ModuleType

import httpx
import pytest

from backend.demo.people import load_people
from backend.domain.refusal import Refusal
from backend.people import kiosks
from backend.people.sessions import Visitor
from backend.settings import settings
from shared_schemas.people import SystemActor
from tests.kiosks import enrolled
from tests.people.steps import persona

_BY = SystemActor("test")
_AT = Visitor(ip="10.9.0.1")


async def start(client: httpx.AsyncClient) -> httpx.Response:
    return await client.get("/kiosk")


async def typed(client: httpx.AsyncClient, code: str) -> httpx.Response:
    token = (await start(client)).text.split('name="_csrf" value="')[1].split('"')[0]
    return await client.post("/kiosk/enrolment", data={"code": code, "_csrf": token})


async def test_the_code_is_typed_at_the_machine_and_works_once(
    client: httpx.AsyncClient, db: ModuleType, now: datetime
) -> None:
    machine, code = await kiosks.add("一楼东厅 2 号机", "Ground floor east, machine 2", by=_BY, now=now)
    assert "这台机器还不是自助机" in (await start(client)).text
    wrong = await typed(client, "2222-2222-2222")
    assert (wrong.status_code, "登记码不对" in wrong.text) == (422, True)

    done = await typed(client, code.lower())
    assert (done.status_code, done.headers["location"]) == (303, "/kiosk")
    own = next(line for line in done.headers.get_list("set-cookie") if line.startswith(settings.cookie("kiosk")))
    assert "HttpOnly" in own
    page = await start(client)
    assert "一楼东厅 2 号机" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert 'data-surface="kiosk"' in page.text
    assert await db.fetchval("SELECT token_hash IS NOT NULL FROM kiosk WHERE id = $1", machine)
    with pytest.raises(Refusal) as spent:
        await kiosks.enrol(code, _AT, now)
    assert spent.value.code == "kiosk.code_spent"


async def test_no_other_browser_opens_a_kiosk_s_pages(client: httpx.AsyncClient, now: datetime) -> None:
    client.cookies.set("device", "kiosk")  # whoever says so is none yet
    client.cookies.set(settings.cookie("kiosk"), "somebody-elses-token")
    for path in ("/kiosk/drafts", "/kiosk/over"):
        answer = await client.get(path)
        assert (answer.status_code, "没有登记成自助机" in answer.text) == (403, True), path
    page = await start(client)
    assert "接着手机上的办" not in page.text
    gone = [line for line in page.headers.get_list("set-cookie") if "Max-Age=0" in line]
    assert len(gone) == 2  # a machine that was revoked is a browser like any other again


async def test_a_revoked_machine_is_out_at_once_and_so_is_who_stands_there(
    client: httpx.AsyncClient, db: ModuleType, now: datetime
) -> None:
    machine = await enrolled(client, now)
    assert (await client.get("/kiosk/drafts")).status_code == 200
    session = await db.fetchval(
        "INSERT INTO session (token_hash, subject_kind, subject_id, method, created_at, authenticated_at, last_seen_at, "
        "expires_at, idle_seconds, kiosk) VALUES ('\\x01', 'citizen', 1, 'relay', $1, $1, $1, $2, 90, $3) RETURNING id",
        now,
        now + timedelta(hours=1),
        machine,
    )
    await kiosks.revoke(machine, by=_BY, now=now)
    assert (await client.get("/kiosk/drafts")).status_code == 403
    assert await db.fetchval("SELECT revoked_at FROM session WHERE id = $1", session) == now
    with pytest.raises(Refusal, match=r"kiosk\.unknown"):
        await kiosks.revoke(machine, by=_BY, now=now)


async def test_a_new_code_replaces_the_machine_s_browser(db: ModuleType, now: datetime) -> None:
    assert db
    machine, first = await kiosks.add("二楼 1 号机", "", by=_BY, now=now)
    second = await kiosks.make_code(machine, by=_BY, now=now)
    for code, at in ((first, now), (second, now + kiosks.CODE_LASTS + timedelta(seconds=1))):
        with pytest.raises(Refusal, match=r"kiosk\.code_spent"):
            await kiosks.enrol(code, _AT, at)
    third = await kiosks.make_code(machine, by=_BY, now=now)
    assert await kiosks.enrol(third, _AT, now)
    with pytest.raises(Refusal, match=r"kiosk\.name_taken"):
        await kiosks.add("二楼 1 号机", "", by=_BY, now=now)


async def test_codes_are_not_guessed(db: ModuleType, now: datetime) -> None:
    assert db
    guesser = Visitor(ip="10.9.0.66")
    said = []
    for _ in range(12):
        with pytest.raises(Refusal) as refused:
            await kiosks.enrol("2222-2222-2222", guesser, now)
        said.append(refused.value.code)
    assert said == ["kiosk.code_spent"] * 10 + ["rate.limited"] * 2


async def test_a_machine_stays_a_kiosk_whatever_a_form_says(client: httpx.AsyncClient, now: datetime) -> None:
    await enrolled(client, now)
    token = (await client.get("/kiosk/drafts")).text.split('name="_csrf" value="')[1].split('"')[0]
    answer = await client.post("/preferences", data={"device": "own", "lang": "en", "_csrf": token})
    assert answer.status_code == 303
    assert not [line for line in answer.headers.get_list("set-cookie") if line.startswith("device=")]
    assert (await client.get("/kiosk/drafts")).status_code == 200
    refused = await client.post("/preferences", data={"device": "kiosk", "_csrf": token})
    assert refused.status_code in {400, 422}


async def test_only_the_system_administrator_enrols_and_revokes(client: httpx.AsyncClient, now: datetime) -> None:
    await load_people(now)
    await persona(client, "security_administrator")
    assert (await client.get("/admin/kiosks")).status_code == 403
    client.cookies.clear()
    await persona(client, "system_administrator")
    page = await client.get("/admin/kiosks")
    token = page.text.split('name="_csrf" value="')[1].split('"')[0]
    nameless = await client.post("/admin/kiosks", data={"name": " ", "_csrf": token})
    assert nameless.status_code == 422
    made = await client.post("/admin/kiosks", data={"name": "二楼西厅 1 号机", "_csrf": token})
    assert "登记码，只显示这一次" in made.text
    assert made.headers["cache-control"] == "no-store"
    (machine,) = await kiosks.every()
    gone = await client.post(f"/admin/kiosks/{machine.id}/revocation", data={"_csrf": token})
    assert gone.status_code == 303
    assert "停用的" in (await client.get("/admin/kiosks")).text
