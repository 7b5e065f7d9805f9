"""Attack 18: script in everything that is shown again."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.desk import Desk
from tests.security.conftest import API, Doors, csrf_of

XSS = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>{{7*7}}${7*7}"
RAW = ("<img src=x", "<script>alert", "'><script", 'onerror=alert(1)>"')


def is_escaped(answer: httpx.Response) -> None:
    """What was typed stands in the page as text only."""
    assert answer.status_code < 500, answer.request.url
    if "html" in answer.headers.get("content-type", ""):
        for mark in RAW:
            assert mark not in answer.text, (
                f"{answer.request.url}: …{answer.text[max(0, answer.text.find(mark) - 200) :][:300]}"
            )
        assert "49$49" not in answer.text


async def test_script_in_every_field_is_shown_as_text_to_everybody(
    doors: Doors, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typed by citizen, clerk and approver; looked at by citizen, clerk, approver, anybody, and on paper."""
    from backend import db
    from backend.cases import reading
    from backend.people import officers  # noqa: F401 - the tables
    from backend.people.sealing import sealed

    xu = await doors("xuting")
    citizen = (await desk.who("xuting")).id
    await db.execute(
        "UPDATE citizen SET name_sealed = $2 WHERE id = $1",
        citizen,
        sealed("citizen", "name_sealed", citizen, XSS[:50]),
    )
    await db.execute("UPDATE officer SET name = $1 WHERE staff_no = 'NH0105'", XSS[:40])
    desk.tokens.clear()
    xu, clerk, third = await doors("xuting"), await doors("clerk"), await doors("approver_third")
    await db.execute("UPDATE session SET stepped_up_at = authenticated_at")
    await xu.patch(f"{API}/me", json={"address": XSS})
    draft = (await xu.post(f"{API}/drafts", json={"matter": "scj-18"})).json()
    paths = [q["path"] for q in draft["questions"]]
    for path in paths:
        await xu.patch(f"{API}/drafts/{draft['id']}", json={"fields": {path: XSS}})
    case = await desk.filed("sole", by="xuting", **dict.fromkeys(("address", "premises_name", "org_name", *paths), XSS))
    place = f"{API}/cases/{case.case_no}"
    await clerk.post(f"{place}/handling", json={})
    keys = [row["key"] for row in await db.fetch("SELECT key FROM case_material WHERE case_id = $1", case.id)]
    await clerk.put(f"{place}/materials/{keys[0]}/verdict", json={"verdict": "fix", "note": XSS})
    seen = [
        *[
            await xu.get(path)
            for path in ("/", "/me", "/cases", f"/drafts/{draft['id']}", f"/drafts/{draft['id']}/check")
        ],
        *[await xu.get(f"/drafts/{draft['id']}/topics/{task['slug']}") for task in draft["tasks"]],
        *[
            await clerk.get(path)
            for path in (
                "/desk",
                f"/desk/cases/{case.case_no}",
                f"/desk/cases/{case.case_no}?open=correction",
                f"/desk/cases/{case.case_no}?open=details",
                f"/desk/cases/{case.case_no}?material=" + XSS,
            )
        ],
    ]
    asked = await clerk.post(
        f"{place}/corrections",
        json={"items": [{"material": keys[0], "problem": XSS, "requirement": XSS, "how_to_fix": XSS}]},
    )
    assert asked.status_code == 201, asked.text
    seen += [await xu.get(path) for path in (f"/cases/{case.case_no}", f"/cases/{case.case_no}/correction")]
    upload = await desk.upload(f"citizen:{citizen}", "x")
    defect = (await xu.get(f"{place}/corrections/open")).json()
    answer = {"items": [{"id": defect["items"][0]["id"], "uploads": [upload]}]}
    assert (await xu.post(f"{place}/corrections/{defect['id']}/answer", json=answer)).status_code < 300
    for key in keys:
        await clerk.put(f"{place}/materials/{key}/verdict", json={"verdict": "fits"})
    assert (await clerk.post(f"{place}/acceptance", json={})).status_code == 201
    seen += [await third.get(path) for path in ("/approvals", f"/approvals/{case.case_no}")]
    token = await csrf_of(third)
    seen.append(await third.post(f"/approvals/{case.case_no}/reveal", data={"_csrf": token}))
    granted = await third.post(f"{place}/grant", json={"opinion": XSS, "conditions": [XSS]})
    assert granted.status_code == 201, granted.text
    assert (await xu.post(f"{place}/collection", json={})).status_code == 201
    await xu.post(f"{place}/rating", json={"level": "5", "words": XSS})
    code = await reading.tracking_code_of(await reading.by_number(case.case_no))
    number = await db.fetchval("SELECT number FROM certificate")
    seen += [
        await doors.stranger().get(path)
        for path in (
            f"/t/{code}",
            f"/verify/{number}",
            "/verify/" + XSS.replace("/", ""),
            "/matters?q=" + XSS,
            "/sign-in?next=/" + XSS,
        )
    ]
    seen += [
        await xu.get(f"/cases/{case.case_no}"),
        await (await doors("supervisor")).get("/board"),
        await (await doors("audit_administrator")).get("/admin/audit?what=" + XSS),
        await (await doors("system_administrator")).get("/admin/officers"),
    ]
    assert sum("html" in a.headers.get("content-type", "") for a in seen) > 20
    for page in seen:
        is_escaped(page)
    await _papers_print(xu, case.case_no)


async def _papers_print(citizen: httpx.AsyncClient, case_no: str) -> None:
    """Every paper is made, its text is the text that was typed, and nothing in the file acts."""
    papers: list[dict[str, Any]] = (await citizen.get(f"{API}/cases/{case_no}")).json()["documents"]
    assert len(papers) >= 4
    for paper in papers:
        pdf = await citizen.get(paper["href"])
        assert pdf.status_code == 200, paper
        for act in (b"/JavaScript", b"/JS ", b"/Launch", b"/OpenAction", b"/EmbeddedFile"):
            assert act not in pdf.content, paper


async def test_typst_markup_in_a_field_is_printed_not_run(doors: Doors, desk: Desk) -> None:
    from tests.desk import paper_text

    evil = '#read("/etc/passwd") #import "x" $a$ *b* @c <d> \\u{41} [e] #{1+1}'
    case = await desk.filed()
    await desk.taken(case.case_no)
    clerk = await doors("clerk")
    declined = await clerk.post(
        f"{API}/cases/{case.case_no}/non-acceptance",
        json={"ground": "not_our_authority", "reasons": evil, "competent_organ": evil},
    )
    assert declined.status_code == 201, declined.text
    text = await paper_text(case, "decline_decision")
    assert "".join(evil.split()) in text
    assert "root:" not in text
