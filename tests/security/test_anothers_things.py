"""Attack 1: what is somebody else's is answered as if it did not exist, to the byte."""

from __future__ import annotations

import pytest

from tests.desk import Desk
from tests.security.conftest import API, Doors, same

NOWHERE = "00000000-0000-4000-8000-000000000000"
CASE_PAGES = (
    "/cases/{}",
    "/cases/{}/certificate",
    "/cases/{}/certificate.pdf",
    "/cases/{}/correction",
    "/cases/{}/rating",
    "/cases/{}/withdrawal",
    "/cases/{}/documents/1.pdf",
    "/cases/{}/events",
    f"{API}/cases/{{}}",
    f"{API}/cases/{{}}/certificate",
    f"{API}/cases/{{}}/certificate/file",
    f"{API}/cases/{{}}/documents/1",
    f"{API}/cases/{{}}/corrections/open",
)
CASE_VERBS = {
    "withdrawal": {"reason": "不办了"},
    "collection": {},
    "rating": {"level": "1"},
    "corrections/1/answer": {"items": [{"id": 1, "value": "x"}]},
}


def _missing(case_no: str) -> str:
    from backend.domain import case_number

    del case_number
    return case_no[:-6] + "999999"


async def test_anothers_case_looks_like_none(doors: Doors, desk: Desk) -> None:
    case = await desk.granted()
    stranger = await doors("xuting")
    missing = _missing(case.case_no)
    for path in CASE_PAGES:
        theirs, none = [await stranger.get(path.format(number)) for number in (case.case_no, missing)]
        assert theirs.status_code == 404, path
        same(theirs, none, case.case_no, missing)


@pytest.mark.parametrize("verb", CASE_VERBS)
async def test_anothers_case_takes_no_verbs(doors: Doors, desk: Desk, verb: str) -> None:
    case = await desk.granted()
    stranger = await doors("xuting")
    missing = _missing(case.case_no)
    theirs, none = [
        await stranger.post(f"{API}/cases/{number}/{verb}", json=CASE_VERBS[verb]) for number in (case.case_no, missing)
    ]
    assert theirs.status_code == 404, theirs.text
    same(theirs, none, case.case_no, missing)


async def test_anothers_draft_and_file_look_like_none(doors: Doors, desk: Desk) -> None:
    wang, xu = await doors("wangmin"), await doors("xuting")
    draft = (await wang.post(f"{API}/drafts", json={"matter": "scj-18"})).json()["id"]
    file = await desk.upload(f"citizen:{(await desk.who('wangmin')).id}")
    for kind, paths in {
        draft: (
            "/drafts/{}",
            "/drafts/{}/changes",
            "/drafts/{}/check",
            "/drafts/{}/receipt",
            "/drafts/{}/topics/who",
            f"{API}/drafts/{{}}",
        ),
        file: ("/uploads/{}/file", "/uploads/{}/pages/1.png", f"{API}/uploads/{{}}"),
    }.items():
        for path in paths:
            theirs, none = [await xu.get(path.format(name)) for name in (kind, NOWHERE)]
            assert theirs.status_code == 404, path
            same(theirs, none, kind, NOWHERE)
    for method, path, body in (
        ("PATCH", "", {"fields": {"mobile": "13900000000"}}),
        ("DELETE", "", None),
        ("POST", "/check", {}),
        ("POST", "/version", {}),
        ("PUT", "/materials/zxsqb", {"how": "paper"}),
    ):
        theirs, none = [await xu.request(method, f"{API}/drafts/{name}{path}", json=body) for name in (draft, NOWHERE)]
        assert theirs.status_code == 404, (method, path, theirs.text)
        same(theirs, none, draft, NOWHERE)
    assert (await wang.get(f"{API}/drafts/{draft}")).status_code == 200


async def test_anothers_file_can_not_be_filed_as_ones_own(doors: Doors, desk: Desk) -> None:
    file = await desk.upload(f"citizen:{(await desk.who('wangmin')).id}")
    xu = await doors("xuting")
    draft = (await xu.post(f"{API}/drafts", json={"matter": "scj-18"})).json()
    for key in [material["key"] for material in draft["materials"]][:2]:
        theirs, none = [
            await xu.put(f"{API}/drafts/{draft['id']}/materials/{key}", json={"how": "reuse", "uploads": [name]})
            for name in (file, NOWHERE)
        ]
        assert theirs.status_code >= 400
        same(theirs, none, file, NOWHERE)


@pytest.mark.parametrize(
    "key", ["surveyor", "guide", "system_administrator", "security_administrator", "audit_administrator"]
)
async def test_staff_without_business_find_no_case(doors: Doors, desk: Desk, key: str) -> None:
    """Attack 3: administrators of accounts, rights and logs can't read cases either."""
    case = await desk.granted()
    officer = await doors(key)
    missing = _missing(case.case_no)
    for path in ("/desk/cases/{}", "/cases/{}", "/cases/{}/documents/1.pdf", f"{API}/cases/{{}}"):
        theirs, none = [await officer.get(path.format(number)) for number in (case.case_no, missing)]
        assert theirs.status_code == 404, (path, theirs.status_code)
        same(theirs, none, case.case_no, missing)
    assert "王敏" not in (await officer.get(f"/t/{NOWHERE}")).text


async def test_an_approver_of_another_department_finds_no_case(doors: Doors, desk: Desk) -> None:
    from backend import db

    case = await desk.accepted()
    deputy = await doors("approver_third_b")
    assert (await deputy.get(f"/approvals/{case.case_no}")).status_code == 200
    await db.execute("UPDATE case_file SET department = 'rsj' WHERE id = $1", case.id)
    missing = _missing(case.case_no)
    for path in ("/approvals/{}", "/approvals/{}/corrections", "/desk/cases/{}", f"{API}/cases/{{}}"):
        theirs, none = [await deputy.get(path.format(number)) for number in (case.case_no, missing)]
        assert theirs.status_code == 404, path
        same(theirs, none, case.case_no, missing)
    for verb, body in (("reviews", {"proposal": "grant", "opinion": "好"}), ("returns", {"reason": "再看"})):
        theirs, none = [
            await deputy.post(f"{API}/cases/{number}/{verb}", json=body) for number in (case.case_no, missing)
        ]
        assert theirs.status_code == 404, (verb, theirs.text)
        same(theirs, none, case.case_no, missing)


async def test_a_pass_opens_one_case_for_reading_and_no_forged_one_any(doors: Doors, desk: Desk) -> None:
    from backend.tracking import access

    mine, theirs = await desk.granted(), await desk.granted(by="xuting")
    holder = doors.stranger()
    holder.cookies.set(access.cookie_name(), access.pass_for(mine.id, desk.now).value)
    assert (await holder.get(f"/cases/{mine.case_no}")).status_code == 200
    assert (await holder.get(f"/cases/{theirs.case_no}")).status_code == 404
    assert (await holder.get(f"/cases/{mine.case_no}/withdrawal")).status_code == 303  # to sign in
    good = access.pass_for(mine.id, desk.now).value
    claim, until, signature = good.split(".")
    forged = (
        f"{theirs.id}.{until}.{signature}",
        f"{claim}.{int(until) + 9}.{signature}",
        f"{claim}.{until}.",
        f"{claim}.{until}",
        "..",
        "",
        f"{claim}.{until}.{signature}é",
        "\u00b2.\u00b3.x",
        f"{claim}.\u00b9{until}.{signature}",
        "9" * 5000 + ".9.x",
    )
    for value in forged:
        forger = doors.stranger()
        answer = await forger.get(
            f"/cases/{mine.case_no}",
            headers=[(b"cookie", access.cookie_name().encode() + b"=" + value.encode("latin-1"))],
        )
        assert answer.status_code == 303, (value, answer.status_code)
