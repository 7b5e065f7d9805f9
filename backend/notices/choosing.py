"""How a person wants to be told: channels by topic, quiet hours, language; read and written as one thing."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from backend import channels, crypto, db
from backend.domain.notices import is_wanted
from backend.domain.quiet import DAY, QuietHours
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.notices.people import Reader, readers
from backend.notices.telling import reachable
from backend.people.sealing import next_id, sealed
from backend.settings import settings
from shared_schemas.notice import ChannelName, NoticeTopic

Minute = Annotated[int, Meta(ge=0, lt=DAY)]


class Device(Struct, frozen=True):
    """A browser that takes pushes for this person. `fingerprint`: SHA-256 of its endpoint, hex, for it to know itself."""

    id: int
    name: str
    fingerprint: str
    made_at: datetime
    last_ok_at: datetime | None


class Quiet(Struct, frozen=True, forbid_unknown_fields=True):
    """Quiet hours in minutes of the day, Asia/Shanghai. `urgent_anyway`: what time runs out for rings all the same."""

    is_on: bool
    starts: Minute
    ends: Minute
    urgent_anyway: bool


class Manner(Struct, frozen=True, kw_only=True):
    """How this person is told. `choices`: topic -> channel -> on; only channels this hall has."""

    choices: dict[NoticeTopic, dict[ChannelName, bool]]
    quiet: Quiet
    lang: str
    channels: tuple[ChannelName, ...]
    bound: tuple[ChannelName, ...]
    devices: list[Device]
    push_key: str | None


class MannerChosen(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a person chose anew; what is left out stays."""

    choices: dict[NoticeTopic, dict[ChannelName, bool]] = {}
    quiet: Quiet | None = None
    lang: Annotated[str, Meta(pattern="^(zh|en)$")] | None = None


async def manner(citizen: int) -> Manner:
    """How this person is told now."""
    reader = (await readers([citizen])).get(citizen, Reader())
    have = tuple(channel for channel in ChannelName if channel in reachable())
    quiet = reader.quiet
    return Manner(
        choices={
            topic: {channel: is_wanted(topic, channel, reader.chosen) for channel in have} for topic in NoticeTopic
        },
        quiet=Quiet(quiet.is_on, quiet.starts, quiet.ends, quiet.urgent_anyway),
        lang=reader.lang or language(),
        channels=have,
        bound=tuple(ChannelName(name) for name in sorted(reader.bound)),
        devices=await devices(citizen),
        push_key=channels.public_key(settings.push_key) if settings.push_key else None,
    )


async def devices(citizen: int) -> list[Device]:
    """The browsers that take pushes for this person."""
    rows = await db.fetch(
        "SELECT id, name, endpoint_hash, made_at, last_ok_at FROM push_device WHERE citizen = $1 ORDER BY id", citizen
    )
    return [
        Device(row["id"], row["name"], row["endpoint_hash"].hex(), row["made_at"], row["last_ok_at"]) for row in rows
    ]


async def choose(citizen: int, chosen: MannerChosen) -> None:
    """Keep what was chosen; the rest stays as it is."""
    async with db.transaction():
        await db.executemany(
            "INSERT INTO notice_choice (citizen, topic, channel, is_on) VALUES ($1, $2, $3, $4) "
            "ON CONFLICT (citizen, topic, channel) DO UPDATE SET is_on = excluded.is_on",
            [
                (citizen, topic, channel, is_on)
                for topic, by_channel in chosen.choices.items()
                for channel, is_on in by_channel.items()
            ],
        )
        if chosen.quiet is not None or chosen.lang is not None:
            reader = (await readers([citizen])).get(citizen, Reader())
            quiet = chosen.quiet or _quiet_of(reader.quiet)
            await _keep_manner(citizen, quiet, chosen.lang or reader.lang or language())


def _quiet_of(quiet: QuietHours) -> Quiet:
    return Quiet(quiet.is_on, quiet.starts, quiet.ends, quiet.urgent_anyway)


async def _keep_manner(citizen: int, quiet: Quiet, lang: str) -> None:
    await db.execute(
        "INSERT INTO notice_manner (citizen, lang, is_quiet, quiet_starts, quiet_ends, urgent_anyway) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (citizen) DO UPDATE SET lang = excluded.lang, "
        "is_quiet = excluded.is_quiet, quiet_starts = excluded.quiet_starts, quiet_ends = excluded.quiet_ends, "
        "urgent_anyway = excluded.urgent_anyway",
        citizen,
        lang,
        quiet.is_on,
        quiet.starts,
        quiet.ends,
        quiet.urgent_anyway,
    )


async def bind(citizen: int, channel: ChannelName, code: str, now: datetime) -> None:
    """WeChat or Alipay tells this person too; an account there that told somebody else tells them no more.

    Raises Refusal("binding.not_here") where the hall has no such channel, "binding.code" where the code is none.
    """
    found = channels.configured().get(channel)
    if not isinstance(found, channels.Bindable):
        raise Refusal("binding.not_here")
    account = await found.identify(code)
    if account is None:
        raise Refusal("binding.code")
    async with db.transaction():
        await unbind(citizen, channel)
        await db.execute("DELETE FROM channel_binding WHERE address_index = $1", _index(channel, account))
        row = await next_id("channel_binding")
        await db.execute(
            "INSERT INTO channel_binding (id, citizen, channel, address_sealed, address_index, made_at) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            row,
            citizen,
            channel,
            sealed("channel_binding", "address_sealed", row, account),
            _index(channel, account),
            now,
        )


def _index(channel: ChannelName, account: str) -> bytes:
    return crypto.blind_index("channel", f"{channel}:{account}")


async def unbind(citizen: int, channel: ChannelName) -> None:
    """WeChat or Alipay tells this person nothing any more."""
    await db.execute("DELETE FROM channel_binding WHERE citizen = $1 AND channel = $2", citizen, channel)
