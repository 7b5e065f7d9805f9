"""Attacks 19 and 26: another site acts through a visitor's browser, leads them away, frames or caches what is theirs."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import httpx
import pytest

from tests.desk import Desk
from tests.security.conftest import API, Doors, csrf_of, problem
from tests.security.test_doors import routes

EVIL = (
    "//evil.example",
    "https:evil.example",
    "https://evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/%0d%0aset-cookie:a=b",
    "/\r\nset-cookie: a=b",
    "/\r\nlocation: //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "/%2f/evil.example",
    "///evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "http://[",
    "/\x00",
    "％2f％2fevil.example",
    "/é",
    "/" + "a" * 9000,
)


def stays(location: str) -> bool:
    """Whether a browser at our page that is given this Location stays on our site (WHATWG URL)."""
    if any(ord(mark) < 33 or ord(mark) > 126 for mark in location):
        return False
    return location.startswith("/") and not re.match(r"/[/\\]", location)


def leads_to(answer: httpx.Response) -> list[str]:
    """Everywhere this answer could lead: headers, and the way on that its page carries."""
    found = [answer.headers[name] for name in ("location", "hx-redirect") if name in answer.headers]
    return found + [
        quote(html.unescape(value), safe="/\\%:") for value in re.findall(r'name="next" value="([^"]*)"', answer.text)
    ]


@pytest.mark.parametrize("evil", EVIL)
async def test_next_never_leads_away(doors: Doors, evil: str) -> None:
    stranger, wang = doors.stranger(), await doors("wangmin")
    answers = [
        *[
            await stranger.get(path, params={"next": evil})
            for path in ("/sign-in", "/sign-in/mobile", "/sign-in/code", "/staff/sign-in")
        ],
        *[await wang.get(path, params={"next": evil}) for path in ("/sign-in", "/sign-in/passkey", "/step-up")],
        *[
            await wang.post(path, data={"_csrf": await csrf_of(wang), "next": evil})
            for path in ("/sign-in/passkey/later", "/demo/step-up", "/step-up/code")
        ],
    ]
    token = await csrf_of(stranger, "/sign-in/mobile")
    answers.append(
        await stranger.post(
            "/sign-in/mobile", data={"_csrf": token, "next": evil, "mobile": "13912345603", "agreed": "yes"}
        )
    )
    tried = 0
    for answer in answers:
        assert answer.status_code < 500, answer.request.url
        assert "set-cookie: a" not in str(answer.headers).lower()
        for place in leads_to(answer):
            tried += 1
            inner = httpx.URL("http://x" + place).params.get("next", "/") if place.startswith("/") else place
            assert stays(place), (place, answer.request.url)
            assert stays(inner) or inner == evil == "/é", inner
    assert tried >= 5


@pytest.mark.parametrize(
    "referer",
    [
        "http://evil.example//x",
        "http://[",
        "//evil.example",
        "http://testserver.local//evil.example",
        "\\\\evil",
        "x:y",
    ],
)
async def test_a_foreign_referer_is_not_gone_back_to(doors: Doors, referer: str) -> None:
    browser = doors.stranger()
    token = await csrf_of(browser)
    answer = await browser.post("/preferences", data={"_csrf": token, "lang": "en"}, headers={"referer": referer})
    assert stays(answer.headers["location"]), answer.headers["location"]
    for headers in ({"hx-request": "true", "hx-current-url": referer}, {"referer": referer}):
        shown_out = await browser.post("/me/address", data={"_csrf": token, "address": "x"}, headers=headers)
        for place in leads_to(shown_out):
            assert stays(place)
            assert "evil" not in place


# A photo shared into the app before its worker stands: the phone's system posts it, and nothing of it is read.
TAKES_NOTHING = {"/share"}


def forms() -> list[tuple[str, str]]:
    every = [(method, path) for method, path, _, _ in routes() if method != "GET" and not path.startswith("/api/")]
    return [(method, path) for method, path in every if path not in TAKES_NOTHING]


async def test_no_form_is_taken_without_the_visitors_own_token(doors: Doors, desk: Desk) -> None:
    """Missing, made up, another session's, the same person's other session: 403, whatever the form."""
    from backend.people import sessions

    keys = ("wangmin", "clerk", "approver_third", "system_administrator", "security_administrator")
    browsers = {key: await doors(key) for key in keys}
    others = await csrf_of(await doors("xuting"))
    desk.tokens.clear()
    again = {key: await csrf_of(await doors(key)) for key in keys[:2]}  # the same people on a second device
    taken = []
    for method, path in forms():
        for key, browser in browsers.items():
            for token in (None, "", "x", "A" * 43, "é", others, again.get(key, others), "A" * 20_000):
                data = {} if token is None else {"_csrf": token}
                answer = await browser.request(method, path, data=data)
                if answer.status_code != 403:
                    taken.append(f"{method} {path} as {key} with {str(token)[:8]}: {answer.status_code}")
    assert sessions.cookie_name()
    assert taken == []


CROSS = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://["},
    {"origin": "http://testserver.local.evil.example"},
    {"origin": "http://testserver.local:81"},
    {"origin": "http://testserver.local@evil.example"},
    {"origin": ""},
    {"origin": "testserver.local"},
)


@pytest.mark.parametrize("headers", CROSS, ids=str)
async def test_another_site_can_send_nothing(doors: Doors, headers: dict[str, str]) -> None:
    wang = await doors("wangmin")
    token = await csrf_of(wang)
    for method, path in (
        ("PATCH", f"{API}/me"),
        ("POST", f"{API}/drafts"),
        ("DELETE", f"{API}/session"),
        ("POST", "/me/address"),
        ("PUT", f"{API}/drafts/x/materials/y"),
        ("POST", "/preferences"),
        ("POST", f"{API}/uploads"),
    ):
        answer = await wang.request(method, path, headers={**headers, "x-csrf-token": token})
        assert problem(answer, 403)["code"] == "request.foreign"
    assert (await wang.get(f"{API}/session")).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "testserver.local.evil.example",
        "testserver.local@evil.example",
        "",
        "evil.example:80",
        "[::1",
        "é",
    ],
)
async def test_another_host_is_not_answered(doors: Doors, host: str) -> None:
    for path in ("/", "/sign-in", f"{API}/matters", "/static/x"):
        answer = await doors.stranger().get(path, headers=[(b"host", host.encode())])
        assert answer.status_code in {400, 421}, path
        assert "evil" not in answer.text + str(answer.headers)


async def test_redirects_are_relative(doors: Doors) -> None:
    for path in ("/me", "/desk", "/cases", "/sign-in/code"):
        answer = await doors.stranger().get(
            path, headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "http"}
        )
        assert answer.headers["location"].startswith("/sign-in") or answer.headers["location"].startswith(
            "/staff/sign-in"
        )


async def test_no_other_site_may_frame_or_read(doors: Doors, desk: Desk) -> None:
    case = await desk.granted()
    code = await _code(case)
    wang = await doors("wangmin")
    for path in (
        "/",
        f"/cases/{case.case_no}",
        f"/t/{code}",
        "/me",
        "/nothing",
        "/sign-in",
        "/verify",
        f"{API}/cases",
        f"{API}/session",
    ):
        answer = await wang.get(path, headers={"origin": "https://evil.example"})
        assert not [name for name in answer.headers if name.startswith("access-control")], path
        assert answer.headers["x-content-type-options"] == "nosniff"
        if "html" in answer.headers.get("content-type", ""):
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], path
            assert answer.headers["x-frame-options"] == "DENY"
            assert "unsafe-inline" not in answer.headers["content-security-policy"]
            assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>|\son\w+=\"|style=\"", answer.text), path
    preflight = await wang.options(
        f"{API}/session", headers={"origin": "https://evil.example", "access-control-request-method": "DELETE"}
    )
    assert not [name for name in preflight.headers if name.startswith("access-control")]


async def test_what_is_personal_is_never_kept_by_a_cache(doors: Doors, desk: Desk) -> None:
    case = await desk.granted()
    number = case.case_no
    wang, clerk = await doors("wangmin"), await doors("clerk")
    pages = {
        wang: (
            "/",
            "/me",
            "/me/security",
            "/me/family",
            "/cases",
            f"/cases/{number}",
            f"/cases/{number}/certificate",
            f"{API}/me",
            f"{API}/session",
            f"{API}/sessions",
            f"{API}/cases",
            f"{API}/cases/{number}",
            f"{API}/me/family",
            f"{API}/me/export",
            f"{API}/cases/{number}/certificate",
            f"{API}/drafts",
        ),
        clerk: ("/desk", f"/desk/cases/{number}", f"{API}/desk/cases", f"{API}/cases/{number}"),
        await doors("audit_administrator"): ("/admin/audit", f"{API}/audit"),
    }
    kept = [
        f"{path}: {answer.headers.get('cache-control')}"
        for browser, paths in pages.items()
        for path in paths
        for answer in [await browser.get(path)]
        if answer.status_code != 200 or "no-store" not in answer.headers.get("cache-control", "")
    ]
    assert not kept, "\n".join(kept)


async def _code(case: object) -> str:
    from backend.cases import reading

    return await reading.tracking_code_of(case)  # type: ignore[arg-type]
