"""Surveys of the demo's story: who goes, what they find, photograph and sign. Nobody here exists."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.cases import facts, reading
from backend.cases.uploads import owner_of
from backend.demo.files import Cabinet
from backend.domain.survey_record import Checklist
from backend.survey import checklists, concluding, dispatching, queries, scheduling
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.side_ways import Survey
from shared_schemas.survey import (
    ApplicantSigned,
    Conclusion,
    Found,
    InspectorSigned,
    ItemFound,
    PhotoTaken,
    Strokes,
    SurveyDispatched,
    SurveyRecorded,
    TimeChosen,
    ValueMeasured,
)

FINDINGS = {
    Conclusion.PASS: "现场与申请材料一致，设施能正常使用，符合条件。",
    Conclusion.RECTIFY: "大体符合，个别项目要整改，整改后复查。",
    Conclusion.FAIL: "现场与申请材料不符，关键项不符合。",
}
_NOTES = {
    Conclusion.PASS: "",
    Conclusion.RECTIFY: "标识不全，三天内补上",
    Conclusion.FAIL: "与图纸不一致，没有达到要求",
}
_PLACE = "嘉兴市南湖区演示路 218 号"
_PHOTOS = ("front", "site", "plan")


async def send(case_no: str, *, by: OfficerActor, team: tuple[OfficerActor, ...], word: str, now: datetime) -> None:
    """派出: the word "soon" is agreed by telephone for the next hour, "at_once" for now, "joint" takes the applicant's others along."""
    case = await reading.by_number(case_no)
    along = [each.case_no for each in await queries.same_applicant(case)] if word == "joint" else []
    agreed = {"soon": now + timedelta(hours=1), "at_once": now, "joint": now + timedelta(hours=2)}.get(word)
    offered = () if agreed else tuple(now + timedelta(days=day, hours=2) for day in (1, 4, 12))
    given = SurveyDispatched(
        inspectors=tuple(each.staff_no for each in team),
        place=await queries.place_of(case) or _PLACE,
        offered=offered,
        agreed_at=agreed,
        along=tuple(along),
    )
    await dispatching.dispatch(case_no, given, by=by, now=now)


async def choose(case_no: str, *, by: CitizenActor, now: datetime) -> None:
    """The applicant takes the first of the offered times that is still ahead."""
    view = await queries.of_case(await reading.by_number(case_no))
    if view is None or view.visit is None:
        raise LookupError(f"nobody comes for {case_no}")
    first = next(time for time in view.visit.offered if time > now)
    await scheduling.choose(case_no, TimeChosen(first), by=by, now=now)


async def see(
    case_no: str, *, team: tuple[OfficerActor, ...], cabinet: Cabinet, conclusion: Conclusion, now: datetime
) -> None:
    """结论: the whole record, signed by all who went and by the applicant; who disagrees signs all the same."""
    case = await reading.by_number(case_no)
    checklist = checklists.for_matter(case.matter, case.department)
    writer = team[0]
    photos = tuple(
        [
            PhotoTaken(now, (await cabinet.give(owner_of(writer), key, "survey", now),), "现场")
            for key in _PHOTOS[: checklist.photos]
        ]
    )
    given = record(checklist, team, conclusion=conclusion, at=now, photos=photos)
    await concluding.conclude(case_no, given, by=writer, now=now)


def record(
    checklist: Checklist,
    team: tuple[OfficerActor, ...],
    *,
    conclusion: Conclusion,
    at: datetime,
    photos: tuple[PhotoTaken, ...] = (),
) -> SurveyRecorded:
    """A whole record of `checklist`: every item looked at, every value measured, everybody's signature."""
    first_bad = next((item.key for item in checklist.items if item.is_decisive), checklist.items[0].key)
    bad = {Conclusion.PASS: "", Conclusion.RECTIFY: checklist.items[-1].key, Conclusion.FAIL: first_bad}[conclusion]
    return SurveyRecorded(
        surveyed_at=at,
        conclusion=conclusion,
        findings=FINDINGS[conclusion],
        items=tuple(
            ItemFound(item.key, Found.NOT_OK, _NOTES[conclusion]) if item.key == bad else ItemFound(item.key, Found.OK)
            for item in checklist.items
        ),
        values=tuple(ValueMeasured(value.key, _plausible(value.least, value.most)) for value in checklist.values),
        photos=photos,
        signed=tuple(InspectorSigned(each.staff_no, signature(each.id)) for each in team),
        applicant=ApplicantSigned("在场人", signature(7)),
        disagreement="图纸是旧的，希望再看一次。" if conclusion is Conclusion.FAIL else "",
    )


def _plausible(least: float, most: float) -> float:
    """A number inside the span, the same every time."""
    return round(max(least, min(most, max(least + 1, 4.5))), 1)


def signature(seed: int) -> Strokes:
    """Somebody's name as strokes of a pen: waves that differ from person to person."""
    return tuple(
        tuple((60 + part * 160 + step * 6, 100 + ((step * (seed % 5 + 3)) % 70 - 35) * (1 if part % 2 else -1))
              for step in range(20))
        for part in range(3)
    )  # fmt: skip


async def is_missing(case_no: str) -> bool:
    """Whether the case still waits for its survey."""
    known = await facts.load(await reading.by_number(case_no))
    return known.needs_survey and known.survey is not Survey.CONCLUDED
