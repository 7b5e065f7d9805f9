"""What a visit costs over the wire: everything Chromium fetched, as it counts it (CDP), the worker's share beside it."""

from __future__ import annotations

from typing import Any, NamedTuple

_SETTLED_MS = 2500  # an open page keeps its event stream, so it never falls idle


class Visit(NamedTuple):
    """Bytes with headers, by file name, of the page itself and of what a service worker fetched in the background."""

    page: dict[str, int]
    background: int

    @property
    def total(self) -> float:
        """Of the page itself, in kB."""
        return sum(self.page.values()) / 1000


async def visit(page: Any, address: str) -> Visit:
    """Open `address` and count; what the cache gave counts nothing."""
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))

    def finished(event: dict[str, Any]) -> None:
        url = addresses.get(event["requestId"], "")
        if event["encodedDataLength"] and url.startswith("http"):
            name = url.rsplit("/", 1)[1].split("?")[0] or "/"
            sizes[name] = sizes.get(name, 0) + int(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    before = await _of_workers(page)
    await page.goto(address)
    await page.wait_for_timeout(_SETTLED_MS)
    await session.detach()
    return Visit(sizes, await _of_workers(page) - before)


async def _of_workers(page: Any) -> int:
    """Bytes that service workers fetched so far, by their own resource timing."""
    script = "() => performance.getEntriesByType('resource').reduce((sum, each) => sum + each.transferSize, 0)"
    return sum([int(await worker.evaluate(script)) for worker in page.context.service_workers])
