"""Codes that hand a draft over, attacked: guessed, replayed, taken for another's draft, used twice or after revocation."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx

from tests.intake.conftest import API, begin
from tests.intake.test_relay import code_for, kiosk, open_at, take
from tests.kiosks import enrolled

__all__ = ["kiosk"]


def other_than(code: str, count: int) -> list[str]:
    """Six digits that are not the code."""
    return [f"{number:06}" for number in range(count + 1) if f"{number:06}" != code][:count]


async def test_guessing_at_a_desk_ends_after_ten(wang: httpx.AsyncClient, clerk: httpx.AsyncClient) -> None:
    code = (await code_for(wang, await begin(wang)))["code"]
    answers = [await take(clerk, guess) for guess in other_than(code, 10)]
    assert {(a.status_code, a.json()["code"]) for a in answers} == {(404, "relay.unknown")}
    stopped = await take(clerk, code)
    assert (stopped.status_code, stopped.json()["code"]) == (429, "rate.limited")


async def test_guessing_at_kiosks_ends_for_all_of_them_together(
    wang: httpx.AsyncClient, visitors: Callable[[], httpx.AsyncClient], now: datetime
) -> None:
    from backend.domain.refusal import Refusal
    from backend.intake import relay
    from backend.people.sessions import Visitor

    made = await code_for(wang, await begin(wang))
    kiosk = visitors()
    machine = await enrolled(kiosk, now)
    seen: list[str] = []
    for number, guess in enumerate(other_than(made["code"], 40)):
        try:
            await relay.open_at_kiosk(guess, Visitor(ip=f"10.0.0.{number}"), now, kiosk=machine)
        except Refusal as refusal:
            seen.append(refusal.code)
    assert seen.count("relay.unknown") == 30
    assert seen[30:] == ["rate.limited"] * 10
    # 128 random bits are no guess: the QR works on.
    assert (await open_at(kiosk, made["url"])).status_code == 303


async def test_a_dead_code_is_not_tried_for_ever(wang: httpx.AsyncClient, now: datetime) -> None:
    from backend.domain.refusal import Refusal
    from backend.intake import relay
    from backend.people.sessions import Visitor

    code = other_than((await code_for(wang, await begin(wang)))["code"], 1)[0]
    seen: list[str] = []
    for number in range(7):
        try:
            await relay.open_at_kiosk(code, Visitor(ip=f"10.0.1.{number}"), now, kiosk=1)
        except Refusal as refusal:
            seen.append(refusal.code)
    assert seen == ["relay.unknown"] * 5 + ["rate.limited"] * 2


async def test_replay_and_a_second_taker_find_nothing(
    wang: httpx.AsyncClient, clerk: httpx.AsyncClient, kiosk: httpx.AsyncClient
) -> None:
    made = await code_for(wang, await begin(wang))
    assert (await take(clerk, made["code"])).status_code == 200
    assert (await take(clerk, made["code"])).json()["code"] == "relay.unknown"
    assert (await take(clerk, made["url"])).json()["code"] == "relay.unknown"
    assert (await open_at(kiosk, made["code"])).status_code == 404


async def test_two_takers_at_once_get_it_once(
    wang: httpx.AsyncClient, clerk: httpx.AsyncClient, kiosk: httpx.AsyncClient
) -> None:
    made = await code_for(wang, await begin(wang))
    answers = await asyncio.gather(*(take(clerk, word) for word in (made["code"], made["url"], made["code"])))
    assert sorted(a.status_code for a in answers) == [200, 404, 404]


async def test_a_code_dies_by_revocation_by_a_new_one_by_age_and_by_deleting_the_draft(
    wang: httpx.AsyncClient, clerk: httpx.AsyncClient, now: datetime
) -> None:
    from backend import clock

    draft = await begin(wang)
    revoked = await code_for(wang, draft)
    await wang.delete(f"{API}/drafts/{draft}/relay")
    older = await code_for(wang, draft)
    newer = await code_for(wang, draft)
    for made in (revoked, older):
        for word in (made["code"], made["url"]):
            assert (await take(clerk, word)).json()["code"] == "relay.unknown"
    clock.freeze(now + timedelta(minutes=10, seconds=1))
    assert (await take(clerk, newer["url"])).json()["code"] == "relay.unknown"
    last = await code_for(wang, draft)
    await wang.delete(f"{API}/drafts/{draft}")
    assert (await take(clerk, last["url"])).json()["code"] == "relay.unknown"


async def test_nobody_hands_over_or_takes_back_anothers_draft(
    wang: httpx.AsyncClient, li: httpx.AsyncClient, clerk: httpx.AsyncClient
) -> None:
    draft = await begin(wang)
    for method in ("POST", "GET", "DELETE"):
        answer = await li.request(method, f"{API}/drafts/{draft}/relay")
        assert (answer.status_code, answer.json()["code"]) == (404, "draft.not_found")
    await take(clerk, (await code_for(wang, draft))["code"])
    assert (await li.delete(f"{API}/drafts/{draft}/relay")).status_code == 404
    assert (await clerk.get(f"{API}/drafts/{draft}")).status_code == 200
    refused = await clerk.post(f"{API}/drafts/{draft}/relay")
    assert refused.status_code == 403


async def test_a_kiosk_reaches_no_file_of_the_citizens_other_drafts(
    wang: httpx.AsyncClient, kiosk: httpx.AsyncClient
) -> None:
    from tests.intake.conftest import upload

    other = await begin(wang)
    file = await upload(wang, draft=other, material="zxsqb")
    await open_at(kiosk, (await code_for(wang, await begin(wang)))["code"])
    assert (await kiosk.get(f"/uploads/{file}/file")).status_code == 404
    assert (await kiosk.delete(f"{API}/uploads/{file}")).status_code == 404
    assert (await kiosk.get(f"{API}/drafts/{other}")).status_code == 403
    assert (await wang.get(f"/uploads/{file}/file")).status_code == 200


async def test_a_foreign_code_is_told_so(clerk: httpx.AsyncClient) -> None:
    answer = await take(clerk, "https://evil.example/relay/abcdefghijklmnopqrstuv")
    assert (answer.status_code, answer.json()["code"]) == (422, "relay.foreign_address")
