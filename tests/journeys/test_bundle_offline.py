"""一件事 without network: the guide is read, the parts are chosen, all of it is filed as one item of the outbox."""

from __future__ import annotations

from playwright.async_api import expect

from tests.journeys import without_network as lift
from tests.journeys.browser import PHONE, look, until
from tests.journeys.conftest import Arrive
from tests.journeys.server import Hall, ask
from tests.journeys.steps import photo_with_place, sees
from tests.journeys.test_bundle import CHILD


async def test_a_bundle_is_read_and_filed_in_a_lift(device: Arrive, hall_: Hall) -> None:
    phone = await device(PHONE, "wangmin")
    page = phone.page
    await lift.ready(phone)
    await lift.no_network(phone)
    await lift.go(phone, "/matters?q=给宝宝上户口")
    await expect(page.locator("a[href='/matters/yjs-newborn']")).to_be_visible()
    await look(phone, "bundle/30-search-offline")
    await lift.go(phone, "/matters/yjs-newborn")
    await sees(phone, "一次办这 5 件")
    await sees(phone, "交一次，2 件都用")
    await look(phone, "bundle/31-guide-offline")
    for key in ("card", "costs"):
        await page.locator(f"input[name=part][value={key}]").uncheck(force=True)
    await page.locator(".act button").click()
    await lift.stands(phone, "/matters/yjs-newborn~0/start")
    await lift.next_page(phone)
    draft = page.url.split("/")[-1]
    await sees(phone, "出生登记（入户）")
    await look(phone, "bundle/32-tasks-offline")
    await lift.whole_draft(phone, CHILD, photo_with_place())
    await lift.submit(phone)
    await look(phone, "bundle/33-sent-offline")
    await lift.network(phone)

    async def filed() -> int:
        rows = await ask(hall_, "SELECT count(*) AS n FROM bundle_filing WHERE draft = $1::text::uuid", draft)
        return rows[0]["n"]

    await until(filed, seconds=60)
    rows = await ask(
        hall_,
        "SELECT p.state, p.case_id IS NULL AS waits FROM bundle_part p JOIN bundle_filing f ON f.id = p.filing "
        "WHERE f.draft = $1::text::uuid ORDER BY p.position",
        draft,
    )
    assert [row["state"] for row in rows] == ["started", "waiting", "waiting"]
    await phone.open(f"/drafts/{draft}/receipt")
    await sees(phone, "3 件一次交了")
