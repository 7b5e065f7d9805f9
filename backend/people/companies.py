"""Companies a citizen acts for, and the hats worn in a session."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from backend import db
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.people import sessions
from backend.people.audit import audit
from backend.people.sessions import Session
from shared_schemas.faults import Fault
from shared_schemas.identity import fault_in_credit_code, fault_in_name, plain_name, plain_number
from shared_schemas.labelled import Labelled
from shared_schemas.people import CitizenActor
from shared_schemas.reasons import sentence

_MISSING = Fault("field.missing")


class Capacity(Labelled):
    """What a citizen is to a company."""

    LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人", "Legal representative"
    AUTHORISED = "authorised", "受托经办人", "Authorised agent"


class Hat(Struct, frozen=True):
    """A company the citizen may act for."""

    id: int
    authorisation: int
    name: str
    credit_code: str
    capacity: Capacity
    legal_representative: str | None
    valid_to: date | None


async def hats(citizen: int, now: datetime) -> list[Hat]:
    """The companies this citizen may act for today."""
    rows = await db.fetch(
        """SELECT k.id, a.id AS authorisation, k.name, k.credit_code, a.capacity, k.legal_representative, a.valid_to
           FROM company_authorisation a JOIN company k ON k.id = a.company
           WHERE a.citizen = $1 AND a.revoked_at IS NULL AND (a.valid_to IS NULL OR a.valid_to >= $2)
           ORDER BY k.name""",
        citizen,
        day_of(now),
    )
    return [Hat(**{**row, "capacity": Capacity(row["capacity"])}) for row in rows]


async def add(
    citizen: CitizenActor,
    *,
    name: str,
    credit_code: str,
    capacity: Capacity,
    legal_representative: str = "",
    valid_to: date | None = None,
    now: datetime,
) -> int:
    """Declare to act for a company; returns its id.

    A legal representative is whoever the record of the company names: where the record names somebody else, the
    declaration is refused. Raises Refusal("input.invalid"), "people.not_the_representative".
    """
    code, name = plain_number(credit_code), name.strip()
    representative = plain_name(legal_representative) or None
    if capacity is Capacity.LEGAL_REPRESENTATIVE:
        representative = citizen.name
    await _check(name, code, representative, valid_to, now)
    async with db.transaction():
        row = await db.fetchrow(
            """INSERT INTO company (name, credit_code, legal_representative, created_at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (credit_code) DO UPDATE
                 SET legal_representative = coalesce(company.legal_representative, excluded.legal_representative)
               RETURNING id, legal_representative""",
            name,
            code,
            representative,
            now,
        )
        if capacity is Capacity.LEGAL_REPRESENTATIVE and row["legal_representative"] != citizen.name:
            raise Refusal("people.not_the_representative")
        await db.execute(
            """INSERT INTO company_authorisation (citizen, company, capacity, granted_by, declared_at, valid_to)
               VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (citizen, company) WHERE revoked_at IS NULL
                 DO UPDATE SET capacity = excluded.capacity, valid_to = excluded.valid_to""",
            citizen.id,
            row["id"],
            capacity,
            row["legal_representative"] or citizen.name,
            now,
            valid_to,
        )
        await audit(citizen, "company.declared", now=now, citizen=citizen.id, company=row["id"], capacity=capacity)
    return row["id"]


async def remove(citizen: CitizenActor, company: int, now: datetime) -> None:
    """Stop acting for a company; sessions wearing its hat lose it with their next request."""
    async with db.transaction():
        await db.execute(
            """UPDATE company_authorisation SET revoked_at = $3
               WHERE citizen = $1 AND company = $2 AND revoked_at IS NULL""",
            citizen.id,
            company,
            now,
        )
        await audit(citizen, "company.removed", now=now, citizen=citizen.id, company=company)


async def wear(session: Session, citizen: CitizenActor, company: int | None, now: datetime) -> None:
    """Switch hats: act for `company`, or for oneself with None. Raises Refusal("people.hat_unknown")."""
    if company is not None and company not in {hat.id for hat in await hats(citizen.id, now)}:
        raise Refusal("people.hat_unknown")
    await sessions.wear(session, company)


async def _check(name: str, code: str, representative: str | None, valid_to: date | None, now: datetime) -> None:
    errors: dict[str, str] = {}
    known = await db.fetchval("SELECT id FROM company WHERE credit_code = $1", code)
    # A genuine code may fail its check character: staff enter such a company once, then anyone may name it.
    if not known and (fault := fault_in_credit_code(code)):
        errors["credit_code"] = sentence(fault, language())
    if not name or len(name) > 120:
        errors["name"] = sentence(_MISSING, language())
    if representative is None:
        errors["legal_representative"] = sentence(_MISSING, language())
    elif fault := fault_in_name(representative):
        errors["legal_representative"] = sentence(fault, language())
    if valid_to is not None and valid_to < day_of(now):
        errors["valid_to"] = sentence(Fault("date.earliest", {"day": day_of(now).isoformat()}), language())
    if errors:
        raise Refusal("input.invalid", errors=errors)
