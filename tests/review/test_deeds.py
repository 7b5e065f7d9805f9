"""A verb sent twice is done once: an officer's tablet and a citizen's phone heard no answer and send it again."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from backend import db
from backend.cases import deeds, log, reading
from shared_schemas.vocabulary import Step, Verb
from tests.desk import Desk, owner
from tests.review.test_api import head

KEY = "tablet-7f3a2b10-accept"


async def keyed(desk: Desk, who: str, key: str = KEY) -> dict[str, str]:
    return {**await head(desk, who), "idempotency-key": key}


async def verbs(case_id: int) -> list[Verb]:
    return [event.verb for event in await log.of(case_id)]


async def kept() -> int:
    return await db.fetchval("SELECT count(*) FROM deed")


async def test_ten_at_once_accept_once_and_all_are_told_so(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    await desk.taken(case.case_no)
    headers, place = await keyed(desk, "clerk"), f"/api/v1/cases/{case.case_no}/acceptance"

    answers = await asyncio.gather(*(client.post(place, headers=headers, json={"seen": 2}) for _ in range(10)))

    assert {(a.status_code, a.json()["step"]) for a in answers} == {(201, "accepted")}
    assert sorted(a.headers.get(deeds.REPLAYED, "") for a in answers) == ["", *["true"] * 9]
    assert (await verbs(case.id)).count(Verb.ACCEPT) == 1
    assert await kept() == 1


async def test_a_repeated_deed_is_answered_although_the_case_moved_on(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    headers, base = await keyed(desk, "clerk"), f"/api/v1/cases/{case.case_no}"
    first = await client.post(f"{base}/handling", headers=headers, json={"seen": 1})
    assert (first.status_code, first.headers.get(deeds.REPLAYED)) == (201, None)
    await client.post(f"{base}/handing-back", headers=await head(desk, "clerk"), json={})
    await client.post(f"{base}/handling", headers=await head(desk, "clerk_8"), json={})

    again = await client.post(f"{base}/handling", headers=headers, json={"seen": 1})
    assert (again.status_code, again.headers[deeds.REPLAYED]) == (201, "true")
    assert (await verbs(case.id)).count(Verb.TAKE) == 2
    other_spelling = await client.post(
        f"{base}/handling", headers={**headers, "content-type": "application/json"}, content=b'{ "seen" : 1 }'
    )
    assert other_spelling.headers[deeds.REPLAYED] == "true"


async def test_a_key_is_for_one_deed_and_one_person(client: httpx.AsyncClient, desk: Desk) -> None:
    one, two = await desk.filed(), await desk.filed()
    headers = await keyed(desk, "clerk")
    await client.post(f"/api/v1/cases/{one.case_no}/handling", headers=headers, json={"seen": 1})

    for place, body in ((two.case_no, {"seen": 1}), (one.case_no, {"seen": 2})):
        answer = await client.post(f"/api/v1/cases/{place}/handling", headers=headers, json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "deed.key_reused")
    colleague = await client.post(
        f"/api/v1/cases/{one.case_no}/handling", headers=await keyed(desk, "clerk_8"), json={"seen": 1}
    )
    assert (colleague.status_code, colleague.json()["code"]) == (409, "case.moved_meanwhile")
    odd = await client.post(
        f"/api/v1/cases/{two.case_no}/handling", headers=await keyed(desk, "clerk", "short"), json={}
    )
    assert (odd.status_code, odd.json()["code"]) == (400, "deed.key_malformed")
    assert (await reading.by_number(two.case_no)).handler is None


async def test_a_refused_deed_keeps_nothing_and_may_come_again(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    headers, place = await keyed(desk, "clerk"), f"/api/v1/cases/{case.case_no}/acceptance"
    for _ in range(2):
        early = await client.post(place, headers=headers, json={})
        assert (early.status_code, early.json()["code"]) == (422, "review.materials_unjudged")
    assert await kept() == 0
    await desk.taken(case.case_no)
    done = await client.post(place, headers=headers, json={})
    assert (done.status_code, done.headers.get(deeds.REPLAYED)) == (201, None)


async def test_what_breaks_half_way_leaves_nothing_and_the_same_key_does_it(
    client: httpx.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from backend.cases import papers

    case = await desk.filed()
    await desk.taken(case.case_no)
    headers, place = await keyed(desk, "clerk"), f"/api/v1/cases/{case.case_no}/acceptance"

    async def fails(*_: Any, **__: Any) -> None:
        raise ConnectionError("the worker died here")

    with monkeypatch.context() as broken:
        broken.setattr(papers, "issue", fails)
        assert (await client.post(place, headers=headers, json={})).status_code == 503
    assert ((await reading.by_number(case.case_no)).step, await kept()) == (Step.RECEIVED, 0)
    assert (await client.post(place, headers=headers, json={})).status_code == 201


async def test_a_tick_sent_late_again_does_not_undo_a_newer_one(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    await desk.taken(case.case_no)
    key = (await reading.materials_of(case.id))[0].key
    place = f"/api/v1/cases/{case.case_no}/materials/{key}/verdict"
    first = {"verdict": "fix", "note": "看不清"}
    assert (await client.put(place, headers=await keyed(desk, "clerk"), json=first)).status_code == 204
    await client.put(place, headers=await keyed(desk, "clerk", "tablet-second-tick"), json={"verdict": "fits"})

    again = await client.put(place, headers=await keyed(desk, "clerk"), json=first)
    assert (again.status_code, again.headers[deeds.REPLAYED]) == (204, "true")
    assert (await reading.materials_of(case.id))[0].verdict == "fits"


async def test_the_citizen_s_verbs_are_done_once_too(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    await desk.taken(case.case_no)
    base, clerk = f"/api/v1/cases/{case.case_no}", await keyed(desk, "clerk", "tablet-correction")
    paper = (await reading.materials_of(case.id))[0]
    asked = {"items": [{"material": paper.key, "problem": "看不清"}], "seen": 2}
    for replayed in (None, "true"):
        notice = await client.post(f"{base}/corrections", headers=clerk, json=asked)
        assert (notice.status_code, notice.headers.get(deeds.REPLAYED)) == (201, replayed)
    open_one = notice.json()["correction"]

    file = await desk.upload(owner(await desk.who("wangmin")))
    given = {"items": [{"id": open_one["items"][0]["id"], "uploads": [file]}], "seen": 3}
    place, phone = f"{base}/corrections/{open_one['id']}/answer", await keyed(desk, "wangmin", "phone-answer")
    answers = await asyncio.gather(*(client.post(place, headers=phone, json=given) for _ in range(4)))
    assert {(a.status_code, a.json()["step"]) for a in answers} == {(201, "received")}
    assert (await verbs(case.id)).count(Verb.ANSWER_CORRECTION) == 1

    phone = await keyed(desk, "wangmin", "phone-withdrawal")
    for replayed in (None, "true"):
        left = await client.post(f"{base}/withdrawal", headers=phone, json={"reason": "不办了"})
        assert (left.status_code, left.json()["step"], left.headers.get(deeds.REPLAYED)) == (201, "closed", replayed)


async def test_decision_hand_over_and_rating_are_done_once(client: httpx.AsyncClient, desk: Desk) -> None:
    from backend.issuance import actions as _issuance  # noqa: F401 - follows the grant

    case = await desk.accepted("sole", delivery="window")
    base = f"/api/v1/cases/{case.case_no}"
    await desk.step_up("approver_third")
    third = await keyed(desk, "approver_third", "tablet-grant")
    for replayed in (None, "true"):
        granted = await client.post(f"{base}/grant", headers=third, json={"opinion": "同意"})
        told = (granted.status_code, granted.json()["step"], granted.headers.get(deeds.REPLAYED))
        assert told == (201, "issued", replayed)

    clerk = await keyed(desk, "clerk", "tablet-hand-over")
    wrong = await client.post(f"{base}/hand-over", headers=clerk, json={"last_four": "0000", "relation": "self"})
    assert wrong.json()["code"] == "hand_over.wrong_digits"
    assert await db.fetchval("SELECT count(*) FROM audit_event WHERE what = 'hand_over.wrong_digits'") == 1
    for replayed in (None, "true"):
        handed = await client.post(f"{base}/hand-over", headers=clerk, json={"last_four": "0422", "relation": "self"})
        told = (handed.status_code, handed.json()["step"], handed.headers.get(deeds.REPLAYED))
        assert told == (201, "closed", replayed)

    phone = await keyed(desk, "wangmin", "phone-rating")
    for replayed in (None, "true"):
        rated = await client.post(f"{base}/rating", headers=phone, json={"level": "1"})
        assert (rated.status_code, rated.headers.get(deeds.REPLAYED)) == (201, replayed)
    assert await db.fetchval("SELECT count(*) FROM case_rating") == 1


async def test_wrong_digits_are_counted_with_a_key_as_without(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.granted("sole", delivery="window")
    place = f"/api/v1/cases/{case.case_no}/hand-over"
    codes = [
        (
            await client.post(place, headers=await keyed(desk, "clerk"), json={"last_four": "0000", "relation": "self"})
        ).json()["code"]
        for _ in range(6)
    ]
    assert codes == [*["hand_over.wrong_digits"] * 5, "rate.limited"]


async def test_a_tick_made_before_a_correction_was_opened_is_not_applied(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    await desk.taken(case.case_no)
    base, clerk = f"/api/v1/cases/{case.case_no}", await head(desk, "clerk")
    paper = (await reading.materials_of(case.id))[0]
    place, seen = f"{base}/materials/{paper.key}/verdict", (await reading.by_number(case.case_no)).seq
    await client.post(
        f"{base}/corrections", headers=clerk, json={"items": [{"material": paper.key, "problem": "缺页"}]}
    )

    late = await client.put(place, headers=await keyed(desk, "clerk"), json={"verdict": "fits", "seen": seen})
    assert (late.status_code, late.json()["code"]) == (409, "case.moved_meanwhile")
    assert (late.json()["who"], late.json()["did"]) == ("陈洁", "ask_correction")

    notice = (await client.get(f"{base}/corrections/open", headers=await head(desk, "wangmin"))).json()
    file = await desk.upload(owner(await desk.who("wangmin")))
    given = {"items": [{"id": notice["items"][0]["id"], "uploads": [file]}]}
    await client.post(f"{base}/corrections/{notice['id']}/answer", headers=await head(desk, "wangmin"), json=given)
    late = await client.put(place, headers=await keyed(desk, "clerk"), json={"verdict": "fits", "seen": seen})
    assert late.json()["code"] == "case.moved_meanwhile"
    assert next(m.verdict for m in await reading.materials_of(case.id) if m.key == paper.key) is None


async def test_all_the_others_fit_once_and_only_what_was_seen(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    base, clerk = f"/api/v1/cases/{case.case_no}", await head(desk, "clerk")
    await client.post(f"{base}/handling", headers=clerk, json={})
    first = (await reading.materials_of(case.id))[0].key
    await client.put(f"{base}/materials/{first}/verdict", headers=clerk, json={"verdict": "fix", "note": "看不清"})

    early = await client.post(f"{base}/fits", headers=clerk, json={"seen": 1})
    assert (early.status_code, early.json()["code"]) == (409, "case.moved_meanwhile")
    for replayed in (None, "true"):
        answer = await client.post(f"{base}/fits", headers=await keyed(desk, "clerk"), json={"seen": 2})
        assert (answer.status_code, answer.headers.get(deeds.REPLAYED)) == (200, replayed)
    verdicts = {m.key: m.verdict for m in await reading.materials_of(case.id)}
    assert verdicts.pop(first) == "fix"
    assert set(verdicts.values()) == {"fits"}


async def test_who_heard_no_answer_learns_what_was_done_under_their_key(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    place = f"/api/v1/deeds/{KEY}"
    before = await client.get(place, headers=await head(desk, "clerk"))
    assert (before.status_code, before.json()["code"]) == (404, "deed.unknown")

    await client.post(f"/api/v1/cases/{case.case_no}/handling", headers=await keyed(desk, "clerk"), json={"seen": 1})
    told = await client.get(place, headers=await head(desk, "clerk"))
    assert (told.status_code, told.json()["case_no"]) == (200, case.case_no)
    assert told.headers["cache-control"] == "no-store"
    colleague = await client.get(place, headers=await head(desk, "clerk_8"))
    assert (colleague.status_code, colleague.json()["code"]) == (404, "deed.unknown")
    assert (await client.get(place)).status_code == 401
