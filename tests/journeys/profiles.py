"""Browsers that can be killed: a process of ours with a folder of its own, opened again where it was left.

Two kinds: the machine's Chromium, and `chromium-headless-shell`, which has no Background Sync and so stands for Safari,
Firefox and the WebViews.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from enum import Enum
from pathlib import Path

from playwright.async_api import Browser, Error, Playwright

from tests.journeys import browser
from tests.journeys.browser import PHONE, NoBrowser, Visitor

_LISTENS = re.compile(r"DevTools listening on (ws://\S+)")
_SECONDS_TO_START = 60


class Engine(Enum):
    """Which browser; the value is where it may be found."""

    FULL = ("chromium", "chromium-browser", "google-chrome")
    SHELL = ("chromium-headless-shell",)

    @property
    def path(self) -> str:
        """Its program. Raises NoBrowser with a sentence."""
        found = next((path for path in map(shutil.which, self.value) if path), None)
        if found is None:
            raise NoBrowser(f"no {self.value[0]} here: apt install {self.value[0]}")
        return found


class Pocket:
    """A phone in somebody's pocket: what its browser keeps outlives every kill."""

    def __init__(self, playwright: Playwright, engine: Engine, folder: Path, base_url: str) -> None:
        self._playwright, self._engine, self._folder = playwright, engine, folder
        self.base_url = base_url
        self._process: subprocess.Popen[bytes] | None = None
        self._browser: Browser | None = None

    async def open(self) -> Visitor:
        """Start the browser on what it kept, with one empty page."""
        self._process = self._started()
        address = await asyncio.to_thread(_address, self._log, self._process)
        self._browser = await self._playwright.chromium.connect_over_cdp(address)
        context = self._browser.contexts[0]
        context.set_default_timeout(browser.PATIENCE)
        page = context.pages[0] if context.pages else await context.new_page()
        await page.set_viewport_size(PHONE["viewport"])
        return Visitor(context, page, self.base_url)

    def _started(self) -> subprocess.Popen[bytes]:
        with self._log.open("wb") as out:
            return subprocess.Popen(
                [self._engine.path, *browser.ARGUMENTS, "--headless", "--remote-debugging-port=0", "--hide-scrollbars",
                 f"--user-data-dir={self._folder}", "--lang=zh-CN", "--accept-lang=zh-CN", "--password-store=basic", "--use-mock-keychain",
                 "--window-size=390,844", "about:blank"],
                stdout=out, stderr=out, env=os.environ | {"TZ": "Asia/Shanghai", "LANGUAGE": "zh_CN"},
                start_new_session=True,
            )  # fmt: skip

    @property
    def _log(self) -> Path:
        return self._folder.with_suffix(".log")

    async def kill(self) -> None:
        """`kill -9` the browser's own process; its children find nobody to talk to and end."""
        if self._process is None:
            return
        self._process.kill()
        await asyncio.to_thread(self._process.wait)
        await self._let_go()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process = None
        for lock in self._folder.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    async def _let_go(self) -> None:
        if self._browser:
            with suppress(Error):
                await self._browser.close()
        self._browser = None


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Where the browser listens, as it says itself. Raises NoBrowser."""
    for _ in range(_SECONDS_TO_START * 20):
        said = log.read_text(errors="replace")
        if found := _LISTENS.search(said):
            return found[1]
        if process.poll() is not None:
            raise NoBrowser(f"the browser did not start: {said[-500:]}")
        time.sleep(0.05)
    raise NoBrowser("the browser took too long to start")
