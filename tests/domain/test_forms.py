"""The catalogue's forms: what answers do to each other."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain import forms, hints, propositions, rules
from shared_schemas.faults import Fault
from shared_schemas.reasons import SENTENCES, sentence
from tests.domain.filled import ADULT, FORMS, TODAY, ask, fault, form


def test_options_bind_enums_and_multiples():
    assert fault(ask("enum", options=("甲", "乙")), "丙") == "field.option"
    assert fault(ask("multi", options=("甲", "乙")), ["甲", "丙"]) == "field.options"
    assert fault(ask("multi", options=("甲", "乙")), "甲") is None


def test_required_and_optional():
    assert fault(ask("text"), " ") == "field.missing"
    assert fault(ask("text", required=False), "") is None
    assert fault(ask("text", "shared"), "") is None, "what the hall can fetch is never demanded"
    assert fault(ask("money", "calc"), "") is None, "computed, never asked"


def test_a_number_against_another_answer():
    two = form(ask("int", key="beds"), ask("int", ">=0;<=beds", key="nursing_beds"))
    assert forms.check_form(two, {"beds": 10, "nursing_beds": 10}, TODAY) == {}
    found = forms.check_form(two, {"beds": 10, "nursing_beds": 11}, TODAY)
    assert found["nursing_beds"].code == "field.more_than_other"


def test_parts_add_up_and_propositions_hold():
    areas = FORMS["zjj-02"]
    answers = {"total_floor_area": "100.5", "above_ground": "60.5", "underground": "41"}
    assert forms.check_form(areas, answers, TODAY)["underground"].code == "field.sum"
    assert "underground" not in forms.check_form(areas, answers | {"underground": "40"}, TODAY)
    members = FORMS["mzj-01"]
    for persons, units, is_enough in ((50, 0, True), (49, 0, False), (0, 30, True), (45, 5, True), (0, 29, False)):
        found = forms.check_form(members, {"member_persons": persons, "member_units": units}, TODAY)
        assert ("member_units" not in found) == is_enough
    with pytest.raises(ValueError, match="comparison"):
        propositions.holds("(a>=1) x", {"a": Decimal(1)})


def test_conditions_open_and_close_questions():
    def is_open(matter, path, **answers):
        return path in {question.path for question in forms.open_questions(FORMS[matter], answers, TODAY)}

    assert is_open("jwt-12", "game_machine_count", venue_kind="游艺娱乐")
    assert not is_open("jwt-12", "game_machine_count", venue_kind="歌舞娱乐")
    assert is_open("scj-18", "kitchen_area", business_form="餐饮服务经营者")
    assert not is_open("scj-18", "kitchen_area", business_form="食品销售经营者")
    assert is_open("scj-18", "agent_name", has_agent=True)
    assert not is_open("scj-18", "agent_name", has_agent="false")
    assert is_open("scj-18", "name", applicant_kind="自然人")
    assert not is_open("scj-18", "uscc", applicant_kind="自然人")
    assert is_open("scj-18", "recipient", delivery_mode="邮寄送达")
    assert is_open("gaj-07", "guardian_name", id_no="110105201512310026")
    assert not is_open("gaj-07", "guardian_name", id_no=ADULT)
    assert is_open("cl-01", "guardian", disability_kind="智力")
    assert not is_open("cl-01", "guardian", disability_kind="视力", id_no=ADULT)
    assert not is_open("cl-01", "grade"), "for staff"
    assert is_open("zfj-01", "structure_report"), "nothing in the form tells: asked, not demanded"


def test_an_open_condition_demands_an_answer():
    found = forms.check_form(FORMS["scj-18"], {"business_form": "餐饮服务经营者", "has_agent": True}, TODAY)
    assert found["kitchen_area"].code == found["agent_name"].code == "field.missing"


def test_a_minimum_for_one_option_only():
    found = [
        forms.check_form(FORMS["jwt-12"], {"venue_kind": kind, "use_area": "150"}, TODAY).get("use_area")
        for kind in ("歌舞娱乐", "游艺娱乐")
    ]
    assert found[0].code == "field.least" and found[1] is None


def test_long_stays_last_six_months():
    def period(kind, end):
        answers = {"filing_type": kind, "period": f"2026-01-01~{end}"}
        return forms.check_form(FORMS["rsj-26"], answers, TODAY).get("period")

    assert period("异地长期居住", "2026-06-30").code == "date.earliest"
    assert period("异地长期居住", "2026-07-01") is None
    assert period("异地急诊", "2026-01-02") is None


def test_the_kind_of_company_bounds_its_shareholders():
    row = {
        "name": "甲",
        "id_type": "护照",
        "id_no": "E12345678",
        "subscribed": "1",
        "due_date": "2027-01-01",
        "mode": "货币",
    }
    limited = {"company_type": "有限责任公司（自然人独资）", "shareholders": [row] * 51}
    assert forms.check_form(FORMS["scj-01"], limited, TODAY)["shareholders"].code == "field.many"
    stock = limited | {"company_type": "股份有限公司"}
    assert "shareholders" not in forms.check_form(FORMS["scj-01"], stock, TODAY)


def test_an_own_field_never_overwrites_a_shared_one():
    paths = [question.path for question in forms.questions(FORMS["njj-01"])]
    assert {"address", "own_address"} <= set(paths)
    for each in FORMS.values():
        shared = {f.key for group in each.groups for f in group.fields}
        assert not shared & {question.path for question in forms.questions(each) if question.topic == forms.OWN}


def test_topics_are_judged_one_page_at_a_time():
    assert forms.topics(FORMS["scj-18"])[-1] == forms.OWN
    found = forms.check_topic(FORMS["scj-18"], "delivery", {}, TODAY)
    assert set(found) == {"delivery_mode"}


def test_an_id_is_judged_by_the_chosen_kind():
    natural = FORMS["jwt-01"]
    for kind, number, code in (
        ("居民身份证", "110105194912310021", "id.checksum"),
        ("护照", "E12345678", None),
        ("护照", "E1", "id.passport"),
    ):
        found = forms.check_form(natural, {"id_type": kind, "id_no": number}, TODAY).get("id_no")
        assert (found and found.code) == code


def test_values_are_kept_in_their_normal_form():
    answers = {
        "name": "买买提 • 艾力",
        "id_type": "居民身份证",
        "id_no": "11010519491231002ｘ",
        "mobile": "138-1234 6021",
    }
    read = forms.read_form(FORMS["jwt-01"], answers, TODAY).values
    assert read == {"name": "买买提·艾力", "id_type": "居民身份证", "id_no": ADULT, "mobile": "13812346021"}


def test_hints_for_the_browser_never_limit_characters():
    for each in FORMS.values():
        for question in forms.questions(each):
            assert "maxlength" not in hints.html_of(question.field, TODAY)
    assert hints.html_of(ask("date", "<=today;>=today-1y"), TODAY) == {
        "type": "date",
        "required": "required",
        "max": "2026-11-22",
        "min": "2025-11-22",
    }
    assert hints.html_of(ask("int", "1-10"), TODAY)["inputmode"] == "numeric"
    assert hints.html_of(ask("text", r"regex:^\d{4}$"), TODAY)["pattern"] == r"\d{4}"
    assert hints.html_of(ask("date", ">today"), TODAY)["min"] == "2026-11-23"
    assert hints.file_types(ask("file", "pdf,mp4")) == ("pdf", "mp4")
    assert hints.html_of(ask("file", "pdf,jpg"), TODAY)["accept"] == ".pdf,.jpg"


def test_months_end_where_the_month_ends():
    assert rules.shifted(date(2026, 8, 31), "+6m") == date(2027, 2, 28)
    assert rules.shifted(date(2024, 2, 29), "+1y") == date(2025, 2, 28)
    with pytest.raises(ValueError, match="span"):
        rules.shifted(TODAY, "soon")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "start", "end", "id_no", "share", "date", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(FORMS)), st.data())
def test_no_answer_breaks_a_form_and_every_fault_can_be_said(matter, data):
    each = FORMS[matter]
    keys = [question.path for question in forms.questions(each)]
    options = [option for question in forms.questions(each) for option in question.field.options]
    given_values = data.draw(
        st.dictionaries(st.sampled_from(keys), JSON | st.sampled_from(options or ["x"]), max_size=12)
    )
    read = forms.read_form(each, given_values, TODAY)
    for found in read.faults.values():
        assert found.code in SENTENCES
        assert sentence(found) and sentence(found, "en")
    again = forms.read_form(each, read.values, TODAY)
    assert {path: value for path, value in again.values.items() if path not in read.faults} == {
        path: value for path, value in read.values.items() if path not in read.faults
    }, "reading is idempotent"


@given(st.integers(-400, 400))
def test_today_minus_a_year_is_a_sharp_edge(days):
    day = TODAY + timedelta(days=days)
    is_good = date(2025, 11, 22) <= day <= TODAY
    assert (fault(ask("date", "<=today;>=today-1y"), day.isoformat()) is None) == is_good


def test_faults_compare_by_code_and_facts():
    assert Fault("a", {"b": 1}) == Fault("a", {"b": 1}) != Fault("a")


def test_staff_may_override_a_check_digit_and_nothing_else() -> None:
    asked = form(ask("uscc", "gb32100"))
    odd, other = "91350100M000100Y44", "91350100M000100Y45"
    read = forms.read_form(asked, {"x": odd.lower()}, TODAY, {"x": odd})
    assert (read.faults, read.overridden, read.values) == ({}, ("x",), {"x": odd})
    assert forms.read_form(asked, {"x": other}, TODAY, {"x": odd}).faults["x"].code == "credit_code.checksum"
    assert forms.read_form(asked, {"x": odd[:17]}, TODAY, {"x": odd[:17]}).faults["x"].code == "credit_code.short"
    assert forms.overridable(asked, {"x": odd}) == {"x": odd}
    assert forms.overridable(asked, {"x": odd[:17]}) == forms.overridable(asked, {}) == {}
