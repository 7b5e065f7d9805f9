"""送达 for each way: by account at once, in person and by post on the day that the receipt names (行政许可法 §44)."""

from __future__ import annotations

import re
from datetime import timedelta
from types import ModuleType

import httpx
import pytest

from backend.cases import clocks, log, reading, services
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.issuance import actions as issuance
from backend.procedures import mailing, service, special
from shared_schemas.case import Case
from shared_schemas.service import PostSent, ServiceConfirmed, ServiceMethod, ServiceRelation
from shared_schemas.vocabulary import DocumentKind, Step, Verb
from tests.desk import Desk, paper_text
from tests.procedures.test_special import TESTING

SENT = PostSent("中国邮政", "EA 1234 5678 9 CN")


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def walk_in(desk: Desk, db: ModuleType) -> Case:
    """An accepted case of somebody without an account."""
    case = await desk.accepted("sole")
    await db.execute("UPDATE case_file SET citizen = NULL WHERE id = $1", case.id)
    return await reading.by_number(case.case_no)


async def test_the_certificate_goes_by_post_and_the_receipt_closes_the_case(desk: Desk) -> None:
    case = await desk.granted("sole", delivery="window")
    clerk = await desk.who("clerk_8")
    arrived = ServiceConfirmed(day_of(desk.now), "王敏")
    assert (await refused(mailing.arrived(case.case_no, arrived, by=clerk, now=desk.now))).code == "service.not_posted"
    case = await mailing.mail(case.case_no, SENT, by=clerk, now=desk.now)
    assert case.step is Step.ISSUED
    mailed = await services.mailed(case.id)
    assert mailed is not None and mailed.tracking_no == "EA123456789CN"
    again = await mailing.mail(
        case.case_no, PostSent("顺丰", "SF1000200030"), by=clerk, now=desk.now + timedelta(days=1)
    )
    later = desk.now + timedelta(days=3)
    for day, code in ((desk.now, "service.too_early"), (later + timedelta(days=1), "service.in_future")):
        wrong = ServiceConfirmed(day_of(day), "王敏")
        assert (await refused(mailing.arrived(again.case_no, wrong, by=clerk, now=later))).code == code
    took = ServiceConfirmed(day_of(later), "王强", ServiceRelation.FAMILY)
    closed = await mailing.arrived(case.case_no, took, by=clerk, now=later)
    assert (closed.step, closed.ended_as) == (Step.CLOSED, Step.COLLECTED)
    text = await paper_text(closed, DocumentKind.DELIVERY_RECEIPT)
    for said in ("邮寄送达", "顺丰，单号SF1000200030", "王强", "同住成年家属", "2026年11月26日", "邮件回执"):
        assert said in text, said
    assert "王强" not in str([event.particulars for event in await log.of(case.id)])
    assert [view.method for view in await services.of(case.id)][-1] is ServiceMethod.POST


async def test_what_is_downloaded_is_served_by_account_with_its_own_proof(desk: Desk) -> None:
    case = await desk.granted("sole")
    closed = await issuance.collect(case.case_no, by=await desk.who("wangmin"), now=desk.now)
    assert "电子送达" in await paper_text(closed, DocumentKind.DELIVERY_RECEIPT)
    (view,) = await services.of(case.id)
    assert (view.method, view.served_on) == (ServiceMethod.ELECTRONIC, day_of(desk.now))


@pytest.mark.parametrize("by_post", [True, False])
async def test_a_clock_stands_still_from_the_day_its_notice_arrived(desk: Desk, db: ModuleType, by_post: bool) -> None:
    case = await walk_in(desk, db)
    approver, clerk = await desk.who("approver_third"), await desk.who("clerk")
    await special.start(case.case_no, TESTING, by=approver, now=desk.now)
    view = (await services.of(case.id))[-1]
    assert (view.method, view.served_on) == (ServiceMethod.DIRECT, None)
    assert not (await reading.by_number(case.case_no)).is_stopped
    if by_post:
        await service.post(case.case_no, view.id, SENT, by=clerk, now=desk.now)
    later = desk.now + timedelta(days=2)
    given = ServiceConfirmed(day_of(later), "王敏")
    await service.confirm(case.case_no, view.id, given, by=clerk, now=later)
    (stop,) = await clocks.standstills_of(case.id)
    assert stop.starts_on == day_of(later)
    assert (await reading.by_number(case.case_no)).is_stopped
    text = await paper_text(case, DocumentKind.DELIVERY_RECEIPT)
    assert ("EA123456789CN" in text) is by_post
    assert "当面签收" in text or by_post
    assert (
        await refused(service.confirm(case.case_no, view.id, given, by=clerk, now=later))
    ).code == "service.not_open"
    whats = {row[0] for row in await db.fetch("SELECT what FROM audit_event WHERE what LIKE 'service.%'")}
    assert whats == ({"service.posted"} if by_post else set()) | {"service.confirmed"}


async def test_the_desk_records_it_and_the_applicant_reads_the_number(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.granted("sole", delivery="window")
    client.cookies.set("yimaban", await desk.token("clerk"))
    here = f"/desk/cases/{case.case_no}/service"
    assert here in (await client.get(f"/desk/cases/{case.case_no}")).text
    page = await client.get(here)
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token
    form = {"_csrf": token[1], "carrier": "中国邮政", "tracking_no": "  "}
    assert (await client.post(f"{here}/mailing", data=form)).status_code == 422
    assert (await client.post(f"{here}/mailing", data=form | {"tracking_no": "EA123456789CN"})).status_code == 303
    client.cookies.set("yimaban", await desk.token("wangmin"))
    mine = await client.get(f"/cases/{case.case_no}")
    assert "EA123456789CN" in mine.text
    assert "证寄出了" in mine.text
    client.cookies.set("yimaban", await desk.token("clerk"))
    wrong = await client.post(
        f"{here}/mailing/proof", data={"_csrf": token[1], "served_on": "2026-02-30", "recipient": "王敏"}
    )
    assert wrong.status_code == 422
    proof = {"_csrf": token[1], "served_on": day_of(desk.now).isoformat(), "recipient": "王敏", "relation": "self"}
    assert (await client.post(f"{here}/mailing/proof", data=proof)).status_code == 303
    assert (await reading.by_number(case.case_no)).step is Step.CLOSED
    assert (await log.of(case.id))[-2].verb is Verb.HAND_OVER
