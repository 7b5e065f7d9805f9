"""How the people of a few notices want to be told, read in one go."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from backend import db
from backend.domain.masking import mask_mobile
from backend.domain.quiet import QuietHours
from backend.people.sealing import opened
from shared_schemas.notice import ChannelName


class Reader(Struct):
    """One account: what it chose and where it can be reached. `lang` "" until the person chose one."""

    quiet: QuietHours = QuietHours()
    lang: str = ""
    has_mobile: bool = False
    mobile_masked: str = ""
    chosen: dict[tuple[str, str], bool] = {}
    devices: list[tuple[int, str]] = []
    bound: frozenset[str] = frozenset()


def targets(reader: Reader, channel: ChannelName, lang: str) -> list[tuple[int | None, str]]:
    """Where a channel reaches this person: (push device or None, language), none where it doesn't."""
    if channel is ChannelName.PUSH:
        return [(device, spoken) for device, spoken in reader.devices]
    reaches = reader.has_mobile if channel is ChannelName.SMS else channel in reader.bound
    return [(None, reader.lang or lang)] if reaches else []


async def readers(citizens: Collection[int]) -> dict[int, Reader]:
    """The readers behind these accounts."""
    ids = list(citizens)
    found = {
        row["id"]: Reader(
            quiet=QuietHours(row["is_quiet"], row["quiet_starts"], row["quiet_ends"], row["urgent_anyway"])
            if row["lang"]
            else QuietHours(),
            lang=row["lang"] or "",
            has_mobile=row["mobile_sealed"] is not None,
            mobile_masked=mask_mobile(opened("citizen", "mobile_sealed", row["id"], row["mobile_sealed"])),
            bound=frozenset(row["bound"]),
        )
        for row in await db.fetch(
            "SELECT c.id, c.mobile_sealed, m.lang, m.is_quiet, m.quiet_starts, m.quiet_ends, "
            "m.urgent_anyway, ARRAY(SELECT b.channel FROM channel_binding b WHERE b.citizen = c.id) AS bound "
            "FROM citizen c LEFT JOIN notice_manner m ON m.citizen = c.id WHERE c.id = ANY($1) AND NOT c.is_cancelled",
            ids,
        )
    }
    for row in await db.fetch("SELECT citizen, topic, channel, is_on FROM notice_choice WHERE citizen = ANY($1)", ids):
        if reader := found.get(row["citizen"]):
            reader.chosen[row["topic"], row["channel"]] = row["is_on"]
    for row in await db.fetch("SELECT citizen, id, lang FROM push_device WHERE citizen = ANY($1) ORDER BY id", ids):
        if reader := found.get(row["citizen"]):
            reader.devices.append((row["id"], row["lang"]))
    return found
