"""Attacks 5, 11, 12 and 28: guessed codes, swapped codes, passkeys slipped in, numbers that changed hands."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta

import pytest

from tests.desk import Desk
from tests.people.authenticator import Authenticator
from tests.people.steps import add_passkey, code_for, device, sign_in
from tests.security.conftest import API, Doors, csrf_of, problem, same


async def test_guesses_look_alike_and_the_eleventh_in_a_minute_is_stopped(doors: Doors, desk: Desk) -> None:
    from backend import db
    from backend.cases import reading
    from backend.domain import tracking

    case = await desk.filed()
    real = await reading.tracking_code_of(case)
    revoked = await desk.filed(by="xuting")
    dead = await reading.tracking_code_of(revoked)
    await db.execute("UPDATE case_file SET tracking_revoked_at = now() WHERE id = $1", revoked.id)
    stranger = doors.stranger()
    await stranger.get("/")  # has its visitor cookie
    guesses = [tracking.new_tracking_code(), dead, "x", real[:-1] + ("0" if real[-1] != "0" else "1"), "%27"]
    for base in ("/t/", f"{API}/track/"):
        await db.execute("DELETE FROM rate_count")
        answers = [await stranger.get(base + guess) for guess in guesses]
        assert {a.status_code for a in answers} == {404}
        for guess, answer in zip(guesses, answers, strict=True):
            same(answers[0], answer, guesses[0], guess)
        rest = [await stranger.get(base + tracking.new_tracking_code()) for _ in range(6)]
        assert [a.status_code for a in rest] == [404] * 5 + [429]
        assert int(rest[-1].headers["retry-after"]) <= 60
    assert (await stranger.get(f"/t/{real}")).status_code == 200, "who has the code is served meanwhile"


async def test_a_swapped_code_is_refused_and_nothing_is_asked_for(doors: Doors) -> None:
    visitor = doors.stranger()
    token = await csrf_of(visitor, "/scan")
    for text in (
        "https://evil.example/t/01KAR5Z7W3C8Q2N9V4T6H0MXBE",
        "http://localhost:8000@evil.example/t/01KAR5Z7W3C8Q2N9V4T6H0MXBE",
        "http://localhost:8000.evil.example/t/01KAR5Z7W3C8Q2N9V4T6H0MXBE",
        "http://localhost:8000/t/../sign-in",
        "javascript:alert(1)",
        "http://localhost:8000/t/01KAR5Z7W3C8Q2N9V4T6H0MXBE?next=//evil",
        "//evil.example/t/x",
        "weixin://x",
        "http://[",
        "\x00",
        "\u202ehttps://evil.example/t/x",
        "<script>alert(1)</script>.",
    ):
        answer = await visitor.post("/scan", data={"_csrf": token, "code": text})
        assert 400 <= answer.status_code < 500, text
        assert "evil.example/t" not in answer.headers.get("location", "")
        assert "<script>alert" not in answer.text


async def test_the_query_password_locks_after_five_tries_even_at_once(doors: Doors, desk: Desk) -> None:
    from backend import db
    from backend.domain.refusal import Refusal
    from backend.tracking import scanning

    case = await desk.filed()
    tries = [scanning.open_by_password(case.case_no, f"{n:08}", "0422") for n in range(12)]
    said = [r.code if isinstance(r, Refusal) else "open" for r in await asyncio.gather(*tries, return_exceptions=True)]
    assert sorted(said) == ["tracking.locked"] * 7 + ["tracking.no_match"] * 5
    assert await db.fetchval("SELECT password_failures FROM case_file WHERE id = $1", case.id) == 5


async def test_looking_up_is_limited_by_address(doors: Doors, desk: Desk) -> None:
    case = await desk.filed()
    visitor = doors.stranger()
    token = await csrf_of(visitor, "/track")
    numbers = [case.case_no] + ["".join(secrets.choice("0123456789") for _ in range(22)) for _ in range(11)]
    statuses = []
    for number in numbers:
        data = {"_csrf": token, "case_no": number, "password": "00000000", "last_four": "1234"}
        statuses.append((await visitor.post("/track", data=data)).status_code)
    assert len(set(statuses[:10])) == 1
    assert statuses[10:] == [429, 429]


async def test_verifying_certificates_is_limited_by_address(doors: Doors) -> None:
    visitor = doors.stranger()
    statuses = {(await visitor.get(f"{API}/certificates/{n:020}")).status_code for n in range(80)}
    assert statuses == {404, 429}


async def test_sign_in_codes_are_limited_by_number_and_guesses_by_address(doors: Doors, desk: Desk) -> None:
    visitor = doors.stranger()
    sent = [(await visitor.post(f"{API}/sign-in/codes", json={"mobile": "13912345604"})).status_code for _ in range(11)]
    assert sent == [202] * 10 + [429]
    tries = [
        (await visitor.post(f"{API}/sessions", json={"mobile": f"139123457{n:02}", "code": "000000"})).status_code
        for n in range(12)
    ]
    assert tries[-1] == 429
    assert len([status for status in tries if status != 429]) <= 10


async def test_passkey_sign_ins_are_limited(doors: Doors) -> None:
    visitor = doors.stranger()
    statuses = [
        (await visitor.post(f"{API}/passkeys/sign-in", json={"id": "x", "response": {}})).status_code for _ in range(12)
    ]
    assert statuses[-1] == 429, statuses


async def test_step_ups_are_limited_by_person(doors: Doors) -> None:
    third = await doors("approver_third")
    statuses = [
        (await third.post(f"{API}/passkeys/step-up", json={"id": "x", "response": {}})).status_code for _ in range(7)
    ]
    assert statuses[5:] == [429, 429]
    assert 429 not in statuses[:5]


async def test_a_passkey_needs_a_fresh_proof_the_right_page_and_a_challenge_once(doors: Doors, desk: Desk) -> None:
    from backend import clock
    from backend.people import messages, passkeys

    browser = doors.stranger()
    await sign_in(browser, "13912345605")
    for origin in ("https://evil.example", passkeys.origin() + ":1", passkeys.origin() + ".evil.example", "null"):
        problem(await add_passkey(browser, Authenticator(origin)), 400, 403, 422)
    options = (await browser.post(f"{API}/passkeys/options", json={})).json()
    phone = device()
    elsewhere = {**options, "rp": {"id": "evil.example"}}
    problem(await browser.post(f"{API}/passkeys", json=phone.create(elsewhere)), 400, 403, 422)
    options = (await browser.post(f"{API}/passkeys/options", json={})).json()
    made = phone.create(options)
    assert (await browser.post(f"{API}/passkeys", json=made)).status_code == 201
    problem(await browser.post(f"{API}/passkeys", json=made), 400, 403, 409, 422)
    assert [m for m in await messages.latest(mobile="13912345605") if m.text.count("通行密钥")], (
        "another channel hears of it"
    )
    clock.freeze(desk.now + timedelta(minutes=6))
    assert problem(await add_passkey(browser, device()), 403)["code"] == "session.fresh_needed"


@pytest.mark.parametrize(
    "path", ["/cases", "/me", "/", f"{API}/cases", f"{API}/me", f"{API}/drafts", f"{API}/me/family", f"{API}/passkeys"]
)
async def test_a_recycled_number_shows_nothing_of_its_prior_owner(doors: Doors, desk: Desk, path: str) -> None:
    from backend import clock, db
    from backend.people import citizens

    await desk.filed()
    wang = await doors("wangmin")
    await wang.post(f"{API}/drafts", json={"matter": "scj-18"})
    clock.freeze(desk.now + citizens.NUMBER_GOES_STALE + timedelta(days=1))
    heir = doors.stranger()
    await heir.post(f"{API}/sign-in/codes", json={"mobile": "13805730001"})
    answer = await heir.post(f"{API}/sessions", json={"mobile": "13805730001", "code": await code_for("13805730001")})
    assert answer.json()["token"] is None
    assert (await heir.get(f"{API}/me")).status_code == 401
    question = answer.json()["question"]
    assert "王" not in answer.text
    body = {"question": question, "mobile": "13805730001", "is_new_owner": True}
    assert (await heir.post(f"{API}/sessions/answers", json=body)).status_code == 201
    shown = (await heir.get(path)).text
    for mine in ("王敏", "勤俭路", "0422", "王福生", "老汤面馆", await db.fetchval("SELECT case_no FROM case_file")):
        assert mine not in shown, mine
