"""What a visit to a status page costs over the wire: everything Chromium fetched, as it counts it (CDP), twice."""

from __future__ import annotations

import shutil
from typing import Any

from tests.benchmarks import rounds, serving
from tests.benchmarks.hall import Hall
from tests.benchmarks.report import Line

PORT = 8791
AIM_KB = 40.0


async def measure(hall: Hall, plan: rounds.Plan) -> list[Line]:
    """A first visit with an empty cache, then the same address again. Says so where there is no Chromium."""
    del plan
    from playwright.async_api import Error, async_playwright

    with serving.running("ours", PORT, {**hall.environment, "YIMABAN_BASE_URL": f"http://localhost:{PORT}"}):
        async with async_playwright() as playwright:
            try:
                browser = await playwright.chromium.launch(
                    executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=["--no-sandbox"]
                )
            except Error as error:
                return [Line("first visit to a status page", f"not measured: {str(error).splitlines()[0][:80]}")]
            page = await browser.new_page(viewport={"width": 390, "height": 844})
            first = await _visit(page, f"http://localhost:{PORT}/t/{hall.world.codes[0]}")
            second = await _visit(page, f"http://localhost:{PORT}/t/{hall.world.codes[0]}")
            await browser.close()
    total = sum(first.values()) / 1000
    parts = " · ".join(f"{name} {size / 1000:.1f}" for name, size in sorted(first.items(), key=lambda pair: -pair[1]))
    return [
        Line("first visit to a status page", f"{total:.1f} kB", AIM_KB, total, is_ceiling=True, unit=" kB"),
        Line("of it, kB with headers", parts),
        Line("the same page again", f"{sum(second.values()) / 1000:.1f} kB in {len(second)} requests"),
    ]


async def _visit(page: Any, address: str) -> dict[str, int]:
    """Bytes over the wire, headers included, by file; what the cache gave counts nothing."""
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]})
    )

    def finished(event: dict[str, Any]) -> None:
        url = addresses.get(event["requestId"], "")
        if event["encodedDataLength"] and url.startswith("http"):
            name = url.rsplit("/", 1)[1].split("?")[0]
            sizes["page" if len(name) == 26 else name] = sizes.get(name, 0) + int(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    await page.goto(address)
    await page.wait_for_timeout(1500)  # an open page keeps its event stream, so it never falls idle
    await session.detach()
    return sizes
