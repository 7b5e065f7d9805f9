"""Notices, their deliveries, and how each person wants to be told. No rules here.

A notice keeps facts, not prose: its words are made when somebody reads them, in their language.
"""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, BigInt, BigSerial, Boolean, Bytea, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table


class EventToTell(Table, tablename="event_to_tell"):
    """An event nobody was told of yet; written by a trigger in the event's own transaction (sql/notices.sql)."""

    event = BigInt(primary_key=True, default=None)
    next_at = Timestamptz(default=None, index=True)
    attempts = SmallInt(default=0)


class Notice(Table, tablename="notice"):
    """One thing one person was told. `citizen` None: an applicant without an account, told by text message alone."""

    id = BigSerial(primary_key=True)
    key = UUID(unique=True)
    case_id = BigInt()
    seq = Integer()
    party = Varchar(length=10)
    citizen = BigInt(null=True, default=None)
    kind = Varchar(length=30)
    facts = JSONB(default="{}")
    at = Timestamptz(default=None)
    made_at = Timestamptz(default=None)
    read_at = Timestamptz(null=True, default=None)


class NoticeDelivery(Table, tablename="notice_delivery"):
    """A notice on its way through one channel to one address.

    `address_sealed` only where nothing else knows it (an applicant without an account); a citizen's number, device or
    binding is looked up when it is sent, so that one given up meanwhile is not told. `lease_until` is set while
    somebody sends: past it, that somebody died, perhaps after sending.
    """

    id = BigSerial(primary_key=True)
    key = UUID(unique=True)
    notice = BigInt(index=True)
    channel = Varchar(length=10)
    device = BigInt(null=True, default=None)
    address_sealed = Bytea(null=True, default=None)
    lang = Varchar(length=2)
    state = Varchar(length=10)
    is_unsure = Boolean(default=False)
    attempts = SmallInt(default=0)
    next_at = Timestamptz(default=None)
    lease_until = Timestamptz(null=True, default=None)
    provider_id = Varchar(length=200, default="")
    reason = Varchar(length=80, default="")
    made_at = Timestamptz(default=None)
    sent_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)


class NoticeChoice(Table, tablename="notice_choice"):
    """A person switched one topic on or off for one channel; what is not here goes by default."""

    id = BigSerial(primary_key=True)
    citizen = BigInt()
    topic = Varchar(length=20)
    channel = Varchar(length=10)
    is_on = Boolean(default=True)


class NoticeManner(Table, tablename="notice_manner"):
    """Quiet hours (minutes of the day) and language of what is sent to a person."""

    citizen = BigInt(primary_key=True, default=None)
    lang = Varchar(length=2)
    is_quiet = Boolean(default=True)
    quiet_starts = SmallInt()
    quiet_ends = SmallInt()
    urgent_anyway = Boolean(default=False)


class PushDevice(Table, tablename="push_device"):
    """A browser that takes pushes for a person: its endpoint, which is an address, sealed and found by hash."""

    id = BigSerial(primary_key=True)
    citizen = BigInt(index=True)
    endpoint_hash = Bytea(unique=True)
    subscription_sealed = Bytea()
    name = Varchar(length=80, default="")
    lang = Varchar(length=2)
    made_at = Timestamptz(default=None)
    last_ok_at = Timestamptz(null=True, default=None)


class ChannelBinding(Table, tablename="channel_binding"):
    """A person's WeChat or Alipay, bound from the mini program there."""

    id = BigSerial(primary_key=True)
    citizen = BigInt()
    channel = Varchar(length=10)
    address_sealed = Bytea()
    address_index = Bytea(unique=True)
    made_at = Timestamptz(default=None)
