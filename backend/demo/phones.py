"""What the phones of the demonstration hall got: codes and notices, newest first, as their readers see them."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from backend import db
from backend.notices import composing
from backend.people import messages
from shared_schemas.notice import ChannelName

MOST = 50


class Got(Struct, frozen=True):
    """One message on one phone. `to` is a mobile number in clear (mask it) or the name of a device."""

    channel: ChannelName
    to: str
    text: str
    at: datetime
    lang: str


async def got() -> list[Got]:
    """The newest of all phones."""
    codes = [
        Got(ChannelName.SMS, each.mobile, each.text, each.created_at, _language(each.text))
        for each in await messages.latest(at_most=MOST)
    ]
    return sorted([*codes, *await _notices()], key=lambda each: each.at, reverse=True)[:MOST]


async def _notices() -> list[Got]:
    rows = await db.fetch(
        "SELECT d.id, d.key, d.channel, d.device, d.address_sealed, d.lang, coalesce(d.sent_at, d.made_at) AS at, "
        "n.key AS notice_key, n.kind, n.facts, n.citizen, c.case_no, p.name AS device_name "
        "FROM notice_delivery d JOIN notice n ON n.id = d.notice JOIN case_file c ON c.id = n.case_id "
        "LEFT JOIN push_device p ON p.id = d.device WHERE d.state IN ('sent', 'delivered') ORDER BY d.id DESC LIMIT $1",
        MOST,
    )
    found: list[Got] = []
    for row in rows:
        channel = ChannelName(row["channel"])
        message = await composing.message(row, "")
        to = await composing.address_of(row) if channel is ChannelName.SMS else row["device_name"] or ""
        text = message.body if channel is ChannelName.SMS else f"{message.title}\n{message.body}"
        found.append(Got(channel, to, text, row["at"], row["lang"]))
    return found


def _language(text: str) -> str:
    return "zh" if text.startswith("【") else "en"
