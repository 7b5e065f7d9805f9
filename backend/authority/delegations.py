"""委托: an approver lends a part of his own authority to a named colleague, for at most thirty days, and takes it back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from backend import db
from backend.authority import letters
from backend.domain import delegation
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.people import roster
from backend.people.audit import audit
from shared_schemas.people import Authority, OfficerActor
from shared_schemas.vocabulary import ApprovalMode, Role, Tier


class Delegated(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is lent, out of which of one's own letters, to whom (staff number), from when to when, and why.

    `tier`, `modes` and `matter` None: as the letter itself.
    """

    letter: int
    to: Annotated[str, Meta(min_length=1, max_length=20)]
    valid_from: date
    valid_to: date
    reason: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
    tier: Tier | None = None
    modes: Annotated[tuple[ApprovalMode, ...], Meta(min_length=1, max_length=3)] | None = None
    matter: Annotated[str, Meta(max_length=50)] | None = None


async def delegate(given: Delegated, *, by: OfficerActor, now: datetime) -> int:
    """Lend it; the id of the letter that came of it.

    Raises Refusal: delegation.no_letter, .nobody, .not_an_approver, .to_oneself, .in_the_past, .too_long, .beyond_own,
    .of_a_delegation, .twice.
    """
    today = day_of(now)
    own = await letters.one(given.letter, today)
    if own is None or own.officer != by.id or own.standing in {"revoked", "over"}:
        raise Refusal("delegation.no_letter")
    colleague = await roster.by_number(given.to, now)
    if colleague is None:
        raise Refusal("delegation.nobody")
    delegation.check_named(colleague.id, by.id, given.valid_from, today)
    if not colleague.has(Role.APPROVER):
        raise Refusal("delegation.not_an_approver", name=colleague.name)
    lent = Authority(
        given.tier or own.tier, own.department, frozenset(given.modes or own.modes), given.matter or own.matter,
        given.valid_from, given.valid_to, own.cap_field, own.cap,
    )  # fmt: skip
    delegation.check_letter(lent, own.authority)
    async with db.transaction():
        await db.execute("SELECT FROM authority_letter WHERE id = $1 FOR UPDATE", own.id)
        await _refuse_twice(own.id, colleague.id, given)
        made = await db.fetchval(
            "INSERT INTO authority_letter (officer, tier, department, matter, modes, grantor, valid_from, valid_to, "
            "granted_at, given_from, reason, cap_field, cap) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
            "RETURNING id",
            colleague.id,
            lent.tier,
            lent.department,
            lent.matter,
            sorted(lent.modes),
            by.id,
            lent.valid_from,
            lent.valid_to,
            now,
            own.id,
            given.reason.strip(),
            lent.cap_field,
            lent.cap,
        )
        await audit(
            by,
            "delegation.given",
            now=now,
            letter=made,
            officer=colleague.id,
            department=lent.department,
            until=given.valid_to.isoformat(),
        )
    return made


async def _refuse_twice(letter: int, to: int, given: Delegated) -> None:
    """One delegation of a letter to one colleague at a time: thirty days are thirty days."""
    is_lent = await db.fetchval(
        "SELECT EXISTS (SELECT FROM authority_letter WHERE given_from = $1 AND officer = $2 AND revoked_at IS NULL "
        "AND valid_from <= $4 AND valid_to >= $3)",
        letter,
        to,
        given.valid_from,
        given.valid_to,
    )
    if is_lent:
        raise Refusal("delegation.twice")


async def take_back(letter: int, *, by: OfficerActor, now: datetime) -> None:
    """It counts no more from this moment on. Raises Refusal("delegation.not_yours")."""
    async with db.transaction():
        officer = await db.fetchval(
            "UPDATE authority_letter SET revoked_at = $3, revoked_by = $2 "
            "WHERE id = $1 AND grantor = $2 AND given_from IS NOT NULL AND revoked_at IS NULL RETURNING officer",
            letter,
            by.id,
            now,
        )
        if officer is None:
            raise Refusal("delegation.not_yours")
        await audit(by, "delegation.taken_back", now=now, letter=letter, officer=officer)
