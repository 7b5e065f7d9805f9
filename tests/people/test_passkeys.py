"""Passkeys with a software authenticator: exact origin, verified user, challenges that count once."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx

from backend import clock, db
from backend.people import messages, passkeys
from tests.people.authenticator import Authenticator
from tests.people.steps import API, MOBILE, add_passkey, code_for, device, no_finger_yet, persona, sign_in


async def _sign_in_by(client: httpx.AsyncClient, phone: Authenticator) -> httpx.Response:
    options = (await client.post(f"{API}/passkeys/sign-in/options", json={})).json()
    return await client.post(f"{API}/passkeys/sign-in", json=phone.get(options))


async def test_register_then_sign_in(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    mine = (await client.get(f"{API}/session")).json()["id"]
    phone = device()
    assert (await add_passkey(client, phone)).status_code == 201
    client.cookies.clear()
    answer = await _sign_in_by(client, phone)
    assert answer.status_code == 201, answer.text
    assert (await client.get(f"{API}/session")).json()["id"] == mine
    assert "钥" in (await messages.latest(mobile=MOBILE))[0].text


async def test_a_challenge_counts_once(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    phone = device()
    await add_passkey(client, phone)
    options = (await client.post(f"{API}/passkeys/sign-in/options", json={})).json()
    first = phone.get(options)
    assert (await client.post(f"{API}/passkeys/sign-in", json=first)).status_code == 201
    assert (await client.post(f"{API}/passkeys/sign-in", json=first)).json()["code"] == "passkey.failed"
    assert (await client.post(f"{API}/passkeys/sign-in", json=phone.get(options))).json()["code"] == "passkey.failed"


async def test_stale_challenge_is_refused(client: httpx.AsyncClient, now: datetime) -> None:
    await sign_in(client)
    phone = device()
    await add_passkey(client, phone)
    options = (await client.post(f"{API}/passkeys/sign-in/options", json={})).json()
    clock.freeze(now + timedelta(minutes=6))
    assert (await client.post(f"{API}/passkeys/sign-in", json=phone.get(options))).status_code == 422


async def test_another_origin_or_an_unverified_user_is_refused(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    elsewhere = Authenticator("https://evil.example")
    assert (await add_passkey(client, elsewhere)).json()["code"] == "passkey.failed"
    silent = Authenticator(passkeys.origin(), verifies=False)
    assert (await add_passkey(client, silent)).json()["code"] == "passkey.failed"
    phone = device()
    await add_passkey(client, phone)
    phone.origin = "https://evil.example"
    assert (await _sign_in_by(client, phone)).json()["code"] == "passkey.failed"
    phone.origin, phone.verifies = passkeys.origin(), False
    assert (await _sign_in_by(client, phone)).json()["code"] == "passkey.failed"


async def test_cloned_key_is_noticed_by_its_counter(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    phone = device()
    await add_passkey(client, phone)
    phone.count = 5
    assert (await _sign_in_by(client, phone)).status_code == 201
    phone.count = 2
    assert (await _sign_in_by(client, phone)).json()["code"] == "passkey.failed"


async def test_adding_to_an_old_session_needs_a_fresh_proof(client: httpx.AsyncClient, now: datetime) -> None:
    await sign_in(client)
    clock.freeze(now + timedelta(minutes=6))
    refused = await add_passkey(client, device())
    assert (refused.status_code, refused.json()["code"]) == (403, "session.fresh_needed")
    await client.post(f"{API}/me/confirmation/codes", json={})
    before = client.cookies.get("yimaban")
    confirmed = await client.post(f"{API}/me/confirmation", json={"code": await code_for()})
    assert confirmed.status_code == 200
    assert client.cookies.get("yimaban") != before
    assert (await add_passkey(client, device())).status_code == 201


async def test_a_challenge_of_one_session_is_no_good_in_another(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    phone = device()
    options = (await client.post(f"{API}/passkeys/options", json={})).json()
    await sign_in(client, "13912345679")
    assert (await client.post(f"{API}/passkeys", json=phone.create(options))).json()["code"] == "passkey.failed"


async def test_rubbish_is_refused_not_a_500(client: httpx.AsyncClient) -> None:
    for body in ({}, {"id": 7}, {"id": "a", "response": {"clientDataJSON": "!!"}}, {"response": []}):
        assert (await client.post(f"{API}/passkeys/sign-in", json=body)).status_code == 422


async def test_others_passkeys_are_unknown(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    made = (await add_passkey(client, device())).json()["id"]
    await sign_in(client, "13912345679")
    assert (await client.patch(f"{API}/passkeys/{made}", json={"name": "x"})).status_code == 404
    assert (await client.delete(f"{API}/passkeys/{made}")).status_code == 404


async def test_enrolment_link_works_once_and_makes_a_first_passkey(client: httpx.AsyncClient) -> None:
    await persona(client, "system_administrator")
    await no_finger_yet()
    officer = await db.fetchval("SELECT id FROM officer WHERE staff_no = 'NH0105'")
    refused = await client.post(f"{API}/officers/{officer}/enrolment", json={})
    assert refused.json()["code"] == "session.step_up_needed"
    await db.execute("UPDATE session SET stepped_up_at = now() + interval '1 day'")
    url = (await client.post(f"{API}/officers/{officer}/enrolment", json={})).json()["url"]
    link = url.rsplit("/", 1)[1]
    client.cookies.clear()
    tablet = device()
    assert "陈洁" in (await client.get(f"/staff/enrol/{link}")).text
    options = (await client.post(f"{API}/enrolments/{link}/options", json={})).json()
    made = await client.post(f"{API}/enrolments/{link}", json=tablet.create(options))
    assert made.status_code == 201, made.text
    assert (await client.get(f"{API}/session")).json()["name"] == "陈洁"
    assert (await client.post(f"{API}/enrolments/{link}/options", json={})).status_code == 410
    assert (await client.get(f"/staff/enrol/{link}")).status_code == 410
    assert (await _sign_in_by(client, tablet)).status_code == 201


async def test_step_up_rotates_the_token_and_lasts_five_minutes(client: httpx.AsyncClient, now: datetime) -> None:
    await sign_in(client)
    phone = device()
    await add_passkey(client, phone)
    clock.freeze(now + timedelta(minutes=10))
    options = (await client.post(f"{API}/passkeys/step-up/options", json={})).json()
    old = client.cookies.get("yimaban")
    done = await client.post(f"{API}/passkeys/step-up", json=phone.get(options))
    assert done.status_code == 200, done.text
    assert (await client.get(f"{API}/session", headers={"authorization": f"Bearer {old}"})).status_code == 401
    assert (await client.get(f"{API}/me/export")).status_code == 200
    clock.freeze(now + timedelta(minutes=16))
    assert (await client.get(f"{API}/me/export")).status_code == 403


async def test_a_second_factor_may_be_missed_five_times_in_five_minutes_and_twenty_times_an_hour(
    client: httpx.AsyncClient, now: datetime
) -> None:
    hour = now + timedelta(minutes=30)  # on the hour: the windows are the clock's own
    clock.freeze(hour)
    await sign_in(client)
    statuses: list[list[int]] = []
    for turn in range(5):
        clock.freeze(hour + timedelta(minutes=1 + 11 * turn))
        statuses.append(
            [(await client.post(f"{API}/passkeys/step-up", json={"id": "no"})).status_code for _ in range(6)]
        )
    missed = [each.index(429) if 429 in each else len(each) for each in statuses]
    assert missed == [5, 5, 5, 5, 0]
