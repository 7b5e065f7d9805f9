"""Reads of the inbox. Every query carries the account it is for."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend import catalogue, db
from backend.cases import sealing
from backend.domain.notice_words import NOTICES
from backend.domain.refusal import Refusal
from backend.notices import wording
from shared_schemas.notice import ChannelName, DeliveryState, NoticeKind, NoticeTopic, Party

PAGE = 50
_COLUMNS = (
    "n.id, n.key, n.kind, n.facts, n.party, n.at, n.read_at, n.seq, c.case_no, c.matter, c.seq AS case_seq, c.step"
)
# What no longer waits: the correction was answered, the certificate collected. The notice stays, its button calms down.
MOVES_ON = {
    NoticeKind.CORRECTION_ASKED: {"correcting"},
    NoticeKind.CORRECTION_DUE: {"correcting", "supplementing"},
    NoticeKind.CORRECTION_OVER: {"correcting", "supplementing"},
    NoticeKind.SUPPLEMENT_ASKED: {"supplementing"},
    NoticeKind.CERTIFICATE_READY: {"issued"},
}


class Sent(Struct, frozen=True):
    """What became of the notice on one channel; `at` is when it last changed. `reason` is a short code."""

    channel: ChannelName
    state: DeliveryState
    at: datetime
    is_unsure: bool
    reason: str


class NoticeShown(Struct, frozen=True, kw_only=True):
    """A notice as its reader sees it. `is_your_move`: it waits for the reader now; `href` marks it read and goes on."""

    id: str
    kind: NoticeKind
    topic: NoticeTopic
    title: str
    body: str
    button: str
    href: str
    leads_to: str
    due_on: str | None
    matter_zh: str
    matter_en: str
    case_no: str | None
    at: datetime
    is_read: bool
    is_your_move: bool
    sent: tuple[Sent, ...] = ()


class Inbox(Struct, frozen=True):
    """A page of the inbox, newest first; `next` goes on from its end ("" at the end)."""

    items: list[NoticeShown]
    unread: int
    next: str = ""


async def unread(citizen: int) -> int:
    """How many notices this account has not opened."""
    return await db.fetchval("SELECT count(*) FROM notice WHERE citizen = $1 AND read_at IS NULL", citizen)


async def inbox(citizen: int, *, before: str = "", case_no: str = "", only_unread: bool = False) -> Inbox:
    """Notices of an account, newest first, from after the notice `before` ("" for the newest)."""
    rows = await db.fetch(
        f"SELECT {_COLUMNS} FROM notice n JOIN case_file c ON c.id = n.case_id WHERE n.citizen = $1 "
        "AND ($2::uuid IS NULL OR (n.at, n.id) < (SELECT b.at, b.id FROM notice b WHERE b.key = $2 AND b.citizen = $1)) "
        "AND ($3 = '' OR c.case_no = $3) AND NOT ($4 AND n.read_at IS NOT NULL) ORDER BY n.at DESC, n.id DESC LIMIT $5",
        citizen,
        as_key(before),
        case_no,
        only_unread,
        PAGE + 1,
    )
    sent = await _sent([row["id"] for row in rows])
    items = [_shown(row, tuple(sent.get(row["id"], ()))) for row in rows[:PAGE]]
    return Inbox(items, await unread(citizen), items[-1].id if len(rows) > PAGE else "")


async def one(key: str, citizen: int) -> NoticeShown:
    """One notice. Raises Refusal("notice.not_found") for another's as for a missing one."""
    row = await _row(key, citizen)
    sent = await _sent([row["id"]])
    return _shown(row, tuple(sent.get(row["id"], ())))


async def page_of(key: str, citizen: int) -> str:
    """Where a tap on this notice leads. Raises Refusal("notice.not_found")."""
    row = await _row(key, citizen)
    kind, party = NoticeKind(row["kind"]), Party(row["party"])
    code = ""
    if party is Party.APPLICANT:
        code = await tracking_code(row["case_no"])
    return wording.leads_to(kind, row["case_no"], party, code)


async def tracking_code(case_no: str) -> str:
    """The case's code for the page anybody may see who holds it; "" where it was taken back."""
    blob = await db.fetchval(
        "SELECT tracking_sealed FROM case_file WHERE case_no = $1 AND tracking_revoked_at IS NULL", case_no
    )
    return sealing.unseal(case_no, "tracking", blob) if blob else ""


async def _row(key: str, citizen: int) -> Any:
    row = await db.fetchrow(
        f"SELECT {_COLUMNS} FROM notice n JOIN case_file c ON c.id = n.case_id WHERE n.key = $1 AND n.citizen = $2",
        as_key(key),
        citizen,
    )
    if row is None:
        raise Refusal("notice.not_found")
    return row


def as_key(text: str) -> UUID | None:
    """The UUID that `text` spells canonically, or None."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


async def _sent(ids: list[int]) -> dict[int, list[Sent]]:
    rows = await db.fetch(
        "SELECT notice, channel, state, is_unsure, reason, coalesce(ended_at, sent_at, next_at) AS at "
        "FROM notice_delivery WHERE notice = ANY($1) ORDER BY id",
        ids,
    )
    found: dict[int, list[Sent]] = {}
    for row in rows:
        found.setdefault(row["notice"], []).append(
            Sent(ChannelName(row["channel"]), DeliveryState(row["state"]), row["at"], row["is_unsure"], row["reason"])
        )
    return found


def _shown(row: Any, sent: tuple[Sent, ...]) -> NoticeShown:
    kind, party = NoticeKind(row["kind"]), Party(row["party"])
    said = wording.said(kind, row["facts"])
    matter = catalogue.current().known(row["matter"])
    is_owner = party is Party.OWNER
    due = wording.due_of(row["facts"])
    return NoticeShown(
        id=str(row["key"]),
        kind=kind,
        topic=NOTICES[kind].topic,
        title=said.title,
        body=said.body,
        button=said.button,
        href=f"/inbox/{row['key']}",
        # Who did not file learns the address of the public page only by opening the notice.
        leads_to=wording.leads_to(kind, row["case_no"], party) if is_owner else f"/inbox/{row['key']}",
        due_on=due.isoformat() if due else None,
        matter_zh=matter.name if matter else row["matter"],
        matter_en=matter.name_en if matter else row["matter"],
        case_no=row["case_no"] if is_owner else None,
        at=row["at"],
        is_read=row["read_at"] is not None,
        is_your_move=is_owner and row["step"] in MOVES_ON.get(kind, ()),
        sent=sent,
    )
