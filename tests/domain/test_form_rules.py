"""The catalogue's forms: every rule in the data is enforced or told to the clerk."""

import pytest

from backend.domain import forms, values
from tests.domain.filled import ADULT, FORMS, YOUNG, ask, fault


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
