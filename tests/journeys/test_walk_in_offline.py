"""现场收件 while the hall is away: a clerk takes somebody's matter in on the tablet, and the hall has it once, as hers."""

from __future__ import annotations

from playwright.async_api import expect

from tests.benchmarks.web import offline
from tests.journeys import without_network as lift
from tests.journeys.browser import TABLET, Visitor, until
from tests.journeys.conftest import Arrive, enter
from tests.journeys.proxy import Line
from tests.journeys.steps import photo_with_place
from tests.journeys.talking import People
from tests.journeys.test_undo import FORM, SCHOOL

ZHAO = {"name": "赵大爷", "id_number": "330402194803120025", "mobile": "13605731948"}


def _number() -> str:
    from shared_schemas.numbers import id_check_character

    return ZHAO["id_number"][:17] + id_check_character(ZHAO["id_number"][:17])


async def _takes_down(desk: Visitor, **told: str) -> None:
    for name, value in told.items():
        await desk.page.locator(f"main [name={name}]").fill(value)
    await desk.page.locator(".act button.wide").click()


async def test_an_intake_begun_in_an_outage_is_filed_once_and_lies_on_the_clerk_s_desk(
    caller: Arrive, line: Line, people: People
) -> None:
    clerk = await people("clerk")
    desk = await caller(TABLET)
    desk.is_unplugged = True
    page = desk.page
    await enter(desk, "clerk")
    await offline.prepare(page, desk.base_url)
    line.cut()

    await lift.go(desk, "/desk/intake")
    await page.locator("#q").fill("转学")
    await lift.look(desk, "walk-in-matters")
    await page.locator(f"a[href='/desk/intake/{SCHOOL}']").first.click()
    await lift.stands(desk, f"/desk/intake/{SCHOOL}")
    await _takes_down(desk, name="赵大爷", id_number="123", mobile="1360573")
    await expect(page.locator(".govuk-error-summary")).to_be_focused()
    await lift.look(desk, "walk-in-wrong")
    await _takes_down(desk, id_number=_number(), mobile=ZHAO["mobile"])
    await page.wait_for_url("**/drafts/*")
    await desk.quiet()
    draft = page.url.split("/")[-1]
    await lift.look(desk, "walk-in-tasks")
    await lift.whole_draft(desk, FORM, photo_with_place())
    await lift.look(desk, "walk-in-check")
    await lift.submit(desk)

    line.mend()
    case_no = await until(lambda: _filed(people, draft), seconds=90)
    whole = await clerk.get(f"/cases/{case_no}")
    assert (whole["channel"], whole["step"]) == ("window", "received")
    assert [event["verb"] for event in (await clerk.get(f"/cases/{case_no}/events"))["items"]] == ["receive", "take"]
    hand = (await clerk.get("/desk/cases?segment=hand"))["items"]
    assert [row["case_no"] for row in hand].count(case_no) == 1
    begun = [row for row in (await clerk.get("/drafts"))["items"] if row["id"] == draft]
    assert begun == []


async def _filed(people: People, draft: str) -> str | None:
    clerk = await people("clerk")
    answer = await clerk.client.get(f"/api/v1/drafts/{draft}")
    return answer.json().get("case_no") if answer.status_code == 200 else None
