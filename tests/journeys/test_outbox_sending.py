"""What waits is sent in order, lane by lane, exactly once, and says truly how it stands."""

from __future__ import annotations

from uuid import UUID

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.conftest import Arrive
from tests.journeys.outbox import Counter, becomes, blobs, engine, items, put, put_with_file, refusing
from tests.journeys.server import Hall, ask
from tests.journeys.steps import pdf


async def _phone(device: Arrive) -> tuple[Visitor, Counter]:
    """A phone whose browser has no worker and so no Background Sync: its pages send."""
    visitor = await device(PHONE, "wangmin", service_workers="block")
    counter = Counter()
    await counter.stand(visitor)
    await visitor.open("/scan")
    await items(visitor.page)  # the modules are here before the network goes
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


async def test_a_file_goes_along_and_is_let_go_once_the_hall_has_it(device: Arrive, hall_: Hall) -> None:
    visitor, counter = await _phone(device)
    await put_with_file(visitor.page, "7", pdf())
    await becomes(visitor.page, [("done", None)])
    (upload,) = counter.bodies[-1]["items"][0]["uploads"]
    (row,) = await ask(hall_, "SELECT state FROM upload WHERE id = $1", UUID(upload))
    assert row["state"] == "stored"
    assert await blobs(visitor.page) == 0


async def test_a_file_that_can_t_be_read_is_refused_and_nothing_is_handed_in(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    await put_with_file(visitor.page, "7", b"%PDF-1.4 torn" + bytes(200_000))
    await becomes(visitor.page, [("stuck", "refused")])
    assert (await items(visitor.page))[0]["code"] == "upload.damaged"
    assert counter.arrived == []
    assert await blobs(visitor.page) == 1
