"""Without an account over the API: number, query password and last four open the owner's view, for reading only."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import httpx
import pytest

from shared_schemas.case import Receipt

Visitors = Callable[[], httpx.AsyncClient]
API = "/api/v1"
PLACE = f"{API}/track/openings"


def given(filed: Receipt, **other: str) -> dict[str, str]:
    return {"case_no": filed.case_no, "password": filed.query_password, "last_four": "1234", **other}


async def test_the_owner_s_view_to_read_and_nothing_to_do(visitors: Visitors, filed: Receipt) -> None:
    answer = await visitors().post(PLACE, json=given(filed))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    case = answer.json()["case"]
    assert (case["case_no"], case["applicant"], case["step"]) == (filed.case_no, "王敏", "received")
    assert case["open_verbs"] == []
    assert case["files"] == []
    assert case["documents"]


@pytest.mark.parametrize("by_header", [True, False])
async def test_the_papers_open_with_the_same_pass_and_only_of_that_case(
    visitors: Visitors, filed: Receipt, *, by_header: bool
) -> None:
    first = visitors()
    opened = (await first.post(PLACE, json=given(filed))).json()
    number = opened["case"]["documents"][0]["href"].rpartition("/")[2].removesuffix(".pdf")
    paper = f"{API}/cases/{filed.case_no}/documents/{number}"
    reader = visitors() if by_header else first
    headers = {"case-pass": opened["case_pass"]} if by_header else {}

    pdf = await reader.get(paper, headers=headers)
    assert (pdf.status_code, pdf.content[:4]) == (200, b"%PDF")
    other = await reader.get(f"{API}/cases/{'1' * 22}/documents/{number}", headers=headers)
    assert other.status_code == 404
    assert (await visitors().get(paper)).status_code == 401
    assert (await visitors().get(paper, headers={"case-pass": opened["case_pass"][:-2] + "AA"})).status_code == 401


async def test_a_pass_reads_and_never_acts(visitors: Visitors, filed: Receipt) -> None:
    reader = visitors()
    await reader.post(PLACE, json=given(filed))
    page = await reader.get(f"/cases/{filed.case_no}")
    assert page.status_code == 200
    for action in ("withdrawal", "rating", "correction", "tracking-code"):
        assert f"{filed.case_no}/{action}" not in page.text
    assert "/uploads/" not in page.text
    assert (await reader.post(f"{API}/cases/{filed.case_no}/withdrawal", json={})).status_code == 401
    assert (await reader.post(f"{API}/cases/{filed.case_no}/tracking-code", json={})).status_code == 401


async def test_misses_are_alike_and_five_lock_the_password(visitors: Visitors, filed: Receipt) -> None:
    guesser = visitors()
    misses = [
        await guesser.post(PLACE, json=given(filed, **wrong))
        for wrong in ({"password": "00000000"}, {"last_four": "0000"}, {"case_no": "1" * 22}, {"password": "x"})
    ]
    assert [(miss.status_code, miss.json()["code"]) for miss in misses] == [(404, "tracking.no_match")] * 4
    for _ in range(3):
        await guesser.post(PLACE, json=given(filed, last_four="0000"))
    locked = await guesser.post(PLACE, json=given(filed))
    assert (locked.status_code, locked.json()["code"]) == (429, "tracking.locked")
    for _ in range(10):
        last = await guesser.post(PLACE, json=given(filed))
    assert last.json()["code"] == "rate.limited"


async def test_a_pass_is_over_after_half_an_hour(db: ModuleType, visitors: Visitors, filed: Receipt) -> None:
    from datetime import timedelta

    from backend import clock

    del db
    reader = visitors()
    await reader.post(PLACE, json=given(filed))
    assert (await reader.get(f"/cases/{filed.case_no}")).status_code == 200
    clock.freeze(clock.now() + timedelta(minutes=31))
    assert (await reader.get(f"/cases/{filed.case_no}")).status_code == 303


async def test_what_is_sent_is_checked(visitors: Visitors) -> None:
    for body in ({}, {"case_no": "1"}, {"case_no": 1, "password": 2, "last_four": 3}, [], "x"):
        answer = await visitors().post(PLACE, json=body)
        assert answer.status_code in {400, 422}
