"""Becoming somebody of the demo hall."""

from __future__ import annotations

from datetime import datetime

from backend.demo.people import citizen_id, load_people, officer_id
from backend.demo.personas import PERSONAS, Persona
from backend.domain.refusal import Refusal
from backend.people import sessions
from backend.people.sessions import Visitor


async def arrive_as(
    key: str, *, visitor: Visitor, now: datetime, replacing: str | None, stepped_up: bool = False
) -> tuple[Persona, str]:
    """Open a session as the persona `key` (people are put into an empty database first) and return its token.

    `stepped_up`: as if a passkey had been used just now, for scripts, which have no finger to lay on.

    Raises Refusal("demo.persona_unknown").
    """
    persona = next((item for item in PERSONAS if item.key == key), None)
    if persona is None:
        raise Refusal("demo.persona_unknown", persona=key)
    find = citizen_id if persona.kind == "citizen" else officer_id
    subject = await find(key)
    if subject is None:
        await load_people(now)
        subject = await find(key)
    if subject is None:
        raise Refusal("demo.persona_unknown", persona=key)
    token = await sessions.begin(
        persona.kind, subject, method="demo", visitor=visitor, now=now, replacing=replacing, stepped_up=stepped_up
    )
    return persona, token
