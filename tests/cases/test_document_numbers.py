"""文号 without gaps: five hundred papers at once, some of which are never made after all."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import datetime
from types import ModuleType

from backend.cases import papers
from backend.domain.calendar import day_of
from backend.domain.document_number import parse
from shared_schemas.vocabulary import DocumentKind

AT_ONCE = 500
ACCEPTED, TOLD = DocumentKind.ACCEPTANCE_NOTICE, DocumentKind.ONE_TIME_NOTICE


class NotAfterAll(Exception):
    """What goes wrong between a number and the end of its transaction."""


async def _goes_wrong(db: ModuleType, mishap: str) -> None:
    if mishap == "failed":
        raise NotAfterAll
    if mishap == "cancelled":
        await db.execute("SELECT pg_sleep(30)")


async def _paper(db: ModuleType, department: str, kind: DocumentKind, now: datetime, *, mishap: str) -> str | None:
    """A paper with the next number, kept like the papers of the hall; None when its transaction was taken back."""
    try:
        async with asyncio.timeout(0.5 if mishap == "cancelled" else None), db.transaction():
            number = await papers.next_number(department, kind, day_of(now))
            await db.execute(
                "INSERT INTO formal_document (case_id, kind, number, issued_at, content_sealed) VALUES (1, $1, $2, $3, '')",
                kind,
                number,
                now,
            )
            await _goes_wrong(db, mishap)
    except (NotAfterAll, TimeoutError):
        return None
    return number


async def test_five_hundred_at_once_leave_no_gap_and_no_duplicate(db: ModuleType, now: datetime) -> None:
    """Every fifth fails after it has its number, and some clients go away while they hold theirs."""
    made = await asyncio.gather(
        *(
            _paper(
                db,
                ("scj", "gaj")[place % 2],
                (ACCEPTED, TOLD)[place // 2 % 2],
                now,
                mishap="cancelled" if place in {100, 201, 302, 403} else "failed" if place % 5 == 4 else "",
            )
            for place in range(AT_ONCE)
        )
    )
    numbers = [number for number in made if number]
    assert len(numbers) < AT_ONCE - AT_ONCE // 5, "some were taken back"
    assert len(numbers) > AT_ONCE // 2
    kept = {row["number"] for row in await db.fetch("SELECT number FROM formal_document")}
    assert kept == set(numbers)
    assert len(kept) == len(numbers)
    serials: dict[tuple[str, DocumentKind, int], list[int]] = defaultdict(list)
    for number in numbers:
        found = parse(number)
        assert found is not None, number
        serials[found.organ, found.kind, found.year].append(found.serial)
    assert len(serials) == 4
    for each in serials.values():
        assert sorted(each) == list(range(1, len(each) + 1))


async def test_the_next_year_begins_at_one(db: ModuleType, now: datetime) -> None:
    assert parse(str(await _paper(db, "scj", ACCEPTED, now, mishap=""))).serial == 1  # type: ignore[union-attr]
    assert parse(str(await _paper(db, "scj", ACCEPTED, now, mishap=""))).serial == 2  # type: ignore[union-attr]
    later = parse(str(await _paper(db, "scj", ACCEPTED, now.replace(year=2027), mishap="")))
    assert later is not None
    assert (later.year, later.serial) == (2027, 1)
