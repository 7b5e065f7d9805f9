"""Reads of the slice: rows to structs. Every query of a draft or upload carries its owner."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from backend import calendars, catalogue, db
from backend.cases import papers
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.intake import whereabouts, whom
from backend.intake.sealing import open_answers, open_name
from backend.problems import sentence_of
from shared_schemas.draft import Choice, Draft, DraftRow, UploadView
from shared_schemas.vocabulary import Delivery, DocumentKind, FiledFor

KEPT_FOR = timedelta(days=90)
DRAFT_COLUMNS = (
    "id, owner, citizen, company, dependent, filed_for, matter, matter_version, values_sealed, topics_done, materials, "
    "delivery, revision, created_at, updated_at, submitted_case_id, told"
)
UPLOAD_COLUMNS = (
    "id, owner, draft, case_id, material, name_sealed, declared_type, length, received, state, refusal, media_type, "
    "sha256, path, stored_length, pages, created_at, client_id"
)


def as_uuid(text: str) -> UUID | None:
    """The UUID that `text` is, or None; only the canonical spelling counts, so that one thing has one address."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def draft_of(row: Any) -> Draft:
    """A `Draft` from a record with DRAFT_COLUMNS."""
    answers = open_answers(str(row["id"]), row["values_sealed"])
    return Draft(
        id=str(row["id"]),
        owner=row["owner"],
        matter=row["matter"],
        matter_version=row["matter_version"],
        filed_for=FiledFor(row["filed_for"]),
        delivery=Delivery(row["delivery"]),
        revision=row["revision"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        citizen=row["citizen"],
        company=row["company"],
        dependent=row["dependent"],
        values=answers.values,
        revisions=answers.revisions,
        written=answers.written,
        others=answers.others,
        before=answers.before,
        former=answers.former,
        locked=answers.locked,
        known=answers.known,
        overrides=answers.overrides,
        topics_done=tuple(row["topics_done"]),
        materials=msgspec.convert(row["materials"], dict[str, Choice]),
        submitted_case_id=row["submitted_case_id"],
        told=whom.chosen(row["told"], row["owner"]),
    )


async def draft(draft_id: str, owner: str, *, for_update: bool = False) -> Draft:
    """The owner's draft.

    Raises Refusal("draft.not_found") for another's as for a missing one; who handed it over, or had it, is told where it is
    ("draft.elsewhere", "draft.taken_back").
    """
    key = as_uuid(draft_id)
    row = key and await db.fetchrow(
        f"SELECT {DRAFT_COLUMNS} FROM draft WHERE id = $1 AND owner = $2{' FOR UPDATE' if for_update else ''}",
        key,
        owner,
    )
    if not row:
        if await whereabouts.refuse_absent(key, owner):
            return await draft(draft_id, owner, for_update=for_update)
        raise Refusal("draft.not_found")
    return draft_of(row)


async def matter_of(draft_id: str) -> str:
    """The code of the draft's matter. The caller has asked whose it is."""
    return await db.fetchval("SELECT matter FROM draft WHERE id = $1", as_uuid(draft_id)) or ""


async def begun(draft_id: str | None, owner: str) -> Draft | None:
    """The owner's draft that a device began under this id, open or filed; None when there is none yet.

    Raises Refusal("draft.id_taken") for what is no UUID, and for somebody else's.
    """
    if draft_id is None:
        return None
    key = as_uuid(draft_id)
    row = key and await db.fetchrow(f"SELECT {DRAFT_COLUMNS} FROM draft WHERE id = $1", key)
    if row and row["owner"] != owner and await whereabouts.refuse_absent(key, owner):
        return await begun(draft_id, owner)
    if key is None or (row and row["owner"] != owner):
        raise Refusal("draft.id_taken")
    return draft_of(row) if row else None


async def drafts_of(owner: str) -> list[DraftRow]:
    """The owner's open drafts, the one last worked on first, with those that were handed to a window or a kiosk."""
    rows = await db.fetch(
        "SELECT id, matter, updated_at, NULL AS place, NULL AS window_no FROM draft "
        "WHERE owner = $1 AND submitted_case_id IS NULL "
        "UNION ALL SELECT d.id, d.matter, d.updated_at, r.place, r.window_no FROM draft_relay r "
        "JOIN draft d ON d.id = r.draft AND d.submitted_case_id IS NULL "
        "WHERE 'citizen:' || r.citizen = $1 AND r.used_at IS NOT NULL AND r.ended_at IS NULL "
        "ORDER BY updated_at DESC LIMIT 100",
        owner,
    )
    known = catalogue.current().known
    return [
        DraftRow(
            id=str(row["id"]),
            matter=row["matter"],
            updated_at=row["updated_at"],
            matter_name=matter.name if (matter := known(row["matter"])) else row["matter"],
            matter_name_en=matter.name_en if matter else row["matter"],
            kept_until=row["updated_at"] + KEPT_FOR,
            where=whereabouts.where(row["place"], row["window_no"]) if row["place"] else "",
        )
        for row in rows
    ]


async def uploads_of(draft_id: str, owner: str) -> list[UploadView]:
    """The draft's files in the order they came, removed ones left out."""
    rows = await db.fetch(
        f"SELECT {UPLOAD_COLUMNS} FROM upload WHERE draft = $1 AND owner = $2 AND removed_at IS NULL "
        "ORDER BY position, created_at, id",
        as_uuid(draft_id),
        owner,
    )
    return [view_of(row) for row in rows]


def view_of(row: Any) -> UploadView:
    """The state of an upload as its owner sees it."""
    refusal = row["refusal"] or {}
    return UploadView(
        id=str(row["id"]),
        name=open_name(str(row["id"]), row["name_sealed"]),
        material=row["material"],
        length=row["length"],
        received=row["received"],
        state=row["state"],
        media_type=row["media_type"],
        pages=row["pages"] if row["state"] == "stored" else 0,
        code=refusal.get("code", ""),
        refusal=sentence_of(Refusal(refusal["code"], **refusal.get("facts", {}))) if refusal else "",
        client_id=str(row["client_id"]) if row["client_id"] else None,
    )


async def reusable(citizen: int, names: list[str] | None = None) -> dict[str, list[tuple[str, str, datetime]]]:
    """Files of the citizen's own earlier cases by material name: (upload id, case number, when filed), newest first.

    None asks for every name.
    """
    rows = await db.fetch(
        "SELECT m.name, u.id, c.case_no, c.received_at FROM case_file c "
        "JOIN case_material m ON m.case_id = c.id AND ($2::text[] IS NULL OR m.name = ANY($2)) "
        "JOIN case_upload cu ON cu.case_id = c.id AND cu.material = m.key AND cu.superseded_at IS NULL "
        "JOIN upload u ON u.id = cu.upload::uuid AND u.state = 'stored' AND u.removed_at IS NULL "
        "WHERE c.citizen = $1 ORDER BY c.received_at DESC, cu.position LIMIT 300",
        citizen,
        names,
    )
    found: dict[str, list[tuple[str, str, datetime]]] = {}
    for row in rows:
        # One earlier case is offered, the newest that has the paper, with all of its files.
        files = found.setdefault(row["name"], [])
        if not files or files[0][1] == row["case_no"]:
            files.append((str(row["id"]), row["case_no"], row["received_at"]))
    return found


async def files_named(ids: list[str]) -> dict[str, tuple[str, int]]:
    """Name and number of pages of stored files, by upload id. The caller has asked who may see them."""
    rows = await db.fetch(
        "SELECT id, name_sealed, pages FROM upload WHERE id = ANY($1) AND state = 'stored' AND removed_at IS NULL",
        [key for upload in ids if (key := as_uuid(upload))],
    )
    return {str(row["id"]): (open_name(str(row["id"]), row["name_sealed"]), row["pages"]) for row in rows}


class Received(Struct, frozen=True):
    """What the receipt page says of a filed case."""

    case_no: str
    received_at: datetime
    told_by: date
    receipt_id: int


async def receipt(case_id: int) -> Received:
    """The receipt of a case and the day by which its applicant is told (行政许可法 §32)."""
    row = await db.fetchrow(
        "SELECT c.case_no, c.received_at, d.id FROM case_file c JOIN formal_document d ON d.case_id = c.id "
        "WHERE c.id = $1 AND d.kind = $2 ORDER BY d.id LIMIT 1",
        case_id,
        DocumentKind.RECEIPT,
    )
    if row is None:
        raise Refusal("case.not_found")
    told_by = calendars.current().add_workdays(day_of(row["received_at"]), papers.TOLD_WITHIN).day
    return Received(row["case_no"], row["received_at"], told_by, row["id"])
