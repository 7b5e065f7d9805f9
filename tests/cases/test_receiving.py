"""收件: one filing is one case, whatever is repeated, and its log holds."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from datetime import datetime
from types import ModuleType

import asyncpg
import pytest
from pypdf import PdfReader

from backend.cases import log, papers, reading, recording
from backend.cases.receiving import receive
from backend.domain import chain
from backend.domain.case import replay
from backend.domain.case_number import parse
from backend.domain.refusal import Refusal
from shared_schemas.case import NewCase
from shared_schemas.people import CitizenActor, OfficerActor, SystemActor
from shared_schemas.vocabulary import DocumentKind, GivenHow, Role, Step, Verb

WANG = CitizenActor(1, "王敏", "13812341234", "ab" * 16)
CHEN = OfficerActor(7, "陈洁", "W05", frozenset({Role.ACCEPTANCE_CLERK}))
HE = OfficerActor(8, "何伟", "W06", frozenset({Role.ACCEPTANCE_CLERK}))

Filing = Callable[..., NewCase]


async def test_receipt_gives_number_code_password_and_the_first_event(
    db: ModuleType, now: datetime, filing: Filing
) -> None:
    receipt = await receive(filing(), by=WANG, now=now)

    parts = parse(receipt.case_no)
    assert (parts.region, parts.department_no, parts.day.isoformat()) == ("330402", "19", "2026-11-23")
    assert len(receipt.tracking_code) == 26
    assert len(receipt.query_password) == 8

    case = await reading.by_number(receipt.case_no)
    assert case.step is Step.RECEIVED
    assert await reading.applicant_name(case) == "王敏"
    assert await reading.tracking_code_of(case) == receipt.tracking_code
    assert [(m.key, m.how) for m in await reading.materials_of(case.id)] == [
        ("m1", GivenHow.PAPER),
        ("m2", GivenHow.FETCH),
    ]
    assert [event.verb for event in await log.of(case.id)] == [Verb.RECEIVE]


async def test_no_personal_data_lies_open_in_the_case_tables(db: ModuleType, now: datetime, filing: Filing) -> None:
    receipt = await receive(filing(), by=WANG, now=now)
    dump = ""
    for table in ("case_file", "case_event", "case_material", "formal_document", "filing_key"):
        dump += str([tuple(row) for row in await db.fetch(f"SELECT * FROM {table}")])
    for secret in ("王敏", "33040219900307124X", "13812341234", receipt.tracking_code, receipt.query_password):
        assert secret not in dump


async def test_the_same_key_ten_times_at_once_is_one_case(db: ModuleType, now: datetime, filing: Filing) -> None:
    new = filing("tap")
    receipts = await asyncio.gather(*(receive(new, by=WANG, now=now) for _ in range(10)))

    assert {receipt.case_no for receipt in receipts} == {receipts[0].case_no}
    assert {receipt.query_password for receipt in receipts} == {receipts[0].query_password}
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert await db.fetchval("SELECT count(*) FROM case_file") == 1
    assert await db.fetchval("SELECT count(*) FROM formal_document") == 1


async def test_a_key_used_for_another_filing_is_refused(db: ModuleType, now: datetime, filing: Filing) -> None:
    await receive(filing("one", form={"name": "王敏"}), by=WANG, now=now)
    with pytest.raises(Refusal) as refused:
        await receive(filing("one", form={"name": "李四"}), by=WANG, now=now)
    assert refused.value.code == "filing.key_reused"


async def test_a_hundred_filings_at_once_get_a_hundred_numbers(db: ModuleType, now: datetime, filing: Filing) -> None:
    receipts = await asyncio.gather(*(receive(filing(), by=WANG, now=now) for _ in range(100)))
    assert len({receipt.case_no for receipt in receipts}) == 100
    assert len({receipt.tracking_code for receipt in receipts}) == 100


async def test_the_receipt_is_a_document_that_prints_the_same_every_time(
    db: ModuleType, now: datetime, filing: Filing
) -> None:
    receipt = await receive(filing(), by=WANG, now=now)
    case = await reading.by_number(receipt.case_no)
    (paper,) = await papers.of(case.id)
    assert paper.kind is DocumentKind.RECEIPT

    name, first = await papers.pdf(case, paper.id)
    _, second = await papers.pdf(case, paper.id)
    assert name == f"收件凭证-{receipt.case_no}.pdf"
    assert first == second
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(first)).pages)
    for said in ("王敏", receipt.case_no, receipt.query_password, "食品经营许可申请书", "11月30日"):
        assert said in text.replace("\n", "").replace(" ", ""), said


async def test_two_clerks_take_one_case_and_one_is_told_who_was_first(
    db: ModuleType, now: datetime, filing: Filing
) -> None:
    receipt = await receive(filing(), by=WANG, now=now)

    async def take(clerk: OfficerActor) -> str:
        try:
            async with db.transaction():
                case = await recording.load_for(Verb.TAKE, receipt.case_no, clerk, now, seen=1)
                await recording.record(case, Verb.TAKE, by=clerk, at=now, handler=clerk.id)
        except Refusal as refusal:
            return f"{refusal.code} {refusal.facts['who']}"
        return "won"

    answers = sorted(await asyncio.gather(take(CHEN), take(HE)))
    assert answers[1] == "won"
    assert answers[0] in ("case.moved_meanwhile 陈洁", "case.moved_meanwhile 何伟")


async def test_row_log_and_chain_agree_after_a_walk(db: ModuleType, now: datetime, filing: Filing) -> None:
    receipt = await receive(filing(), by=WANG, now=now)
    walk = [(Verb.TAKE, CHEN), (Verb.ACCEPT, CHEN), (Verb.WITHDRAW, WANG), (Verb.CLOSE, SystemActor())]
    for verb, who in walk:
        async with db.transaction():
            case = await recording.load_for(verb, receipt.case_no, who, now)
            await recording.record(case, verb, by=who, at=now, particulars={"n": 1})

    case = await reading.by_number(receipt.case_no)
    events = await log.of(case.id)
    assert replay(event.verb for event in events) is case.step is Step.CLOSED
    assert [event.seq for event in events] == [1, 2, 3, 4, 5] == list(range(1, case.seq + 1))
    assert chain.verify(case.case_no, events)


async def test_the_log_cannot_be_rewritten(db: ModuleType, now: datetime, filing: Filing) -> None:
    await receive(filing(), by=WANG, now=now)
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await db.execute("UPDATE case_event SET by_name = 'x'")
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await db.execute("DELETE FROM case_event")


async def test_a_verb_on_somebody_elses_case_is_like_no_case(db: ModuleType, now: datetime, filing: Filing) -> None:
    receipt = await receive(filing(), by=WANG, now=now)
    stranger = CitizenActor(2, "李四", "13900000000")
    answers = []
    for number in (receipt.case_no, "3304021920261123000018"):
        with pytest.raises(Refusal) as refused:
            async with db.transaction():
                await recording.load_for(Verb.WITHDRAW, number, stranger, now)
        answers.append((refused.value.code, refused.value.facts))
    assert answers[0] == answers[1] == ("case.not_found", {})
