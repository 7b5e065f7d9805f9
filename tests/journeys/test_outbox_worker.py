"""Background Sync: the worker sends what waits while no page of the hall is open."""

from __future__ import annotations

from typing import Any

from tests.journeys.browser import PHONE, until
from tests.journeys.conftest import Arrive
from tests.journeys.outbox import Patient, becomes, engine, noted, put_with_file
from tests.journeys.steps import photo_with_place
from tests.journeys.talking import People, answers

RESIDENCE = "gaj-06"


async def test_the_worker_sends_a_deed_and_its_file_while_no_page_is_open(device: Arrive, people: People) -> None:
    wang = await people("wangmin")
    matter = await wang.get(f"/matters/{RESIDENCE}")
    case_no = (await wang.file(matter, await answers(wang, matter, delivery_mode="窗口领取")))["case_no"]
    clerk = await people("clerk")
    await clerk.verb(case_no, "handling")
    paper = next(each["key"] for each in matter["materials"] if not each["is_shareable"])
    await clerk.verb(case_no, "corrections", items=[{"material": paper, "problem": "看不清"}])
    notice = await wang.get(f"/cases/{case_no}/corrections/open")

    visitor = await device(PHONE, "wangmin")
    visitor.complaints = Patient()
    page = visitor.page
    await page.wait_for_function("() => navigator.serviceWorker.controller")
    await visitor.open("/scan")
    await noted(page)
    whose = await page.locator('meta[name="person"]').get_attribute("content")
    await engine(page, "() => 1")
    await visitor.context.set_offline(True)
    deed: dict[str, Any] = {
        "path": f"/api/v1/cases/{case_no}/corrections/{notice['id']}/answer",
        "body": {"items": [{"id": notice["items"][0]["id"]}]}, "case_no": case_no,
    }  # fmt: skip
    await put_with_file(page, case_no, photo_with_place(), name="清楚的.jpg", **deed)
    await becomes(page, [("waiting", "no_network")])
    await page.goto("about:blank")

    devtools = await visitor.context.new_cdp_session(page)
    known: list[dict[str, Any]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    await devtools.send("ServiceWorker.enable")

    async def is_known() -> bool:
        return bool(known)

    await until(is_known)
    await visitor.context.set_offline(False)
    event = {
        "origin": visitor.base_url,
        "registrationId": known[0]["registrationId"],
        "tag": f"outbox-{whose}",
        "lastChance": False,
    }
    await devtools.send("ServiceWorker.dispatchSyncEvent", event)

    async def received() -> bool:
        return (await wang.get(f"/cases/{case_no}"))["step"] == "received"

    await until(received)
