"""Machines of the hall that tests stand before."""

from __future__ import annotations

from datetime import datetime
from itertools import count

import httpx

_numbers = count(1)


async def enrolled(client: httpx.AsyncClient, now: datetime) -> int:
    """Make this browser a kiosk, as an administrator's code does; the machine's id."""
    from backend.people import kiosks
    from backend.people.sessions import Visitor
    from backend.settings import settings
    from shared_schemas.people import SystemActor

    made, code = await kiosks.add(f"东厅 {next(_numbers)} 号机", "", by=SystemActor("test"), now=now)
    client.cookies.set(settings.cookie("kiosk"), await kiosks.enrol(code, Visitor(ip=f"10.8.0.{made}"), now))
    client.cookies.set("device", "kiosk")
    return made
