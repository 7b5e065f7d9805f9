"""What the phone draws by itself, looked at in every manner: nobody's network, nobody's server."""

from __future__ import annotations

import pytest

from tests.benchmarks.web import offline
from tests.journeys.browser import NARROW, PHONE, look
from tests.journeys.conftest import Arrive

PAGES = "/matters?q=kaifandian /matters?department=scj /matters/gaj-06 /outbox /sign-out /offline/posted /offline/left /share /nothing-here"
MANNERS = {
    "zh": (PHONE, {}),
    "dark": (PHONE, {"theme": "dark"}),
    "contrast": (PHONE, {"theme": "contrast"}),
    "narrow": (NARROW, {}),
    "narrow-elder-en": (NARROW, {"text": "elder", "lang": "en"}),
    "narrow-elder": (NARROW, {"text": "elder"}),
}


@pytest.mark.parametrize("manner", MANNERS)
async def test_every_page_without_network(screen: Arrive, manner: str) -> None:
    kind, chosen = MANNERS[manner]
    phone = await screen(kind, "wangmin")
    phone.is_unplugged = True
    cookies = [{"name": name, "value": value, "url": phone.base_url} for name, value in chosen.items()]
    await phone.context.add_cookies(cookies)  # type: ignore[arg-type]
    await offline.prepare(phone.page, phone.base_url)
    await phone.context.set_offline(True)
    faults = []
    for path in PAGES.split():
        await phone.page.goto(phone.base_url + path)
        await phone.page.wait_for_selector(f"offline-app[data-stands='{path.partition('?')[0]}']")
        name = path.strip("/").replace("/", "-").replace("?", "-")
        try:
            await look(phone, f"offline/{name}.{manner}")
        except AssertionError as error:
            faults.append(str(error))
    assert not faults, "\n".join(faults)
