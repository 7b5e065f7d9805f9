"""What the hall does in these tests, in a line each."""

from __future__ import annotations

import secrets
from typing import Any

from shared_schemas.correction import CorrectionAsked, DefectAsked
from tests.desk import Desk


async def ask(desk: Desk, case_no: str) -> None:
    """The clerk takes the case and asks for one correction."""
    from backend.cases import reading
    from backend.corrections import actions as corrections
    from backend.review import actions as review

    clerk = await desk.who("clerk")
    await review.take(case_no, by=clerk, now=desk.now)
    case = await reading.by_number(case_no)
    material = (await reading.materials_of(case.id))[0].key
    given = CorrectionAsked((DefectAsked("营业执照拍得看不清", "清楚的照片", "亮处再拍", material=material),))
    await corrections.ask(case_no, given, by=clerk, now=desk.now)


async def asked(desk: Desk, **filing: Any) -> str:
    """A case of 王敏's whose clerk asked for one correction."""
    case = await desk.filed(**filing)
    await ask(desk, case.case_no)
    return case.case_no


async def tell(desk: Desk) -> None:
    """The job's first half."""
    from backend.notices import telling

    await telling.tell(desk.now)


async def deliveries(**where: Any) -> list[dict[str, Any]]:
    """What became of them, oldest first."""
    from backend import db

    rows = await db.fetch(
        "SELECT d.*, n.kind, n.party, n.citizen FROM notice_delivery d JOIN notice n ON n.id = d.notice ORDER BY d.id"
    )
    return [dict(row) for row in rows if all(row[name] == value for name, value in where.items())]


async def device_of(citizen: int, subscription: str, *, lang: str = "zh") -> int:
    """A browser that takes pushes."""
    from backend import clock, db
    from backend.people.sealing import next_id, sealed

    row = await next_id("push_device")
    await db.execute(
        "INSERT INTO push_device (id, citizen, endpoint_hash, subscription_sealed, name, lang, made_at) "
        "VALUES ($1, $2, $3, $4, '手机', $5, $6)",
        row,
        citizen,
        secrets.token_bytes(32),
        sealed("push_device", "subscription_sealed", row, subscription),
        lang,
        clock.now(),
    )
    return row
