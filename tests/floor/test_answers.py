"""Whatever comes in at the door: the right status, a sentence in the reader's language, nothing of the inside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar, Request, Router, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, JSONBody
from msgspec import Struct

from backend import answers, csrf, views
from backend.domain.refusal import Refusal
from backend.edge import CSP, Edge


class Order(Struct, forbid_unknown_fields=True):
    name: str
    parts: list[Any] = []


@post("/api/v1/orders", status_code=200, opt={"public": True})
async def order(data: JSONBody[Order]) -> str:
    return data.name


@post("/forms", status_code=200, opt={"public": True})
async def form(data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]) -> str:
    return data["name"]


@post("/files", status_code=200, opt={"public": True})
async def files(data: Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]) -> str:
    return str(len(data))


@get("/api/v1/refused", opt={"public": True})
async def refused() -> None:
    raise Refusal("rate.limited", retry_after=30)


@get("/api/v1/broken", opt={"public": True})
async def broken() -> None:
    raise LookupError("select secret from inside")


@get("/token", opt={"public": True})
async def token(request: Request[Any, Any, Any]) -> Any:
    return views.html(request, csrf.token(request))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def door() -> AsyncIterator[httpx.AsyncClient]:
    app = Litestar(
        [order, refused, broken, token, Router("/", route_handlers=[form, files], guards=[csrf.check])],
        exception_handlers=answers.HANDLERS, logging_config=None, request_max_body_size=1_000_000, openapi_config=None,
    )  # fmt: skip
    app.asgi_handler = Edge(app.asgi_handler)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver.local") as visitor:
        yield visitor


def _json(body: bytes) -> dict[str, Any]:
    return {"content": body, "headers": {"content-type": "application/json"}}


@pytest.mark.parametrize(
    "body",
    [b"{", b"", b'{"name": "\xff\xfe"}', b'{"name":"a","parts":' + b"[" * 50_000, b'{"name":"a","owner":1}', b"[1]"],
    ids=["cut", "empty", "bad utf-8", "deep", "unknown field", "wrong shape"],
)
async def test_unreadable_json_is_the_senders_fault(door: httpx.AsyncClient, body: bytes) -> None:
    answer = await door.post("/api/v1/orders", **_json(body))
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "request.malformed"
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json; charset=klingon", b'{"name": "a"}'),
        ("multipart/form-data; boundary=x; charset=klingon", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x",
         b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=klingon\r\n\r\nb\r\n--x--\r\n'),
        ("application/x-www-form-urlencoded", b"name=%ff%fe"),
        ("application/x-www-form-urlencoded; charset=klingon", b"name=a"),
    ],
)  # fmt: skip
async def test_odd_charsets_are_no_server_errors(door: httpx.AsyncClient, kind: str, body: bytes) -> None:
    for path in ("/api/v1/orders", "/forms", "/files"):
        answer = await door.post(path, content=body, headers={"content-type": kind})
        assert answer.status_code < 500, (path, answer.text)


async def test_statuses_of_the_framework_get_our_words(door: httpx.AsyncClient) -> None:
    assert (await door.get("/api/v1/nothing")).json()["code"] == "page.missing"
    wrong_method = await door.put("/api/v1/orders")
    assert (wrong_method.status_code, wrong_method.json()["code"]) == (405, "request.method")
    assert "POST" in wrong_method.headers["allow"]
    large = await door.post("/api/v1/orders", **_json(b'{"name":"' + b"a" * 1_000_001 + b'"}'))
    assert (large.status_code, large.json()["code"]) == (413, "request.too_large")


async def test_a_refusal_speaks_the_readers_language(door: httpx.AsyncClient) -> None:
    chinese = await door.get("/api/v1/refused")
    english = await door.get("/api/v1/refused", headers={"accept-language": "en-GB,en;q=0.9"})
    assert (chinese.status_code, chinese.headers["retry-after"]) == (429, "30")
    assert "30 秒" in chinese.json()["detail"]
    assert "30 seconds" in english.json()["detail"]
    assert english.json()["retry_after"] == 30


async def test_our_own_mistake_leaks_nothing(door: httpx.AsyncClient) -> None:
    answer = await door.get("/api/v1/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "server.error")
    assert "secret" not in answer.text
    assert answer.json()["instance"].endswith(answer.headers["x-request-id"])


async def test_another_site_may_not_act_here(door: httpx.AsyncClient) -> None:
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ):
        answer = await door.post("/api/v1/orders", json={"name": "a"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "request.foreign")
    own = {"sec-fetch-site": "same-origin", "origin": "http://testserver.local"}
    assert (await door.post("/api/v1/orders", json={"name": "a"}, headers=own)).status_code == 200


async def test_a_strange_host_is_misdirected(door: httpx.AsyncClient) -> None:
    for host in ("evil.example", "testserver.local.evil.example", ""):
        assert (await door.get("/token", headers={"host": host})).status_code == 421
    assert (await door.get("/token", headers={"host": "TESTSERVER.local:8000"})).status_code == 200


async def test_pages_carry_the_policy(door: httpx.AsyncClient) -> None:
    answer = await door.get("/token")
    assert answer.headers["content-security-policy"] == CSP
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" not in (await door.get("/api/v1/refused")).headers


async def test_a_form_needs_the_token_of_this_visitor(door: httpx.AsyncClient) -> None:
    door.cookies.clear()
    page = await door.get("/token")
    mine = page.text
    assert page.cookies
    assert (await door.post("/forms", data={"name": "a"})).status_code == 403
    assert (await door.post("/forms", data={"name": "a", "_csrf": "x" * 43})).status_code == 403
    assert (await door.post("/forms", data={"name": "a", "_csrf": mine})).text == "a"
    assert (await door.post("/forms", data={"name": "a"}, headers={"x-csrf-token": mine})).status_code == 200
    again = (await door.get("/token")).text
    assert again != mine  # masked anew for each page
    door.cookies.clear()
    assert (await door.post("/forms", data={"name": "a", "_csrf": mine})).status_code == 403


async def test_a_request_number_can_be_given_but_not_injected(door: httpx.AsyncClient) -> None:
    given = await door.get("/token", headers={"x-request-id": "abcdef-123456"})
    assert given.headers["x-request-id"] == "abcdef-123456"
    odd = await door.get("/token", headers={"x-request-id": 'a"}evil'})
    assert "evil" not in odd.headers["x-request-id"]
