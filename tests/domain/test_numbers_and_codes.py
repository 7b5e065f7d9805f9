"""Case numbers, tracking codes, query passwords, document numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain import case_number, document_number, tracking
from backend.domain.refusal import Refusal
from shared_schemas.vocabulary import DocumentKind

DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))
BASE = "https://hall.example.cn"


@given(st.integers(100000, 999999), st.integers(0, 99), DAYS, st.integers(1, 99_999))
def test_a_case_number_can_be_read_back(region, department, day, sequence):
    number = case_number.case_number(str(region), f"{department:02}", day, sequence)
    assert len(number) == 22
    assert case_number.parse(case_number.grouped(number)) == case_number.CaseNumber(
        str(region), f"{department:02}", day, sequence
    )


def test_a_mistyped_case_number_is_refused():
    number = case_number.case_number("330402", "01", date(2026, 11, 22), 1)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    for text, code in ((wrong, "case_no.checksum"), (number[:-1], "case_no.format"), ("", "case_no.format")):
        with pytest.raises(Refusal) as refused:
            case_number.normalise(text)
        assert refused.value.code == code


def test_the_day_has_99999_numbers():
    with pytest.raises(Refusal, match=r"case_no\.exhausted"):
        case_number.case_number("330402", "01", date(2026, 11, 22), 100_000)
    with pytest.raises(ValueError, match="region"):
        case_number.case_number("3304", "01", date(2026, 11, 22), 1)


@given(st.binary(min_size=16, max_size=16))
def test_a_tracking_code_carries_every_bit_and_forgives_the_typist(token):
    code = tracking.code_of(token)
    assert len(code) == tracking.CODE_LENGTH
    assert tracking.parse(code) == code
    assert tracking.parse(tracking.grouped(code).lower()) == code
    assert tracking.parse(code.replace("0", "o").replace("1", "l")) == code
    assert tracking.scanned(tracking.url(BASE, code), BASE) == code
    assert tracking.scanned(code, BASE) == code


def test_fresh_codes_and_passwords_differ():
    assert len({tracking.new_tracking_code() for _ in range(50)}) == 50
    assert tracking.parse_password(tracking.new_query_password())


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16))
def test_two_tokens_never_share_a_code(one, other):
    assert (tracking.code_of(one) == tracking.code_of(other)) == (one == other)


CODE = tracking.code_of(bytes(range(16)))


@pytest.mark.parametrize(
    "text",
    [
        f"http://hall.example.cn/t/{CODE}",
        f"https://evil.cn/t/{CODE}",
        f"https://hall.example.cn.evil.cn/t/{CODE}",
        f"https://hall.example.cn@evil.cn/t/{CODE}",
        f"https://u:p@hall.example.cn/t/{CODE}",
        f"https://hall.example.cn:8443/t/{CODE}",
        f"https://hall.example.cn/t/{CODE}?next=//evil.cn",
        f"https://hall.example.cn/pay/{CODE}",
        "weixin://x",
        "javascript:alert(1)",
        "https://[",
        f"//evil.cn/t/{CODE}",
        f"https://hall.example.cn:x/t/{CODE}",
    ],
)
def test_a_swapped_qr_is_recognised(text):
    with pytest.raises(Refusal, match=r"tracking\.foreign_address"):
        tracking.scanned(text, BASE)


@given(st.text(max_size=60))
def test_any_other_text_is_refused_by_name(text):
    with pytest.raises(Refusal, match=r"tracking\."):
        tracking.scanned(text, BASE)


def test_query_passwords():
    assert tracking.password_of(bytes(8)) == "00000000"
    assert tracking.parse_password(" ４０29-5117 ") == "40295117"
    with pytest.raises(Refusal, match=r"query_password\.format"):
        tracking.parse_password("4029511a")
    with pytest.raises(ValueError, match="random bytes"):
        tracking.password_of(b"")
    with pytest.raises(ValueError, match="random bytes"):
        tracking.code_of(b"")


@given(st.sampled_from(list(DocumentKind)), st.integers(2020, 2099), st.integers(1, 10**6))
def test_a_document_number_can_be_read_back(kind, year, serial):
    number = document_number.document_number("南行审", kind, year, serial)
    assert document_number.parse(number) == document_number.DocumentNumber("南行审", kind, year, serial)


def test_a_document_number_looks_like_one():
    assert document_number.document_number("南行审", DocumentKind.ACCEPTANCE_NOTICE, 2026, 12) == "南行审受〔2026〕12号"
    assert document_number.parse("南行审受〔2026〕012号") is None
    with pytest.raises(ValueError, match="serial"):
        document_number.document_number("南行审", DocumentKind.RECEIPT, 2026, 0)
