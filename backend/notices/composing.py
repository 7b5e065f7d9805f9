"""A delivery as the message that leaves: words without anybody's name, and an address looked up at the last moment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend import db, formats
from backend.channels import Message, Urgency
from backend.domain.notice_words import NOTICES
from backend.i18n import speaking
from backend.notices import queries, wording
from backend.people.sealing import opened
from backend.settings import settings
from shared_schemas.notice import ChannelName, NoticeKind, Party

TTL_S = 86_400


async def address_of(delivery: Any) -> str:
    """Where this delivery goes now; "" where that person can no longer be reached there."""
    channel, citizen = ChannelName(delivery["channel"]), delivery["citizen"]
    if delivery["address_sealed"] is not None:
        return opened("notice_delivery", "address_sealed", delivery["id"], delivery["address_sealed"])
    if channel is ChannelName.PUSH:
        blob = await db.fetchval(
            "SELECT subscription_sealed FROM push_device WHERE id = $1 AND citizen = $2", delivery["device"], citizen
        )
        return opened("push_device", "subscription_sealed", delivery["device"], blob)
    if channel is ChannelName.SMS:
        blob = await db.fetchval("SELECT mobile_sealed FROM citizen WHERE id = $1 AND NOT is_cancelled", citizen)
        return opened("citizen", "mobile_sealed", citizen, blob)
    row = await db.fetchrow(
        "SELECT id, address_sealed FROM channel_binding WHERE citizen = $1 AND channel = $2", citizen, channel
    )
    return opened("channel_binding", "address_sealed", row["id"], row["address_sealed"]) if row else ""


async def message(delivery: Any, to: str) -> Message:
    """The message of a claimed delivery. Nothing in it tells whose case it is, which matter, or what is wrong."""
    kind, channel, lang = NoticeKind(delivery["kind"]), ChannelName(delivery["channel"]), delivery["lang"]
    said = wording.said(kind, delivery["facts"], lang)
    url = await _way_in(delivery)
    with speaking(lang):
        day = formats.day(wording.due_of(delivery["facts"]))
    key: UUID = delivery["notice_key"] if channel is ChannelName.PUSH else delivery["key"]
    return Message(
        id=key,
        channel=channel.value,
        to=to,
        template=kind.value,
        params={"what": said.title, "due": day, "n": str(delivery["facts"].get("n", ""))},
        title=said.title,
        body=said.body if channel is not ChannelName.SMS else text(said, url, lang),
        url=url,
        urgency=Urgency.HIGH if NOTICES[kind].is_urgent else Urgency.NORMAL,
        ttl_s=TTL_S,
    )


def text(said: wording.Said, url: str, lang: str) -> str:
    """The whole text message, for gateways that take one."""
    opening = f"[One Code] {said.title}." if lang == "en" else f"【一码办】{said.title}。"
    gap = " " if lang == "en" else ""
    return f"{opening}{gap}{said.body} {settings.base_url}{url}"


async def _way_in(delivery: Any) -> str:
    """One tap from here: through the inbox for who has one, else to the page of the tracking code."""
    if delivery["citizen"] is not None:
        return f"/inbox/{delivery['notice_key']}"
    code = await queries.tracking_code(delivery["case_no"])
    return wording.leads_to(NoticeKind(delivery["kind"]), delivery["case_no"], Party.APPLICANT, code)
