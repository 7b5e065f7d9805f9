"""One-time codes: single use, few tries, no telling who is known, and numbers that changed hands."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx
import pytest

from backend import clock, db
from backend.domain.refusal import Refusal
from backend.people import codes, messages
from tests.people.steps import API, ID_NUMBER, MOBILE, code_for, sign_in, verified


async def test_the_answer_is_the_same_for_known_and_unknown_numbers(client: httpx.AsyncClient, now: datetime) -> None:
    await sign_in(client)
    known = await client.post(f"{API}/sign-in/codes", json={"mobile": MOBILE})
    unknown = await client.post(f"{API}/sign-in/codes", json={"mobile": "13912345699"})
    assert known.status_code == unknown.status_code == 202
    assert known.content == unknown.content


async def test_a_code_works_once(client: httpx.AsyncClient) -> None:
    await client.post(f"{API}/sign-in/codes", json={"mobile": MOBILE})
    code = await code_for()
    assert (await client.post(f"{API}/sessions", json={"mobile": MOBILE, "code": code})).status_code == 201
    again = await client.post(f"{API}/sessions", json={"mobile": MOBILE, "code": code})
    assert (again.status_code, again.json()["code"]) == (422, "code.spent")


async def test_five_wrong_tries_end_a_code_even_the_right_one_then_fails(client: httpx.AsyncClient) -> None:
    await client.post(f"{API}/sign-in/codes", json={"mobile": MOBILE})
    code = await code_for()
    wrong = "000000" if code != "000000" else "000001"
    said = [await client.post(f"{API}/sessions", json={"mobile": MOBILE, "code": wrong}) for _ in range(5)]
    assert [answer.json()["code"] for answer in said] == ["code.wrong"] * 4 + ["code.spent"]
    assert [answer.json().get("left") for answer in said[:4]] == [4, 3, 2, 1]
    right = await client.post(f"{API}/sessions", json={"mobile": MOBILE, "code": code})
    assert right.status_code == 422


async def test_guessing_over_many_numbers_is_stopped_by_address(client: httpx.AsyncClient, now: datetime) -> None:
    seen = []
    for last in range(14):
        mobile = f"139000000{last:02}"
        seen.append((await client.post(f"{API}/sessions", json={"mobile": mobile, "code": "123456"})).status_code)
    assert seen[:10] == [422] * 10
    assert seen[-1] == 429


async def test_messages_to_one_number_are_limited(client: httpx.AsyncClient, now: datetime) -> None:
    seen = [(await client.post(f"{API}/sign-in/codes", json={"mobile": MOBILE})).status_code for _ in range(12)]
    assert seen == [202] * 10 + [429] * 2
    assert await db.fetchval("SELECT count(*) FROM outgoing_message") == 10


async def test_code_expires_after_five_minutes_and_can_be_extended(client: httpx.AsyncClient, now: datetime) -> None:
    await codes.send(MOBILE, "sign_in", ip="", now=now)
    code = await code_for()
    later = now + timedelta(minutes=4)
    assert await codes.extend(MOBILE, "sign_in", later) == later + codes.VALID
    await codes.use(MOBILE, "sign_in", code, ip="", now=now + timedelta(minutes=8))
    await codes.send(MOBILE, "sign_in", ip="", now=now)
    code = await code_for()
    with pytest.raises(Refusal) as refused:
        await codes.use(MOBILE, "sign_in", code, ip="", now=now + timedelta(minutes=6))
    assert refused.value.code == "code.spent"
    assert await codes.extend("13900000000", "sign_in", now) is None


async def test_a_code_for_one_purpose_or_number_is_no_good_for_another(
    client: httpx.AsyncClient, now: datetime
) -> None:
    await codes.send(MOBILE, "new_mobile", ip="", now=now)
    with pytest.raises(Refusal):
        await codes.use(MOBILE, "sign_in", await code_for(), ip="", now=now)


async def test_neither_code_nor_number_is_legible_in_the_database(client: httpx.AsyncClient) -> None:
    await client.post(f"{API}/sign-in/codes", json={"mobile": MOBILE})
    code = await code_for()
    rows = [*await db.fetch("SELECT * FROM one_time_code"), *await db.fetch("SELECT * FROM outgoing_message")]
    stored = b" ".join(bytes(value) for row in rows for value in row.values() if isinstance(value, bytes))
    assert code.encode() not in stored
    assert MOBILE.encode() not in stored


async def test_bad_numbers_are_refused_in_words(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{API}/sign-in/codes", json={"mobile": "1391234567"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"mobile": "少了 1 位，手机号是 11 位"}
    assert (await client.post(f"{API}/sign-in/codes", json={"mobile": "+86 139-1234-5678"})).status_code == 202
    assert (await client.post(f"{API}/sign-in/codes", json={"mobile": MOBILE, "role": "x"})).status_code == 400


async def test_recycled_number_never_shows_the_prior_owners_record(client: httpx.AsyncClient, now: datetime) -> None:
    await verified(client)
    client.cookies.clear()
    clock.freeze(now + timedelta(days=120))
    await client.post(f"{API}/sign-in/codes", json={"mobile": MOBILE})
    answer = await client.post(f"{API}/sessions", json={"mobile": MOBILE, "code": await code_for()})
    assert (answer.status_code, answer.json()["token"]) == (200, None)
    assert "set-cookie" not in answer.headers
    question = answer.json()["question"]
    fresh = await client.post(
        f"{API}/sessions/answers", json={"question": question, "mobile": MOBILE, "is_new_owner": True}
    )
    assert fresh.status_code == 201
    me = (await client.get(f"{API}/me")).json()
    assert (me["name"], me["is_verified"], me["id_masked"]) == ("", False, "")


async def test_the_same_owner_comes_back_with_the_end_of_the_id(client: httpx.AsyncClient, now: datetime) -> None:
    await verified(client)
    client.cookies.clear()
    clock.freeze(now + timedelta(days=120))
    await client.post(f"{API}/sign-in/codes", json={"mobile": MOBILE})
    answer = await client.post(f"{API}/sessions", json={"mobile": MOBILE, "code": await code_for()})
    body = {"question": answer.json()["question"], "mobile": MOBILE}
    wrong = await client.post(f"{API}/sessions/answers", json={**body, "last_four": "9999"})
    assert (wrong.status_code, wrong.json()["left"]) == (422, 4)
    right = await client.post(f"{API}/sessions/answers", json={**body, "last_four": ID_NUMBER[-4:]})
    assert right.status_code == 201
    assert (await client.get(f"{API}/me")).json()["is_verified"]


async def test_gateway_sends_what_is_queued_and_gives_up_after_five_tries(
    client: httpx.AsyncClient, now: datetime
) -> None:
    class Gateway:
        def __init__(self) -> None:
            self.sent: list[tuple[str, str]] = []
            self.fails = True

        async def send(self, mobile: str, template: str, text: str) -> str:
            if self.fails:
                raise httpx.ConnectError("no")
            self.sent.append((mobile, template))
            return "p-1"

    gateway = Gateway()
    await messages.write(MOBILE, "one_time_code", "a", now)
    for _ in range(messages.RETRIES):
        assert await messages.deliver(gateway, now, at_most=1) == 0
    assert await db.fetchval("SELECT state FROM outgoing_message") == "failed"
    gateway.fails = False
    await messages.write(MOBILE, "passkey_added", "b", now)
    assert await messages.deliver(gateway, now) == 1
    assert gateway.sent == [(MOBILE, "passkey_added")]
