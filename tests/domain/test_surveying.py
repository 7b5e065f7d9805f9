"""现场勘查 as law: who goes, when, what a record must hold, what a joint one comes to."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.domain import approval, survey_record, surveying
from backend.domain.refusal import Refusal
from backend.domain.survey_record import Checklist, Item, Value
from backend.domain.surveying import Candidate
from shared_schemas.side_ways import Survey
from shared_schemas.survey import (
    ApplicantSigned,
    Conclusion,
    Found,
    InspectorSigned,
    ItemFound,
    PhotoTaken,
    SurveyRecorded,
    ValueMeasured,
)
from shared_schemas.vocabulary import ApprovalMode, Role, Step, Verb
from tests.domain import staff
from tests.domain.staff import NOW, facts

PEN = (((10, 10), (200, 90)),)
LIST = Checklist(
    "餐饮", "Food",
    items=(Item("layout", "布局", "Layout", is_decisive=True), Item("pests", "防鼠", "Pests")),
    values=(Value("area", "面积", "Area", "m²", 1, 500), Value("cold", "温度", "Cold", "℃", -30, 40, is_required=False)),
)  # fmt: skip
SENT = {"N1": "赵刚", "N2": "孙丽", "N3": "周一"}
WHOLE = SurveyRecorded(
    surveyed_at=NOW,
    conclusion=Conclusion.PASS,
    findings="一致",
    items=(ItemFound("layout", Found.OK), ItemFound("pests", Found.NOT_HERE)),
    values=(ValueMeasured("area", 86.5),),
    photos=(PhotoTaken(NOW, ("0" * 36,)),),
    signed=(InspectorSigned("N1", PEN), InspectorSigned("N2", PEN)),
    applicant=ApplicantSigned("王敏", PEN),
)


def refusal(record: SurveyRecorded) -> str | None:
    try:
        survey_record.check(record, LIST, SENT, dispatched_at=NOW - timedelta(hours=2), now=NOW)
    except Refusal as refused:
        return refused.code
    return None


def test_a_whole_record_is_taken():
    assert refusal(WHOLE) is None


LATER = NOW + timedelta(hours=1)
BAD_LAYOUT = (ItemFound("layout", Found.NOT_OK, "生熟交叉"), ItemFound("pests", Found.OK))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"surveyed_at": LATER}, "survey.in_future"),
        ({"surveyed_at": NOW - timedelta(days=1)}, "survey.before_dispatch"),
        ({"photos": (PhotoTaken(LATER, ("0" * 36,)),)}, "survey.photo_in_future"),
        ({"photos": ()}, "survey.photos_missing"),
        ({"signed": WHOLE.signed[:1]}, "survey.signature_missing"),
        ({"signed": (WHOLE.signed[0], InspectorSigned("N2", ()))}, "survey.signature_missing"),
        ({"signed": (WHOLE.signed[0], WHOLE.signed[0])}, "survey.signature_missing"),
        ({"signed": (*WHOLE.signed, InspectorSigned("N9", PEN))}, "survey.signer_not_sent"),
        ({"applicant": ApplicantSigned()}, "survey.applicant_signature_missing"),
        ({"applicant": ApplicantSigned("王敏")}, "survey.applicant_signature_missing"),
        ({"applicant": ApplicantSigned("", PEN)}, "survey.applicant_signature_missing"),
        ({"applicant": ApplicantSigned(refused_because="  ")}, "survey.applicant_signature_missing"),
        ({"items": WHOLE.items[:1]}, "survey.items_open"),
        ({"items": (*WHOLE.items, ItemFound("gone", Found.OK))}, "survey.checklist_changed"),
        ({"items": (*WHOLE.items, WHOLE.items[0])}, "survey.checklist_changed"),
        ({"items": (WHOLE.items[0], ItemFound("pests", Found.NOT_OK))}, "survey.note_missing"),
        ({"items": BAD_LAYOUT}, "survey.passes_with_fault"),
        ({"items": BAD_LAYOUT, "conclusion": Conclusion.FAIL}, None),
        ({"values": ()}, "survey.values_missing"),
        ({"values": (ValueMeasured("area", 900),)}, "survey.value_impossible"),
        ({"values": (*WHOLE.values, ValueMeasured("gone", 1))}, "survey.checklist_changed"),
        ({"applicant": ApplicantSigned("王敏", refused_because="不同意结论"), "disagreement": "再看一次"}, None),
    ],
)
def test_what_is_wrong_with_a_record_is_said_by_name(changes, code):
    assert refusal(replace(WHOLE, **changes)) == code


def test_a_clock_that_goes_two_minutes_ahead_is_forgiven():
    assert refusal(replace(WHOLE, surveyed_at=NOW + timedelta(minutes=1))) is None


def team(*people: Candidate, **changes):
    try:
        return surveying.team(facts(Step.ACCEPTED, accepted_by=1, **changes), people)
    except Refusal as refused:
        return refused.code


ZHAO, SUN = Candidate(201, "赵刚", True), Candidate(202, "孙丽", True)


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ((ZHAO, SUN), (201, 202)),
        ((SUN, ZHAO, SUN), (201, 202)),
        ((ZHAO,), "survey.too_few_inspectors"),
        ((ZHAO, ZHAO), "survey.too_few_inspectors"),
        ((ZHAO, Candidate(203, "卫健", True, "wjj")), "survey.too_few_inspectors"),
        ((ZHAO, SUN, Candidate(203, "卫健", True, "wjj")), (201, 202)),
        ((ZHAO, Candidate(204, "市监", True, "scj")), (201, 204)),
        ((ZHAO, Candidate(205, "陈洁", False)), "survey.not_a_surveyor"),
        ((ZHAO, Candidate(1, "陈洁", True)), "survey.inspector_accepted"),
        ((ZHAO, Candidate(206, "亲属", True, kin=frozenset({"ab12"}))), "survey.inspector_conflict"),
    ],
)
def test_two_go_for_each_department_and_nobody_who_is_part_of_it(people, told):
    assert team(*people) == told


@given(
    st.lists(
        st.builds(
            Candidate, st.integers(200, 206), st.just("某"), st.just(True), st.sampled_from([None, "scj", "wjj"])
        ),
        max_size=8,
    )
)
def test_whoever_is_sent_is_at_least_two_and_of_the_right_department(people):
    told = team(*people)
    last = {each.id: each for each in people}
    going = {number for number, each in last.items() if each.department in (None, "scj")}
    assert told == (tuple(sorted(going)) if len(going) >= 2 else "survey.too_few_inspectors")


@pytest.mark.parametrize(
    ("times", "code"),
    [
        ((), "survey.no_time"),
        ((NOW,), "survey.time_past"),
        ((NOW + timedelta(days=1), NOW - timedelta(days=1)), "survey.time_past"),
        ((NOW + timedelta(days=61),), "survey.time_far"),
        ((NOW + timedelta(days=1), NOW + timedelta(days=1)), "survey.time_twice"),
        ((NOW + timedelta(days=1), NOW + timedelta(days=2)), None),
    ],
)
def test_times_that_are_offered_lie_ahead(times, code):
    told = None
    try:
        surveying.check_offered(times, NOW)
    except Refusal as refused:
        told = refused.code
    assert told == code


@given(st.lists(st.sampled_from([*Conclusion, None]), min_size=1, max_size=6))
def test_a_joint_visit_is_concluded_when_all_are_and_in_conflict_when_they_differ(conclusions):
    state = surveying.state_of(is_sent=True, conclusions=conclusions)
    said = [each for each in conclusions if each is not None]
    assert (state is Survey.CONCLUDED) == (len(said) == len(conclusions))
    assert surveying.is_conflict(conclusions) == any(one is not other for one in said for other in said)
    assert surveying.state_of(is_sent=False, conclusions=conclusions) is Survey.NONE


SURVEYOR = staff.officer(201, Role.SURVEYOR)


def open_to(officer, verb, **changes):
    case = facts(Step.ACCEPTED, ApprovalMode.SOLE, needs_survey=True, **changes)
    try:
        approval.check(case, officer, verb, NOW)
    except Refusal as refused:
        return refused.code
    return None


@pytest.mark.parametrize(
    ("officer", "verb", "changes", "code"),
    [
        (staff.THIRD, Verb.DISPATCH_SURVEY, {}, None),
        (staff.CLERK, Verb.DISPATCH_SURVEY, {}, "approval.wrong_role"),
        (staff.THIRD, Verb.DISPATCH_SURVEY, {"survey": Survey.OPEN}, "case.open_survey"),
        (staff.THIRD, Verb.DISPATCH_SURVEY, {"survey": Survey.CONCLUDED}, None),
        (SURVEYOR, Verb.CONCLUDE_SURVEY, {}, "case.no_open_survey"),
        (SURVEYOR, Verb.CONCLUDE_SURVEY, {"survey": Survey.OPEN, "surveyors": frozenset({201, 202})}, None),
        (SURVEYOR, Verb.CONCLUDE_SURVEY, {"survey": Survey.OPEN, "surveyors": frozenset({202, 203})}, "approval.not_your_survey"),
        (SURVEYOR, Verb.CONCLUDE_SURVEY, {"survey": Survey.OPEN}, "case.survey_waits"),
        (staff.THIRD, Verb.CONCLUDE_SURVEY, {"survey": Survey.OPEN}, "approval.wrong_role"),
        (staff.THIRD, Verb.GRANT, {}, "case.survey_missing"),
        (staff.THIRD, Verb.GRANT, {"survey": Survey.OPEN}, "case.survey_missing"),
        (staff.THIRD, Verb.GRANT, {"survey": Survey.CONCLUDED}, None),
        (staff.THIRD, Verb.GRANT, {"survey": Survey.CONCLUDED, "survey_conflict": True}, "approval.tier_too_low"),
        (staff.SECOND, Verb.GRANT, {"survey": Survey.CONCLUDED, "survey_conflict": True}, None),
        (staff.SECOND, Verb.REFUSE, {"survey": Survey.CONCLUDED, "survey_conflict": True}, "approval.tier_too_low"),
        (staff.CHIEF, Verb.REFUSE, {"survey": Survey.CONCLUDED, "survey_conflict": True}, None),
        (staff.THIRD, Verb.GRANT, {"survey": Survey.CONCLUDED, "surveyed_by": frozenset({11})}, "approval.surveyed_it_yourself"),
    ],
)  # fmt: skip
def test_who_sends_out_who_concludes_and_who_decides_then(officer, verb, changes, code):
    assert open_to(officer, verb, **changes) == code
