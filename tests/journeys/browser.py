"""Chromium, the devices people hold, and a hard look at every page they see."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page, async_playwright, expect

_ROOT = Path(__file__).parents[2]
SHOTS = _ROOT / "test-results" / "journeys"
_AXE = _ROOT / "tests" / "vendor"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE = 15_000  # ms that a page may take on a machine that does much else
expect.set_options(timeout=PATIENCE)
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NARROW: dict[str, Any] = {**PHONE, "viewport": {"width": 320, "height": 720}}
TABLET: dict[str, Any] = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}
KIOSK: dict[str, Any] = {"viewport": {"width": 1080, "height": 1920}, "has_touch": True}
BOARD: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
# A refused or expired request also shows in the console; the journeys that provoke one say so.
_EXPECTED = re.compile(r"the server responded with a status of (401|403|404|409|422)")


class NoBrowser(Exception):
    """No Chromium can be had here."""


def own_browser(*further: str) -> dict[str, Any]:
    """How to launch the machine's own Chromium, else Playwright's, with `further` arguments."""
    own = next((path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None)
    return {"executable_path": own, "args": [*ARGUMENTS, *further]}


@asynccontextmanager
async def chromium(*further: str, path: str | None = None) -> AsyncIterator[Browser]:
    """A browser (the one at `path`, if given) with `further` arguments. Raises NoBrowser with a sentence."""
    async with async_playwright() as playwright:
        launch = own_browser(*further)
        try:
            browser = await playwright.chromium.launch(
                **launch | {"executable_path": path or launch["executable_path"]}
            )
        except Error as error:
            raise NoBrowser(
                f"no Chromium: apt install chromium, or playwright install chromium ({error.message.splitlines()[0]})"
            ) from error
        yield browser
        await browser.close()


class Visitor:
    """Somebody with a device in hand. `page` is what is on its screen."""

    def __init__(self, context: BrowserContext, page: Page, base_url: str) -> None:
        self.context = context
        self.page = page
        self.base_url = base_url
        self.complaints: list[str] = []
        self.typed = ""  # Chinese that this journey typed itself
        self.is_unplugged = False  # requests that find no network are what such a journey is about
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if self.is_unplugged and "net::ERR_" in message.text:
            return
        if message.type == "error" and not _EXPECTED.search(message.text):
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    async def open(self, path: str) -> None:
        """Go to a path of the hall; an answer of 500 or more is a failure by itself."""
        answer = await self.page.goto(self.base_url + path, wait_until="load")
        assert answer is None or answer.status < 500, f"{path}: {answer.status}"

    async def tap(self, words: str, *, within: str = "body", kind: str | None = None) -> None:
        """Press the button, link or box that says `words` and changes something on this page."""
        button = await self.find(words, within=within, kind=kind)
        await button.click()
        await self.quiet()

    async def go(self, words: str, *, within: str = "body", kind: str | None = None) -> None:
        """Press what leads to another page, and wait for that page."""
        button = await self.find(words, within=within, kind=kind)
        async with self.page.expect_navigation(wait_until="load"):
            await button.click()
        await self.quiet()

    async def find(self, words: str, *, within: str = "body", kind: str | None = None) -> Any:
        """The first visible control that says `words`."""
        place = self.page.locator(within)
        kinds = [kind] if kind else ["button", "link", "radio", "checkbox", "tab"]
        named = [place.get_by_role(each, name=words) for each in kinds]  # type: ignore[arg-type]
        found = named[0]
        for other in named[1:]:
            found = found.or_(other)
        return found.and_(self.page.locator(":visible")).first

    async def quiet(self) -> None:
        """Wait until the page stands: loaded, its elements alive, nothing on its way."""
        for _ in range(3):  # a click may still be leading to another document
            try:
                await self.page.wait_for_function(_STANDS)
            except Error as error:
                if not is_leaving(error):
                    raise
            else:
                return

    async def text(self) -> str:
        """All that can be read on the screen."""
        return str(await self.page.locator("body").inner_text())


def is_leaving(error: Error) -> bool:
    """Whether a question to a page found it on its way to another one."""
    return "context was destroyed" in error.message or "navigation" in error.message


_STANDS = """() => document.readyState === 'complete' && !document.querySelector('.htmx-request, [aria-busy=true]')
  && !document.querySelector('body :not(:defined)')"""


async def arrive(browser: Browser, base_url: str, device: dict[str, Any], **options: Any) -> Visitor:
    """A new device, nobody signed in."""
    context = await browser.new_context(**{"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **device, **options})
    context.set_default_timeout(PATIENCE)
    return Visitor(context, await context.new_page(), base_url)


async def keep(visitor: Visitor, name: str, *, full: bool = True) -> None:
    """A picture among the test's output."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    await visitor.page.screenshot(path=SHOTS / f"{name}.png", full_page=full, animations="disabled")


async def look(visitor: Visitor, name: str, *, full: bool = True) -> None:
    """Insist: accessible, nothing cut off, nothing untranslated, no complaint from the browser.

    A picture is kept of what has faults; of everything where YIMABAN_PICTURES is set.
    """
    page = visitor.page
    await visitor.quiet()
    faults = [
        *visitor.complaints,
        *await _accessible(page),
        *await _hangs_together(page),
        *await _fits(page),
        *await _in_its_language(page, visitor.typed),
    ]
    visitor.complaints.clear()
    if faults or os.environ.get("YIMABAN_PICTURES"):
        await keep(visitor, name, full=full)
    assert not faults, f"{name} ({page.url}):\n" + "\n".join(f"  - {fault}" for fault in faults)


async def _accessible(page: Page) -> list[str]:
    if not await page.evaluate("typeof axe === 'object'"):
        await page.evaluate(_axe())
    found = await page.evaluate(
        """async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}))
             .violations.map((v) => ({id: v.id, help: v.help,
               nodes: v.nodes.slice(0, 4).map((n) => n.target.join(' ') + ' | ' + n.html.slice(0, 160) + ' | ' + n.any.map((c) => c.message).join('; '))}))""",
        _TAGS,
    )
    return [f"axe {each['id']}: {each['help']}\n      " + "\n      ".join(each["nodes"]) for each in found]


@cache
def _axe() -> str:
    return (_AXE / "axe.min.js").read_text() + f";axe.configure({{locale: {(_AXE / 'axe.zh_CN.json').read_text()}}});0"


async def _hangs_together(page: Page) -> list[str]:
    """What a screen reader follows leads somewhere, to one place: described by, labelled by, #fragment, no id twice."""
    return await page.evaluate(
        """() => {
             const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
             const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `two #${id}`);
             const names = ['aria-describedby', 'aria-labelledby', 'aria-controls', 'aria-owns', 'for', 'form', 'list'];
             const asked = names.flatMap((name) => [...document.querySelectorAll(`[${name}]`)]
               .flatMap((each) => each.getAttribute(name).split(' ').filter(Boolean).map((id) => [name, id])));
             const links = [...document.querySelectorAll('main a[href^="#"]:not([href="#"])')].map((each) => ['href', decodeURIComponent(each.hash.slice(1))]);
             const known = new Set(ids);
             return [...new Set([...twice, ...[...asked, ...links].filter(([, id]) => !known.has(id)).map(([name, id]) => `${name} leads to no #${id}`)])];
           }"""
    )


async def _fits(page: Page) -> list[str]:
    """No sideways scrolling of the page itself."""
    wide = await page.evaluate(
        """() => { const room = document.documentElement.clientWidth;
             if (document.documentElement.scrollWidth <= room + 1) return [];
             const out = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > room + 1
               && getComputedStyle(e).position !== 'fixed');
             return [document.documentElement.scrollWidth + ' > ' + room,
               ...out.slice(0, 4).map((e) => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40))]; }"""
    )
    return [f"too wide: {'; '.join(wide)}"] if wide else []


# Numbers of documents (南市监证〔2026〕1号) are names too. Every text that can be read, by the language it is in; and words that only programs use.
_TEXTS = """(enums) => {
  const chinese = new Set(), raw = new Set(), english = document.documentElement.lang === 'en';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim(), place = walk.currentNode.parentElement;
    if (!text || place.closest('script, style, noscript, template') || !place.checkVisibility({checkVisibilityCSS: true})) continue;
    if (english && !place.closest('[lang^=zh]')) for (const run of text.replace(/[\\u4e00-\\u9fff]+〔/g, '').matchAll(/[\\u4e00-\\u9fff]+/g)) chinese.add(run[0]);
    const word = text.match(/(?<![\\w.@/-])([a-z]+_[a-z_]+|[a-z_]+\\.[a-z_]+_[a-z_]+|undefined|null|NaN)(?![\\w@/.-])/);
    if (word && !place.closest('code, pre, kbd')) raw.add(word[1]);
    if (!english && enums.includes(text)) raw.add(text);
  }
  return [[...chinese], [...raw]]; }"""


async def _in_its_language(page: Page, typed: str) -> list[str]:
    """On an English page nothing of ours is Chinese: only names, and what departments and people wrote."""
    chinese, raw = await page.evaluate(_TEXTS, _raw_words())
    ours = [run for run in chinese if run not in _written() and run not in typed]
    return [f"not in English: {run}" for run in ours] + [f"a program's word: {word}" for word in raw]


@cache
def _written() -> str:
    """All that departments, laws and the demo's people wrote, in one piece."""
    sources = [*(_ROOT / "backend" / "data").glob("*.toml"), *(_ROOT / "backend" / "demo").rglob("*.py")]
    return "\n".join(path.read_text() for path in [*sources, _ROOT / "backend" / "settings_list.py"])


@cache
def _raw_words() -> list[str]:
    from shared_schemas import vocabulary
    from shared_schemas.labelled import Labelled

    kinds = [kind for kind in vars(vocabulary).values() if isinstance(kind, type) and issubclass(kind, Labelled)]
    return sorted({str(member.value) for kind in kinds for member in kind if str(member.value).isalpha()})


def must_have_browser() -> bool:
    """Whether a run without a browser is a failure: on the machines that check every change it is."""
    return os.environ.get("CI", "").lower() == "true"


async def until(condition: Any, *, seconds: float = 15) -> Any:
    """The first true answer of `condition` (an async call), asked every 50 ms; a page on its way is asked once more."""

    async def answer() -> Any:
        try:
            return await condition()
        except Error as error:
            if not is_leaving(error):
                raise
            return None

    async with asyncio.timeout(seconds):
        while not (found := await answer()):
            await asyncio.sleep(0.05)
    return found
