"""AB 岗: who is away, who acts in his place after some hours, and who is whose superior."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import asyncpg
from msgspec import Meta, Struct

from backend import db
from backend.domain import delegation
from backend.domain.refusal import Refusal
from backend.people import roster
from backend.people.audit import audit
from backend.settings import settings
from shared_schemas.people import OfficerActor

LONGEST = timedelta(days=366)


class AbsenceGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """Away from `from_at` (None: now) until `until_at` (None: until one is back)."""

    reason: Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
    from_at: datetime | None = None
    until_at: datetime | None = None


class PostGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """The deputy and the superior of an officer, by staff number; empty: none."""

    deputy: Annotated[str, Meta(max_length=20)] = ""
    superior: Annotated[str, Meta(max_length=20)] = ""


class Post(Struct, frozen=True):
    """Who acts for an officer, and since when he is away."""

    deputy: str = ""
    superior: str = ""
    away_from: datetime | None = None
    away_until: datetime | None = None
    reason: str = ""


class StandIn(Struct, frozen=True):
    """An absent colleague; `may_act_at` is when the reader may act in his place."""

    name: str
    away_from: datetime
    away_until: datetime | None
    may_act_at: datetime
    is_superior: bool


async def say(given: AbsenceGiven, *, by: OfficerActor, now: datetime) -> None:
    """不在岗. Raises Refusal("absence.order"), "absence.long", "absence.twice"."""
    start = max(given.from_at or now, now)
    if given.until_at is not None and given.until_at <= start:
        raise Refusal("absence.order")
    if start - now > LONGEST or (given.until_at is not None and given.until_at - start > LONGEST):
        raise Refusal("absence.long")
    try:
        async with db.transaction():
            # What has run out makes room for the next.
            await db.execute(
                "UPDATE absence SET ended_at = until_at WHERE officer = $1 AND ended_at IS NULL AND until_at <= $2",
                by.id,
                now,
            )
            await db.execute(
                "INSERT INTO absence (officer, reason, from_at, until_at, said_by, said_at) VALUES ($1, $2, $3, $4, $1, $5)",
                by.id,
                given.reason.strip(),
                start,
                given.until_at,
                now,
            )
            await audit(by, "absence.said", now=now, officer=by.id)
    except asyncpg.UniqueViolationError:
        raise Refusal("absence.twice") from None


async def back(*, by: OfficerActor, now: datetime) -> None:
    """回来了: from this moment nobody stands in any more. Raises Refusal("absence.none")."""
    async with db.transaction():
        found = await db.fetchval(
            "UPDATE absence SET ended_at = $2 WHERE officer = $1 AND ended_at IS NULL RETURNING id", by.id, now
        )
        if found is None:
            raise Refusal("absence.none")
        await audit(by, "absence.ended", now=now, officer=by.id)


async def set_post(officer: int, given: PostGiven, *, by: OfficerActor, now: datetime) -> None:
    """Say who stands in for an officer, and who is the superior. Raises Refusal("post.nobody"), "post.oneself"."""
    found = [await _named(staff_no, officer, now) for staff_no in (given.deputy, given.superior)]
    async with db.transaction():
        await db.execute("UPDATE officer_post SET ended_at = $2 WHERE officer = $1 AND ended_at IS NULL", officer, now)
        await db.execute(
            "INSERT INTO officer_post (officer, deputy, superior, set_by, at) VALUES ($1, $2, $3, $4, $5)",
            officer,
            *found,
            by.id,
            now,
        )
        await audit(by, "officer.post_set", now=now, officer=officer, deputy=found[0], superior=found[1])


async def _named(staff_no: str, officer: int, now: datetime) -> int | None:
    if not staff_no.strip():
        return None
    found = await roster.by_number(staff_no, now)
    if found is None:
        raise Refusal("post.nobody", staff_no=staff_no)
    if found.id == officer:
        raise Refusal("post.oneself")
    return found.id


async def post_of(officer: int, now: datetime) -> Post:
    """Who acts for this officer, and whether he is away."""
    row = await db.fetchrow(
        "SELECT coalesce(d.name || ' ' || d.staff_no, '') AS deputy, coalesce(s.name || ' ' || s.staff_no, '') AS superior, "
        "a.from_at AS away_from, a.until_at AS away_until, coalesce(a.reason, '') AS reason FROM officer o "
        "LEFT JOIN officer_post t ON t.officer = o.id AND t.ended_at IS NULL LEFT JOIN officer d ON d.id = t.deputy "
        "LEFT JOIN officer s ON s.id = t.superior LEFT JOIN absence a ON a.officer = o.id AND a.ended_at IS NULL "
        "AND (a.until_at IS NULL OR a.until_at > $2) WHERE o.id = $1",
        officer,
        now,
    )
    return Post(**row)


async def unattended(now: datetime) -> list[StandIn]:
    """Who has been away long enough that somebody should act, and nobody is there to: the supervisor's to see to."""
    rows = await db.fetch(
        "SELECT o.name, a.from_at AS away_from, a.until_at AS away_until FROM absence a JOIN officer o ON o.id = a.officer "
        "LEFT JOIN officer_post t ON t.officer = a.officer AND t.ended_at IS NULL WHERE a.ended_at IS NULL AND o.is_active "
        "AND a.from_at <= $1 AND (a.until_at IS NULL OR a.until_at > $2) AND NOT EXISTS ("
        "SELECT FROM officer d WHERE d.id IN (t.deputy, t.superior) AND d.is_active AND NOT EXISTS ("
        "SELECT FROM absence b WHERE b.officer = d.id AND b.ended_at IS NULL AND b.from_at <= $2 "
        "AND (b.until_at IS NULL OR b.until_at > $2))) ORDER BY a.from_at LIMIT 50",
        now - timedelta(hours=settings.deputy_after_hours),
        now,
    )
    return [StandIn(row[0], row[1], row[2], now, is_superior=True) for row in rows]


async def stood_in_for(officer: int, now: datetime) -> list[StandIn]:
    """The colleagues who are away and for whom this officer is deputy or superior."""
    rows = await db.fetch(
        "SELECT o.name, a.from_at AS away_from, a.until_at AS away_until, t.deputy IS DISTINCT FROM $1 AS is_superior "
        "FROM absence a JOIN officer_post t ON t.officer = a.officer AND t.ended_at IS NULL JOIN officer o ON o.id = a.officer "
        "WHERE a.ended_at IS NULL AND (a.until_at IS NULL OR a.until_at > $2) AND (t.deputy = $1 OR t.superior = $1) "
        "ORDER BY a.from_at",
        officer,
        now,
    )
    hours = settings.deputy_after_hours
    return [StandIn(row[0], row[1], row[2], delegation.deputy_may_act_at(row[1], hours), row[3]) for row in rows]
