"""Staff: accounts, roles, letters of authority and who sits at which window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import asyncpg

from backend import db
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from backend.people.sealing import next_id, sealed
from shared_schemas.people import Actor, Authority, OfficerActor, SystemActor
from shared_schemas.vocabulary import Role

# GB/T 22239 level 3: whoever makes accounts does not grant rights, and neither reads the audit trail.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})


async def add(
    staff_no: str,
    name: str,
    *,
    department: str | None,
    phone: str = "",
    mobile: str | None = None,
    by: Actor,
    now: datetime,
) -> int:
    """A new officer without any role. Raises Refusal("people.staff_no_taken")."""
    row = await next_id("officer")
    try:
        async with db.transaction():
            await db.execute(
                """INSERT INTO officer (id, staff_no, name, department, phone, mobile_sealed, created_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7)""",
                row,
                staff_no,
                name,
                department,
                phone,
                sealed("officer", "mobile_sealed", row, mobile),
                now,
            )
            await audit(by, "officer.added", now=now, officer=row, staff_no=staff_no)
    except asyncpg.UniqueViolationError:
        raise Refusal("people.staff_no_taken", staff_no=staff_no) from None
    return row


async def set_active(officer: int, *, active: bool, by: Actor, now: datetime) -> None:
    """Open or close an account; closing it ends its sessions at once."""
    async with db.transaction():
        await db.execute("UPDATE officer SET is_active = $2 WHERE id = $1", officer, active)
        if not active:
            await db.execute(
                """UPDATE session SET revoked_at = $2
                   WHERE subject_kind = 'officer' AND subject_id = $1 AND revoked_at IS NULL""",
                officer,
                now,
            )
            await db.execute("UPDATE window_desk SET officer = NULL, seated_at = NULL WHERE officer = $1", officer)
        await audit(by, "officer.activated" if active else "officer.deactivated", now=now, officer=officer)


async def grant_role(officer: int, role: Role, *, by: Actor, now: datetime) -> None:
    """Give a role. Nobody grants one to themselves; nobody holds two administrator roles or one beside other work.

    Raises Refusal("people.own_role"), "people.administrators_apart".
    """
    _not_oneself(officer, by)
    async with db.transaction():
        await db.execute("SELECT FROM officer WHERE id = $1 FOR UPDATE", officer)
        held = {
            Role(row["role"])
            for row in await db.fetch(
                "SELECT role FROM officer_role WHERE officer = $1 AND revoked_at IS NULL", officer
            )
        }
        if role in held:
            return
        if held and ADMINISTRATORS & (held | {role}):
            raise Refusal("people.administrators_apart")
        await db.execute(
            "INSERT INTO officer_role (officer, role, granted_by, at) VALUES ($1, $2, $3, $4)",
            officer,
            role,
            _officer_id(by),
            now,
        )
        await audit(by, "officer.role_granted", now=now, officer=officer, role=role)


async def revoke_role(officer: int, role: Role, *, by: Actor, now: datetime) -> None:
    """Take a role away; it is gone with the officer's next request."""
    _not_oneself(officer, by)
    async with db.transaction():
        await db.execute(
            "UPDATE officer_role SET revoked_at = $3 WHERE officer = $1 AND role = $2 AND revoked_at IS NULL",
            officer,
            role,
            now,
        )
        await audit(by, "officer.role_revoked", now=now, officer=officer, role=role)


async def authorise(officer: int, letters: Iterable[Authority], *, by: Actor, now: datetime) -> None:
    """Letters of authority, one row for each department."""
    _not_oneself(officer, by)
    letters = list(letters)
    async with db.transaction():
        await db.executemany(
            """INSERT INTO authority_letter (officer, tier, department, matter, modes, grantor, valid_from, valid_to,
                 granted_at, cap_field, cap) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
            [
                (
                    officer,
                    item.tier,
                    item.department,
                    item.matter,
                    sorted(item.modes),
                    _officer_id(by),
                    item.valid_from,
                    item.valid_to,
                    now,
                    item.cap_field,
                    item.cap,
                )
                for item in letters
            ],
        )
        departments = sorted({item.department for item in letters})
        await audit(by, "officer.authorised", now=now, officer=officer, departments=departments)


async def withdraw_letter(letter: int, *, by: Actor, now: datetime, on: date | None = None) -> None:
    """Withdraw one letter of authority at once, or let it end on the day `on`."""
    async with db.transaction():
        officer = await db.fetchval(
            """UPDATE authority_letter SET valid_to = coalesce($2, valid_to),
                 revoked_at = CASE WHEN $2::date IS NULL THEN $3::timestamptz END, revoked_by = $4
               WHERE id = $1 AND revoked_at IS NULL RETURNING officer""",
            letter,
            on,
            now,
            _officer_id(by),
        )
        if officer is None:
            raise Refusal("people.letter_unknown")
        await audit(by, "officer.letter_withdrawn", now=now, officer=officer, letter=letter)


async def declare(officer: int, *, kin: Iterable[str], companies: Iterable[str]) -> None:
    """What an officer declared about near relatives (hex blind indexes) and companies (credit codes): 回避."""
    await db.execute(
        "UPDATE officer SET kin = $2, companies = $3 WHERE id = $1", officer, sorted(kin), sorted(companies)
    )


async def sit(officer: OfficerActor, window: int, now: datetime) -> None:
    """Take a seat at a window, leaving any other. Raises Refusal("people.window_taken")."""
    async with db.transaction():
        await leave(officer)
        taken = await db.fetchrow(
            """UPDATE window_desk SET officer = $2, seated_at = $3 WHERE number = $1 AND officer IS NULL
               RETURNING number""",
            window,
            officer.id,
            now,
        )
        if taken is None:
            raise Refusal("people.window_taken", window=window)


async def leave(officer: OfficerActor) -> None:
    """Leave the window."""
    await db.execute("UPDATE window_desk SET officer = NULL, seated_at = NULL WHERE officer = $1", officer.id)


def _officer_id(by: Actor) -> int | None:
    return by.id if isinstance(by, OfficerActor) else None


def _not_oneself(officer: int, by: Actor) -> None:
    if not isinstance(by, SystemActor) and _officer_id(by) == officer:
        raise Refusal("people.own_role")
