"""Attack 23: whatever is sent to any operation of the API, by whoever may use it, nothing falls over.

Every operation of the OpenAPI is walked through with its own schema: each field in turn holds each piece of nonsense
while the others hold something that fits, so that the nonsense gets as deep as it can.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import httpx
import pytest

from tests.desk import Desk
from tests.security.conftest import API, Doors, csrf_of, problem
from tests.security.walking import BODIES, TYPES, Walk, guard_of, judged, keys_for, sent


@pytest.fixture
async def walk(doors: Doors, desk: Desk) -> Walk:
    from backend import db
    from backend.review import actions
    from shared_schemas.review import Proposal, Review

    schema = (await doors.stranger().get("/schema/openapi.json")).json()
    received, granted, accepted, reviewed = (
        await desk.filed(),
        await desk.granted(),
        await desk.accepted(),
        await desk.accepted("submit"),
    )
    third = await desk.who("approver_third")
    await actions.review(reviewed.case_no, Review(Proposal.GRANT, "好"), by=third, now=desk.now)
    await desk.taken(received.case_no)
    await db.execute("UPDATE session SET stepped_up_at = $1", desk.now)
    wang = await doors("wangmin")
    draft = (await wang.post(f"{API}/drafts", json={"matter": "scj-18"})).json()["id"]
    upload = await desk.upload(f"citizen:{(await desk.who('wangmin')).id}")
    key = await db.fetchval("SELECT key FROM case_material WHERE case_id = $1 LIMIT 1", received.id)
    return Walk(
        schema,
        {
            "case_no": received.case_no,
            "granted": granted.case_no,
            "accepted": accepted.case_no,
            "reviewed": reviewed.case_no,
            "draft_id": draft,
            "upload_id": upload,
            "key": key,
            "code": "scj-18",
            "number": "1",
            "link": "x" * 43,
            "role": "surveyor",
            "officer_id": str(third.id),
            "tracking_code": "0" * 26,
        },
    )


_FROM = {
    "reviews": "accepted", "returns": "reviewed", "checks": "reviewed", "grant": "accepted", "refusal": "accepted",
    "hand-over": "granted", "collection": "granted", "rating": "granted",
}  # fmt: skip
# They end the session or throw away what the walk stands on; tried by their own tests.
_LEFT_OUT = {
    ("DELETE", f"{API}/session"), ("DELETE", f"{API}/me"), ("DELETE", f"{API}/drafts/{{draft_id}}"),
    ("DELETE", f"{API}/officers/{{officer_id}}/sessions"), ("DELETE", f"{API}/sessions/{{session_id}}"),
}  # fmt: skip
_ODD_NAMES = ("%00", "%ED%A0%80", "%ff", "%0d%0a", "9" * 40, "-1", "1e9", "²", "%2e%2e", "x" * 2000, "'")
_ODD_QUERIES = ("%00", "%ED%A0%80", "%ff", "9" * 40, "-1", "", "x" * 5000, "1&again=2")


async def _fields(walk: Walk, browser: httpx.AsyncClient, step: Step, faults: list[str]) -> None:
    from backend import db

    for field, body in walk.bodies(step.operation):
        answer = await sent(browser, step.method, walk.place(step.path, case_no=step.case), body)
        judged(answer, field, body, faults)
        if answer.status_code == 429:
            await db.execute("DELETE FROM rate_count")


async def _bodies(walk: Walk, browser: httpx.AsyncClient, step: Step, faults: list[str]) -> None:
    if step.method not in {"POST", "PUT", "PATCH"}:
        return
    url = walk.place(step.path, case_no=step.case)
    for body in BODIES:
        judged(await sent(browser, step.method, url, body), "body", body, faults)
    for kind in TYPES:
        headers = [(b"content-type", kind.encode()), (b"tus-resumable", b"1.0.0"), (b"upload-length", b"9" * 30)]
        judged(await browser.request(step.method, url, content=b"{}", headers=headers), "type", kind, faults)


async def _addresses(walk: Walk, browser: httpx.AsyncClient, step: Step, faults: list[str]) -> None:
    for name in re.findall(r"\{(\w+)\}", step.path):
        for odd in _ODD_NAMES:
            judged(await sent(browser, step.method, walk.place(step.path, **{name: odd}), {}), name, odd, faults)
    for parameter in step.operation.get("parameters", ()):
        if parameter["in"] == "query":
            for odd in _ODD_QUERIES:
                url = f"{walk.place(step.path)}?{parameter['name']}={odd}"
                judged(await browser.request(step.method, url), parameter["name"], odd, faults)


class Step(NamedTuple):
    """An operation at a case that stands where the operation begins."""

    method: str
    path: str
    operation: dict[str, Any]
    case: str


async def _walked(walk: Walk, doors: Doors, desk: Desk, act: Any) -> list[str]:
    from backend import db

    faults: list[str] = []
    for method, path, operation in walk.operations:
        if (method, path) in _LEFT_OUT:
            continue
        case = walk.world.get(_FROM.get(path.rsplit("/", 1)[1], ""), walk.world["case_no"])
        for key in keys_for(guard_of(method, path)):
            await db.execute(
                "UPDATE session SET stepped_up_at = $1, authenticated_at = $1, revoked_at = NULL", desk.now
            )
            await db.execute("DELETE FROM rate_count")
            browser = await doors(key) if key else doors.stranger()
            await act(walk, browser, Step(method, path, operation, case), faults)
    return faults


@pytest.mark.parametrize("act", [_fields, _bodies, _addresses])
async def test_no_operation_falls_over_nonsense(walk: Walk, doors: Doors, desk: Desk, act: Any) -> None:
    assert len(walk.operations) > 70
    faults = await _walked(walk, doors, desk, act)
    assert not faults, "\n".join(faults)


async def test_every_operation_refuses_fields_it_does_not_know(walk: Walk, doors: Doors, desk: Desk) -> None:
    """Attack 20: nothing can be set that the operation doesn't name."""
    from backend import db

    swallowed, tried = [], 0
    for method, path, operation in walk.operations:
        schema = walk.body_of(operation)
        if schema is None or not schema.get("properties"):
            continue
        for key in keys_for(guard_of(method, path)):
            await db.execute("UPDATE session SET stepped_up_at = $1, authenticated_at = $1", desk.now)
            await db.execute("DELETE FROM rate_count")
            browser = await doors(key) if key else doors.stranger()
            good = walk.fitting("", schema)
            for extra in ({"step": "granted"}, {"citizen": 1}, {"is_administrator": True}, {"__class__": "x"}):
                tried += 1
                answer = await sent(browser, method, walk.place(path), {**good, **extra})
                if answer.status_code not in {400, 422} and "step_up_needed" not in answer.text:
                    swallowed.append(f"{method} {path} {extra}: {answer.status_code} {answer.text[:100]}")
    assert tried > 100
    assert swallowed == []


async def test_an_officer_has_no_name_that_the_log_can_not_sign(doors: Doors, desk: Desk) -> None:
    administrator = await doors("system_administrator")
    answer = await administrator.post(f"{API}/officers", json={"staff_no": "NH7777", "name": "长" * 41})
    problem(answer, 400)
    form = {"_csrf": await csrf_of(administrator), "staff_no": "NH7777", "name": "长" * 41}
    assert (await administrator.post("/admin/officers", data=form)).status_code == 422


async def test_ten_megabytes_in_a_field_are_refused(walk: Walk, doors: Doors) -> None:
    wang = await doors("wangmin")
    huge = b'{"matter": "' + b"a" * 10_000_000 + b'"}'
    for path in ("/drafts", "/cases", "/me/family"):
        answer = await wang.post(
            f"{API}{path}", content=huge, headers={"content-type": "application/json", "idempotency-key": "k" * 9}
        )
        problem(answer, 400, 413)
