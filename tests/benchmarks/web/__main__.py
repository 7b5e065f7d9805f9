"""`just bench-web [--write]`: pages against their budgets and against a bare govuk-frontend page, printed as a table.

Exit code 1 only when something failed; a missed budget is a figure, not a fault.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
from statistics import median
from typing import Any

from tests.benchmarks import hall, report, serving
from tests.benchmarks.report import Line
from tests.benchmarks.web import offline, tools, transfer

PORT, GOVUK_PORT = 8795, 8796
BASE, GOVUK = f"http://localhost:{PORT}", f"http://localhost:{GOVUK_PORT}/status"
LOOKS = 5
PHONE = {"width": 390, "height": 844}
DOC = serving.ROOT / "backend/docs/benchmarks-web.md"


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="just bench-web", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"keep the result in {DOC.relative_to(serving.ROOT)}")
    asked = parser.parse_args()
    tools.fetch()
    with hall.opened() as opened:
        ours = {**opened.environment, "YIMABAN_BASE_URL": BASE}
        with serving.running("ours", PORT, ours), serving.running("govuk", GOVUK_PORT, {}):
            status = f"{BASE}/t/{opened.world.codes[0]}"
            lines = [*asyncio.run(_in_browser(status)), *_by_lighthouse(status)]
    text = f"{report.table(lines)}\n\n{report.machine()}; Lighthouse 12.8.2, its slow-4G phone."
    print(text)
    if asked.write:
        report.write(text, DOC)
    return 0


def _by_lighthouse(status: str) -> list[Line]:
    pages = {
        "status page": status, "home": f"{BASE}/", "search": f"{BASE}/matters?q=%E5%BC%80%E9%A5%AD%E5%BA%97",
        "guide": f"{BASE}/matters/scj-18", "sign-in": f"{BASE}/sign-in",
    }  # fmt: skip
    lines: list[Line] = []
    floor = _look(GOVUK)
    if floor is not None:
        lines.append(Line("bare govuk page, LCP · TBT", f"{floor.lcp / 1000:.2f} s · {floor.tbt:.0f} ms"))
    for name, address in pages.items():
        found = _look(address)
        if found is None:
            lines.append(Line(f"{name}, Lighthouse", "not measured"))
            continue
        beside = f" ({found.lcp / floor.lcp:.2f} of bare govuk)" if floor else ""
        failed = f" ({', '.join(found.failed)})" if found.failed else ""
        lowest = min(found.accessibility, found.best_practices)
        lines += [
            Line(f"{name}, LCP", f"{found.lcp / 1000:.2f} s{beside}", 1.2, found.lcp / 1000, is_ceiling=True, unit=" s"),
            Line(f"{name}, TBT", f"{found.tbt:.0f} ms", 0, round(found.tbt), is_ceiling=True, unit=" ms"),
            Line(f"{name}, accessibility · best practices",
                 f"{found.accessibility:.0f} · {found.best_practices:.0f}{failed}", 100, lowest),
        ]  # fmt: skip
    return lines


def _look(address: str) -> tools.Score | None:
    """The median of several looks: one of them may catch the machine at something else."""
    print(f"… Lighthouse {address}", file=sys.stderr, flush=True)
    found = [score for score in (_once(address) for _ in range(LOOKS)) if score]
    if not found:
        return None
    return tools.Score(
        lcp=median(score.lcp for score in found),
        tbt=median(score.tbt for score in found),
        accessibility=min(score.accessibility for score in found),
        best_practices=min(score.best_practices for score in found),
        failed=tuple(sorted({name for score in found for name in score.failed})),
    )


def _once(address: str) -> tools.Score | None:
    for _turn in range(2):  # now and then its trace begins too late (NO_NAVSTART)
        try:
            return tools.lighthouse(address)
        except subprocess.CalledProcessError as error:
            print(error.stderr.decode()[-600:], file=sys.stderr)
    return None


async def _in_browser(status: str) -> list[Line]:
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=tools.chromium(), args=["--no-sandbox"])
        lines = await _sizes(browser, status)
        lines += await _without_network(browser)
        await browser.close()
    return lines


async def _sizes(browser: Any, status: str) -> list[Line]:
    page = await browser.new_page(viewport=PHONE)
    floor = await transfer.visit(page, GOVUK)
    first, again = await transfer.visit(page, status), await transfer.visit(page, status)
    home = await transfer.visit(page, f"{BASE}/")
    await page.close()
    largest = sorted(first.page.items(), key=lambda pair: -pair[1])[:6]
    return [
        Line("bare govuk page, first visit", f"{floor.total:.1f} kB"),
        Line("status page, first visit", f"{first.total:.1f} kB ({first.total / floor.total:.2f} of bare govuk)",
             40, first.total + first.background / 1000, is_ceiling=True, unit=" kB"),
        Line("of it, kB", " · ".join(f"{_short(name)} {size / 1000:.1f}" for name, size in largest)),
        Line("status page, next visit", f"{again.total:.1f} kB", 10, again.total + again.background / 1000,
             is_ceiling=True, unit=" kB"),
        Line("home after it", f"{home.total:.1f} kB, then {home.background / 1000:.0f} kB in the background"),
    ]  # fmt: skip


def _short(name: str) -> str:
    return "page" if len(name) == 26 else name


async def _without_network(browser: Any) -> list[Line]:
    context = await browser.new_context(viewport=PHONE)
    page = await context.new_page()
    await offline.prepare(page, BASE)
    await context.set_offline(True)
    places = {"home": "/", "search": "/matters", "guide": "/matters/scj-18", "outbox": "/outbox"}
    lines: list[Line] = []
    for name, path in places.items():
        taken = await offline.opening_ms(page, f"{BASE}{path}")
        lines.append(Line(f"offline, {name} usable", f"{taken:.0f} ms", 300, taken, is_ceiling=True, unit=" ms"))
    middle, slowest = await offline.search_ms(page, BASE)
    lines.append(
        Line("offline search", f"{middle:.0f} ms, slowest {slowest:.0f} ms", 50, slowest, is_ceiling=True, unit=" ms")
    )
    first, slowest = await offline.law_ms(page)
    lines.append(
        Line("offline, a whole draft judged", f"{first:.0f} ms at first, then {slowest:.1f} ms at most", 20, max(first, slowest),
             is_ceiling=True, unit=" ms")
    )  # fmt: skip
    await context.close()
    return lines


if __name__ == "__main__":
    sys.exit(main())
