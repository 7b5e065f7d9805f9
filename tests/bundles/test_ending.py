"""How a bundle ends: taken back, withdrawn in part or whole, collected in one go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.bundles import newborn
from tests.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_whole_is_taken_back_for_ten_minutes(desk: Desk) -> None:
    from backend import db
    from backend.bundles import queries
    from backend.cases import reading
    from backend.domain.refusal import Refusal
    from backend.intake import queries as intake
    from backend.intake import undoing

    draft = await newborn.draft_of(desk)
    result = await newborn.submit(desk, draft, "newborn-undo-1")
    filing = await newborn.filing_of(result)
    citizen = await desk.who("wangmin")
    costs = await newborn.case_of(filing, "rsj-101")
    offer = await undoing.offer(costs, desk.now)
    assert offer is not None
    assert offer.until == desk.now + timedelta(minutes=10)
    assert await undoing.undo(costs.case_no, by=citizen, now=desk.now) == draft
    view = await queries.view(filing)
    assert all(part.is_over and part.is_failed for part in view.parts)
    assert [part.state for part in view.parts] == ["started", "ended", "ended", "started"]
    open_again = await intake.draft(draft, f"citizen:{citizen.id}")
    assert open_again.submitted_case_id is None
    assert open_again.values["child_name"] == "王小一"
    with pytest.raises(Refusal, match=r"filing\.undone"):
        await newborn.submit(desk, draft, "newborn-undo-1")
    anew = await newborn.submit(desk, draft, "newborn-undo-2")
    assert anew.is_new
    assert await newborn.filing_of(anew) != filing
    again = await reading.by_number(anew.case_no)
    assert await db.fetchval("SELECT count(*) FROM case_upload WHERE case_id = $1", again.id) == 1


async def test_once_one_part_is_touched_nothing_is_taken_back(desk: Desk) -> None:
    from backend.domain.refusal import Refusal
    from backend.intake import undoing
    from backend.review import actions

    result = await newborn.filed(desk)
    filing = await newborn.filing_of(result)
    costs = await newborn.case_of(filing, "rsj-101")
    await actions.take(costs.case_no, by=await desk.who("clerk"), now=desk.now)
    birth = await newborn.case_of(filing, "wjj-46")
    assert await undoing.offer(birth, desk.now) is None
    with pytest.raises(Refusal, match=r"undo\.touched"):
        await undoing.undo(birth.case_no, by=await desk.who("wangmin"), now=desk.now)
    assert (await newborn.case_of(filing, "wjj-46")).step == "received", "all or nothing"


async def test_all_or_one_part_is_withdrawn(desk: Desk) -> None:
    from backend.bundles import queries, withdrawing
    from backend.domain.refusal import Refusal
    from shared_schemas.correction import Withdrawal

    result = await newborn.filed(desk)
    filing = await newborn.filing_of(result)
    citizen = await desk.who("wangmin")
    await withdrawing.withdraw_part(result.case_no, 2, by=citizen, now=desk.now)
    view = await queries.view(filing)
    assert [part.state for part in view.parts] == ["started", "waiting", "ended", "started"]
    assert view.parts[2].headline_zh == "没开始，您撤回了"
    with pytest.raises(Refusal, match=r"bundle\.not_waiting"):
        await withdrawing.withdraw_part(result.case_no, 2, by=citizen, now=desk.now)
    assert await withdrawing.withdraw_all(result.case_no, Withdrawal("不办了"), by=citizen, now=desk.now) == 3
    assert (await queries.view(filing)).is_over
    with pytest.raises(Refusal, match=r"bundle\.nothing_to_withdraw"):
        await withdrawing.withdraw_all(result.case_no, Withdrawal(), by=citizen, now=desk.now)
    with pytest.raises(Refusal, match=r"case\.not_found"):
        await withdrawing.withdraw_all(result.case_no, Withdrawal(), by=await desk.who("lijianguo"), now=desk.now)


async def _ready(desk: Desk) -> Any:
    """Two parts of a bundle ready, the other two ended."""
    from backend.bundles import withdrawing

    result = await newborn.filed(desk)
    filing = await newborn.filing_of(result)
    citizen = await desk.who("wangmin")
    await withdrawing.withdraw_part(result.case_no, 1, by=citizen, now=desk.now)  # what waited for it ends with it
    return result, filing, citizen


async def test_told_once_when_all_of_it_is_ready(desk: Desk) -> None:
    from backend import db
    from backend.bundles import collecting, queries, readiness
    from backend.notices.telling import tell

    result, filing, citizen = await _ready(desk)
    await newborn.granted(desk, await newborn.case_of(filing, "wjj-46"))
    assert await readiness.tell_ready(desk.now) == 0, "one is still under way"
    await newborn.granted(desk, await newborn.case_of(filing, "rsj-101"))
    assert await readiness.tell_ready(desk.now) == 1
    assert await readiness.tell_ready(desk.now) == 0
    await tell(desk.now)
    kinds = [row["kind"] for row in await db.fetch("SELECT kind FROM notice WHERE kind LIKE '%ready'")]
    assert kinds == ["bundle_ready"], "and not of each certificate"
    assert (await queries.view(filing)).headline_zh == "都好了，2 样可以领"
    taken = await collecting.collect(result.case_no, by=citizen, now=desk.now)
    assert {case.step for case in taken} == {"closed"}
    assert (await queries.view(filing)).headline_zh == "都办完了"


async def test_one_collection_over_the_counter(desk: Desk) -> None:
    from backend import db
    from backend.bundles import collecting
    from backend.domain.refusal import Refusal
    from shared_schemas.issuance import HandOver

    result, filing, _citizen = await _ready(desk)
    clerk = await desk.who("clerk")
    with pytest.raises(Refusal, match=r"bundle\.nothing_ready"):
        await collecting.hand_over(result.case_no, HandOver("1245"), by=clerk, now=desk.now)
    for matter in ("wjj-46", "rsj-101"):
        await newborn.granted(desk, await newborn.case_of(filing, matter))
    await db.execute("UPDATE case_file SET delivery = 'window' WHERE filing = $1", filing)
    with pytest.raises(Refusal, match=r"hand_over\.wrong_digits"):
        await collecting.hand_over(result.case_no, HandOver("0000"), by=clerk, now=desk.now)
    blob = await db.fetchrow("SELECT case_no, last_fours_sealed FROM case_file WHERE case_no = $1", result.case_no)
    from backend.cases import sealing

    digits = sealing.unseal_json(blob["case_no"], "last_fours", blob["last_fours_sealed"])[0]
    handed = await collecting.hand_over(result.case_no, HandOver(digits), by=clerk, now=desk.now)
    assert [case.step for case in handed] == ["closed", "closed"]
    served = await db.fetchval("SELECT count(*) FROM formal_document WHERE kind = 'delivery_receipt'")
    assert served == 2, "each result has its own proof of service"


async def test_a_new_code_goes_for_all(desk: Desk) -> None:
    from backend.bundles import queries
    from backend.cases import renewing

    result = await newborn.filed(desk)
    filing = await newborn.filing_of(result)
    fresh = await renewing.replace_code(result.case_no, by=await desk.who("wangmin"), now=desk.now)
    assert await queries.behind(result.tracking_code) is None
    assert await queries.behind(fresh) == filing
    await newborn.granted(desk, await newborn.case_of(filing, "wjj-46"))
    from backend.cases import reading

    assert await reading.tracking_code_of(await newborn.case_of(filing, "gaj-03")) == fresh
