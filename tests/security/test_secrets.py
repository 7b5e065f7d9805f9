"""Attack 27 and the promise behind all of them: personal data is in no log, address, title, count or open column."""

from __future__ import annotations

import io
import json
import logging
import re
from typing import Any

import pytest

from tests.desk import Desk
from tests.people.steps import code_for, sign_in
from tests.security.conftest import API, Doors, csrf_of

NAME, HOME, MOBILE, ID_NUMBER = "欧阳慧敏", "烟雨路八十八弄 6 号 909 室", "13912346789", "33049919880312042X"
SECRETS = (
    NAME,
    HOME,
    MOBILE,
    "吴侬软语面馆",
    "阳光不够亮堂的意见",
    "缺房产证复印件第三页",
    "私房照片.jpg",
    "服务真好赞一个",
)


@pytest.fixture
def heard() -> Any:
    """Everything the product logs, as it would be written: one string, every level."""
    import structlog

    from backend import logging as ours
    from backend.app import app
    from backend.settings import settings

    assert app  # making it configures the log, once
    out = io.StringIO()
    ours.configure("debug")
    root = logging.getLogger()
    handler = next(h for h in root.handlers if h.get_name() == "yimaban")
    handler.setStream(out)  # type: ignore[attr-defined]
    structlog.configure(cache_logger_on_first_use=False)
    _forget_levels()
    yield out
    ours.configure(settings.log_level)
    _forget_levels()


def _forget_levels() -> None:
    """Loggers remember how they were configured at first use; from now on they ask again."""
    import sys

    for name, module in list(sys.modules.items()):
        if name.startswith("backend"):
            getattr(getattr(module, "log", None), "__dict__", {}).pop("bind", None)


async def test_a_line_break_in_what_is_logged_starts_no_line(heard: io.StringIO, doors: Doors) -> None:
    import structlog

    stranger = doors.stranger()
    evil = 'x\r\n{"event":"forged","level":"info"}\n\x1b[31m\u2028\u0085'
    structlog.get_logger("t").info("try", agent=evil, id=ID_NUMBER, nested={"mobile": f"tel {MOBILE}"})
    logging.getLogger("t").warning("plain %s", evil + MOBILE)
    await stranger.post(
        "/preferences", headers={"x-request-id": "a\tb c", "user-agent": "x%0d%0aforged"}, data={"lang": "zz"}
    )
    await stranger.post(
        f"{API}/sign-in/codes", content=b'{"mobile": "1\\r\\nforged"}', headers={"content-type": "application/json"}
    )
    lines = [line for line in heard.getvalue().split("\n") if line]
    for line in lines:
        assert json.loads(line)["event"] != "forged"
    assert MOBILE not in heard.getvalue()
    assert ID_NUMBER not in heard.getvalue()
    assert len(lines) >= 3


async def journey(doors: Doors, desk: Desk) -> dict[str, Any]:
    """A life of one case through pages and API, with words that are easily found again; every answer is kept."""
    from backend.cases import reading

    answers: list[Any] = []

    def keep(browser: Any) -> Any:
        async def note(response: Any) -> None:
            await response.aread()
            answers.append(response)

        browser.event_hooks["response"].append(note)
        return browser

    citizen = keep(doors.stranger())
    await sign_in(citizen, MOBILE)
    number = "33049919770505042" + _check("33049919770505042")
    made = await citizen.post(f"{API}/me/identity", json={"name": NAME, "id_number": number})
    assert made.status_code == 201, made.text
    token = await csrf_of(citizen, "/me/address")
    await citizen.post("/me/address", data={"_csrf": token, "address": HOME})
    await citizen.post(
        f"{API}/me/family",
        json={"kind": "parent", "name": "欧阳慧敏父", "id_number": "33049919500101031" + _check("33049919500101031")},
    )
    draft = (await citizen.post(f"{API}/drafts", json={"matter": "scj-18"})).json()
    await citizen.patch(
        f"{API}/drafts/{draft['id']}", json={"fields": {"address": HOME, "premises_name": "吴侬软语面馆"}}
    )
    from tests.intake.conftest import begin_upload, picture, send_bytes

    body = picture("x")
    place = (await begin_upload(citizen, len(body), filename="私房照片.jpg", filetype="image/jpeg")).headers["location"]
    await send_bytes(citizen, place, 0, body)
    for path in ("/", "/me", "/cases", f"/drafts/{draft['id']}", f"/drafts/{draft['id']}/check", f"{API}/me/export"):
        await citizen.get(path)
    case, code = await _worked(doors, desk, citizen, keep)
    for path in (f"/t/{code}", f"{API}/track/{code}", f"/track?case_no={case.case_no}", "/nothing/" + code):
        await keep(doors.stranger()).get(path)
    await citizen.get(f"/sign-in?next=/t/{code}")
    await keep(doors.stranger()).post(f"{API}/sessions", json={"mobile": MOBILE, "code": "000000"})
    await keep(doors.stranger()).post(
        f"{API}/sign-in/codes", content=b"{" + MOBILE.encode(), headers={"content-type": "application/json"}
    )
    return {
        "answers": answers,
        "case": case,
        "code": code,
        "id": number,
        "otp": await code_for(MOBILE),
        "password": await _password(case),
        "reading": reading,
    }


async def _worked(doors: Doors, desk: Desk, citizen: Any, keep: Any) -> tuple[Any, str]:
    """Filed, corrected, answered, accepted, granted, collected, rated."""
    from backend import db
    from backend.cases import reading
    from backend.people import sessions, viewer

    found = await viewer.find(citizen.cookies.get(sessions.cookie_name()), desk.now)
    assert found is not None
    desk.tokens["ouyang_huimin"] = found.token
    case = await desk.filed("sole", by="ouyang_huimin", address=HOME)
    place = f"{API}/cases/{case.case_no}"
    clerk, third = keep(await doors("clerk")), keep(await doors("approver_third"))
    await db.execute("UPDATE session SET stepped_up_at = authenticated_at")
    await clerk.post(f"{place}/handling", json={})
    key = await db.fetchval("SELECT key FROM case_material WHERE case_id = $1 ORDER BY position LIMIT 1", case.id)
    asked = await clerk.post(
        f"{place}/corrections", json={"items": [{"material": key, "problem": "缺房产证复印件第三页"}]}
    )
    assert asked.status_code == 201, asked.text
    defect = (await citizen.get(f"{place}/corrections/open")).json()
    upload = await desk.upload(f"citizen:{found.actor.id}", f"correction.{defect['items'][0]['id']}")
    answer = {"items": [{"id": defect["items"][0]["id"], "uploads": [upload]}]}
    answered = await citizen.post(f"{place}/corrections/{defect['id']}/answer", json=answer)
    assert answered.status_code < 300, answered.text
    for path in (f"/desk/cases/{case.case_no}", place, f"/desk/cases/{case.case_no}?open=details"):
        await clerk.get(path)
    for row in await db.fetch("SELECT key FROM case_material WHERE case_id = $1", case.id):
        await clerk.put(f"{place}/materials/{row['key']}/verdict", json={"verdict": "fits"})
    assert (await clerk.post(f"{place}/acceptance", json={})).status_code == 201
    assert (await third.post(f"{place}/grant", json={"opinion": "阳光不够亮堂的意见"})).status_code == 201
    assert (await citizen.post(f"{place}/collection", json={})).status_code == 201
    assert (await citizen.post(f"{place}/rating", json={"level": "1", "words": "服务真好赞一个"})).status_code == 201
    for path in (f"/cases/{case.case_no}", f"/cases/{case.case_no}/certificate", place):
        await citizen.get(path)
    case = await reading.by_number(case.case_no)
    return case, await reading.tracking_code_of(case)


async def _password(case: Any) -> str:
    from backend import db
    from backend.cases import sealing

    blob = await db.fetchval("SELECT password_sealed FROM case_file WHERE id = $1", case.id)
    return sealing.unseal(case.case_no, "password", blob)


def _check(body: str) -> str:
    from shared_schemas.numbers import id_check_character

    return id_check_character(body)


async def test_a_whole_journey_leaves_no_personal_data_anywhere_but_sealed(
    heard: io.StringIO, doors: Doors, desk: Desk
) -> None:
    told = await journey(doors, desk)
    case, code = told["case"], told["code"]
    secrets = (*SECRETS, told["id"], code)
    assert all(answer.status_code < 500 for answer in told["answers"])

    written = heard.getvalue()
    assert len(written.splitlines()) > 10
    # A case number is not personal, but whoever holds a log must not learn the query password or the code with it.
    assert _found(written, (*secrets, told["otp"])) == []

    metrics = (await doors.stranger(authorization="Bearer x").get("/metrics")).text
    assert _found(metrics, (*secrets, case.case_no)) == []

    addresses = "\n".join(
        f"{a.request.url} {a.headers.get('location', '')}"
        for a in told["answers"]
        if "/t/" not in str(a.request.url) + a.headers.get("location", "")
    )
    from urllib.parse import unquote

    assert _found(unquote(addresses), (NAME, HOME, MOBILE, told["id"], "吴侬软语面馆")) == []
    titles = "\n".join(
        re.findall(
            r"<title>(.*?)</title>",
            "\n".join(a.text for a in told["answers"] if "html" in a.headers.get("content-type", "")),
        )
    )
    assert titles
    assert _found(titles, secrets) == []
    for answer in told["answers"]:
        if str(answer.request.url.path).startswith(("/t/", f"{API}/track")):
            assert _found(answer.text, (*SECRETS, told["id"], case.case_no, "陈洁", "何晓东")) == []

    assert await _open_columns((*secrets, told["id"][6:14], told["otp"])) == []


def _found(text: str, words: tuple[str, ...]) -> list[str]:
    return [f"{word} in …{text[max(0, place - 150) : place + 60]}" for word in words if (place := text.find(word)) >= 0]


async def _open_columns(words: tuple[str, ...]) -> list[str]:
    """Every row of every table as text and as bytes, searched; `table.column` where a word stands open."""
    from backend import db

    found = []
    for row in await db.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        table = row["tablename"]
        if table in {"matter_version", "matter", "department"}:
            continue
        for record in await db.fetch(f'SELECT * FROM "{table}"'):
            for column, value in record.items():
                text = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                raw = [w.encode().decode("latin-1") if isinstance(value, bytes | memoryview) else w for w in words]
                found += [f"{table}.{column}: {words[i]}" for i, w in enumerate(raw) if w in text]
    return sorted(set(found))
