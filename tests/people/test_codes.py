"""One-time codes: single use, few tries, no telling who is known, and numbers that changed hands."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from types import ModuleType

import httpx
import pytest

from backend import clock, db
from backend.domain.refusal import Refusal
from backend.people import codes, messages
from tests.channels.made import channel
from tests.channels.providers.serving import Answer, serving
from tests.channels.providers.sms import KEY_ID, SECRET, Aliyun, PlainGateway
from tests.people.steps import API, ID_NUMBER, MOBILE, code_for, sign_in, verified

TOKEN = {"sms_gateway_token": "token"}
SIGNED = {
    "sms_kind": "aliyun",
    "sms_key_id": KEY_ID,
    "sms_key_secret": SECRET,
    "sms_sign_name": "南湖政务",
    "sms_templates": "one_time_code=SMS_1(code)",
}


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


async def test_the_gateway_gets_what_is_queued_and_is_given_up_when_the_code_is_over(
    db: ModuleType, now: datetime
) -> None:
    async with serving(PlainGateway()) as gateway, channel("sms", sms_gateway_url=gateway.url, **TOKEN) as sms:
        gateway.then = [Answer(503)] * 40
        await messages.write(MOBILE, "one_time_code", "a", now, params={"code": "123456"}, lasting=codes.VALID)
        assert await messages.deliver(sms, now) == 0
        assert await messages.deliver(sms, now) == 0, "it waits before it is tried again"
        assert len(gateway.asked) == 1
        for seconds in range(0, 400, 20):
            assert await messages.deliver(sms, now + timedelta(seconds=seconds)) == 0
        assert tuple(await db.fetchrow("SELECT state, reason FROM outgoing_message")) == ("given_up", "http_503")
        gateway.then = []
        await messages.write(MOBILE, "passkey_added", "b", now, params={"device": "手机"})
        assert await messages.deliver(sms, now) == 1
        ((sent),) = gateway.sent.values()
        assert (sent["to"], sent["template"], sent["params"], sent["text"]) == (
            MOBILE,
            "passkey_added",
            {"device": "手机"},
            "b",
        )


async def test_a_message_without_an_answer_goes_again_only_where_that_is_one_message(
    db: ModuleType, now: datetime
) -> None:
    rounds = [now + timedelta(seconds=after) for after in (0, 10, 60)]
    await messages.write(MOBILE, "one_time_code", "a", now, params={"code": "123456"})
    async with serving(PlainGateway()) as gateway, channel("sms", sms_gateway_url=gateway.url, **TOKEN) as sms:
        gateway.then = ["cut"]
        assert [await messages.deliver(sms, at) for at in rounds] == [0, 1, 0]
        assert len(gateway.sent) == 1
    await messages.write(MOBILE, "one_time_code", "b", now, params={"code": "654321"})
    async with serving(Aliyun()) as provider, channel("sms", **SIGNED, sms_gateway_url=provider.url) as sms:
        provider.then = ["cut"]
        assert [await messages.deliver(sms, at) for at in rounds] == [1, 0, 0]
        assert len(provider.sent) == 1
    assert await db.fetchval("SELECT is_unsure FROM outgoing_message ORDER BY id DESC LIMIT 1")


@pytest.mark.parametrize("can_tell", [True, False])
async def test_a_crash_after_sending_repeats_no_code(
    db: ModuleType, now: datetime, monkeypatch: pytest.MonkeyPatch, *, can_tell: bool
) -> None:
    """The sender dies when the gateway has the code and we have not noted it."""
    await messages.write(MOBILE, "one_time_code", "a", now, params={"code": "123456"})
    provider = PlainGateway() if can_tell else Aliyun()
    settings = TOKEN if can_tell else SIGNED
    async with serving(provider), channel("sms", **settings, sms_gateway_url=provider.url) as sms:

        def killed(*_: object, **__: object) -> None:
            raise asyncio.CancelledError

        with monkeypatch.context() as dying:
            dying.setattr(messages.channels, "after", killed)
            with pytest.raises(asyncio.CancelledError):
                await messages.deliver(sms, now)
        assert await messages.deliver(sms, now + timedelta(seconds=30)) == 0, "the lease still runs"
        assert await messages.deliver(sms, now + timedelta(minutes=3)) == 1
        assert len(provider.sent) == 1
    assert await db.fetchval("SELECT is_unsure FROM outgoing_message") is not can_tell
