"""What every paper of a case starts from: its head, its party, the district's remedies."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path

from msgspec import Struct, convert, structs

from backend import catalogue
from backend.cases import papers, reading
from backend.documents import shapes
from backend.domain.calendar import day_of
from backend.domain.masking import mask_id
from shared_schemas.case import Case
from shared_schemas.people import Actor, OfficerActor
from shared_schemas.vocabulary import DocumentKind

_FILE = Path(__file__).parent.parent / "data" / "remedies.toml"


class Local(Struct, frozen=True, forbid_unknown_fields=True):
    """What the district says of itself on its papers (`backend/data/remedies.toml`)."""

    review_organ: str
    court: str
    complaints: tuple[str, ...]
    hours: str
    bring: tuple[str, ...]


@cache
def local() -> Local:
    """The district's own facts."""
    return convert(tomllib.loads(_FILE.read_text("utf-8")), Local)


def remedies() -> shapes.Remedies:
    """复议机关 and 法院 of this district."""
    return shapes.Remedies(local().review_organ, local().court)


async def head(
    case: Case, kind: DocumentKind, *, by: Actor, now: datetime, articles: tuple[str, ...] = ()
) -> shapes.Letterhead:
    """The head with the next 文号 of this kind; call it inside the transaction that keeps the paper."""
    matter = await catalogue.version(case.matter, case.matter_version)
    number = await papers.next_number(case.department, kind, day_of(now))
    plain = papers.letterhead(
        case.case_no, matter.name, case.department, await reading.tracking_code_of(case), number, by, day_of(now)
    )
    # Who signs with lent authority says so on the paper.
    signer = (
        f"{plain.handler}（{case.behalf.label('zh')}）"
        if case.behalf and isinstance(by, OfficerActor)
        else plain.handler
    )
    return structs.replace(plain, handler=signer, legal_articles=articles)


async def party(case: Case) -> shapes.Party:
    """The applicant as a paper names them, the ID number masked, and the agent where there is one."""
    form = await reading.form_of(case)
    name = await reading.applicant_name(case)
    agent = str(form.get("agent_name") or "")
    if case.credit_code:
        return shapes.Party(name, "统一社会信用代码", case.credit_code, agent)
    number = form.get("id_no")
    return (
        shapes.Party(name, "证件号码", mask_id(number), agent)
        if isinstance(number, str) and number
        else shapes.Party(name, agent=agent)
    )
