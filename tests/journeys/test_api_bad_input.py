"""Whatever is sent, the hall answers with the right status, a stable code and a sentence, and never falls over."""

from __future__ import annotations

import re
import secrets
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.journeys.talking import API, People, Person, answers, photo

FOOD = "scj-18"
KEY = {"idempotency-key": "key-of-bad-input"}
DEEP = b"[" * 100_000


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def case_no(people: People) -> str:
    """林志远's case, received and in nobody's hands."""
    lin = await people("linzhiyuan")
    matter = await lin.get(f"/matters/{FOOD}")
    receipt = await lin.file(matter, await answers(lin, matter))
    return str(receipt["case_no"])


def is_problem(answer: httpx.Response, status: int, code: str | None = None) -> dict[str, Any]:
    """RFC 9457, with a code that doesn't change and a sentence that says what to do."""
    assert answer.status_code == status, (
        f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:500]}"
    )
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "code"} <= set(body)
    assert body["status"] == status
    assert body["type"] == f"urn:yimaban:problem:{body['code']}"
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", body["code"]), body["code"]
    assert "Traceback" not in answer.text
    assert code is None or body["code"] == code, body
    return body


def alike(answer: httpx.Response) -> tuple[int, dict[str, Any], set[str]]:
    """What a prober can compare, without what differs in any two answers."""
    body = answer.json()
    body.pop("instance")
    return answer.status_code, body, set(answer.headers)


async def test_a_strangers_case_is_answered_like_a_missing_one(people: People, case_no: str) -> None:
    wang = await people("wangmin")
    missing = case_no[:-4] + "9999"
    for path in (
        "/cases/{}",
        "/cases/{}/certificate",
        "/cases/{}/certificate/file",
        "/cases/{}/documents/1",
        "/cases/{}/corrections/open",
    ):
        theirs, none = [await wang.client.get(API + path.format(n)) for n in (case_no, missing)]
        assert alike(theirs) == alike(none), path
        is_problem(theirs, 404)
    for resource in ("withdrawal", "collection"):
        theirs, none = [await wang.client.post(f"{API}/cases/{n}/{resource}", json={}) for n in (case_no, missing)]
        assert alike(theirs) == alike(none), resource
    draft = await (await people("linzhiyuan")).post("/drafts", {"matter": FOOD})
    upload = await (await people("linzhiyuan")).upload(photo("x"))
    for kind, real in (("drafts", draft["id"]), ("uploads", upload)):
        unknown = "00000000-0000-4000-8000-000000000000"
        theirs, none = [await wang.client.get(f"{API}/{kind}/{n}") for n in (real, unknown)]
        assert alike(theirs) == alike(none), kind


async def test_unknown_names_are_404(people: People) -> None:
    wang, nobody = await people("wangmin"), people.stranger()
    for path in (
        "/matters/xxx-00",
        "/matters/%00",
        "/departments/nope",
        "/track/" + "0" * 26,
        "/track/x",
        "/certificates/1",
        "/nothing",
    ):
        is_problem(await nobody.client.get(API + path), 404)
    for path in ("/cases/1", "/cases/%E5%8A%9E", "/drafts/x", "/uploads/x", "/uploads/" + "é"):
        is_problem(await wang.client.get(API + path), 404)


async def test_wrong_role_wrong_step_and_an_old_page(people: People, case_no: str) -> None:
    wang, lin, clerk = await people("wangmin"), await people("linzhiyuan"), await people("clerk")
    for person in (wang, lin, await people("supervisor"), await people("surveyor"), await people("approver_third")):
        is_problem(await person.client.post(f"{API}/cases/{case_no}/acceptance", json={}), 403)
    for person in (clerk, lin, await people("system_administrator")):
        is_problem(await person.client.post(f"{API}/cases/{case_no}/grant", json={"opinion": "准"}), 403)
    is_problem(await people.stranger().client.post(f"{API}/cases/{case_no}/acceptance", json={}), 401)
    third = await people("approver_third")
    is_problem(
        await third.client.post(f"{API}/cases/{case_no}/reviews", json={"proposal": "grant", "opinion": "好"}), 409
    )
    state = await clerk.verb(case_no, "handling")
    old = await clerk.client.post(f"{API}/cases/{case_no}/handing-back", json={"seen": state["seq"] - 1})
    is_problem(old, 409, "case.moved_meanwhile")
    is_problem(await clerk.client.post(f"{API}/cases/{case_no}/hand-over", json={"last_four": "0007"}), 409)
    await clerk.verb(case_no, "handing-back", 200)


async def test_nobody_works_on_a_relatives_case(people: People) -> None:
    li = await people("lijianguo")
    matter = await li.get("/matters/mzj-14")
    receipt = await li.file(matter, await answers(li, matter))
    daughter = await people("clerk_1")
    refused = await daughter.client.post(f"{API}/cases/{receipt['case_no']}/handling", json={})
    is_problem(refused, 403, "approval.conflict_of_interest")


BODIES = {
    "cut off": (b'{"matter": "scj-1', 400), "deep": (DEEP, 400), "deep objects": (b'{"a":' * 50_000, 400),
    "not UTF-8": (b'{"matter": "\xff\xfe"}', 400), "a list": (b"[]", 400), "a number": (b"7", 400), "nothing": (b"", 400),
    "wrong type": (b'{"matter": 7}', 400), "unknown field": (b'{"matter": "scj-18", "step": "granted"}', 400),
    "null byte": (b'{"matter": "scj\\u0000"}', 400), "lone surrogate": (b'{"matter": "\\ud800"}', 400),
    "too long": (b'{"matter": "' + b"a" * 5_000 + b'"}', 400),
}  # fmt: skip


@pytest.mark.parametrize("what", BODIES)
@pytest.mark.parametrize("path", ["/drafts", "/cases", "/demo/sessions", "/sign-in/codes", "/me/family"])
async def test_a_body_that_is_wrong_is_a_400(people: People, path: str, what: str) -> None:
    wang = await people("wangmin")
    body, status = BODIES[what]
    answer = await wang.client.post(API + path, content=body, headers={**KEY, "content-type": "application/json"})
    if path == "/drafts" and what in {"null byte", "lone surrogate", "too long"} and answer.status_code == 404:
        return  # a name that no matter has
    is_problem(answer, status)


async def test_verbs_take_no_unknown_fields_and_no_nonsense(people: People, case_no: str) -> None:
    clerk, third = await people("clerk"), await people("approver_third")
    for person, resource in (
        (clerk, "handling"),
        (clerk, "acceptance"),
        (clerk, "corrections"),
        (third, "reviews"),
        (third, "grant"),
    ):
        for body in (b'{"step": "granted"}', b'{"seen": "x"}', b'{"seen": -1}', DEEP, b"\xff", b'"x"'):
            answer = await person.client.post(
                f"{API}/cases/{case_no}/{resource}", content=body, headers={"content-type": "application/json"}
            )
            is_problem(answer, 400)
    lin = await people("linzhiyuan")
    assert (await lin.get(f"/cases/{case_no}"))["step"] == "received"


async def test_a_filing_needs_its_key_and_its_declaration(people: People) -> None:
    wang = await people("wangmin")
    body = {"matter": FOOD, "form": {}, "declared": True}
    for key in (None, "", "short", "with space in it", "x" * 300, "é" * 20):
        headers = {} if key is None else {"idempotency-key": key.encode()}
        is_problem(await wang.client.post(f"{API}/cases", json=body, headers=headers), 400, "filing.key_missing")
    fresh = {"idempotency-key": secrets.token_hex(8)}
    is_problem(
        await wang.client.post(f"{API}/cases", json={**body, "declared": False}, headers=fresh),
        422,
        "filing.not_declared",
    )
    faults = is_problem(await wang.client.post(f"{API}/cases", json=body, headers=fresh), 422, "filing.incomplete")
    assert len(faults["errors"]) > 10


async def test_an_oversized_body_is_a_413(people: People) -> None:
    wang = await people("wangmin")
    big = b'{"matter": "' + b"a" * 2_000_000 + b'"}'
    for path in ("/cases", "/drafts", "/demo/sessions"):
        is_problem(
            await wang.client.post(API + path, content=big, headers={**KEY, "content-type": "application/json"}), 413
        )
    huge = {"tus-resumable": "1.0.0", "upload-length": "104857601"}
    is_problem(await wang.client.post(f"{API}/uploads", headers=huge), 413)


async def test_another_site_cannot_act_for_a_visitor(people: People, case_no: str) -> None:
    clerk = await people("clerk")
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        answer = await clerk.client.post(f"{API}/cases/{case_no}/handling", json={}, headers=headers)
        is_problem(answer, 403, "request.foreign")
    other_host = await people.stranger().client.get(f"{API}/matters", headers={"host": "evil.example"})
    assert other_host.status_code in {400, 421}


async def test_odd_queries_methods_and_types(people: People) -> None:
    nobody = people.stranger()
    for query in ("limit=-1", "limit=x", "limit=99999999999999999999", "limit=1e9"):
        is_problem(await nobody.client.get(f"{API}/matters?q=a&{query}"), 400)
    for query in ("q=" + "%F0%A0%AE%B7" * 50, "q=%00", "q=%ff", "q='--", "q=" + "a" * 5000):
        answer = await nobody.client.get(f"{API}/matters?{query}")
        assert answer.status_code in {200, 400}, query
    is_problem(await nobody.client.delete(f"{API}/matters"), 405)
    wang = await people("wangmin")
    odd = await wang.client.post(f"{API}/drafts", content=b"<x/>", headers={"content-type": "application/xml"})
    is_problem(odd, odd.status_code)
    assert odd.status_code in {400, 415}
    dead = Person(people.stranger().client)
    dead.client.headers["authorization"] = "Bearer " + "x" * 43
    is_problem(await dead.client.get(f"{API}/cases"), 401, "session.expired")


async def test_an_oversized_body_names_the_limit_of_its_own_route(people: People) -> None:
    wang = await people("wangmin")
    answer = await wang.client.post(
        f"{API}/drafts", content=b" " * 1_100_000, headers={"content-type": "application/json"}
    )
    assert is_problem(answer, 413, "request.too_large")["limit"] == "1 MB"
