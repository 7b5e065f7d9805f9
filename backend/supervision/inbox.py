"""消息 of officers: one line for each thing an officer is told, with who it is about and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from backend import catalogue, db
from backend.cases import sealing
from backend.domain.refusal import Refusal

PAGE = 50
_DAYS = ("since", "due_on", "answer_by")
# What a line may name; what a kind does not have is empty.
_NAMES = (*_DAYS, "by", "who", "count", "reason", "step", "times")


class OfficerNotice(Struct, frozen=True, kw_only=True):
    """One line. `word`: what a supervisor or colleague wrote; `href` marks it read and goes on to the case."""

    id: int
    kind: str
    case_no: str | None
    matter_zh: str
    matter_en: str
    facts: dict[str, Any]
    word: str
    at: datetime
    is_read: bool


class Inbox(Struct, frozen=True):
    """A page of them, newest first; `next` is where the next page begins, or None."""

    items: list[OfficerNotice]
    unread: int
    next: int | None


_LIST = """
SELECT n.id, n.kind, n.facts, n.at, n.read_at, c.case_no, c.matter, r.id AS reminder, r.word_sealed, v.id AS oversight,
  CASE n.kind WHEN 'answered' THEN v.answer_sealed ELSE v.word_sealed END AS said_sealed
FROM officer_notice n LEFT JOIN case_file c ON c.id = n.case_id LEFT JOIN reminder r ON r.id = n.reminder
LEFT JOIN oversight v ON v.id = n.oversight
WHERE n.officer = $1 AND ($2::bigint IS NULL OR n.id < $2) ORDER BY n.id DESC LIMIT $3
"""


async def unread(officer: int) -> int:
    """How many lines this officer has not opened."""
    return await db.fetchval("SELECT count(*) FROM officer_notice WHERE officer = $1 AND read_at IS NULL", officer)


async def of(officer: int, *, before: int | None = None) -> Inbox:
    """What an officer was told, newest first."""
    rows = await db.fetch(_LIST, officer, before, PAGE + 1)
    items = [_notice(row) for row in rows[:PAGE]]
    return Inbox(items, await unread(officer), items[-1].id if len(rows) > PAGE else None)


def _notice(row: db.Record) -> OfficerNotice:
    matter = catalogue.current().matters.get(row["matter"]) if row["matter"] else None
    return OfficerNotice(
        id=row["id"],
        kind=row["kind"],
        case_no=row["case_no"],
        matter_zh=matter.name if matter else "",
        matter_en=matter.name_en if matter else "",
        facts=_facts(row["facts"]),
        word=_word(row),
        at=row["at"],
        is_read=row["read_at"] is not None,
    )


def _facts(kept: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(kept[name]) for name in _DAYS if kept.get(name)}
    return {**dict.fromkeys(_NAMES, ""), **kept, **days}


def _word(row: db.Record) -> str:
    if row["word_sealed"] is not None:
        return sealing.unseal(row["case_no"], f"reminder|{row['reminder']}", row["word_sealed"])
    if row["said_sealed"] is not None:
        side = "answer" if row["kind"] == "answered" else "word"
        return sealing.unseal(row["case_no"], f"oversight|{side}|{row['oversight']}", row["said_sealed"])
    return ""


async def tell(
    officers: Iterable[int],
    kind: str,
    key: str,
    now: datetime,
    *,
    case_id: int | None = None,
    reminder: int | None = None,
    oversight: int | None = None,
    **facts: object,
) -> None:
    """One line for each of `officers`, in the caller's transaction; who was told of `key` is not told again."""
    await db.executemany(
        "INSERT INTO officer_notice (officer, case_id, kind, key, reminder, oversight, facts, at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (officer, key) DO NOTHING",
        [(officer, case_id, kind, key, reminder, oversight, facts, now) for officer in officers],
    )


async def read(officer: int, notice: int, now: datetime) -> tuple[str | None, str]:
    """Mark one of this officer's lines read; the case it is about, and its kind. Raises Refusal("officer_notice.not_found")."""
    row = await db.fetchrow(
        "UPDATE officer_notice n SET read_at = coalesce(read_at, $3) WHERE id = $1 AND officer = $2 "
        "RETURNING (SELECT case_no FROM case_file c WHERE c.id = n.case_id) AS case_no, kind",
        notice,
        officer,
        now,
    )
    if row is None:
        raise Refusal("officer_notice.not_found")
    return row["case_no"], row["kind"]


async def read_all(officer: int, now: datetime, *, up_to: int) -> None:
    """Mark what this officer has seen (ids up to `up_to`) as read."""
    await db.execute(
        "UPDATE officer_notice SET read_at = $2 WHERE officer = $1 AND read_at IS NULL AND id <= $3",
        officer,
        now,
        up_to,
    )
