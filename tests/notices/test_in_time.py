"""95 of 100 leave within ten seconds, with the hall's own jobs running as they do."""

from __future__ import annotations

import asyncio
import time
from functools import partial

from backend.beside import running
from tests.channels.made import channel
from tests.channels.providers.serving import serving
from tests.channels.providers.sms import PlainGateway
from tests.desk import Desk
from tests.notices.steps import asked

MANY = 20
SECONDS = 10


async def test_a_burst_of_corrections_has_left_within_ten_seconds(desk: Desk) -> None:
    from backend.notices import jobs, sending

    async with (
        serving(PlainGateway()) as gateway,
        channel("sms", sms_gateway_url=gateway.url, sms_gateway_token="token") as sms,
        running(jobs._keep(jobs._tell)),
        running(jobs._keep(partial(sending.send_due, sms))),
    ):
        for _ in range(MANY):
            await asked(desk)
        written = time.monotonic()
        async with asyncio.timeout(6 * SECONDS):
            while len(gateway.sent) < 0.95 * MANY:
                await asyncio.sleep(0.05)
        assert time.monotonic() - written < SECONDS
