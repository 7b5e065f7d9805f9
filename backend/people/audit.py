"""The audit trail: who did or looked at what. Personal data itself never goes in."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.people.sessions import Visitor
from shared_schemas.people import Actor, SystemActor


async def audit(
    actor: Actor | None,
    what: str,
    *,
    now: datetime,
    case_no: str | None = None,
    citizen: int | None = None,
    visitor: Visitor | None = None,
    request_id: str = "",
    **particulars: object,
) -> None:
    """Write one line in the current transaction (outside one: at once, so that a refusal still leaves it).

    `what` is dotted ("case.read", "session.revoked"). `actor` None is a visitor who isn't signed in.
    """
    kind, who = _subject(actor)
    await db.execute(
        """INSERT INTO audit_event (at, actor_kind, actor_id, what, case_no, citizen, ip, request_id, particulars)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb)""",
        now,
        kind,
        who,
        what,
        case_no,
        citizen,
        visitor.ip[:45] if visitor else "",
        request_id[:64],
        particulars,
    )


def _subject(actor: Actor | None) -> tuple[str, int | None]:
    if actor is None:
        return "nobody", None
    if isinstance(actor, SystemActor):
        return "system", None
    return actor.__struct_config__.tag, actor.id  # type: ignore[return-value]
