"""From events to the inbox: each event once, whoever fails or comes late."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import ModuleType

import pytest

from shared_schemas.notice import NoticeKind
from tests.desk import Desk
from tests.notices.steps import asked
from tests.security.conftest import API, Doors


async def kinds(citizen: int) -> list[str]:
    from backend.notices import queries

    return [item.kind for item in (await queries.inbox(citizen)).items]


async def test_each_event_is_told_once_in_words_with_a_day(desk: Desk) -> None:
    from backend.notices import queries, telling

    case_no = await asked(desk)
    wang = await desk.who("wangmin")
    assert await telling.tell(desk.now) == 3
    assert await telling.tell(desk.now) == 0
    first, second = (await queries.inbox(wang.id)).items
    assert (first.kind, second.kind) == (NoticeKind.CORRECTION_ASKED, NoticeKind.RECEIVED)
    assert first.title == "轮到您了：材料要补正"
    assert first.body == "有 1 处要补，11月30日前补好。补好之前不计办理时间。"
    assert first.due_on == "2026-11-30"
    assert first.is_your_move
    assert await queries.page_of(first.id, wang.id) == f"/cases/{case_no}/correction"
    assert await queries.unread(wang.id) == 2


async def test_many_workers_tell_each_event_once(desk: Desk, db: ModuleType) -> None:
    from backend.notices import telling

    for _ in range(3):
        await asked(desk)
    told = await asyncio.gather(*(telling.tell(desk.now) for _ in range(4)))
    assert sum(told) == 9
    assert await db.fetchval("SELECT count(*) FROM notice") == 6
    assert await db.fetchval("SELECT count(*) FROM event_to_tell") == 0


async def test_an_event_whose_transaction_was_slow_is_told_too(desk: Desk, db: ModuleType) -> None:
    """What the job saw last says nothing of an event with a lower number that was committed later."""
    from backend.cases import recording
    from backend.notices import telling
    from shared_schemas.vocabulary import Verb

    slow, quick = await desk.filed(), await desk.filed()
    clerk = await desk.who("clerk")
    await telling.tell(desk.now)
    written, may_commit = asyncio.Event(), asyncio.Event()

    async def withdraw_slowly() -> None:
        async with db.transaction():
            case = await recording.load_for(Verb.WITHDRAW, slow.case_no, await desk.who("wangmin"), desk.now)
            await recording.record(case, Verb.WITHDRAW, by=await desk.who("wangmin"), at=desk.now)
            written.set()
            await may_commit.wait()

    withdrawing = asyncio.create_task(withdraw_slowly())
    await written.wait()
    async with db.transaction():
        case = await recording.load_for(Verb.TAKE, quick.case_no, clerk, desk.now)
        await recording.record(case, Verb.TAKE, by=clerk, at=desk.now, handler=clerk.id)
    assert await telling.tell(desk.now) == 1
    may_commit.set()
    await withdrawing
    assert await telling.tell(desk.now) == 1
    assert (await kinds((await desk.who("wangmin")).id))[0] == NoticeKind.WITHDRAWN


async def test_an_event_that_cannot_be_told_waits_alone(
    desk: Desk, db: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    from backend.notices import telling

    bad, good = await desk.filed(), await desk.filed()
    whole = telling._tellings
    monkeypatch.setattr(
        telling, "_tellings", lambda row, now: 1 / 0 if row["case_no"] == bad.case_no else whole(row, now)
    )
    assert await telling.tell(desk.now) == 1
    assert await db.fetchval("SELECT case_id FROM notice") == good.id
    monkeypatch.setattr(telling, "_tellings", whole)
    assert await telling.tell(desk.now) == 0, "it waits before it is tried again"
    assert await telling.tell(desk.now + timedelta(minutes=5)) == 1


async def test_the_inbox_over_the_api_is_read_one_by_one_and_as_a_whole(desk: Desk, doors: Doors) -> None:
    from backend.notices import telling

    case_no = await asked(desk)
    await telling.tell(desk.now)
    wang = await doors("wangmin")
    found = (await wang.get(f"{API}/notices")).json()
    assert (found["unread"], [item["kind"] for item in found["items"]]) == (2, ["correction_asked", "received"])
    key = found["items"][0]["id"]
    assert (await wang.post(f"{API}/notices/{key}/read")).json() == {"unread": 1}
    assert (await wang.post(f"{API}/notices/{key}/read")).json() == {"unread": 1}
    left = (await wang.get(f"{API}/notices", params={"unread": True, "case_no": case_no})).json()["items"]
    assert [item["kind"] for item in left] == ["received"]
    assert (await wang.post(f"{API}/notices/read")).json() == {"unread": 0}
    assert (await wang.get(f"{API}/notices/{key}")).json()["is_read"]


async def test_a_tap_marks_it_read_and_goes_straight_on(desk: Desk, doors: Doors) -> None:
    from backend.notices import queries, telling

    case_no = await asked(desk)
    await telling.tell(desk.now)
    wang = await doors("wangmin")
    page = await wang.get("/inbox")
    assert "轮到您了：材料要补正" in page.text
    assert "2 条没看" in page.text
    key = (await queries.inbox((await desk.who("wangmin")).id)).items[0].id
    gone_on = await wang.get(f"/inbox/{key}")
    assert (gone_on.status_code, gone_on.headers["location"]) == (303, f"/cases/{case_no}/correction")
    assert (await wang.get(gone_on.headers["location"])).status_code == 200
    assert "1 条没看" in (await wang.get("/inbox")).text


async def test_a_long_inbox_goes_on_page_by_page(desk: Desk, db: ModuleType, doors: Doors) -> None:
    from backend.notices import telling

    await desk.filed()
    await telling.tell(desk.now)
    await db.execute(
        "INSERT INTO notice (key, case_id, seq, party, citizen, kind, facts, at, made_at) "
        "SELECT gen_random_uuid(), case_id, g + 1, party, citizen, 'granted', '{}', at + g * interval '1 minute', made_at "
        "FROM notice, generate_series(1, 70) g"
    )
    wang = await doors("wangmin")
    first = (await wang.get(f"{API}/notices")).json()
    second = (await wang.get(f"{API}/notices", params={"before": first["next"]})).json()
    assert (len(first["items"]), len(second["items"]), second["next"]) == (50, 21, "")
    assert len({item["id"] for item in first["items"] + second["items"]}) == 71
