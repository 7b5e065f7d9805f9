"""Of a visit the applicant hears once, however many cases it serves; and again the day before."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared_schemas.survey import TimeChosen, TimesOffered
from tests.desk import Desk
from tests.notices.steps import tell

OF_SURVEYS = {"survey_offered", "survey_times", "survey_soon", "surveyed"}


async def told(desk: Desk, at: datetime) -> list[tuple[str, str]]:
    """Kind and line of what 王敏's inbox says of surveys after a round at `at`, the newest first; a second round adds nothing."""
    from backend.notices import queries, reminding

    await tell(desk)
    for _ in range(2):
        await reminding.remind(at)
    items = (await queries.inbox((await desk.who("wangmin")).id)).items
    return [(item.kind, item.body) for item in items if item.kind in OF_SURVEYS]


async def joint(desk: Desk, **more: object) -> list[str]:
    """Two departments, one visit."""
    cases = [
        await desk.accepted("review_and_check", matter=desk.matter("review_and_check", department, has_survey=True))
        for department in ("scj", "wjj")
    ]
    await desk.sent_out(cases[0].case_no, cases[1].case_no, **more)
    return [case.case_no for case in cases]


async def test_one_visit_for_two_cases_is_told_once_with_one_tap_to_choose(desk: Desk) -> None:
    from backend.notices import queries

    first, _ = await joint(desk, offered=(desk.now + timedelta(days=3),))
    ((kind, say),) = await told(desk, desk.now)
    assert (kind, "挑一个方便的" in say) == ("survey_offered", True)
    (notice, *_rest) = (await queries.inbox((await desk.who("wangmin")).id)).items
    assert notice.leads_to == f"/cases/{first}/survey"


async def test_a_time_agreed_by_telephone_is_named(desk: Desk) -> None:
    await joint(desk, agreed_at=desk.now + timedelta(days=3))
    ((_, say),) = await told(desk, desk.now)
    assert "11月26日来" in say
    assert "挑一个" not in say


async def test_other_times_and_the_day_before_are_told_once_each(desk: Desk) -> None:
    from backend.survey import scheduling

    first, _ = await joint(desk, offered=(desk.now + timedelta(days=3),))
    wang, zhao = await desk.who("wangmin"), await desk.who("surveyor")
    await scheduling.choose(first, TimeChosen(None, "周四"), by=wang, now=desk.now)
    assert [kind for kind, _ in await told(desk, desk.now)] == ["survey_offered"]
    again = TimesOffered((desk.now + timedelta(days=4),))
    await scheduling.offer(first, again, by=zhao, now=desk.now)
    assert [kind for kind, _ in await told(desk, desk.now)] == ["survey_times", "survey_offered"]
    await scheduling.choose(first, TimeChosen(again.offered[0]), by=wang, now=desk.now)
    assert len(await told(desk, desk.now + timedelta(days=2))) == 2
    kinds = [kind for kind, _ in await told(desk, desk.now + timedelta(days=3))]
    assert kinds == ["survey_soon", "survey_times", "survey_offered"]


async def test_each_case_hears_that_its_place_was_seen(desk: Desk) -> None:
    for number in await joint(desk):
        await desk.surveyed(number)
    assert [kind for kind, _ in await told(desk, desk.now)].count("surveyed") == 2
