"""勘查结论: the record of one department from the field, kept once, printed as 勘查笔录, told to the office at once."""

from __future__ import annotations

from datetime import datetime

import msgspec

from backend import catalogue, db
from backend.cases import drafting, papers, recording, uploads
from backend.documents import shapes
from backend.documents.facts import say
from backend.documents.survey_shapes import CheckedItem, MeasuredValue, Picture, SurveyRecord
from backend.domain import survey_record
from backend.domain.refusal import Refusal
from backend.domain.survey_record import Checklist
from backend.survey import checklists, pictures, queries, sealing
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.survey import Inspector, SurveyRecorded
from shared_schemas.vocabulary import DocumentKind, Verb

MATERIAL = "survey"  # under which the photos stand among a case's files


async def conclude(case_no: str, given: SurveyRecorded, *, by: OfficerActor, now: datetime) -> Case:
    """Keep the record and its paper. What differs from the other departments of the visit raises the tier by itself.

    Raises Refusal: those of the verb and of `survey_record.check`, "survey.photo_not_ready".
    """
    owner = uploads.owner_of(by)
    photos = [await _photo(each.uploads[0], owner) for each in given.photos]
    async with db.transaction():
        case = await recording.load_for(Verb.CONCLUDE_SURVEY, case_no, by, now, seen=given.seen)
        task = await queries.task_of(case.id)
        checklist = checklists.for_matter(case.matter, case.department)
        sent = {each.staff_no: each for each in await queries.people(task.inspectors)}
        names = {number: each.name for number, each in sent.items()}
        survey_record.check(given, checklist, names, dispatched_at=task.dispatched_at, now=now)
        signers = [sent[number] for number in dict.fromkeys(each.staff_no for each in given.signed if each.strokes)]
        await _keep(task.id, given, signers, by, now)
        await _attach(case, owner, given, now)
        case = await recording.record(
            case,
            Verb.CONCLUDE_SURVEY,
            by=by,
            at=now,
            particulars={"conclusion": given.conclusion, "surveyed_at": given.surveyed_at.isoformat(),
                         "signed": bool(given.applicant.strokes), "disputed": bool(given.disagreement.strip())},
        )  # fmt: skip
        head = await drafting.head(case, DocumentKind.SURVEY_RECORD, by=by, now=now)
        party = await drafting.party(case)
        visit = await queries.times_of_visit(task.visit)
        paper = _paper(head, party, given, checklist, signers, photos, visit.place, await _others(case, task.visit))
        await papers.issue(case, paper, by=by, now=now)
    return case


async def _photo(upload: str, owner: str) -> str:
    try:
        return await pictures.photo(upload, owner)
    except Refusal:
        raise Refusal("survey.photo_not_ready") from None


async def _keep(task: int, given: SurveyRecorded, signers: list[Inspector], by: OfficerActor, now: datetime) -> None:
    await db.execute(
        "UPDATE survey SET surveyed_at = $2, concluded_by = $3, concluded_at = $4, conclusion = $5, signed_by = $6, "
        "is_signed = $7, is_disputed = $8, record_sealed = $9 WHERE id = $1",
        task,
        given.surveyed_at,
        by.id,
        now,
        given.conclusion,
        sorted({each.id for each in signers}),
        bool(given.applicant.strokes),
        bool(given.disagreement.strip()),
        sealing.seal_record(task, msgspec.structs.replace(given, seen=None)),
    )


async def _attach(case: Case, owner: str, given: SurveyRecorded, now: datetime) -> None:
    """The photos are files of the case from now on, for whoever may see it."""
    wanted = [photo.uploads[0] for photo in given.photos]
    if len(set(wanted)) < len(wanted):
        raise Refusal("survey.photo_twice")
    try:
        await uploads.claim(case, owner, wanted)
    except Refusal:
        raise Refusal("survey.photo_not_ready") from None
    await db.executemany(
        "INSERT INTO case_upload (case_id, material, upload, position, added_at) VALUES ($1, $2, $3, $4, $5)",
        [(case.id, MATERIAL, upload, place, now) for place, upload in enumerate(wanted)],
    )


async def _others(case: Case, visit: int) -> str:
    """The other departments of the same visit, by name."""
    rows = await db.fetch(
        "SELECT DISTINCT department FROM survey WHERE visit = $1 AND department <> $2 ORDER BY department",
        visit,
        case.department,
    )
    return "、".join(catalogue.current().department(row[0]).label("zh") for row in rows)


def _paper(
    head: shapes.Letterhead,
    party: shapes.Party,
    given: SurveyRecorded,
    checklist: Checklist,
    signers: list[Inspector],
    photos: list[str],
    place: str,
    joint: str,
) -> SurveyRecord:
    found = {item.key: item for item in given.items}
    measured = {value.key: value.value for value in given.values}
    applicant = given.applicant
    strokes = {each.staff_no: each.strokes for each in given.signed if each.strokes}
    signed = [
        Picture(pictures.signature(strokes[who.staff_no]), f"勘查人员 {who.name}（{who.staff_no}）") for who in signers
    ]
    if applicant.strokes:
        signed.append(Picture(pictures.signature(applicant.strokes), f"申请人一方 {applicant.name.strip()}"))
    return SurveyRecord(
        head=head,
        applicant=party,
        place=place,
        surveyed_at=given.surveyed_at,
        inspectors="、".join(f"{who.name}（{who.staff_no}）" for who in signers),
        checklist=checklist.zh,
        items=tuple(
            CheckedItem(item.zh, found[item.key].found.label("zh"), found[item.key].note.strip())
            for item in checklist.items
        ),
        values=tuple(
            MeasuredValue(value.zh, f"{measured[value.key]:g} {value.unit}", value.limit)
            for value in checklist.values
            if value.key in measured
        ),
        findings=given.findings.strip(),
        conclusion=given.conclusion.label("zh"),
        photos=tuple(
            Picture(svg, f"{say(photo.taken_at)}　{photo.caption.strip()}".strip())
            for svg, photo in zip(photos, given.photos, strict=True)
        ),
        signatures=tuple(signed),
        joint=joint,
        present=applicant.name.strip(),
        refusal="" if applicant.strokes else applicant.refused_because.strip(),
        disagreement=given.disagreement.strip(),
    )
