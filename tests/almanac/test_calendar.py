"""A new calendar: seen first, confirmed by name, and every open case reckoned by it, as one by one would."""

from __future__ import annotations

import itertools
import re
import time
from datetime import UTC, date, datetime, timedelta
from types import ModuleType

import httpx
import pytest

from backend import calendars
from backend.almanac import actions, moving, queries, shelf
from backend.cases import clocks, reading
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.tracking import overview
from shared_schemas.almanac import CalendarProposed
from tests.desk import Desk

# The week of Spring Festival 2027 as it may be published: 6 to 12 February off, the Saturdays around worked.
SPRING = "\n".join(
    [f"2027-02-{day:02},休" for day in range(6, 13)]
    + ["2027-01-01,休", "2027-01-30,班", "2027-02-20,班", "2027-04-05,休", "2027-05-01,休"]
)
GIVEN = CalendarProposed(SPRING, "国办发明电〔2026〕12 号")
BEFORE_SPRING = datetime(2027, 1, 25, 2, tzinfo=UTC)


async def many(desk: Desk, db: ModuleType, count: int) -> None:
    """So many accepted cases of three matters, spread over the weeks before the festival; some stood still, some longer."""
    cases = [await desk.accepted(mode) for mode in ("sole", "review_and_check", "submit")]
    columns = [
        row[0]
        for row in await db.fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'case_file' "
            "AND column_name NOT IN ('id', 'case_no', 'tracking_hash', 'accepted_at', 'extended_by')"
        )
    ]
    names = ", ".join(columns)
    for case in cases:
        await db.execute(
            f"INSERT INTO case_file (case_no, tracking_hash, accepted_at, extended_by, {names}) "
            f"SELECT 'T' || id || '-' || n, decode(md5(id || 'x' || n), 'hex'), "
            f"$2::timestamptz + (n % 40) * interval '1 day', CASE WHEN n % 11 = 0 THEN 5 ELSE 0 END, {names} "
            "FROM case_file, generate_series(1, $3) AS n WHERE id = $1",
            case.id,
            BEFORE_SPRING - timedelta(days=30),
            count // 3,
        )
    await db.execute(
        "INSERT INTO standstill (case_id, kind, told_on, ends_on) SELECT id, 'testing', accepted_at::date + 1, "
        "CASE WHEN id % 2 = 0 THEN accepted_at::date + 4 END FROM case_file WHERE id % 13 = 0"
    )


async def test_thousands_at_once_come_out_as_one_by_one(desk: Desk, db: ModuleType) -> None:
    await many(desk, db, 3000)
    now = BEFORE_SPRING
    await moving.move_all(0, now)  # by the old calendar first
    seen = await queries.proposal(await actions.propose(GIVEN, by=await desk.who("system_administrator"), now=now), now)
    assert seen.moves.open_cases == 3003
    assert 500 < seen.moves.moved <= 3003
    assert seen.moves.settled > 0
    began = time.perf_counter()
    moved = await actions.confirm(seen.release.id, by=await desk.who("system_administrator"), now=now)
    assert time.perf_counter() - began < 20
    assert moved == seen.moves.moved
    rows = await db.fetch("SELECT case_no FROM case_file WHERE accepted_at IS NOT NULL ORDER BY id")
    for number in itertools.chain((row[0] for row in rows[:3]), (row[0] for row in rows[3::7])):
        case = await reading.by_number(number)
        matter = next(
            desk.matter(m) for m in ("sole", "review_and_check", "submit") if desk.matter(m).code == case.matter
        )
        stops = await clocks.standstills_of(case.id)
        expected = clocks.of_case(case, matter, stops, day_of(now)).columns
        if expected["is_stopped"]:  # it moves on by itself until that ends
            assert not case.is_stopped
            continue
        assert {name: getattr(case, name) for name in expected} == expected, number
    assert await moving.move_all(seen.release.id, now) == 0


async def test_a_late_december_case_moves_and_its_applicant_is_told(desk: Desk, db: ModuleType) -> None:
    from backend.notices.reminding import remind

    case = await desk.accepted("review_and_check")
    at = datetime(2027, 2, 3, 2, tzinfo=UTC)  # the Wednesday before
    await db.execute("UPDATE case_file SET accepted_at = $2 WHERE id = $1", case.id, at)
    await moving.move_all(0, at)
    await db.execute("DELETE FROM due_move")
    before = await reading.by_number(case.case_no)
    assert before.is_due_provisional
    admin = await desk.who("system_administrator")
    release = await actions.propose(GIVEN, by=admin, now=at)
    (shown,) = (await queries.proposal(release, at)).moves.items
    assert (shown.case_no, shown.was_promised) == (case.case_no, before.promised_due_on)
    assert (await reading.by_number(case.case_no)).promised_due_on == before.promised_due_on, "a proposal moves nothing"
    await actions.confirm(release, by=admin, now=at)
    after = await reading.by_number(case.case_no)
    assert after.promised_due_on == shown.promised != before.promised_due_on
    await remind(at)
    told = await db.fetch("SELECT facts FROM notice WHERE kind = 'due_moved' AND case_id = $1", case.id)
    assert [row[0]["due"] for row in told] == [after.promised_due_on.isoformat()]
    whole = await overview.for_citizen(after, day_of(at))
    assert whole.due_moved is not None and whole.due_moved.was_due_on == before.promised_due_on
    await remind(at)
    assert await db.fetchval("SELECT count(*) FROM notice WHERE kind = 'due_moved'") == 1


async def test_a_version_is_confirmed_once_kept_and_taken_again(desk: Desk, db: ModuleType) -> None:
    admin, now = await desk.who("system_administrator"), desk.now
    first = await actions.propose(GIVEN, by=admin, now=now)
    other = await actions.propose(CalendarProposed(SPRING + "\n2027-06-09,休", "更正"), by=admin, now=now)
    await actions.confirm(first, by=admin, now=now + timedelta(minutes=1))
    assert not calendars.current().is_workday(date(2027, 2, 11))
    with pytest.raises(Refusal, match=r"calendar\.confirmed_already"):
        await actions.confirm(first, by=admin, now=now + timedelta(minutes=2))
    with pytest.raises(Refusal, match=r"calendar\.outdated"):
        await actions.confirm(other, by=admin, now=now + timedelta(minutes=2))
    with pytest.raises(Refusal, match=r"calendar\.nothing_new"):
        await actions.propose(GIVEN, by=admin, now=now + timedelta(minutes=2))
    again = await actions.propose(
        CalendarProposed(SPRING + "\n2027-06-09,休", "更正"), by=admin, now=now + timedelta(minutes=3)
    )
    await actions.confirm(again, by=admin, now=now + timedelta(minutes=4))
    back = await actions.propose_again(first, by=admin, now=now + timedelta(minutes=5))
    await actions.confirm(back, by=admin, now=now + timedelta(minutes=6))
    assert calendars.current().is_workday(date(2027, 6, 9))
    whats = [row[0] for row in await db.fetch("SELECT what FROM audit_event WHERE what LIKE 'calendar.%' ORDER BY id")]
    assert whats.count("calendar.confirmed") == 3
    in_force = [release.id for release in (await queries.shown()).releases if release.is_in_force]
    assert in_force == [back]


async def test_another_process_takes_it_over_and_what_it_accepted_meanwhile_is_settled(
    desk: Desk, db: ModuleType
) -> None:
    admin = await desk.who("system_administrator")
    at = datetime(2027, 2, 3, 2, tzinfo=UTC)
    release = await actions.propose(GIVEN, by=admin, now=at)
    await actions.confirm(release, by=admin, now=at)
    shelf.forget()  # as a process that has not looked yet
    case = await desk.accepted("review_and_check")
    await db.execute("UPDATE case_file SET accepted_at = $2 WHERE id = $1", case.id, at)
    await moving.move_all(0, at)
    old = (await reading.by_number(case.case_no)).promised_due_on
    await shelf.refresh()
    assert not calendars.current().is_workday(date(2027, 2, 11))
    assert await moving.settle(at + timedelta(seconds=5)) == 0
    assert await moving.settle(at + timedelta(seconds=11)) == 1
    assert (await reading.by_number(case.case_no)).promised_due_on != old
    assert await moving.settle(at + timedelta(seconds=20)) == 0


async def test_an_administrator_does_it_on_screen_and_nobody_else(client: httpx.AsyncClient, desk: Desk) -> None:
    for who in ("clerk", "supervisor", "security_administrator"):
        client.cookies.set("yimaban", await desk.token(who))
        assert (await client.get("/admin/calendar")).status_code == 403
    client.cookies.set("yimaban", await desk.token("system_administrator"))
    page = await client.get("/admin/calendar")
    assert "2027 年" in page.text
    assert "还没公布，暂算" in page.text
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token
    bad = {"_csrf": token[1], "source": "国办", "text": "2027-02-30,休"}
    refused = await client.post("/admin/calendar", data=bad)
    assert refused.status_code == 422
    assert "没有“2027-02-30”这一天" in refused.text
    nameless = await client.post("/admin/calendar", data=bad | {"source": "  "})
    assert nameless.status_code == 422
    made = await client.post("/admin/calendar", data=bad | {"text": SPRING})
    assert made.status_code == 303, made.text
    path = made.headers["location"]
    seen = await client.get(path)
    assert "从暂算改为已公布" in seen.text
    first = await client.post(f"{path}/confirmation", data={"_csrf": token[1]})
    assert first.headers["location"].startswith("/step-up")
    await desk.step_up("system_administrator")
    done = await client.post(f"{path}/confirmation", data={"_csrf": token[1]})
    assert done.headers["location"] == path
    assert "已公布" in (await client.get("/admin/calendar")).text


async def test_a_file_from_a_chinese_spreadsheet_is_read(client: httpx.AsyncClient, desk: Desk) -> None:
    client.cookies.set("yimaban", await desk.token("system_administrator"))
    page = await client.get("/admin/calendar")
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token
    file = ("2027.csv", SPRING.encode("gb18030"), "text/csv")
    made = await client.post("/admin/calendar", data={"_csrf": token[1], "source": "国办"}, files={"file": file})
    assert made.status_code == 303, made.text


async def test_the_api_proposes_and_names_the_line(client: httpx.AsyncClient, desk: Desk) -> None:
    headers = {"authorization": f"Bearer {await desk.token('system_administrator')}"}
    at = "/api/v1/calendar/releases"
    wrong = await client.post(at, json={"text": "2027-02-06,休\n2027-02-06,班", "source": "国办"}, headers=headers)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "calendar.off_and_worked")
    made = await client.post(at, json={"text": SPRING, "source": "国办"}, headers=headers)
    assert made.status_code == 201, made.text
    release = made.json()["release"]["id"]
    assert (await client.post(f"{at}/{release}/confirmation", headers=headers)).status_code == 403
    await desk.step_up("system_administrator")
    assert (await client.post(f"{at}/{release}/confirmation", headers=headers)).status_code == 201
    assert (await client.get("/api/v1/calendar", headers=headers)).json()["releases"][0]["is_in_force"]
