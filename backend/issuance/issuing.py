"""制证: numbered without gaps, set, signed, stored by its hash, all in the transaction of its event."""

from __future__ import annotations

from datetime import datetime

import msgspec
import structlog

from backend import catalogue, crypto, db, storage
from backend.cases import drafting, following, papers, reading, recording
from backend.documents import hall, shapes, signing
from backend.documents.rendering import render
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.issuance import sheet
from backend.settings import settings
from shared_schemas.case import Case
from shared_schemas.people import SystemActor
from shared_schemas.vocabulary import Delivery, DocumentKind, Step, Verb

PRESS = SystemActor("press")

log = structlog.get_logger(__name__)


def aad(column: str, case_no: str) -> str:
    """The name under which a column of this case's certificate is sealed."""
    return f"certificate|{column}|{case_no}"


@following.after(Verb.GRANT)
async def issue(case_no: str, now: datetime) -> Case:
    """Make the certificate of a granted case. A second call finds it made and changes nothing.

    The counter's row stays locked while the sheet is set and signed (about 40 ms): that keeps numbers gapless, and a
    failure gives the number back.
    """
    key = hall.seal(now)
    async with db.transaction():
        found = await reading.by_number(case_no)
        if found.step is not Step.GRANTED:
            return found
        case = await recording.load_for(Verb.ISSUE, case_no, PRESS, now)
        number = await papers.next_number(case.department, DocumentKind.CERTIFICATE, day_of(now))
        content = await sheet.compose(case, number, day_of(now))
        page = await render(content, fonts_folder=hall.fonts_folder(), wording_folder=hall.wording_folder())
        pdf = await signing.sign(page, key, now, reason=f"{content.name} {number}", location=settings.hall_name)
        stored = await storage.put(pdf)
        await db.execute(
            "INSERT INTO certificate (number, case_id, title, organ, holder_sealed, issued_on, valid_until, "
            "content_sealed, path, sha256, length, signed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            number,
            case.id,
            content.name,
            content.organ,
            crypto.seal(content.holder, aad("holder", case_no)),
            content.issued_on,
            content.valid_until,
            crypto.seal(msgspec.json.encode(content), aad("content", case_no)),
            stored.path,
            bytes.fromhex(stored.sha256),
            stored.size,
            now,
        )
        case = await recording.record(case, Verb.ISSUE, by=PRESS, at=now, particulars={"number": number})
        await papers.issue(case, await _collection_notice(case, now), by=PRESS, now=now)
    await following.follow(Verb.ISSUE, case_no, now)
    return case


async def _collection_notice(case: Case, now: datetime) -> shapes.CollectionNotice:
    matter = await catalogue.version(case.matter, case.matter_version)
    by_phone = case.delivery is Delivery.DOWNLOAD
    return shapes.CollectionNotice(
        head=await drafting.head(case, DocumentKind.COLLECTION_NOTICE, by=PRESS, now=now),
        applicant=await drafting.party(case),
        result_name=sheet.title_of(matter),
        ready_on=day_of(now),
        place=f"一码办手机端下载，或{settings.hall_name}任一综合窗口"
        if by_phone
        else f"{settings.hall_name}任一综合窗口",
        hours=drafting.local().hours,
        bring=drafting.local().bring,
    )


async def issue_pending(now: datetime, most: int = 50) -> int:
    """Make the certificates of granted cases that have none yet, oldest first; how many were made."""
    rows = await db.fetch("SELECT case_no FROM case_file WHERE step = 'granted' ORDER BY decided_at LIMIT $1", most)
    made = 0
    for row in rows:
        try:
            made += (await issue(row[0], now)).step is Step.ISSUED
        except Refusal as refusal:
            log.warning("certificate.pending", code=refusal.code)
        except Exception as error:  # noqa: BLE001 - one broken certificate must not hold up the others
            log.error("certificate.failed", kind=type(error).__name__)
    return made
