"""Where a draft is that its owner handed over, and its way home: read by whoever looks for it in vain."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend import clock, db
from backend.domain.refusal import Refusal
from backend.domain.relay import Place
from backend.intake import devices
from backend.intake.owners import kiosk_owner
from backend.people import sessions
from shared_schemas.draft import Draft
from shared_schemas.people import CitizenActor, OfficerActor


class Away(Struct, frozen=True):
    """A draft at a window or a kiosk. `since` is when it was handed over."""

    relay: int
    draft: UUID
    citizen: int
    place: Place
    officer: int | None
    window: int | None
    since: datetime
    is_filed: bool

    @property
    def owner(self) -> str:
        """Who has it now."""
        return f"officer:{self.officer}" if self.place is Place.WINDOW else kiosk_owner(str(self.draft))

    @property
    def where(self) -> str:
        """As its citizen reads it: 3 号窗口."""
        return where(self.place, self.window)


def where(place: str, window: int | None) -> str:
    """A place in the reader's language."""
    return devices.in_words(devices.KIOSK if place == Place.KIOSK else f"{devices.WINDOW}{window or ''}")


async def away(draft: UUID, *, for_update: bool = False) -> Away | None:
    """Where the draft is, if it was handed over and did not come back."""
    row = await db.fetchrow(_AWAY_LOCKED if for_update else _AWAY, draft)
    return _away(row) if row else None


_AWAY = (
    "SELECT r.id, r.draft, r.citizen, r.place, r.officer, r.window_no, r.used_at, d.submitted_case_id IS NOT NULL AS filed "
    "FROM draft_relay r JOIN draft d ON d.id = r.draft WHERE r.draft = $1 AND r.used_at IS NOT NULL AND r.ended_at IS NULL"
)
_AWAY_LOCKED = f"{_AWAY} FOR UPDATE"


def _away(row: Any) -> Away:
    return Away(
        row["id"],
        row["draft"],
        row["citizen"],
        Place(row["place"]),
        row["officer"],
        row["window_no"],
        row["used_at"],
        row["filed"],
    )


async def citizen_behind(draft: Draft, by: CitizenActor | OfficerActor) -> CitizenActor | None:
    """Whose authority a filing rests on: who files, or whoever handed the draft to the clerk. None for a walk-in."""
    if isinstance(by, CitizenActor):
        return by
    found = await away(UUID(draft.id))
    return CitizenActor(found.citizen, "", "") if found is not None else None


async def bring_home(found: Away, now: datetime) -> None:
    """The draft and its files are their citizen's again; a kiosk that has it open is signed out. In a transaction."""
    home = f"citizen:{found.citizen}"
    await db.execute("UPDATE draft_relay SET ended_at = $2 WHERE id = $1", found.relay, now)
    await move(found.draft, found.owner, home)
    await sessions.end_of_draft(found.draft, now)


async def move(draft: UUID, before: str, after: str) -> None:
    """Draft and files from one owner to another."""
    await db.execute("UPDATE draft SET owner = $3 WHERE id = $1 AND owner = $2", draft, before, after)
    await db.execute("UPDATE upload SET owner = $3 WHERE draft = $1 AND owner = $2", draft, before, after)


async def refuse_absent(draft: UUID | None, owner: str) -> bool:
    """Say where a draft is that `owner` looks for in vain.

    False: it is not known to them. True: it came home just now, since the kiosk that had it is signed out; look again.
    Raises Refusal("draft.elsewhere"), "draft.submitted", "draft.taken_back".
    """
    if draft is None:
        return False
    found = await away(draft)
    if found is not None and owner == f"citizen:{found.citizen}":
        if found.place is Place.KIOSK and not await _is_kiosk_open(draft, clock.now()):
            async with db.transaction():
                if (found := await away(draft, for_update=True)) is not None:
                    await bring_home(found, clock.now())
            return True
        if found.is_filed:
            raise Refusal("draft.submitted")
        raise Refusal("draft.elsewhere", where=found.where)
    had_it = await db.fetchval(
        "SELECT EXISTS (SELECT FROM draft_relay r JOIN draft d ON d.id = r.draft "
        "WHERE r.draft = $1 AND 'officer:' || r.officer = $2 AND r.ended_at IS NOT NULL)",
        draft,
        owner,
    )
    if had_it:
        raise Refusal("draft.taken_back")
    return False


async def _is_kiosk_open(draft: UUID, now: datetime) -> bool:
    return await db.fetchval(
        "SELECT EXISTS (SELECT FROM session WHERE only_draft = $1 AND revoked_at IS NULL AND expires_at > $2 "
        "AND last_seen_at + make_interval(secs => idle_seconds) > $2)",
        draft,
        now,
    )
