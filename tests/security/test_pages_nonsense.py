"""Attack 23 at the pages: every form and address with nonsense, and nothing falls over there either."""

from __future__ import annotations

import pytest

from tests.desk import Desk
from tests.security.conftest import Doors, csrf_of
from tests.security.test_doors import routes
from tests.security.walking import keys_for

FIELDS = (
    "name",
    "id_number",
    "mobile",
    "code",
    "address",
    "next",
    "lang",
    "text",
    "theme",
    "case_no",
    "password",
    "last_four",
    "number",
    "question",
    "answer",
    "seen",
    "reason",
    "opinion",
    "reasons",
    "facts",
    "note",
    "verdict",
    "material",
    "problem",
    "level",
    "words",
    "company",
    "kind",
    "staff_no",
    "role",
    "tier",
    "departments",
    "modes",
    "valid_from",
    "valid_to",
    "how",
    "uploads",
    "agreed",
    "decision",
    "ground",
    "collector",
    "persona",
    "credit_code",
    "due_on",
    "competent_organ",
    "articles",
    "conditions",
    "revision",
    "delivery",
    "filed_for",
    "dependent",
)
VALUES = (
    b"%00",
    b"%ED%A0%80",
    b"%ff",
    b"9" * 60,
    b"-1",
    b"1e9",
    b"%0d%0ax",
    b"%e9%95%bf" * 3000,
    b"%C2%B2",
    b"",
    b"2026-02-30",
    b"0001-01-01",
)
ODD = (
    (b"", "application/x-www-form-urlencoded"),
    (b"%", "application/x-www-form-urlencoded"),
    (b"a" * 100_000, "application/x-www-form-urlencoded"),
    (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
    (b"x", "multipart/form-data"),
    (b"--x", "multipart/form-data; boundary=" + "y" * 500),
    (
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="\xff\x00"\r\n\r\n\x00\r\n--x--',
        "multipart/form-data; boundary=x; charset=nope",
    ),
    (b"{}", "application/json"),
    (b"\x00", ""),
    (b"&".join(b"a%d=1" % n for n in range(20_000)), "application/x-www-form-urlencoded"),
)


@pytest.mark.parametrize(
    "key", ["", "wangmin", "clerk", "approver_third", "system_administrator", "security_administrator"]
)
async def test_no_form_falls_over_nonsense(doors: Doors, desk: Desk, key: str) -> None:
    from backend import db

    case = await desk.filed()
    await desk.taken(case.case_no)
    browser = await doors(key) if key else doors.stranger()
    token = await csrf_of(browser)
    faults: list[str] = []
    officer = str(await db.fetchval("SELECT id FROM officer ORDER BY id LIMIT 1"))
    draft = (await (await doors("wangmin")).post("/api/v1/drafts", json={"matter": "scj-18"})).json()["id"]
    for method, _, declared, guard in routes():
        if (
            declared.startswith("/api/")
            or method == "GET"
            or declared in {"/sign-out", "/demo", "/me/closing"}
            or declared.endswith("/end")
        ):
            continue
        if (key or "") not in keys_for(guard) and guard not in {"public", "signed_in_only"}:
            continue
        path = _placed(declared, case.case_no, officer, draft)
        await db.execute("UPDATE session SET stepped_up_at = authenticated_at, revoked_at = NULL")
        for value in VALUES:
            await db.execute("DELETE FROM rate_count")
            body = b"&".join(field.encode() + b"=" + value for field in FIELDS)
            headers = {"content-type": "application/x-www-form-urlencoded", "x-csrf-token": token}
            answer = await browser.request(method, path, content=body, headers=headers)
            if answer.status_code >= 500:
                faults.append(f"{method} {declared} {value[:20]!r}: {answer.status_code} {answer.text[:80]}")
        for body, kind in ODD:
            answer = await browser.request(
                method, path, content=body, headers={"content-type": kind, "x-csrf-token": token}
            )
            if answer.status_code >= 500:
                faults.append(f"{method} {declared} {kind} {body[:20]!r}: {answer.status_code}")
    assert not faults, "\n".join(faults)


def _placed(declared: str, case_no: str, officer: str, draft: str) -> str:
    import re

    known = {
        "case_no": case_no,
        "officer_id": officer,
        "draft_id": draft,
        "code": "scj-18",
        "slug": "own",
        "key": "yyzz",
        "material": "yyzz",
    }
    return re.sub(r"\{(\w+):\w+\}", lambda found: known.get(found[1], "1"), declared)


@pytest.mark.parametrize("key", ["", "wangmin", "clerk", "approver_third", "supervisor", "audit_administrator"])
async def test_no_address_falls_over_nonsense(doors: Doors, desk: Desk, key: str) -> None:
    import re

    case = await desk.filed()
    browser = await doors(key) if key else doors.stranger()
    faults = []
    queries = (
        "segment",
        "material",
        "open",
        "q",
        "next",
        "w",
        "page",
        "what",
        "before",
        "after",
        "dept",
        "event",
        "limit",
        "for",
        "kind",
        "topic",
    )
    for method, _, declared, _guard in routes():
        if method != "GET" or declared.startswith("/api/") or declared.endswith("/events"):
            continue
        addresses = [
            re.sub(r"\{(\w+):\w+\}", odd, declared)
            for odd in ("%00", "%ED%A0%80", "9" * 40, "%2e%2e", "²", "1.png", "0" * 9 + "1.pdf")
            if "{" in declared
        ]
        place = re.sub(r"\{case_no:str\}", case.case_no, declared)
        place = re.sub(r"\{\w+:int\}", "1", re.sub(r"\{\w+:str\}", "scj-18", place))
        addresses += [
            place + "?" + "&".join(f"{name}={odd}" for name in queries)
            for odd in ("%00", "%ED%A0%80", "-1", "9" * 30, "%F0%A0%AE%B7", "a" * 3000)
        ]
        for address in addresses:
            answer = await browser.get(address, headers={"cookie": _cookies(browser)})
            if answer.status_code >= 500:
                faults.append(f"{address[:120]}: {answer.status_code}")
    assert not faults, "\n".join(faults)


def _cookies(browser: object) -> str:
    own = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())  # type: ignore[attr-defined]
    return f"{own}; lang=xx; text=%00; theme=<x>; arriving=AAAA; case_pass=1.2.3; visitor=%ff"
