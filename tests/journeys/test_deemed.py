"""视为受理: nobody in the hall says a word for five working days, and the law accepts the case, from the day of receipt."""

from __future__ import annotations

import io

from pypdf import PdfReader

from tests.journeys.browser import PHONE, TABLET, look
from tests.journeys.steps import sees
from tests.journeys.talking import answers
from tests.journeys.turning import Days

CREDENTIAL = "scj-30"  # ten working days promised


async def test_silence_over_national_day_accepts_the_case_back_to_its_receipt(days: Days) -> None:
    """Received Mon 28 September 2026: 29 30 (2), 1 to 7 October off, 8 9 (4), Saturday 10, which is worked (5)."""
    await days.turn_to("2026-09-28")
    wang = await days.people("wangmin")
    matter = await wang.get(f"/matters/{CREDENTIAL}")
    case_no = str((await wang.file(matter, await answers(wang, matter)))["case_no"])
    phone = await days.device(PHONE, "wangmin")
    await phone.open(f"/cases/{case_no}")
    await sees(phone, "10月10日")  # by then she is told
    await look(phone, "deemed/01-received")

    await days.turn_to("2026-10-10")
    await phone.open(f"/cases/{case_no}")
    assert (await (await days.people("wangmin")).get(f"/cases/{case_no}"))["step"] == "received"

    await days.turn_to("2026-10-11")
    await phone.open(f"/cases/{case_no}")
    await sees(phone, "五个工作日没答复，依法算受理了")
    # Ten working days from 28 September: 29 30 (2), October 8 9 10 (5), 12 to 16 (10).
    await sees(phone, "10月16日")
    await look(phone, "deemed/02-accepted")
    await phone.open("/inbox")
    await sees(phone, "我们没按时答复，依法算受理了")
    await look(phone, "deemed/03-told")

    mine = await (await days.people("wangmin")).get(f"/cases/{case_no}")
    assert mine["step"] == "accepted"
    (href,) = [paper["href"] for paper in mine["documents"] if paper["kind"] == "acceptance_notice"]
    body = await (await days.people("wangmin")).get(href.removesuffix(".pdf"))
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())
    assert "自2026年9月28日收到申请材料之日起即为受理" in text
    assert "第三十二条第一款第四项" in text

    third = await days.device(TABLET, "approver_third")
    await third.open(f"/approvals/{case_no}")
    await sees(third, "10月16日")
    await look(third, "deemed/04-at-the-desk")
