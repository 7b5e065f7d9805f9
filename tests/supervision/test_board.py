"""The board counts what is late, its lists hold what it counts, and a million closed cases cost it nothing."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import httpx

from backend import db
from backend.cases import clocks, reading
from backend.domain.calendar import day_of
from backend.supervision import open_cases, sheets
from backend.supervision.open_cases import Wanted
from shared_schemas.clock import Light
from shared_schemas.supervision import Dimension
from tests.desk import Desk
from tests.procedures.test_pages import as_, csrf

# A closed twin of one case, under numbers of its own.
_CLOSED = """
INSERT INTO case_file SELECT (jsonb_populate_record(c, jsonb_build_object('id', 1000000 + n, 'case_no', 'C' || n,
  'tracking_hash', '\\x' || md5(n::text), 'step', 'closed', 'handler', NULL))).*
FROM case_file c, generate_series(1, $2::integer) n WHERE c.id = $1
"""


async def test_each_dimension_counts_the_same_cases_and_its_lists_hold_them(desk: Desk) -> None:
    await desk.filed("sole")
    accepted = await desk.accepted("sole")
    later = await desk.accepted("submit")
    assert accepted.promised_due_on
    today = accepted.promised_due_on + timedelta(days=1)
    for by in Dimension:
        groups = await open_cases.groups(by, today)
        assert sum(group.count for group in groups) == 3, by
        assert sum(group.red for group in groups) == 1 + (later.promised_due_on < today), by
        assert [group.red for group in groups] == sorted((group.red for group in groups), reverse=True)
        for group in groups:
            name = {Dimension.OFFICER: "officer"}.get(by, by.value)
            listed = await open_cases.cases(Wanted(**{name: group.key}), today)
            assert len(listed.items) == group.count, (by, group)
            red = await open_cases.cases(Wanted(**{name: group.key, "light": "red"}), today)
            assert len(red.items) == group.red, (by, group)
            assert {item.light for item in red.items} <= {Light.RED}


async def test_the_stored_days_are_what_the_clock_says(desk: Desk) -> None:
    case = await desk.accepted("submit")
    matter = desk.matter("submit")
    for days in range(60):
        today = day_of(desk.now) + timedelta(days=days)
        (row,) = (await open_cases.cases(Wanted(), today)).items
        read = clocks.read(await reading.by_number(case.case_no), matter, (), today)
        assert read is not None
        law = case.statutory_due_on is not None and today > case.statutory_due_on
        assert row.light is (Light.RED if law else max(read.light, row.light, key=list(Light).index))
        if not law and case.statutory_amber_on and today < case.statutory_amber_on:
            assert row.light is read.light


async def test_pages_follow_each_other_without_loss_or_repeat(desk: Desk) -> None:
    made = {(await desk.accepted("sole")).case_no for _ in range(3)} | {(await desk.filed("sole")).case_no}
    seen: list[str] = []
    after = ""
    while True:
        page = await open_cases.cases(Wanted(), day_of(desk.now), after=after, at_most=1)
        seen += [item.case_no for item in page.items]
        after = page.next
        if not after:
            break
    assert len(seen) == 4
    assert set(seen) == made
    assert (await open_cases.cases(Wanted(), day_of(desk.now), after="nonsense")).items


async def test_closed_cases_cost_nothing(desk: Desk) -> None:
    case = await desk.accepted("sole")
    await db.execute(_CLOSED, case.id, 20_000)
    await db.execute("ANALYZE case_file")
    today = day_of(desk.now)
    arguments = (today, None, None, None, None, False, "", None, 0, 51)
    plans = [
        await db.fetch(f"EXPLAIN {open_cases.LISTING}", *arguments),
        await db.fetch(f"EXPLAIN {open_cases.COUNTED_BY_DEPARTMENT}", today),
    ]
    for plan in plans:
        text = "\n".join(row[0] for row in plan)
        assert "Seq Scan on case_file" not in text, text
        assert re.search("using case_file_(in_care|first_handler|open) ", text), text  # each over open cases only


async def test_the_csv_is_whole_and_no_cell_acts(desk: Desk) -> None:
    case = await desk.accepted("sole")
    body, rows = await sheets.csv(Wanted(), day_of(desk.now))
    assert rows == 1
    table = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(table[0]) == len(table[1]) == 11
    assert table[1][0] == case.case_no
    assert [sheets.harmless(text) for text in ("=1+1", "＝1", "@x", "好")] == ["'=1+1", "'＝1", "'@x", "好"]


async def test_only_supervisors_open_it_and_the_export_is_on_record(client: httpx.AsyncClient, desk: Desk) -> None:
    await desk.accepted("sole")
    for path in ("/supervision", "/supervision/cases", "/supervision/cases.csv", "/supervision/rules"):
        for key in ("clerk", "approver_third", "system_administrator", "wangmin"):
            await as_(client, desk, key)
            assert (await client.get(path)).status_code == 403, (path, key)
        await as_(client, desk, "supervisor")
        assert (await client.get(path)).status_code == 200, path
    assert await db.fetchval("SELECT count(*) FROM audit_event WHERE what = 'supervision.list_exported'") == 1


async def test_from_the_board_to_the_reminder_to_the_clerk_who_hands_on(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("sole")
    await as_(client, desk, "supervisor")
    path = f"/staff/cases/{case.case_no}/why"
    empty = await client.post(
        f"/staff/cases/{case.case_no}/reminders", data={"_csrf": await csrf(client, path), "word": "   "}
    )
    assert empty.status_code == 422
    assert "说一句：" in empty.text
    done = await client.post(
        f"/staff/cases/{case.case_no}/reminders", data={"_csrf": await csrf(client, path), "word": "请尽快"}
    )
    assert done.headers["location"] == f"{path}?done=reminded"
    await as_(client, desk, "clerk")
    inbox = await client.get("/staff/inbox")
    assert "请尽快" in inbox.text
    desk_page = await client.get("/desk")
    assert "我首办的 1" in desk_page.text
    form = f"/desk/cases/{case.case_no}/ways/hand_on"
    assert form in (await client.get(f"/desk/cases/{case.case_no}")).text
    page = await client.get(form)
    successor = (await desk.who("clerk_8")).staff_no
    assert successor in page.text
    given = {"_csrf": await csrf(client, form), "successor": successor, "reason": "leave", "word": ""}
    assert (await client.post(form, data=given)).status_code == 303
    assert (await client.get(form)).text.count("现在不能移交首办") == 1


async def test_the_api_says_the_same_and_another_officers_notice_is_nobodys(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    case = await desk.accepted("sole")
    supervisor, clerk, other = [
        {"authorization": f"Bearer {await desk.token(key)}"} for key in ("supervisor", "clerk", "clerk_12")
    ]
    groups = await client.get("/api/v1/supervision/groups?by=matter", headers=supervisor)
    assert groups.json()[0]["count"] == 1
    at = f"/api/v1/cases/{case.case_no}"
    assert (await client.post(f"{at}/reminders", json={"word": " "}, headers=supervisor)).status_code == 400
    assert (await client.post(f"{at}/reminders", json={"word": "快"}, headers=clerk)).status_code == 403
    assert (await client.post(f"{at}/reminders", json={"word": "快"}, headers=supervisor)).status_code == 201
    notice = (await client.get("/api/v1/desk/notices", headers=clerk)).json()["items"][0]
    for who, status in ((other, 404), (clerk, 204)):
        answer = await client.post(f"/api/v1/desk/notices/{notice['id']}/reading", headers=who)
        assert answer.status_code == status, answer.text
    assert (await client.get(f"{at}/why", headers=supervisor)).json()["holder"] == "approvers"
    given = {"successor": (await desk.who("clerk_8")).staff_no, "reason": "transfer"}
    assert (await client.post(f"{at}/handing-on", json=given, headers=other)).status_code == 403
    made = await client.post(f"{at}/handing-on", json=given, headers=clerk)
    assert made.status_code == 201, made.text
    assert "hand_on" not in made.json()["open_verbs"]
