"""The whole journey by a script that knows nothing but the JSON API."""

from __future__ import annotations

import io
import secrets
from typing import Any

from pypdf import PdfReader

from tests.journeys.talking import API, People, Person, answers, photo

FOOD, RESIDENCE, ALLOWANCE = "scj-18", "gaj-06", "mzj-14"


async def test_a_script_finds_a_matter_as_people_call_it(people: People) -> None:
    nobody = people.stranger()
    for words in ("开饭店", "kaifandian", "food business"):
        found = await nobody.get(f"/matters?q={words}&limit=5")
        assert found["total"] >= 1
        assert FOOD in [matter["code"] for matter in found["items"]], words
    guide = await nobody.get(f"/matters/{FOOD}")
    assert (guide["approval_mode"], guide["promised"]) == ("review_and_check", {"n": 5, "unit": "working_day"})
    personas = (await nobody.get("/demo/personas"))["items"]
    assert {"wangmin", "clerk", "approver_third", "approver_second", "approver_chief", "supervisor"} <= {
        p["key"] for p in personas
    }


async def test_wang_min_opens_a_noodle_shop(people: People) -> None:
    """Draft, tus in pieces, one correction round, review and check, download, verify, rate."""
    wang = await people("wangmin")
    receipt = await _file_by_draft(wang, FOOD)
    case_no, code = receipt["case_no"], receipt["tracking_code"]

    seen = await people.stranger().get(f"/track/{code}")
    assert "王敏" not in str(seen)
    assert "13805730001" not in str(seen)

    clerk = await people("clerk")
    assert case_no in [row["case_no"] for row in (await clerk.get("/desk/cases?segment=waiting"))["items"]]
    state = await clerk.verb(case_no, "handling")
    assert "ask_correction" in state["open_verbs"]
    layout = "yspjyxsydzysbssjybjczlcw"
    for material in (await clerk.get(f"/cases/{case_no}"))["materials"]:
        tick = {"verdict": "fix", "note": "图上没看到洗消区"} if material["key"] == layout else {"verdict": "fits"}
        await clerk.send("PUT", f"/cases/{case_no}/materials/{material['key']}/verdict", tick, expect=204)
    early = await clerk.verb(case_no, "acceptance", 422)
    assert early["code"].startswith("review.")
    asked = await clerk.verb(
        case_no,
        "corrections",
        items=[{"material": layout, "problem": "图上没看到洗消区", "how_to_fix": "写上再拍一张"}],
    )
    assert asked["step"] == "correcting"

    notice = await wang.get(f"/cases/{case_no}/corrections/open")
    (line,) = notice["items"]
    assert (line["material"], line["problem"]) == (layout, "图上没看到洗消区")
    new = await wang.upload(photo("有洗消区"), name="布局图.jpg")
    answered = await wang.verb(
        case_no, f"corrections/{notice['id']}/answer", items=[{"id": line["id"], "uploads": [new]}]
    )
    assert answered["step"] == "received"

    await clerk.send("PUT", f"/cases/{case_no}/materials/{layout}/verdict", {"verdict": "fits"}, expect=204)
    accepted = await clerk.verb(case_no, "acceptance")
    assert (accepted["step"], bool(accepted["promised_due_on"])) == ("accepted", True)

    granted = await people.decide(case_no, "review_and_check")
    assert granted["step"] == "issued"  # the certificate follows by itself
    await _collected_and_rated(people, wang, case_no)


async def test_a_newcomer_to_town_gets_a_residence_permit_by_sole_review(people: People) -> None:
    """Filed in one piece with one key sent three times; handed over at another window."""
    zhou = await people("zhoulixin")
    matter = await zhou.get(f"/matters/{RESIDENCE}")
    form = await answers(zhou, matter, delivery_mode="窗口领取")
    body = {"matter": RESIDENCE, "form": form, "declared": True, "materials": await zhou.papers(matter)}
    key = secrets.token_hex(12)
    receipt = await zhou.post("/cases", body, idempotency_key=key)
    for _ in range(2):
        assert (await zhou.post("/cases", body, expect=200, idempotency_key=key))["case_no"] == receipt["case_no"]
    other = await zhou.post("/cases", {**body, "delivery": "window"}, expect=422, idempotency_key=key)
    assert other["code"] == "filing.key_reused"

    case_no = receipt["case_no"]
    clerk = await people.take_and_tick(case_no)
    await clerk.verb(case_no, "acceptance")
    assert (await people.decide(case_no, "sole"))["step"] == "issued"

    elsewhere = await people("clerk_8")
    assert (await elsewhere.verb(case_no, "hand-over", 422, last_four="0000"))["code"] == "hand_over.wrong_digits"
    assert (await elsewhere.verb(case_no, "hand-over", last_four="0003"))["step"] == "closed"
    await _verified(people, zhou, case_no)
    await zhou.verb(case_no, "rating", level="2")


async def test_an_allowance_is_submitted_through_three_tiers(people: People) -> None:
    """报批审核: review, check, decision by three different people; each may do only their own part."""
    li = await people("lijianguo")
    matter = await li.get(f"/matters/{ALLOWANCE}")
    receipt = await li.file(matter, await answers(li, matter, delivery_mode="电子证照"))
    case_no = receipt["case_no"]
    clerk = await people.take_and_tick(case_no, "clerk_12")
    await clerk.verb(case_no, "acceptance")

    await people.survey(case_no)
    third, second, chief = [await people(f"approver_{tier}") for tier in ("third", "second", "chief")]
    assert (await chief.verb(case_no, "grant", 409, opinion="准予"))["code"] == "approval.wrong_mode"
    await third.verb(case_no, "reviews", proposal="grant", opinion="符合条件")
    assert (await third.verb(case_no, "checks", 403, opinion="同意"))["code"].startswith("approval.")
    await second.verb(case_no, "checks", opinion="同意")
    back = await chief.verb(case_no, "returns", reason="收入核对报告再看一遍")
    assert back["step"] == "reviewed"
    await second.verb(case_no, "checks", opinion="已核对")
    assert (await chief.verb(case_no, "grant", opinion="准予"))["step"] == "issued"
    await _collected_and_rated(people, li, case_no)


async def test_a_refusal_says_why_and_where_to_complain(people: People) -> None:
    xu = await people("xuting")
    matter = await xu.get(f"/matters/{FOOD}")
    case_no = (await xu.file(matter, await answers(xu, matter)))["case_no"]
    clerk = await people.take_and_tick(case_no)
    await clerk.verb(case_no, "acceptance")
    await people.survey(case_no, "fail")
    third, second = await people("approver_third"), await people("approver_second")
    await third.verb(case_no, "reviews", proposal="refuse", opinion="场所不符合要求")
    refused = await second.verb(
        case_no,
        "refusal",
        facts="经营场所距离污染源不足二十五米",
        reasons="不符合选址条件",
        articles=["《食品安全法》第三十三条"],
    )
    assert refused["step"] == "closed"
    text = await _paper(xu, case_no, "refuse_decision")
    for words in ("经营场所距离污染源不足二十五米", "食品安全法", "行政复议", "6个月"):
        assert words in text
    seen = await xu.get(f"/cases/{case_no}")
    assert seen["certificate"] is None
    await xu.verb(case_no, "rating", level="4", words="希望早点说")


async def test_what_needs_no_licence_is_not_accepted_with_a_decision(people: People) -> None:
    zhou = await people("zhoulixin")
    matter = await zhou.get(f"/matters/{FOOD}")
    case_no = (await zhou.file(matter, await answers(zhou, matter)))["case_no"]
    clerk = await people.take_and_tick(case_no, "clerk_8")
    declined = await clerk.verb(
        case_no,
        "non-acceptance",
        ground="not_our_authority",
        reasons="经营场所在秀洲区",
        competent_organ="秀洲区市场监督管理局",
    )
    assert declined["step"] == "closed"
    text = await _paper(zhou, case_no, "decline_decision")
    assert "秀洲区市场监督管理局" in text


async def test_a_case_can_be_taken_back_before_it_is_decided(people: People) -> None:
    emma = await people("emma")
    matter = await emma.get(f"/matters/{FOOD}")
    case_no = (await emma.file(matter, await answers(emma, matter)))["case_no"]
    assert (await emma.verb(case_no, "withdrawal", reason="换地方开"))["step"] == "closed"
    late = await (await people("clerk")).verb(case_no, "handling", 409)
    assert late["code"] == "case.moved_meanwhile"


async def test_two_clerks_one_case(people: People) -> None:
    emma = await people("emma")
    matter = await emma.get(f"/matters/{FOOD}")
    case_no = (await emma.file(matter, await answers(emma, matter)))["case_no"]
    await (await people("clerk")).verb(case_no, "handling")
    second = await (await people("clerk_8")).verb(case_no, "handling", 409)
    assert second["code"] == "case.taken_by"
    assert "陈洁" in second["detail"]


async def _file_by_draft(citizen: Person, code: str) -> dict[str, Any]:
    """Begin, autosave, upload, check, file ten times over."""
    draft = await citizen.post("/drafts", {"matter": code})
    place = f"/drafts/{draft['id']}"
    matter = await citizen.get(f"/matters/{code}")
    incomplete = await citizen.post(f"{place}/check", expect=200)
    assert not incomplete["is_complete"]
    form = await answers(citizen, matter, draft=draft)
    for path, value in form.items():
        await citizen.send("PATCH", place, {"fields": {path: value}}, expect=200)
    for material in draft["materials"]:
        if material["how"] != "fetch":
            picture = photo(material["key"], (1200, 900))
            await citizen.upload(picture, pieces=3, draft=draft["id"], material=material["key"])
    checked = await citizen.post(f"{place}/check", expect=200)
    assert checked["is_complete"], checked["errors"]
    receipt = await citizen.post("/cases", {"draft": draft["id"]}, idempotency_key="noodles-" + draft["id"])
    for key in ("noodles-" + draft["id"], secrets.token_hex(8)):
        again = await citizen.post("/cases", {"draft": draft["id"]}, expect=200, idempotency_key=key)
        assert again["case_no"] == receipt["case_no"]
    return receipt


async def _collected_and_rated(people: People, citizen: Person, case_no: str) -> None:
    assert (await citizen.verb(case_no, "collection"))["step"] == "closed"
    assert (await citizen.verb(case_no, "collection"))["step"] == "closed"
    await _verified(people, citizen, case_no)
    await citizen.verb(case_no, "rating", level="1", words="快")
    again = await citizen.verb(case_no, "rating", 409, level="5")
    assert again["code"] == "case.already_rated"
    kinds = {paper["kind"] for paper in (await citizen.get(f"/cases/{case_no}"))["documents"]}
    assert {"receipt", "acceptance_notice", "grant_decision"} <= kinds


async def _verified(people: People, citizen: Person, case_no: str) -> None:
    """Anybody may ask whether the certificate is genuine; to the last byte of its file."""
    certificate = await citizen.get(f"/cases/{case_no}/certificate")
    pdf = await citizen.get(f"/cases/{case_no}/certificate/file")
    assert pdf.startswith(b"%PDF")
    nobody = people.stranger()
    said = await nobody.get(f"/certificates/{certificate['number']}")
    assert (said["status"], said["number"]) == ("genuine", certificate["number"])
    assert certificate["holder"] not in said["holder"]
    for file, genuine in ((pdf, True), (pdf + b" ", False)):
        answer = await nobody.client.post(
            f"{API}/certificates/checks", files={"file": ("c.pdf", file, "application/pdf")}
        )
        assert (answer.status_code, answer.json()["is_ours"]) == (200, genuine), answer.text


async def _paper(citizen: Person, case_no: str, kind: str) -> str:
    """The text of one formal document of the case, as its PDF prints it."""
    papers = (await citizen.get(f"/cases/{case_no}"))["documents"]
    (href,) = [paper["href"] for paper in papers if paper["kind"] == kind]
    body = await citizen.get(href.removesuffix(".pdf"))
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())
