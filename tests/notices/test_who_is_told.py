"""Said before filing: who is told and how; helper, applicant or both; walk-ins by their number."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from shared_schemas.notice import Told, WhoIsTold
from tests.channels.made import channel
from tests.channels.providers.serving import serving
from tests.channels.providers.sms import PlainGateway
from tests.desk import Desk
from tests.notices.steps import ask, deliveries, tell
from tests.security.conftest import API, Doors, csrf_of

MOTHERS = "13912345605"


async def draft_for_mother(desk: Desk, doors: Doors) -> tuple[httpx.AsyncClient, dict[str, Any]]:
    """王敏 files for a parent whom the form can reach."""
    from backend import catalogue

    wang = await doors("wangmin")
    parent = next(one for one in (await wang.get(f"{API}/me/family")).json()["items"] if one["kind"] == "parent")
    for matter in catalogue.current().matters.values():
        is_for_people = not matter.applicants or "person" in matter.applicants
        if matter.may_file_online and is_for_people and matter.form.groups:
            body = {"matter": matter.code, "filed_for": "parent", "dependent": parent["id"]}
            draft = (await wang.post(f"{API}/drafts", json=body)).json()
            if any(question["path"] == "mobile" for question in draft["questions"]):
                await wang.patch(f"{API}/drafts/{draft['id']}", json={"fields": {"mobile": MOTHERS}})
                return wang, draft
    raise AssertionError("no matter asks for a mobile number")


def said(told: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    return [(line["who"], line["channel"], line["to"]) for line in told["channels"]]


async def test_before_filing_one_reads_and_chooses_who_is_told(desk: Desk, doors: Doors) -> None:
    wang, draft = await draft_for_mother(desk, doors)
    mine = (await desk.who("wangmin")).mobile
    path = f"{API}/drafts/{draft['id']}"
    told = (await wang.get(path)).json()["told"]
    assert (told["who"], told["may_choose"]) == ("helper", True)
    assert said(told) == [("owner", None, ""), ("owner", "sms", f"{mine[:3]}****{mine[-4:]}")]
    assert (await wang.patch(path, json={"told": "both"})).status_code == 200
    assert said((await wang.get(path)).json()["told"]) == [
        ("owner", None, ""),
        ("owner", "sms", f"{mine[:3]}****{mine[-4:]}"),
        ("applicant", "sms", "139****5605"),
    ]
    await wang.patch(path, json={"told": "applicant"})
    assert said((await wang.get(path)).json()["told"]) == [("owner", None, ""), ("applicant", "sms", "139****5605")]
    page = (await wang.get(f"/drafts/{draft['id']}/check")).text
    assert "谁会收到消息" in page
    assert "139****5605" in page
    assert MOTHERS not in page.partition('id="told"')[2].partition("</section>")[0]


async def test_ones_own_number_on_the_form_tells_nobody_else_and_that_is_said(desk: Desk, doors: Doors) -> None:
    wang, draft = await draft_for_mother(desk, doors)
    mine = (await desk.who("wangmin")).mobile
    await wang.patch(f"{API}/drafts/{draft['id']}", json={"fields": {"mobile": mine}, "told": "applicant"})
    told = (await wang.get(f"{API}/drafts/{draft['id']}")).json()["told"]
    assert told["is_same_number"] is True
    assert {line["who"] for line in told["channels"]} == {"owner"}, "so it is oneself who is rung"
    assert "表上的手机号是您自己的" in (await wang.get(f"/drafts/{draft['id']}/check")).text


async def test_the_page_that_files_notes_the_choice(desk: Desk, doors: Doors) -> None:
    wang, draft = await draft_for_mother(desk, doors)
    token = await csrf_of(wang)
    await wang.post(f"/drafts/{draft['id']}/submission", data={"_csrf": token, "told": "both", "declared": "yes"})
    assert (await wang.get(f"{API}/drafts/{draft['id']}")).json()["told"]["who"] == "both"


async def test_who_files_for_oneself_is_told_and_has_nothing_to_choose(desk: Desk, doors: Doors) -> None:
    wang = await doors("wangmin")
    draft = (await wang.post(f"{API}/drafts", json={"matter": desk.matter("sole").code})).json()
    assert draft["told"]["may_choose"] is False
    refused = await wang.patch(f"{API}/drafts/{draft['id']}", json={"told": "applicant"})
    assert (refused.status_code, refused.json()["code"]) == (422, "draft.told_yourself")
    assert (await wang.patch(f"{API}/drafts/{draft['id']}", json={"told": "helper"})).status_code == 200


async def case_told(desk: Desk, who: WhoIsTold, *, citizen: bool = True, **told: str) -> str:
    """A case of a mother without an account, filed by 王敏's phone or at a window."""
    import secrets

    from backend.cases.receiving import body_hash, receive
    from shared_schemas.case import NewCase, NewMaterial
    from shared_schemas.vocabulary import ApplicantKind, ApprovalMode, Channel, Delivery, FiledFor, GivenHow

    wang, clerk = await desk.who("wangmin"), await desk.who("clerk")
    matter = desk.matter("sole")
    receipt = await receive(
        NewCase(
            matter=matter.code,
            matter_version=1,
            matter_name=matter.name,
            department=matter.department,
            department_no="19",
            mode=ApprovalMode(matter.approval_mode),
            channel=Channel.MOBILE if citizen else Channel.WINDOW,
            delivery=Delivery.WINDOW,
            filed_for=FiledFor.PARENT,
            applicant_kind=ApplicantKind.PERSON,
            applicant_name="李秀英",
            form={"mobile": MOTHERS},
            owner=f"citizen:{wang.id}" if citizen else f"officer:{clerk.id}",
            idempotency_key=secrets.token_hex(8),
            body_hash=body_hash(secrets.token_hex(4)),
            citizen=wang.id if citizen else None,
            applicant_id_no="330499195001010020",
            mobile=MOTHERS,
            materials=(NewMaterial("m1", "申请书", 1, True, GivenHow.PAPER),),
            told=Told(who, MOTHERS, told.get("helper", ""), told.get("lang", "zh")),
        ),
        by=wang if citizen else clerk,
        now=desk.now,
    )
    return receipt.case_no


async def sent(desk: Desk) -> dict[str, list[str]]:
    """Texts by number, after the job ran."""
    from backend.notices import sending

    await tell(desk)
    async with serving(PlainGateway()) as gateway:
        async with channel("sms", sms_gateway_url=gateway.url, sms_gateway_token="token") as sms:
            await sending.send_due(sms)
        found: dict[str, list[str]] = {}
        for message in gateway.sent.values():
            found.setdefault(message["to"], []).append(message["text"])
        return found


@pytest.mark.parametrize("who", WhoIsTold)
async def test_the_correction_goes_to_whom_was_chosen(desk: Desk, who: WhoIsTold) -> None:
    from backend.notices import queries

    wang = await desk.who("wangmin")
    await ask(desk, await case_told(desk, who))
    numbers = set(await sent(desk))
    assert (
        numbers
        == {
            WhoIsTold.HELPER: {wang.mobile},
            WhoIsTold.APPLICANT: {MOTHERS},
            WhoIsTold.BOTH: {wang.mobile, MOTHERS},
        }[who]
    )
    inbox = (await queries.inbox(wang.id)).items
    assert [item.kind for item in inbox] == ["correction_asked", "received"], "the inbox of whoever filed is the record"


async def test_an_applicant_without_an_account_is_led_to_the_page_of_the_code(desk: Desk, doors: Doors) -> None:
    import re

    from backend.notices import queries

    case_no = await case_told(desk, WhoIsTold.APPLICANT)
    texts = (await sent(desk))[MOTHERS]
    assert len(texts) == 1
    path = re.search(r"/t/\S+", texts[0])
    assert path
    assert path[0] == f"/t/{await queries.tracking_code(case_no)}"
    assert (await doors.stranger().get(path[0])).status_code == 200


async def test_an_applicant_with_an_account_has_it_in_their_own_inbox_and_no_key_to_the_case(
    desk: Desk, doors: Doors
) -> None:
    from backend import db
    from backend.notices import queries

    xu = await desk.who("xuting")
    case_no = await case_told(desk, WhoIsTold.BOTH)
    index = await db.fetchval("SELECT id_index FROM citizen WHERE id = $1", xu.id)
    await db.execute("UPDATE case_file SET applicant_id_index = $2 WHERE case_no = $1", case_no, index)
    await ask(desk, case_no)
    await tell(desk)
    first = (await queries.inbox(xu.id)).items[0]
    assert (first.kind, first.case_no, first.is_your_move) == ("correction_asked", None, False)
    theirs = await doors("xuting")
    gone_on = await theirs.get(first.href)
    assert gone_on.headers["location"].startswith("/t/")
    assert (await theirs.get(f"/cases/{case_no}")).status_code == 404
    assert {one["citizen"] for one in await deliveries(channel="sms", party="applicant")} == {xu.id}


@pytest.mark.parametrize(
    ("who", "helper", "numbers"),
    [
        (WhoIsTold.APPLICANT, "", {MOTHERS}),
        (WhoIsTold.HELPER, "", {MOTHERS}),
        (WhoIsTold.HELPER, "13912345606", {"13912345606"}),
        (WhoIsTold.BOTH, "13912345606", {MOTHERS, "13912345606"}),
    ],
)
async def test_walk_ins_are_told_by_their_number(desk: Desk, who: WhoIsTold, helper: str, numbers: set[str]) -> None:
    await case_told(desk, who, citizen=False, helper=helper)
    assert set(await sent(desk)) == numbers


async def test_a_case_is_told_in_the_language_it_was_filed_in(desk: Desk) -> None:
    await case_told(desk, WhoIsTold.APPLICANT, lang="en")
    assert "We received your application" in (await sent(desk))[MOTHERS][0]


async def test_a_clerk_reads_who_is_told_before_filing(desk: Desk, doors: Doors) -> None:
    clerk = await doors("clerk")
    body = {
        "matter": desk.matter("sole").code, "name": "钱多多", "id_number": "330499199001010018", "mobile": MOTHERS,
    }  # fmt: skip
    draft = (await clerk.post(f"{API}/desk/drafts", json=body)).json()
    assert said(draft["told"]) == [("applicant", "sms", "139****5605")]
