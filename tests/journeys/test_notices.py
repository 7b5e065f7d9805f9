"""The citizen is told: the inbox is the record, and one tap leads to what is asked."""

from __future__ import annotations

import re

import pytest

from tests.journeys.browser import PHONE, Visitor, look
from tests.journeys.conftest import Arrive

MANNERS = {"zh": {}, "en": {"lang": "en"}, "elder": {"text": "elder"}}


async def _reads(visitor: Visitor, manner: str) -> None:
    cookies = [{"name": name, "value": value, "url": visitor.base_url} for name, value in MANNERS[manner].items()]
    await visitor.context.add_cookies(cookies)  # type: ignore[arg-type]


@pytest.mark.parametrize("manner", MANNERS)
async def test_the_inbox_is_told_by_day_in_words(device: Arrive, manner: str) -> None:
    visitor = await device(PHONE, "wangmin")
    await _reads(visitor, manner)
    await visitor.open("/")
    bell = visitor.page.locator("a.bell")
    await bell.wait_for()
    await look(visitor, f"notices/home-{manner}")
    await bell.click()
    await visitor.page.wait_for_url(re.compile("/inbox$"))
    await visitor.page.locator(".notice").first.wait_for()
    await look(visitor, f"notices/inbox-{manner}")
