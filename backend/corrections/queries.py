"""Reads of notices, of what came back, and of requests to notify again."""

from __future__ import annotations

from backend import catalogue, db
from backend.cases import sealing
from backend.domain.refusal import Refusal
from backend.i18n import language
from shared_schemas.correction import CorrectionLine, OpenCorrection
from shared_schemas.second_notice import SecondNotice, SecondNoticeView


async def open_of(case_id: int) -> OpenCorrection | None:
    """The notice of this case that the citizen has not answered yet."""
    head = await db.fetchrow(
        "SELECT c.id, c.kind, c.asked_at, c.due_on, o.name, f.case_no FROM correction c LEFT JOIN officer o ON o.id = c.asked_by "
        "JOIN case_file f ON f.id = c.case_id AND f.step IN ('correcting', 'supplementing') "
        "WHERE c.case_id = $1 AND c.answered_at IS NULL ORDER BY c.id DESC LIMIT 1",
        case_id,
    )
    if head is None:
        return None
    rows = await db.fetch(
        "SELECT id, position, label, words_sealed, material, field, answered_at IS NOT NULL "
        "FROM correction_item WHERE correction = $1 ORDER BY position",
        head[0],
    )
    lines = []
    for number, position, label, words, *rest in rows:
        said = sealing.unseal_json(head[5], f"defect.{head[0]}.{position}", words)
        lines.append(CorrectionLine(number, label, *said, *rest))
    return OpenCorrection(head[0], head[1], head[2], head[3], head[4] or "", tuple(lines))


async def asked_before(case_id: int) -> set[str]:
    """The materials and fields of earlier notices of this case."""
    rows = await db.fetch(
        "SELECT coalesce(i.material, i.field) FROM correction_item i JOIN correction c ON c.id = i.correction "
        "WHERE c.case_id = $1",
        case_id,
    )
    return {row[0] for row in rows}


async def is_answered(case_id: int, correction: int) -> bool:
    """Whether that notice of this case was answered. Raises Refusal("correction.not_found")."""
    row = await db.fetchrow("SELECT answered_at FROM correction WHERE id = $1 AND case_id = $2", correction, case_id)
    if row is None:
        raise Refusal("correction.not_found")
    return row[0] is not None


async def second_notice_open(case_id: int) -> bool:
    """Whether a request of this case waits for an answer, or for the notice that it allows."""
    return await db.fetchval(
        "SELECT EXISTS (SELECT FROM second_notice WHERE case_id = $1 AND used_at IS NULL AND is_given IS NOT FALSE)",
        case_id,
    )


_SECOND = (
    "SELECT s.id, c.case_no, c.matter, c.matter_version, s.places, a.name AS asker, s.asked_at, s.reason_sealed, "
    "b.name AS answerer, s.answered_at, s.is_given, s.answer_sealed, s.used_at, "
    "(SELECT jsonb_object_agg(coalesce(i.material, i.field), i.label) FROM correction_item i "
    "JOIN correction k ON k.id = i.correction WHERE k.case_id = s.case_id) AS labels "
    "FROM second_notice s JOIN case_file c ON c.id = s.case_id JOIN officer a ON a.id = s.asked_by "
    "LEFT JOIN officer b ON b.id = s.answered_by "
)


async def second_notices_of(case_id: int) -> list[SecondNoticeView]:
    """The requests of a case, newest first."""
    return [await _second(row) for row in await db.fetch(f"{_SECOND} WHERE s.case_id = $1 ORDER BY s.id DESC", case_id)]


async def second_notices_waiting() -> list[SecondNoticeView]:
    """What waits for a supervisor, oldest first."""
    rows = await db.fetch(f"{_SECOND} WHERE s.answered_at IS NULL AND c.decided_at IS NULL ORDER BY s.id LIMIT 200")
    return [await _second(row) for row in rows]


async def _second(row: db.Record) -> SecondNoticeView:
    case_no, labels = row["case_no"], row["labels"] or {}
    matter = await catalogue.version(row["matter"], row["matter_version"])
    answer = row["answer_sealed"]
    return SecondNoticeView(
        id=row["id"],
        case_no=case_no,
        matter=matter.label(language()),
        state=_state_of(row),
        places=tuple(row["places"]),
        labels=tuple(labels.get(place, place) for place in row["places"]),
        asked_by=row["asker"],
        asked_at=row["asked_at"],
        reason=sealing.unseal(case_no, "second_notice|reason", row["reason_sealed"]),
        answered_by=row["answerer"] or "",
        answered_at=row["answered_at"],
        answer=sealing.unseal(case_no, "second_notice|answer", answer) if answer else "",
    )


def _state_of(row: db.Record) -> SecondNotice:
    if row["used_at"] is not None:
        return SecondNotice.USED
    return {None: SecondNotice.ASKED, True: SecondNotice.GIVEN, False: SecondNotice.DENIED}[row["is_given"]]
