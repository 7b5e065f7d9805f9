"""The whole application with the demo's people at its doors, each in a browser of their own."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from types import ModuleType
from typing import Any

import httpx
import pytest_asyncio

from tests.desk import Desk, desk, starter

__all__ = ["desk", "starter"]

API = "/api/v1"
OWN = "http://testserver.local"


class Doors:
    """Whoever knocks: `await doors("clerk")` is a signed-in browser, `doors.stranger()` one without a session."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.opened: list[httpx.AsyncClient] = []

    def stranger(self, **headers: str) -> httpx.AsyncClient:
        """Nobody yet."""
        from backend.app import app

        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]  # same protocol
        self.opened.append(httpx.AsyncClient(transport=transport, base_url=OWN, headers=headers))
        return self.opened[-1]

    async def __call__(self, key: str, **headers: str) -> httpx.AsyncClient:
        """The person behind a key of the demo, signed in by cookie."""
        from backend.people import sessions

        visitor = self.stranger(**headers)
        visitor.cookies.set(sessions.cookie_name(), await self.desk.token(key))
        return visitor


@pytest_asyncio.fixture(loop_scope="session")
async def doors(db: ModuleType, desk: Desk) -> AsyncIterator[Doors]:
    """The doors of one application. Its background tasks don't run: the tests are alone with it."""
    del db
    made = Doors(desk)
    yield made
    for client in made.opened:
        await client.aclose()


def same(one: httpx.Response, other: httpx.Response, *names: str) -> None:
    """Nothing in two answers tells them apart but the request's number, a form token's mask and what was asked for."""
    assert one.status_code == other.status_code
    assert _without(one, names) == _without(other, names), one.request.url
    assert {n: v for n, v in one.headers.items() if n != "x-request-id"}.keys() == other.headers.keys() - {
        "x-request-id"
    }


def _without(answer: httpx.Response, names: tuple[str, ...]) -> str:
    text = answer.text.replace(answer.headers["x-request-id"], "*")
    text = re.sub(r'(?<=")[\w-]{43}(?=")|(?<=&#34;)[\w-]{43}(?=&#34;)', "*", text)
    for name in names:
        text = text.replace(name, "*")
    return text


async def csrf_of(browser: httpx.AsyncClient, page: str = "/") -> str:
    """A form token of this visitor, as a page of theirs carries it."""
    text = (await browser.get(page)).text
    found = re.search(r'name="_csrf" value="([^"]+)"', text) or re.search(r"csrf-token[^A-Za-z0-9_-]+([\w-]{43})", text)
    assert found, page
    return found[1]


def problem(answer: httpx.Response, *statuses: int) -> dict[str, Any]:
    """RFC 9457 with one of these statuses."""
    assert answer.status_code in statuses, (
        f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:600]}"
    )
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json"
    return answer.json()
