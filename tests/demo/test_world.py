"""The demo hall keeps the same law as a real one, and shows something everywhere."""

from __future__ import annotations

from datetime import timedelta
from types import ModuleType

import pytest

from shared_schemas.vocabulary import Step, Verb
from tests.demo.conftest import TOLD_AT

pytestmark = pytest.mark.asyncio(loop_scope="session")

CITIZENS = ("wangmin", "lijianguo", "zhoulixin", "xuting", "ouyang", "chenjiaming", "linzhiyuan", "emma", "shenmei")


async def test_every_step_is_the_replay_of_its_log_and_every_chain_holds(world: ModuleType) -> None:
    from backend.cases import log
    from backend.domain import chain
    from backend.domain.case import replay

    rows = await world.fetch("SELECT id, case_no, step, seq, received_at FROM case_file")
    assert len(rows) > 60
    for row in rows:
        events = await log.of(row["id"])
        assert replay(e.verb for e in events) == row["step"]
        assert events[-1].seq == row["seq"]
        assert chain.verify(row["case_no"], events)
        assert [e.at for e in events] == sorted(e.at for e in events)
        assert events[-1].at <= TOLD_AT


async def test_every_step_and_every_verb_of_the_main_path_appears(world: ModuleType) -> None:
    from backend.cases import log
    from backend.domain.case import BESIDE, replay

    seen, verbs = set(), set()
    for row in await world.fetch("SELECT id FROM case_file"):
        done = [event.verb for event in await log.of(row["id"])]
        verbs |= {*done}
        seen |= {replay(done[: place + 1]) for place in range(len(done))}
    ends = {Verb.DEEM_ACCEPTED, Verb.REOPEN}
    assert seen == set(Step)
    assert verbs - BESIDE == set(Verb) - BESIDE - ends
    assert verbs >= {Verb.PROMISE, Verb.MAIL, Verb.START_PROCEDURE, Verb.ASK_EXTENSION, Verb.ASK_OPINION}
    standing = {row["step"] for row in await world.fetch("SELECT DISTINCT step FROM case_file")}
    assert standing >= {Step.RECEIVED, Step.CORRECTING, Step.ACCEPTED, Step.SUPPLEMENTING, Step.REVIEWED, Step.CHECKED,
                        Step.ISSUED, Step.CLOSED}  # fmt: skip


async def test_staff_work_in_opening_hours(world: ModuleType) -> None:
    from backend.domain.calendar import SHANGHAI

    acts = await world.fetch("SELECT at FROM case_event WHERE by_kind = 'officer'")
    assert acts
    assert all(9 <= row["at"].astimezone(SHANGHAI).hour < 17 for row in acts)
    assert all(row["at"].astimezone(SHANGHAI).weekday() < 5 for row in acts)


@pytest.mark.parametrize("who", CITIZENS)
async def test_every_persona_finds_something_at_home(world: ModuleType, who: str) -> None:
    del world
    from backend.demo.people import citizen_id
    from backend.tracking import overview

    rows = await overview.of_citizen(await citizen_id(who))
    assert rows
    assert all(row.matter_zh and row.matter_en for row in rows)


async def test_wang_min_has_to_mark_the_washing_area(world: ModuleType) -> None:
    del world
    from backend.cases import reading
    from backend.corrections import queries
    from backend.demo.people import citizen_id
    from backend.intake import queries as intake

    me = await citizen_id("wangmin")
    waiting = [case for case in await reading.of_citizen(me) if case.step is Step.CORRECTING]
    notice = await queries.open_of(waiting[0].id)
    assert notice is not None
    assert "洗消区" in notice.items[0].problem
    assert notice.due_on > TOLD_AT.date()
    drafts = await intake.drafts_of(f"citizen:{me}")
    assert [draft.matter for draft in drafts] == ["zfj-01"]
    assert (await intake.uploads_of(drafts[0].id, f"citizen:{me}"))[0].state == "stored"


async def test_li_jianguo_can_collect_his_allowance(world: ModuleType) -> None:
    del world
    from backend.cases import reading
    from backend.demo.people import citizen_id

    mine = await reading.of_citizen(await citizen_id("lijianguo"))
    assert Step.ISSUED in [case.step for case in mine if case.matter == "mzj-18"]


@pytest.mark.parametrize("who", ["clerk", "clerk_1", "clerk_8", "clerk_12"])
async def test_every_desk_has_work(world: ModuleType, who: str) -> None:
    del world
    from backend.demo import actors
    from backend.review import queries

    clerk = (await actors.officers())[who]
    desk = await queries.desk(clerk, "hand", TOLD_AT)
    assert 3 <= desk.counts["hand"] <= 8
    assert desk.counts["correction"] >= 1
    assert desk.counts["today"] >= 1
    assert desk.counts["waiting"] >= 8
    assert len((await queries.desk(clerk, "waiting", TOLD_AT)).items) == desk.counts["waiting"]


@pytest.mark.parametrize(
    "who", ["approver_third", "approver_second", "approver_chief", "approver_third_b", "approver_second_b"]
)
async def test_every_approver_has_something_to_sign(world: ModuleType, who: str) -> None:
    del world
    from backend.demo import actors
    from backend.review import queries

    assert (await queries.approvals((await actors.officers())[who], "mine", TOLD_AT)).counts["mine"] >= 3


async def test_the_board_lives(world: ModuleType) -> None:
    del world
    from backend.insight.board import board

    seen = await board(TOLD_AT)
    assert seen.received_today >= 8
    assert seen.closed_today >= 5
    assert seen.amber >= 1
    assert seen.red >= 1
    assert sum(day.received > 0 for day in seen.days) >= 10
    weekend = [day.received for day in seen.days if day.day.weekday() >= 5]
    assert max(weekend) < max(day.received for day in seen.days)
    assert sum(bool(desk.officer) for desk in seen.desks) >= 12
    assert sum(desk.done_today > 0 for desk in seen.desks) >= 6
    assert seen.early_rate


async def test_every_file_is_in_the_store(world: ModuleType) -> None:
    from backend import storage

    rows = await world.fetch("SELECT DISTINCT path, stored_length, pages FROM upload WHERE state = 'stored'")
    assert len(rows) >= 15
    for row in rows:
        assert await storage.size(row["path"]) == row["stored_length"]
    assert {row["pages"] for row in rows} >= {1, 3}
    assert not await world.fetchval("SELECT count(*) FROM upload WHERE state <> 'stored'")


async def test_every_certificate_is_signed_and_stored(world: ModuleType) -> None:
    from backend import storage

    rows = await world.fetch("SELECT path, length FROM certificate")
    assert rows
    for row in rows:
        assert await storage.size(row["path"]) == row["length"]
    missing = "SELECT count(*) FROM case_file WHERE step = 'granted'"
    assert not await world.fetchval(missing)


async def test_ratings_have_every_level(world: ModuleType) -> None:
    levels = await world.fetch("SELECT DISTINCT level FROM case_rating")
    assert {row["level"] for row in levels} == {1, 2, 3, 4, 5}


async def test_telling_it_twice_changes_nothing(world: ModuleType) -> None:
    from backend.demo.world import load_world

    tables = ("case_file", "case_event", "upload", "citizen", "officer", "audit_event", "draft")
    counts = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    before = await world.fetchrow(counts)
    assert await load_world(TOLD_AT + timedelta(hours=1)) == 0
    assert await world.fetchrow(counts) == before


async def test_only_what_is_new_or_still_waits_is_unread(world: ModuleType) -> None:
    from backend.notices import queries

    citizens = [row["id"] for row in await world.fetch("SELECT id FROM citizen")]
    inboxes = [await queries.inbox(citizen) for citizen in citizens]
    notices = [item for inbox in inboxes for item in inbox.items]
    assert await world.fetchval("SELECT count(*) FROM event_to_tell") == 0
    assert len(notices) > 50
    unread = [item for item in notices if not item.is_read]
    assert unread
    assert all(item.is_your_move or item.at >= TOLD_AT - timedelta(days=1) for item in unread)
    assert all(not item.is_read for item in notices if item.is_your_move)
    assert max(inbox.unread for inbox in inboxes) <= 4
