"""Whose draft or upload it is: one short word that every query carries."""

from __future__ import annotations

from shared_schemas.people import CitizenActor, OfficerActor


def kiosk_owner(draft: str) -> str:
    """The owner of a draft that a kiosk has open."""
    return f"kiosk:{draft.replace('-', '')}"


def owner_of(actor: CitizenActor | OfficerActor) -> str:
    """Whose it is, as "citizen:7" or "officer:3".

    At a kiosk a draft is its own owner: whoever opened it there reaches it and its files, and nothing else of the citizen.
    """
    if isinstance(actor, CitizenActor) and actor.only_draft:
        return kiosk_owner(actor.only_draft)
    kind = "officer" if isinstance(actor, OfficerActor) else "citizen"
    return f"{kind}:{actor.id}"
