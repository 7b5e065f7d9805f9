"""What time says: due soon, over, promised and not kept; each once, and nothing about what is long past."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.desk import Desk
from tests.notices.steps import asked, deliveries, tell


async def reminded(desk: Desk, at: datetime) -> list[str]:
    """The kinds in 王敏's inbox that no act made, after a round at `at`; a round said again makes nothing new."""
    from backend.notices import queries, reminding

    for _ in range(2):
        await reminding.remind(at)
    kinds = [item.kind for item in (await queries.inbox((await desk.who("wangmin")).id)).items]
    return [kind for kind in kinds if kind in {"correction_due", "correction_over", "promise_over"}]


async def test_a_correction_is_reminded_of_the_day_before_and_the_day_after(desk: Desk) -> None:
    await asked(desk)  # due on the 30th
    await tell(desk)
    assert await reminded(desk, desk.now + timedelta(days=5)) == []
    assert await reminded(desk, desk.now + timedelta(days=6)) == ["correction_due"]
    assert await reminded(desk, desk.now + timedelta(days=8)) == ["correction_over", "correction_due"]
    assert [one["kind"] for one in await deliveries(channel="sms")] == [
        "correction_asked",
        "correction_due",
        "correction_over",
    ]


async def test_who_has_answered_is_not_reminded(desk: Desk) -> None:
    from backend import db

    await asked(desk)
    await db.execute("UPDATE correction SET answered_at = asked_at")
    await db.execute("UPDATE case_file SET step = 'received'")
    assert await reminded(desk, desk.now + timedelta(days=6)) == []


async def test_a_promised_day_that_passed_is_owned_up_to_once(desk: Desk) -> None:
    from backend.notices import queries

    case = await desk.accepted()
    assert case.promised_due_on is not None
    after = datetime.combine(case.promised_due_on, datetime.min.time(), tzinfo=desk.now.tzinfo) + timedelta(hours=26)
    assert await reminded(desk, after - timedelta(days=1, hours=3)) == []
    assert await reminded(desk, after) == ["promise_over"]
    (notice, *_) = (await queries.inbox((await desk.who("wangmin")).id)).items
    assert notice.title.startswith("过了说好的日子")
    assert await reminded(desk, after + timedelta(days=30)) == ["promise_over"]


async def test_a_hall_that_was_away_for_long_does_not_call_everybody(desk: Desk) -> None:
    await desk.accepted()
    await asked(desk)
    assert await reminded(desk, desk.now + timedelta(days=200)) == []


async def test_a_decided_case_is_not_over(desk: Desk) -> None:
    await desk.granted()
    assert await reminded(desk, desk.now + timedelta(days=40)) == []


async def test_a_case_without_a_result_is_not_called_done(desk: Desk) -> None:
    from backend.corrections import actions as corrections
    from backend.notices import queries
    from shared_schemas.correction import Withdrawal

    case = await desk.filed()
    wang = await desk.who("wangmin")
    await corrections.withdraw(case.case_no, Withdrawal("不办了"), by=wang, now=desk.now)
    await tell(desk)
    assert [item.kind for item in (await queries.inbox(wang.id)).items] == ["withdrawn", "received"]
