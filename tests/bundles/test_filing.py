"""One filing, several cases: at once in their departments, under one code, in the order of what waits for what."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.bundles import newborn
from tests.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_one_filing_makes_several_cases_at_once(desk: Desk) -> None:
    from backend import db
    from backend.bundles import queries

    result = await newborn.filed(desk)
    filing = await newborn.filing_of(result)
    view = await queries.view(filing)
    assert [part.state for part in view.parts] == ["started", "waiting", "waiting", "started"]
    cases = await queries.cases_of(filing)
    assert {case.department for case in cases} == {"wjj", "rsj"}
    assert all(case.step == "received" and case.received_at == desk.now for case in cases)
    assert len({case.case_no for case in cases}) == 2
    assert view.parts[1].waits_for_zh == "出生医学证明首次签发"
    assert view.parts[1].headline_zh == "等“出生医学证明首次签发”办好，自动开始"
    # 材料只交一遍: one stored file is in both cases that ask for it, or in the one that does.
    rows = await db.fetch(
        "SELECT u.case_id, u.upload FROM case_upload u JOIN case_file c ON c.id = u.case_id WHERE c.filing = $1", filing
    )
    assert rows


async def test_files_of_what_waits_are_held(desk: Desk) -> None:
    from backend import db
    from backend.bundles import holdings

    await newborn.filed(desk)
    assert await db.fetchval("SELECT count(*) FROM upload WHERE case_id IS NULL") == 0
    citizen = (await desk.who("wangmin")).id
    assert await holdings.HOLDINGS["bundles"].open_count(citizen) == 2
    waiting = await holdings.HOLDINGS["bundles"].export(citizen)
    assert waiting[0]["form"]["child_name"] == "王小一"


async def test_each_department_gets_its_own_questions(desk: Desk) -> None:
    from backend.bundles import queries
    from backend.cases import reading

    filing = await newborn.filing_of(await newborn.filed(desk))
    for case in await queries.cases_of(filing):
        form = await reading.form_of(case)
        assert "child_name" not in form, "that is the police's to know"
        assert form["address"] == newborn.CHILD["address"]


async def test_the_same_key_is_the_same_filing(desk: Desk) -> None:
    from backend import db

    draft = await newborn.draft_of(desk)
    first = await newborn.submit(desk, draft, "newborn-key-1")
    again = await newborn.submit(desk, draft, "newborn-key-1")
    other = await newborn.submit(desk, draft, "newborn-key-2")
    assert first.is_new
    assert not again.is_new
    assert first.case_no == again.case_no == other.case_no
    assert first.tracking_code == again.tracking_code
    assert await db.fetchval("SELECT count(*) FROM bundle_filing") == 1
    assert await db.fetchval("SELECT count(*) FROM case_file") == 2


async def test_ten_taps_at_once_are_one_filing(desk: Desk) -> None:
    from backend import db

    draft = await newborn.draft_of(desk)
    results = await asyncio.gather(*(newborn.submit(desk, draft, "newborn-ten-1") for _ in range(10)))
    assert len({result.case_no for result in results}) == 1
    assert sum(result.is_new for result in results) == 1
    assert await db.fetchval("SELECT count(*) FROM case_file") == 2
    assert await db.fetchval("SELECT count(*) FROM bundle_part") == 4


async def test_nothing_is_filed_when_one_part_is_incomplete(desk: Desk) -> None:
    from backend import db
    from backend.domain.refusal import Refusal

    draft = await newborn.draft_of(desk, values={**newborn.CHILD, "mother_id": "330402199003071240"})
    with pytest.raises(Refusal, match=r"filing\.incomplete") as refused:
        await newborn.submit(desk, draft, "newborn-bad-1")
    assert set(refused.value.facts["errors"]) == {"form.mother_id"}
    assert await db.fetchval("SELECT count(*) FROM case_file") == 0


async def test_one_code_is_on_every_paper(desk: Desk) -> None:
    from backend.bundles import queries
    from backend.cases import reading

    result = await newborn.filed(desk)
    filing = await newborn.filing_of(result)
    for case in await queries.cases_of(filing):
        assert await reading.tracking_code_of(case) == result.tracking_code
    assert await queries.behind(result.tracking_code) == filing


async def test_what_waits_begins_with_the_certificate(desk: Desk) -> None:
    from backend.bundles import queries
    from backend.cases import reading

    filing = await newborn.filing_of(await newborn.filed(desk))
    later = desk.now + timedelta(days=3)
    desk.now = later
    await newborn.granted(desk, await newborn.case_of(filing, "wjj-46"))
    hukou = await newborn.case_of(filing, "gaj-03")
    assert (hukou.step, hukou.received_at) == ("received", later), "the law's clock starts at its own receipt"
    assert (await reading.form_of(hukou))["child_name"] == "王小一"
    states = [part.state for part in (await queries.view(filing)).parts]
    assert states == ["started", "started", "waiting", "started"], "insurance waits for the registration"


async def test_a_refused_part_ends_what_needs_it_and_nothing_else(desk: Desk) -> None:
    from backend import db
    from backend.bundles import queries, starting

    filing = await newborn.filing_of(await newborn.filed(desk))
    await newborn.declined(desk, await newborn.case_of(filing, "wjj-46"))
    assert await starting.move_all(desk.now) == 2
    view = await queries.view(filing)
    assert [part.state for part in view.parts] == ["started", "ended", "ended", "started"]
    assert view.parts[1].headline_zh == "没开始：“出生医学证明首次签发”没办成，这件也不办了"
    assert not view.parts[3].is_over
    told = await db.fetch("SELECT facts FROM notice WHERE kind = 'bundle_ended'")
    assert [row["facts"]["n"] for row in told] == [2]
    assert await starting.move_all(desk.now) == 0
    assert await db.fetchval("SELECT count(*) FROM bundle_part WHERE content_sealed IS NOT NULL") == 0


async def test_what_may_go_on_goes_on(desk: Desk) -> None:
    """公民身后: the survivors' benefit doesn't need the registration to have ended well."""
    from backend.bundles import queries, starting

    values = {"address": "中山东路 118 号", "delivery_mode": "电子证照"}
    draft = await newborn.draft_of(desk, "yjs-farewell~0", values)
    filing = await newborn.filing_of(await newborn.submit(desk, draft, "farewell-1"))
    await newborn.declined(desk, await newborn.case_of(filing, "gaj-22"))
    assert await starting.move_all(desk.now) == 1
    assert (await newborn.case_of(filing, "rsj-63")).step == "received"
    assert not (await queries.view(filing)).is_over


async def test_a_correction_in_one_part_holds_no_other(desk: Desk) -> None:
    from backend.corrections import actions as corrections
    from shared_schemas.correction import CorrectionAsked, DefectAsked

    filing = await newborn.filing_of(await newborn.filed(desk))
    costs = await newborn.case_of(filing, "rsj-101")
    clerk = await desk.who("clerk")
    from backend.cases import reading
    from backend.review import actions

    await actions.take(costs.case_no, by=clerk, now=desk.now)
    paper = (await reading.materials_of(costs.id))[1]
    defect = DefectAsked("看不清", "要看清", "再拍一张", material=paper.key)
    await corrections.ask(costs.case_no, CorrectionAsked((defect,)), by=clerk, now=desk.now)
    await newborn.granted(desk, await newborn.case_of(filing, "wjj-46"))
    assert (await newborn.case_of(filing, "gaj-03")).step == "received"
    assert (await newborn.case_of(filing, "rsj-101")).step == "correcting"
