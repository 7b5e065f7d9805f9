"""Lending authority: named, short, never more than one has, never on (DOMAIN.md, "Approval": delegation, absence)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from backend.domain.authority import POWER
from backend.domain.refusal import Refusal
from shared_schemas.people import Authority

MOST_DELEGATED_DAYS = 30


def check_letter(letter: Authority, given_by: Authority) -> None:
    """Refuse a delegation that the law of the hall does not know.

    It is named, for at most 30 days, of the same or lower mode and tier, inside the giver's own scope, and never
    passed on (DOMAIN.md, "Approval").

    Raises Refusal("delegation.…").
    """
    if given_by.behalf is not None:
        raise Refusal("delegation.of_a_delegation")
    start, end = letter.valid_from, letter.valid_to
    if start is None or end is None or not 0 <= (end - start).days < MOST_DELEGATED_DAYS:
        raise Refusal("delegation.too_long", most=MOST_DELEGATED_DAYS)
    is_inside = (
        letter.department == given_by.department
        and given_by.matter in (None, letter.matter)
        and letter.modes <= given_by.modes
        and POWER[letter.tier] <= POWER[given_by.tier]
        and (given_by.valid_from is None or given_by.valid_from <= start)
        and (given_by.valid_to is None or end <= given_by.valid_to)
        and _is_within(letter, given_by)
    )
    if not is_inside:
        raise Refusal("delegation.beyond_own")


def _is_within(letter: Authority, given_by: Authority) -> bool:
    """A capped letter is lent with its cap, or a lower one of the same field."""
    if given_by.cap is None:
        return True
    return letter.cap is not None and letter.cap_field == given_by.cap_field and letter.cap <= given_by.cap


def check_named(to: int, by: int, start: date | None, today: date) -> None:
    """Refuse a delegation to oneself or into the past. Raises Refusal("delegation.to_oneself"), "delegation.in_the_past"."""
    if to == by:
        raise Refusal("delegation.to_oneself")
    if start is not None and start < today:
        raise Refusal("delegation.in_the_past")


def deputy_may_act_at(absent_from: datetime, hours: int) -> datetime:
    """AB 岗: from when the deputy may act, or where there is none the superior: `hours` [L] after the absence began.

    `people.lending` asks the same of the database.
    """
    return absent_from + timedelta(hours=hours)
