"""The law's modules in a real Chromium, without a hall: drafts go in by the hundred, judgements come out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Route

_STATIC = Path(__file__).parents[2] / "pwa/static"
_ORIGIN = "http://phone.test"
_AT_ONCE = 400
_SCRIPT = (Path(__file__).parent / "judging.js").read_text(encoding="utf-8")


class Phone:
    """A page that holds the catalogue's pack and the law."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def ask(self, what: str, asked: list[Any]) -> list[Any]:
        """What the function `what` of judging.js says of each."""
        found: list[Any] = []
        for start in range(0, len(asked), _AT_ONCE):
            batch = json.dumps(asked[start : start + _AT_ONCE], ensure_ascii=False)
            answer = await self.page.evaluate("([what, batch]) => window.judge(what, batch)", [what, batch])
            found += json.loads(answer)
        return found


@asynccontextmanager
async def phone(chromium: Browser, pack: bytes) -> AsyncIterator[Phone]:
    """A phone with this pack."""

    async def serve(route: Route) -> None:
        path = route.request.url.removeprefix(_ORIGIN)
        if path == "/":
            await route.fulfill(
                body=f'<!doctype html><script type="module">{_SCRIPT}</script>', content_type="text/html; charset=utf-8"
            )
        elif path == "/pack":
            await route.fulfill(body=pack, content_type="application/json")
        else:
            await route.fulfill(
                path=_STATIC / path.removeprefix("/static/"), content_type="text/javascript; charset=utf-8"
            )

    context = await chromium.new_context()
    await context.route(f"{_ORIGIN}/**", serve)
    page = await context.new_page()
    await page.goto(f"{_ORIGIN}/")
    await page.wait_for_function("() => window.judge")
    yield Phone(page)
    await context.close()
