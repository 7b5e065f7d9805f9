"""The certificate: made, collected, verified, rated."""

from __future__ import annotations

import asyncio
import io
from types import ModuleType

import pytest
from pypdf import PdfReader

from backend import storage
from backend.cases import log, reading
from backend.documents import hall, signing
from backend.domain.refusal import Refusal
from backend.issuance import actions, queries
from shared_schemas.issuance import HandOver, RatingGiven, Relation
from shared_schemas.vocabulary import DocumentKind, Rating, Step, Verb
from tests.desk import Desk, paper_text


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def test_signed_stored_by_hash_and_says_what_was_filed(desk: Desk, db: ModuleType) -> None:
    case = await desk.granted("sole")
    row = await db.fetchrow("SELECT * FROM certificate")
    pdf = await storage.get(row["path"])
    assert row["path"].endswith(bytes(row["sha256"]).hex())
    assert len(pdf) == row["length"]
    assert (await signing.verify(pdf, hall.seal(desk.now))).valid
    text = "".join("".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages).split())
    for said in ("王敏", row["number"], row["title"]):
        assert said in text, said
    assert "330499198803120422" not in text
    assert row["title"] in await paper_text(case, DocumentKind.COLLECTION_NOTICE)


async def test_numbers_are_gapless_though_one_certificate_failed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise OSError("disk full")

    await desk.granted("sole")
    with monkeypatch.context() as patch:
        patch.setattr(storage, "put", broken)
        await desk.granted("sole")
    await desk.granted("sole")
    assert await actions.issue_pending(desk.now) == 1
    from backend import db

    numbers = [row[0] for row in await db.fetch("SELECT number FROM certificate ORDER BY id")]
    assert [number.partition("〕")[2] for number in numbers] == ["1号", "2号", "3号"]


async def test_download_collects_once_and_closes(desk: Desk) -> None:
    case = await desk.granted("sole")
    citizen = await desk.who("wangmin")
    assert (await refused(actions.pdf(case.case_no, by=citizen))).code == "certificate.collect_first"
    done = await asyncio.gather(*(actions.collect(case.case_no, by=citizen, now=desk.now) for _ in range(4)))
    assert {each.step for each in done} == {Step.CLOSED}
    verbs = [e.verb for e in await log.of(case.id)]
    assert (verbs.count(Verb.DOWNLOAD), verbs.count(Verb.CLOSE)) == (1, 1)
    name, body = await actions.pdf(case.case_no, by=citizen)
    assert name.endswith(".pdf")
    assert body.startswith(b"%PDF")
    assert "电子送达" in await paper_text(case, DocumentKind.DELIVERY_RECEIPT)
    stranger = await desk.who("xuting")
    assert (await refused(actions.pdf(case.case_no, by=stranger))).code == "case.not_found"


async def test_handed_over_at_another_window_to_an_agent(desk: Desk, db: ModuleType) -> None:
    case = await desk.granted("sole", delivery="window")
    citizen, clerk = await desk.who("wangmin"), await desk.who("clerk_8")
    assert (await refused(actions.collect(case.case_no, by=citizen, now=desk.now))).code == "case.collect_at_window"
    assert (await refused(actions.hand_over(case.case_no, HandOver("0000"), by=clerk, now=desk.now))).code == (
        "hand_over.wrong_digits"
    )
    assert (
        await refused(actions.hand_over(case.case_no, HandOver("0422", Relation.AGENT), by=clerk, now=desk.now))
    ).code == "hand_over.name_needed"
    given = HandOver("0422", Relation.AGENT, "周立新")
    case = await actions.hand_over(case.case_no, given, by=clerk, now=desk.now)
    assert case.step is Step.CLOSED
    text = await paper_text(case, DocumentKind.DELIVERY_RECEIPT)
    for said in ("周立新", "代领人", "8号窗口", "徐航"):
        assert said in text, said
    row = await db.fetchrow("SELECT collected_how, handed_by FROM certificate")
    assert tuple(row) == ("window", clerk.id)
    assert await db.fetchval("SELECT count(*) FROM audit_event WHERE what = 'hand_over.wrong_digits'") == 1


async def test_five_wrong_digits_and_the_window_must_wait(desk: Desk) -> None:
    case = await desk.granted("sole", delivery="window")
    clerk = await desk.who("clerk_8")
    codes = [
        (await refused(actions.hand_over(case.case_no, HandOver("0000"), by=clerk, now=desk.now))).code
        for _ in range(6)
    ]
    assert codes == ["hand_over.wrong_digits"] * 5 + ["rate.limited"]


async def test_anyone_may_verify_and_nobody_learns_the_name(desk: Desk, db: ModuleType) -> None:
    await desk.granted("sole")
    number = await db.fetchval("SELECT number FROM certificate")
    found = await queries.verify(number.replace("〔", "[").replace("〕", "]"))
    assert (found.status, found.holder, found.number) == ("genuine", "王*", number)
    await db.execute("UPDATE certificate SET revoked_at = now()")
    assert (await queries.verify(number)).status == "revoked"
    assert (await refused(queries.verify("南市监证〔2026〕99号"))).code == "certificate.unknown"


async def test_a_file_is_ours_to_the_last_byte_or_not(desk: Desk, db: ModuleType) -> None:
    await desk.granted("sole")
    pdf = await storage.get(await db.fetchval("SELECT path FROM certificate"))
    ours = await queries.check_file(pdf, desk.now)
    assert (ours.is_ours, ours.is_signed_by_us) == (True, True)
    changed = pdf[:-40] + bytes([pdf[-40] ^ 1]) + pdf[-39:]
    forged = await queries.check_file(changed, desk.now)
    assert (forged.is_ours, forged.is_signed_by_us, forged.number) == (False, False, None)
    assert (await refused(queries.check_file(b"GIF89a", desk.now))).code == "certificate.not_a_pdf"


async def test_rated_once_after_closing_and_the_log_keeps_no_level(desk: Desk, db: ModuleType) -> None:
    case = await desk.granted("sole")
    citizen = await desk.who("wangmin")
    best = RatingGiven(Rating.EXCELLENT, "很快")
    assert (await refused(actions.rate(case.case_no, best, by=citizen, now=desk.now))).code == "case.moved_meanwhile"
    await actions.collect(case.case_no, by=citizen, now=desk.now)
    await actions.rate(case.case_no, best, by=citizen, now=desk.now)
    assert (await refused(actions.rate(case.case_no, best, by=citizen, now=desk.now))).code == "case.already_rated"
    row = await db.fetchrow("SELECT level, window_no, comment_sealed FROM case_rating")
    assert tuple(row)[:2] == (1, 5)
    assert "很快".encode() not in row["comment_sealed"]
    assert (await log.last_of(case.id)).particulars == {}
    assert (await reading.by_number(case.case_no)).is_rated
