"""What the hall knows of everybody a citizen may file for: what a phone needs to begin a draft without network."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Response, get
from msgspec import Struct

from backend.domain.refusal import Refusal
from backend.intake import profile, queries
from backend.people import companies, family
from backend.people.guards import verified_citizen
from shared_schemas.draft import DraftStart
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import FiledFor


class Applicant(Struct, frozen=True):
    """Somebody to file for. `values` are answers by question path, of every form; `locked` ones are proved.

    `company` and `dependent` are what `POST /drafts` takes. `line` says what they are, in both languages, or "".
    """

    filed_for: FiledFor
    name: str
    values: dict[str, Any]
    locked: tuple[str, ...]
    company: int | None = None
    dependent: int | None = None
    line_zh: str = ""
    line_en: str = ""


class Earlier(Struct, frozen=True):
    """Files of one material of an earlier case, to be used again for a material of the same name."""

    uploads: tuple[str, ...]
    filed_at: datetime


class Applicants(Struct, frozen=True):
    """Everybody the citizen may file for, oneself first, and earlier papers by the material's (Chinese) name."""

    items: list[Applicant]
    earlier: dict[str, Earlier]


@get(
    "/me/applicants",
    guards=[verified_citizen],
    tags=["drafts"],
    summary="Whom I may file for",
    operation_id="MyApplicants",
    description="Oneself, family and companies with the answers the hall already knows (as a new draft is filled with "
    "them), and earlier papers. For the citizen's own device only: names and numbers stand in clear.",
)
async def applicants(citizen: CitizenActor, now: datetime) -> Response[Applicants]:
    """The answers a draft of this citizen would start with."""
    starts = [(DraftStart("", FiledFor.SELF), citizen.name, "", "")]
    starts += [
        (DraftStart("", each.kind, dependent=each.id), each.name, each.kind.label("zh"), each.kind.label("en"))
        for each in await family.of(citizen.id)
    ]
    starts += [
        (
            DraftStart("", FiledFor.COMPANY, company=hat.id),
            hat.name,
            hat.capacity.label("zh"),
            hat.capacity.label("en"),
        )
        for hat in await companies.hats(citizen.id, now)
    ]
    items = [
        Applicant(start.filed_for, name, known.values, known.locked, start.company, start.dependent, zh, en)
        for start, name, zh, en in starts
        if (known := await _known(citizen, start, now)) is not None
    ]
    return Response(Applicants(items, await _earlier(citizen.id)), headers={"cache-control": "no-store"})


async def _known(citizen: CitizenActor, start: DraftStart, now: datetime) -> profile.Prefill | None:
    """What is known of one of them; None for who was taken off the list this very moment."""
    try:
        return await profile.of_citizen(citizen, start, now)
    except Refusal:
        return None


async def _earlier(citizen: int) -> dict[str, Earlier]:
    found = await queries.reusable(citizen)
    return {name: Earlier(tuple(upload for upload, _, _ in files), files[0][2]) for name, files in found.items()}


handlers = [applicants]
