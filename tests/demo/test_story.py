"""The story's clock, its files and its helper: no hall of its own needed, or only an empty one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx

    from backend.catalogue.shelf import Catalogue

MONDAY = datetime(2026, 11, 23, 7, 40, tzinfo=UTC)
NIGHT = datetime(2026, 11, 22, 16, 3, tzinfo=UTC)  # three minutes past midnight, a Monday in the hall
EARLY = datetime(2026, 11, 23, 1, 10, tzinfo=UTC)  # ten past nine
SUNDAY = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
HOLIDAY = datetime(2026, 10, 4, 4, 0, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("now", [MONDAY, NIGHT, EARLY, SUNDAY, HOLIDAY, NEW_YEAR])
def test_nothing_happens_in_the_future_or_out_of_order(now: datetime) -> None:
    from backend.demo.scenes import SCENES
    from backend.demo.world import moments

    for number, scene in enumerate(SCENES):
        at = [moment.at for moment in moments(scene, number, now)]
        assert at == sorted(at)
        assert at[-1] <= now
        assert at[0] > now - timedelta(days=45)


def test_a_file_is_drawn_the_same_every_time() -> None:
    from backend.demo.drawings import DRAWINGS

    for key in ("licence_noodles", "plan_before", "lease"):
        body = DRAWINGS[key].make()
        assert body == DRAWINGS[key].make()
        assert 10_000 < len(body) < 200_000


@pytest.mark.asyncio(loop_scope="session")
async def test_any_matter_of_the_story_can_be_filed_and_led_on(
    db: ModuleType, now: datetime, starter: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    del db
    from backend.catalogue import shelf
    from backend.demo.people import load_people
    from tests import hall

    monkeypatch.setattr(shelf, "_current", starter)
    await load_people(now)
    case = await hall.file_case("scj-18", "wangmin", now)
    assert case.step == "received"
    case = await hall.play(case.case_no, "scj-18", "wangmin", "take accept review grant download rate:1/quick", now)
    assert case.step == "closed"
    assert case.is_rated
    assert (await hall.chen_jie()).window == 5
    assert (await hall.wang_min()).name == "王敏"


@pytest.mark.asyncio(loop_scope="session")
async def test_a_persona_arrives_in_their_own_size_and_language(client: httpx.AsyncClient) -> None:
    for who, cookies in {"lijianguo": {"text": "elder"}, "emma": {"text": "normal", "lang": "en"}}.items():
        token = (await client.get("/demo")).text.split('name="_csrf" value="')[1].split('"')[0]
        answer = await client.post("/demo", data={"persona": who, "_csrf": token})
        assert answer.status_code == 303, answer.text
        assert {name: answer.cookies[name] for name in cookies} == cookies
