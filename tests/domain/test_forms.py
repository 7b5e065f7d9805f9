"""The catalogue's forms: every rule in the data is enforced or told to the clerk."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import backend
from backend.domain import forms, hints, propositions, rules, values
from shared_schemas.faults import Fault
from shared_schemas.form import FieldGroup, FormDefinition, FormField
from shared_schemas.numbers import id_check_character
from shared_schemas.reasons import SENTENCES, sentence

TODAY = date(2026, 11, 22)
ADULT = "11010519491231002X"
YOUNG = "33040220061122001" + id_check_character("33040220061122001")


def field_of(row: dict) -> FormField:
    options = tuple(map(str, row.get("options", ())))
    return FormField(row["key"], row["zh"], row["en"], row["type"], row["required"], row["rule"], options)


def catalogue_forms() -> dict[str, FormDefinition]:
    path = Path(backend.__file__).parent / "data" / "catalogue.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    groups = {row["name"]: FieldGroup(row["name"], tuple(map(field_of, row["fields"]))) for row in data["field_groups"]}
    found = {}
    for row in data["forms"]:
        names = []
        for name in row["groups"]:
            names += [name, *(("applicant_natural", "applicant_legal") if name == "applicant_any" else ())]
        found[row["matter"]] = FormDefinition(
            tuple(groups[name] for name in names), tuple(map(field_of, row["fields"]))
        )
    return found


FORMS = catalogue_forms()


def form(*fields: FormField) -> FormDefinition:
    return FormDefinition((), fields)


def ask(kind: str, rule: str = "", *, options=(), key: str = "x", required: bool = True) -> FormField:
    return FormField(key, "题", "Question", kind, required, rule, tuple(options))


def fault(field: FormField, value, **others) -> str | None:
    found = forms.check_form(form(field), {field.key: value, **others}, TODAY).get(field.key)
    return found and found.code


def test_every_type_of_the_catalogue_is_known():
    kinds = {question.field.type for each in FORMS.values() for question in forms.questions(each)}
    assert kinds <= values.KNOWN_TYPES


def test_what_is_left_to_the_clerk_is_exactly_what_software_cannot_know():
    left = {note.rule for each in FORMS.values() for note in forms.unenforced(each)}
    assert left == {
        "in_district", "online_only_allowed", "not_basement_or_below_1", "standard_hanzi", "same_as_parent",
        "358x441", "no_forbidden_words", "or_direct_registration", "not_legal_rep_of_other_social_org",
        "non_state_assets_ratio>=2/3", "filing_within_10wd", "apply_within_10wd", "apply_within_30d",
        "within_1y_or_30d", "province_city", "gb4754", "code:经营范围规范表述目录", "code:诊疗科目名录",
        "within_3y_or_training", "months>=8", "declared_name", "due_date<=establish+5y", "director_or_manager",
        "small_company_may_skip", "30d_after_registration_allowed", "45d", "required_by_scale", "triggers_survey",
        "rows>=1 unless OTC_B_only", "layout_plan", "own_name", "<=balance", "ratio>=policy", "<=policy_cap",
        "swimming:per_venue_area_standard", "required_if:减资", "required_if:大型",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "rule", "good", "bad", "code"),
    [
        ("text", "len:2-5", "𠮷𠮷𠮷𠮷𠮷", "𠮷", "field.short"),
        ("text", "len:2-5", "甲乙", "甲乙丙丁戊己", "field.long"),
        ("text", "len:17", "1" * 17, "1" * 16, "field.short"),
        ("text", r"regex:^JY[123]\d{13}$", "JY11234567890123", "JY1123456789012", "field.format"),
        ("text", r"regex:^JY[123]\d{13}$", "JY11234567890123", "JY1123456789012٣", "field.format"),
        ("int", ">=1", "１２", "0", "field.least"),
        ("int", "1-10", 10, 11, "field.most"),
        ("int", ">=1", 1, "1.5", "field.whole_number"),
        ("int", ">=50 (local layout plan)", 50, 49, "field.least"),
        ("decimal", ">0", "0.01", "0", "field.above"),
        ("decimal", ">0", "1e3", "Infinity", "field.number"),
        ("money", ">=30000", "30,000.00", "29999.99", "field.least"),
        ("money", ">0", "1.25", "1.255", "field.decimals"),
        ("percent", "0-100", "100", "100.1", "field.most"),
        ("percent", ">=25", "25", "24.9", "field.least"),
        ("bool", "must_be_true", "on", "false", "field.must_be_true"),
        ("bool", "", "否", "perhaps", "field.bool"),
        ("date", "<=today", "2026-11-22", "2026-11-23", "date.latest"),
        ("date", ">today", "2026-11-23", "2026-11-22", "date.after"),
        ("date", ">=today+6m", "2027-05-22", "2027-05-21", "date.earliest"),
        ("date", "<=today-6m", "2026-05-22", "2026-05-23", "date.latest"),
        ("date", "<=today;>=today-1y", "2025-11-22", "2025-11-21", "date.earliest"),
        ("date", "", "2026/2/28", "2026-02-29", "field.date"),
        ("datetime", "<=now", "2026-11-22T09:30", "2026-11-23T00:00", "date.latest"),
        ("daterange", "start<=end", ["2026-01-01", "2026-01-01"], ["2026-01-02", "2026-01-01"], "date.order"),
        ("daterange", "<=20y", "2026-01-01~2046-01-01", "2026-01-01~2046-01-02", "date.range_long"),
        ("daterange", "<=7d", {"start": "2026-01-01", "end": "2026-01-08"}, {"start": "2026-01-01"}, "field.missing"),
        ("daterange", "start>=today+20d", "2026-12-12~2026-12-13", "2026-12-11~2026-12-13", "date.earliest"),
        ("time_range", "22:00-06:00", "23:00-05:00", "21:00-05:00", "time.outside"),
        ("time_range", "22:00-06:00", "22:00-06:00", "05:00-23:00", "time.outside"),
        ("id_card", "gb11643", ADULT, "110105194912310021", "id.checksum"),
        ("id_card", "gb11643;age>=22", ADULT, YOUNG, "id.too_young"),
        ("uscc", "gb32100", "91350100m000100y43", "91350100M000100Y44", "credit_code.checksum"),
        ("mobile", "cn_mobile", "138 1234 6021", "1381234602", "mobile.short"),
        ("text", "luhn", "6222021234567890128", "6222021234567890123", "bank_card.checksum"),
        ("url", "", "https://a.cn/x", "javascript:alert(1)", "field.url"),
        ("geo", "", "120.78，30.75", "200,30", "geo.format"),
        (
            "person",
            "cn_mobile",
            {"name": "张三", "mobile": "13812346021"},
            {"name": "张三", "mobile": "1"},
            "mobile.short",
        ),
        ("person", "", "买买提·艾力", "<b>", "name.character"),
        ("table", "cols:name,share", [{"name": "甲", "share": "1"}], [{"name": "甲"}], "table.column"),
        ("table", "cols:a;rows>=2", [{"a": "1"}, {"a": "2"}], [{"a": "1"}], "field.few"),
        (
            "table",
            "cols:name,share;sum(share)=100%",
            [{"name": "a", "share": "1/3"}] * 3,
            [{"name": "a", "share": "50%"}],
            "table.sum",
        ),
        (
            "table",
            "cols:date,no;date>=today+3",
            [{"date": "2026-11-25", "no": "1"}],
            [{"date": "2026-11-24", "no": "1"}],
            "date.earliest",
        ),
        (
            "table",
            "cols:plate,total_mass_t;total_mass>4.5",
            [{"plate": "a", "total_mass_t": "4.6"}],
            [{"plate": "a", "total_mass_t": "4.5"}],
            "field.above",
        ),
        (
            "table",
            "cols:name,id_type,id_no",
            [{"name": "a", "id_type": "居民身份证", "id_no": ADULT}],
            [{"name": "a", "id_type": "居民身份证", "id_no": "1"}],
            "id.short",
        ),
    ],
)
def test_a_rule_lets_the_good_through_and_names_the_bad(kind, rule, good, bad, code):
    assert fault(ask(kind, rule), good) is None
    assert fault(ask(kind, rule), bad) == code


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
