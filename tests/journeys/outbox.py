"""The outbox's engine in a page of the hall, and a counter that stands in for the verbs it sends."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Page, Route

from backend.static import static
from tests.journeys.browser import Visitor, until

_ENGINE = """async ([box, sender, given]) => {
  const outbox = await import(box), { flush } = await import(sender);
  return await (%s)(outbox, flush, given);
}"""


async def engine(page: Page, call: str, given: Any = None) -> Any:
    """Run `async (outbox, flush, given) => …` in the page with the modules it would use itself."""
    addresses = [static(f"js/offline/outbox/{name}.js") for name in ("box", "sender")]
    return await page.evaluate(_ENGINE % call, [*addresses, given])


async def put(page: Page, lane: str, **more: Any) -> str:
    """Put a deed in, as a page does it; its id."""
    item = {
        "kind": "deed", "lane": lane, "title": {"zh": "食品经营许可（新办）", "en": "Food business licence"},
        "act": {"zh": "评价", "en": "Rate"}, "method": "POST", "path": f"/api/v1/cases/{lane}/rating", "body": {"level": "1"},
        "case_no": lane, **more,
    }  # fmt: skip
    return str(await engine(page, "async (outbox, flush, item) => (await outbox.put(item)).id", item))


async def put_with_file(page: Page, lane: str, file: bytes, *, name: str = "方案.pdf", **more: Any) -> str:
    """The same with a file that goes along; the item's id."""
    given = {"lane": lane, "file": base64.b64encode(file).decode(), "name": name, "more": more}
    return str(await engine(page, _WITH_FILE, given))


_WITH_FILE = """async (outbox, flush, {lane, file, name, more}) => {
  const bytes = Uint8Array.from(atob(file), (each) => each.charCodeAt(0));
  const id = crypto.randomUUID(), blob = new Blob([bytes], {type: name.endsWith("pdf") ? "application/pdf" : "image/jpeg"});
  const record = {id: crypto.randomUUID(), name, type: blob.type, blob, size: blob.size, key: `deed:${id}/0`, url: null, upload: null, at: new Date().toISOString()};
  await outbox.put({id, kind: "deed", lane, title: {zh: "食品经营许可（新办）", en: "Food business licence"}, act: {zh: "补正", en: "Answer the correction"},
    method: "POST", path: `/api/v1/cases/${lane}/rating`, body: {items: [{}]}, case_no: lane, files: [{blob: record.id, into: "items.0.uploads"}], ...more}, {blobs: [record]});
  return id;
}"""


async def blobs(page: Page) -> int:
    """How many files this phone still keeps for the outbox."""
    kept = "async (outbox) => { const box = new outbox.Box(document.querySelector('meta[name=person]').content); return (await box.store.all('blobs')).length; }"
    return int(await engine(page, kept))


async def awake(page: Page) -> None:
    """Wait until the page sends by itself: it loads what it needs for that once it is idle."""
    await page.wait_for_function("() => performance.getEntriesByName('outbox').length > 0")
    await items(page)


async def noted(page: Page) -> None:
    """Wait until the phone has noted for its worker who uses it (a page does that once it is idle)."""
    device = static("js/lib/person.js")
    read = "async (address) => (await (await import(address)).recall('person')) || null"

    async def known() -> bool:
        return bool(await page.evaluate(read, device))

    await until(known)


async def items(page: Page) -> list[dict[str, Any]]:
    """The outbox as the phone has it."""
    return list(await engine(page, "(outbox) => outbox.items()"))


async def states(page: Page) -> list[tuple[str, str | None]]:
    """State and cause of every item, in order."""
    return [(item["state"], item["cause"]) for item in await items(page)]


async def becomes(page: Page, wanted: list[tuple[str, str | None]], *, seconds: float = 15) -> None:
    """Wait until the outbox stands so."""
    seen: list[tuple[str, str | None]] = []

    async def there() -> bool:
        nonlocal seen
        seen = await states(page)
        return seen == wanted

    try:
        await until(there, seconds=seconds)
    except TimeoutError:
        raise AssertionError(f"the outbox stands at {seen}, not at {wanted}") from None


class Patient(list[str]):
    """Complaints of a browser whose network comes and goes: that a request found none is no complaint."""

    def append(self, complaint: str) -> None:
        """Note it, unless it is about the network."""
        if "net::ERR_" not in complaint:
            super().append(complaint)


class Counter:
    """Stands where the verbs are sent to: counts what is done under which key, and answers as it is told."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, str]] = []  # (lane, key) of every request, in order
        self.bodies: list[dict[str, Any]] = []
        self.whose: list[str] = []  # the person each request was meant for
        self.done: dict[str, str] = {}  # key -> lane, once however often it came
        self.is_cut = False
        self.said: dict[
            str, Callable[[Route], Awaitable[bool]]
        ] = {}  # by lane: answers itself and gives True, or lets it pass

    async def stand(self, visitor: Visitor) -> None:
        """From now on the verbs of this device come here."""
        await visitor.context.route("**/api/v1/cases/*/rating", self._take)

    async def cut(self, visitor: Visitor, *, is_cut: bool = True) -> None:
        """The network of this device goes, or comes back."""
        self.is_cut = is_cut
        await visitor.context.set_offline(is_cut)

    async def _take(self, route: Route) -> None:
        if self.is_cut:
            return await route.abort("internetdisconnected")
        lane = route.request.url.split("/")[-2]
        key = route.request.headers["idempotency-key"]
        self.arrived.append((lane, key))
        self.whose.append(route.request.headers.get("x-yimaban-person", ""))
        self.bodies.append(json.loads(route.request.post_data or "null"))
        if lane in self.said and await self.said[lane](route):
            return None
        self.done[key] = lane
        return await answer(route, 201, {"case_no": lane, "step": "closed", "seq": 9})


async def answer(route: Route, status: int, body: dict[str, Any], **headers: str) -> None:
    """A JSON answer of the hall."""
    kind = "application/json" if status < 400 else "application/problem+json"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    await route.fulfill(status=status, content_type=kind, headers=named, body=json.dumps(body))


def refusing(status: int, code: str, detail: str, **headers: str) -> Callable[[Route], Awaitable[bool]]:
    """The hall says no."""

    async def said(route: Route) -> bool:
        await answer(route, status, {"code": code, "detail": detail, "status": status}, **headers)
        return True

    return said
