"""What people do when the line is bad: wait for the worker, tap again and again, send large papers, sign out in mid-form."""

from __future__ import annotations

import asyncio
import hashlib
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Locator, expect
from playwright.async_api import TimeoutError as TooLate

from tests.journeys.browser import Visitor
from tests.journeys.steps import pdf, sees
from tests.journeys.talking import Person

SIMPLE, WITH_PAPER = (
    "gaj-39",
    "gaj-44",
)  # 户籍证明开具: one question; 居住证签注: one question and a paper that may be given
PAPER = "zzjyhjdzm"
_PATIENCE = 20_000  # ms that a worker may take to fetch all it keeps
_TAPS, _BETWEEN = 3, 0.08  # seconds: within the 0.3 s that a tap needs to get anywhere on 2G


async def at_home(visitor: Visitor) -> None:
    """Open the app on a good line, again and again as people do, until the worker answers for it."""
    for _ in range(4):
        await visitor.open("/cases")
        with suppress(TooLate):
            await visitor.page.wait_for_function("() => navigator.serviceWorker.controller", timeout=_PATIENCE)
            return
    raise AssertionError("no worker ever came")


async def impatient(visitor: Visitor, button: Locator) -> None:
    """Tap three times at the same place, whatever is there by then, and wait until the last page stands."""
    await button.scroll_into_view_if_needed()
    box = await button.bounding_box()
    assert box, "nothing to tap"
    place = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = visitor.page.url
    for _ in range(_TAPS):
        await visitor.page.mouse.click(*place)
        await asyncio.sleep(_BETWEEN)
    await visitor.page.wait_for_url(lambda url: url != before)
    again = visitor.page.get_by_role("button", name="再试一次")
    for _ in range(4):  # the phone's patience with a page is eight seconds, a busy machine's may be less
        await visitor.page.wait_for_load_state("load")
        await visitor.quiet()
        if not await again.count():
            return
        await again.click()


def large_pdf(size: int) -> bytes:
    """A PDF of exactly so many bytes, none of which can be squeezed: noise as a comment, then its end once more."""
    whole = pdf(1)
    end = whole[whole.rindex(b"startxref") :]
    noise = random.Random(size).randbytes(size - len(whole) - len(end) - 2)
    return whole + b"%" + noise.translate(bytes.maketrans(b"\r\n%", b"...")) + b"\n" + end


def sha256(data: bytes) -> str:
    """As hex."""
    return hashlib.sha256(data).hexdigest()


async def choose(visitor: Visitor, file: Path) -> Locator:
    """Choose a file of the phone; its row."""
    await visitor.page.locator("upload-list input[type=file]").last.set_input_files(file)
    row = visitor.page.locator("upload-list .file").last
    await expect(row).to_contain_text(file.name)
    return row


async def received(row: Locator) -> None:
    """Wait until the hall has the whole file."""
    await expect(row).to_contain_text("收到了", timeout=60_000)


async def check_and_submit(visitor: Visitor, draft: str) -> None:
    """From the page with everything on it: declare, and submit."""
    await visitor.open(f"/drafts/{draft}/check")
    await visitor.page.locator("[name=declared]").check(force=True)
    await visitor.page.get_by_role("button", name="提交").click(no_wait_after=True)


async def receipt(visitor: Visitor) -> None:
    """Get to the receipt, sending once more where the phone says that nothing came back (a browser may do so itself)."""
    again = visitor.page.get_by_role("button", name="再发一次")
    await expect(again.or_(visitor.page.get_by_role("heading", name="收到了"))).to_be_visible(timeout=30_000)
    if await again.is_visible():
        await again.click(no_wait_after=True)
    await sees(visitor, "收到了")


async def sign_out_elsewhere(visitor: Visitor) -> None:
    """This phone's session dies, its cookie stays."""
    cookies = await visitor.context.cookies()
    token = next(cookie["value"] for cookie in cookies if cookie["name"] == "yimaban")
    async with httpx.AsyncClient(base_url=visitor.base_url, trust_env=False) as client:
        client.headers["authorization"] = f"Bearer {token}"
        await Person(client).send("DELETE", "/session", expect=204)


async def drafted(person: Person, matter: str, fields: dict[str, Any]) -> str:
    """A draft of this matter with these answers, made on another day; its id."""
    draft = (await person.post("/drafts", {"matter": matter}))["id"]
    await person.send("PATCH", f"/drafts/{draft}", {"fields": fields}, expect=200)
    return draft
