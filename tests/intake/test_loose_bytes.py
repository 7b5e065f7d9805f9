"""Part-sent bytes: gone at once when they are taken out, after a week when nobody goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import ModuleType

import httpx

from tests.intake.conftest import TUS, begin_upload, picture, send_bytes


async def test_part_of_a_file_that_is_taken_out_or_never_goes_on_leaves_no_bytes(
    wang: httpx.AsyncClient, db: ModuleType, now: datetime
) -> None:
    from backend.intake import incoming, jobs

    body = picture()
    cancelled, forgotten = [(await begin_upload(wang, len(body))).headers["location"] for _ in range(2)]
    for address in (cancelled, forgotten):
        await send_bytes(wang, address, 0, body[:20])
    assert (await wang.delete(cancelled, headers=TUS)).status_code == 204
    assert incoming.names() == [forgotten.rsplit("/", 1)[1]]  # at once: nobody takes it up again
    late = await send_bytes(wang, cancelled, 20, body[20:])
    assert (late.status_code, late.json()["code"]) == (410, "upload.gone")

    await jobs.sweep(now + timedelta(days=6))
    assert (await wang.head(forgotten, headers=TUS)).headers["upload-offset"] == "20"
    await jobs.sweep(now + timedelta(days=8))
    assert incoming.names() == []
    assert await db.fetchval("SELECT count(*) FROM upload") == 0
