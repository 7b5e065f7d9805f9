"""What waits is sent in order, lane by lane, exactly once, and says truly how it stands."""

from __future__ import annotations

import asyncio

from playwright.async_api import Route

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.conftest import Arrive, enter
from tests.journeys.outbox import Counter, answer, awake, becomes, engine, items, put, refusing


async def _phone(device: Arrive) -> tuple[Visitor, Counter]:
    """A phone whose browser has no worker and so no Background Sync: its pages send."""
    visitor = await device(PHONE, "wangmin", service_workers="block")
    counter = Counter()
    await counter.stand(visitor)
    await visitor.open("/scan")
    await awake(visitor.page)
    return visitor, counter


async def test_three_wait_and_one_is_refused_the_others_go(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    counter.said["2"] = refusing(422, "rating.closed", "这件事已经评过了")
    await counter.cut(visitor)
    for lane in ("1", "2", "3"):
        await put(visitor.page, lane)
    await becomes(visitor.page, [("waiting", "no_network")] * 3)
    await counter.cut(visitor, is_cut=False)
    await becomes(visitor.page, [("done", None), ("stuck", "refused"), ("done", None)])
    stuck = (await items(visitor.page))[1]
    assert (stuck["why"], stuck["code"]) == ("这件事已经评过了", "rating.closed")
    assert sorted(counter.done.values()) == ["1", "3"]


async def test_one_lane_keeps_its_order_and_waits_for_its_first(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    counter.said["1"] = refusing(409, "case.moved_meanwhile", "柜台已经办到下一步了")
    first = await put(visitor.page, "1")
    second = await put(visitor.page, "1")
    await put(visitor.page, "2")
    await becomes(visitor.page, [("stuck", "refused"), ("waiting", None), ("done", None)])
    del counter.said["1"]
    await engine(visitor.page, "(outbox, flush, id) => outbox.retry(id)", first)
    await becomes(visitor.page, [("done", None)] * 3)
    keys = [key for lane, key in counter.arrived if lane == "1"]
    assert keys == [first, first, second]


async def test_what_the_hall_did_before_its_answer_was_lost_is_done_once(device: Arrive) -> None:
    visitor, counter = await _phone(device)

    async def lost(route: Route) -> bool:
        del counter.said["1"]
        counter.done[route.request.headers["idempotency-key"]] = "1"
        await route.abort("connectionreset")
        return True

    counter.said["1"] = lost
    key = await put(visitor.page, "1")
    await becomes(visitor.page, [("done", None)])  # by itself, after a pause
    assert counter.arrived == [("1", key)] * 2
    assert counter.done == {key: "1"}


async def test_a_page_killed_while_sending_leaves_a_truth_and_the_next_goes_on(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    hangs = asyncio.Event()

    async def never(route: Route) -> bool:
        hangs.set()
        return True

    counter.said["1"] = never
    key = await put(visitor.page, "1")
    await put(visitor.page, "1")
    await hangs.wait()
    await becomes(visitor.page, [("sending", None), ("waiting", None)])
    await visitor.page.close(run_before_unload=False)
    del counter.said["1"]
    reopened = await visitor.context.new_page()
    await reopened.goto(f"{visitor.base_url}/scan")
    await becomes(reopened, [("done", None)] * 2)
    assert [each for _lane, each in counter.arrived][:2] == [key, key]
    assert len(counter.arrived) == 3


async def test_two_tabs_send_each_thing_once(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    other = await visitor.context.new_page()
    await other.goto(f"{visitor.base_url}/scan")
    await items(other)
    await counter.cut(visitor)
    for lane in ("1", "1", "2", "3"):
        await put(visitor.page, lane)
    await becomes(visitor.page, [("waiting", "no_network"), ("waiting", None), *[("waiting", "no_network")] * 2])
    tried = len(counter.arrived)
    await counter.cut(visitor, is_cut=False)  # both tabs hear of it
    await becomes(other, [("done", None)] * 4)
    assert tried == 0
    assert sorted(lane for lane, _key in counter.arrived) == ["1", "1", "2", "3"]


async def test_a_new_item_does_not_wait_for_a_slow_one(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    slow = asyncio.Event()

    async def waits(_route: Route) -> bool:
        await slow.wait()
        return False

    counter.said["1"] = waits
    await put(visitor.page, "1")
    await becomes(visitor.page, [("sending", None)])
    await put(visitor.page, "2")
    await becomes(visitor.page, [("sending", None), ("done", None)])
    slow.set()
    await becomes(visitor.page, [("done", None)] * 2)


async def test_a_hall_in_trouble_is_asked_again_after_a_pause(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    tries = 0

    async def trouble(route: Route) -> bool:
        nonlocal tries
        tries += 1
        await answer(route, 500, {"code": "server.error", "detail": "出了点问题"})
        return True

    counter.said["1"] = trouble
    await put(visitor.page, "1")
    await becomes(visitor.page, [("waiting", "server")])
    del counter.said["1"]
    await becomes(visitor.page, [("done", None)])
    assert 1 <= tries <= 2


async def test_the_hall_s_own_waiting_time_is_kept_also_when_pressed(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    counter.said["1"] = refusing(429, "rate.limited", "试得太勤了，600 秒后再来。", retry_after="600")
    key = await put(visitor.page, "1")
    await becomes(visitor.page, [("waiting", "server")])
    press = "async (outbox, flush, id) => { await outbox.retry(id); await flush({fresh: true}); return (await outbox.get(id)).not_before - Date.now(); }"
    left = await engine(visitor.page, press, key)
    assert 500_000 < left <= 600_000
    assert len(counter.arrived) == 1


async def test_signed_out_everything_waits_and_goes_on_after_the_next_sign_in(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    counter.said["1"] = refusing(401, "session.expired", "登录已过期，再登录一次就回到这里")
    await put(visitor.page, "1")
    await becomes(visitor.page, [("waiting", "signed_out")])
    await engine(visitor.page, "(outbox, flush) => flush({fresh: true})")
    assert len(counter.arrived) == 1  # nobody is asked again before somebody has signed in
    del counter.said["1"]
    await visitor.open("/scan")  # a page that the hall has drawn for her
    await becomes(visitor.page, [("done", None)])


async def test_nothing_goes_under_another_one_s_name(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    counter.said["1"] = refusing(409, "session.other_person", "这部手机现在登录的是另一个人")
    await put(visitor.page, "1")
    await becomes(visitor.page, [("waiting", "other_person")])
    whose = await visitor.page.locator('meta[name="person"]').get_attribute("content")
    assert counter.whose == [whose]
    await enter(visitor, "lijianguo")
    await visitor.open("/scan")
    assert await items(visitor.page) == []
    assert set(counter.whose) == {whose}  # tried while it was still her, never as somebody else
    del counter.said["1"]
    await enter(visitor, "wangmin")
    await visitor.open("/scan")
    await becomes(visitor.page, [("done", None)])


async def test_a_sender_frozen_with_its_tab_holds_nobody_up(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    await counter.cut(visitor)
    key = await put(visitor.page, "1")
    await becomes(visitor.page, [("waiting", "no_network")])
    frozen = """async (outbox, flush, id) => {
      const whose = document.querySelector("meta[name=person]").content;
      await new Promise((held) => { navigator.locks.request(`yimaban-outbox-${whose}`, () => (held(), new Promise(() => {}))).catch(() => {}); });
      await outbox.change(id, (item) => ({...item, state: "sending", beat: Date.now() - 300_000}));
    }"""
    await engine(visitor.page, frozen, key)
    await counter.cut(visitor, is_cut=False)
    await becomes(visitor.page, [("done", None)])
    assert counter.arrived == [("1", key)]


async def test_a_cafe_s_sign_in_page_is_no_answer_of_the_hall(device: Arrive) -> None:
    visitor, counter = await _phone(device)

    async def cafe(route: Route) -> bool:
        await route.fulfill(status=200, content_type="text/html", body="<h1>Welcome, please accept our terms</h1>")
        return True

    counter.said["1"] = cafe
    await put(visitor.page, "1")
    await becomes(visitor.page, [("waiting", "no_network")])
    del counter.said["1"]
    await becomes(visitor.page, [("done", None)])
