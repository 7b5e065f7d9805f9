"""Whose draft or upload it is: one short word that every query carries."""

from __future__ import annotations

from shared_schemas.people import CitizenActor, OfficerActor


def owner_of(actor: CitizenActor | OfficerActor) -> str:
    """Whose it is, as "citizen:7" or "officer:3"."""
    kind = "officer" if isinstance(actor, OfficerActor) else "citizen"
    return f"{kind}:{actor.id}"
