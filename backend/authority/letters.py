"""授权书 and delegations as lists: who may sign what, by whose authority, until when, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct, convert

from backend import db
from shared_schemas.people import Authority
from shared_schemas.signing import Behalf, BehalfHow
from shared_schemas.vocabulary import ApprovalMode, Tier


class LetterKept(Struct, frozen=True, kw_only=True):
    """One letter. `given_from`: the letter it is a delegation of; `standing`: counts, coming, over or revoked."""

    id: int
    officer: int
    name: str
    staff_no: str
    tier: Tier
    department: str
    matter: str | None
    modes: tuple[ApprovalMode, ...]
    valid_from: date | None
    valid_to: date | None
    cap_field: str | None
    cap: Decimal | None
    grantor: int | None
    grantor_name: str
    given_from: int | None
    reason: str
    granted_at: datetime
    revoked_at: datetime | None
    standing: str

    @property
    def authority(self) -> Authority:
        """As the law takes it."""
        lent = Behalf(self.grantor_name, BehalfHow.DELEGATION) if self.given_from else None
        return Authority(
            self.tier, self.department, frozenset(self.modes), self.matter, self.valid_from, self.valid_to,
            self.cap_field, self.cap, lent,
        )  # fmt: skip


# A delegation ends with the letter it comes from, and with its giver's account.
_LETTERS = """
SELECT l.id, l.officer, o.name, o.staff_no, l.tier, l.department, l.matter, l.modes, l.valid_from, l.valid_to, l.cap_field,
  l.cap, l.grantor, coalesce(g.name, '') AS grantor_name, l.given_from, l.reason, l.granted_at, l.revoked_at,
  CASE WHEN l.revoked_at IS NOT NULL OR (l.given_from IS NOT NULL AND (p.revoked_at IS NOT NULL OR NOT g.is_active))
    THEN 'revoked' WHEN least(l.valid_to, p.valid_to) < $1::date THEN 'over'
    WHEN l.valid_from > $1 THEN 'coming' ELSE 'counts' END AS standing
FROM authority_letter l JOIN officer o ON o.id = l.officer LEFT JOIN authority_letter p ON p.id = l.given_from
  LEFT JOIN officer g ON g.id = l.grantor
"""
_NEWEST = " ORDER BY l.id DESC LIMIT 500"


async def every(today: date, department: str = "") -> list[LetterKept]:
    """All letters, or those of one department, the newest first."""
    rows = await db.fetch(f"{_LETTERS} WHERE ($2 = '' OR l.department = $2) {_NEWEST}", today, department)
    return [_letter(row) for row in rows]


async def held_by(officer: int, today: date) -> list[LetterKept]:
    """An officer's letters, the newest first."""
    rows = await db.fetch(f"{_LETTERS} WHERE l.officer = $2 {_NEWEST}", today, officer)
    return [_letter(row) for row in rows]


async def lent_by(officer: int, today: date) -> list[LetterKept]:
    """What an officer has delegated to others, the newest first."""
    rows = await db.fetch(f"{_LETTERS} WHERE l.given_from IS NOT NULL AND l.grantor = $2 {_NEWEST}", today, officer)
    return [_letter(row) for row in rows]


async def one(letter: int, today: date) -> LetterKept | None:
    """One letter."""
    row = await db.fetchrow(f"{_LETTERS} WHERE l.id = $2", today, letter)
    return _letter(row) if row else None


def _letter(row: db.Record) -> LetterKept:
    return convert(dict(row), LetterKept)
