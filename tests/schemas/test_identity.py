"""Numbers and names that tell who somebody is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_schemas import identity
from shared_schemas.id_kind import IdKind
from shared_schemas.identity import fault_in_id_document
from shared_schemas.numbers import (
    CREDIT_ALPHABET,
    credit_check_character,
    half_width,
    id_check_character,
    luhn_holds,
    mod_11_10,
    plain_number,
)

TODAY = date(2026, 11, 22)


def with_check(body: str) -> str:
    return body + id_check_character(body)


def code(fault) -> str | None:
    return fault and fault.code


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        (IdKind.RESIDENT, "11010519491231002X", None),
        (IdKind.RESIDENT, "440524188001010014", None),
        (IdKind.RESIDENT, "110105194912310021", "id.checksum"),
        (IdKind.RESIDENT, "11010519491231002", "id.short"),
        (IdKind.RESIDENT, "11010519491231002X0", "id.long"),
        (IdKind.RESIDENT, "110105491231002", "id.first_generation"),
        (IdKind.RESIDENT, "1101051949123100X2", "id.characters"),
        (IdKind.RESIDENT, "١" * 18, "id.characters"),
        (IdKind.RESIDENT, with_check("33040219900229123"), "id.birth_date"),
        (IdKind.RESIDENT, with_check("33040220261123123"), "id.born_later"),
        (IdKind.RESIDENT, with_check("33040220261122123"), None),
        (IdKind.RESIDENT, with_check("99040219900307123"), "id.region"),
        (IdKind.RESIDENT, with_check("81000019900307123"), None),
        (IdKind.HK_MACAO_PERMIT, with_check("81000019900307123"), None),
        (IdKind.HK_MACAO_PERMIT, with_check("82000019900307123"), None),
        (IdKind.HK_MACAO_PERMIT, with_check("83000019900307123"), "id.permit_region"),
        (IdKind.TAIWAN_PERMIT, with_check("83000019900307123"), None),
        (IdKind.FOREIGN_RESIDENT, with_check("91133019850101001"), None),
        (IdKind.FOREIGN_RESIDENT, "CAN330012345678", None),
        (IdKind.FOREIGN_RESIDENT, with_check("33040219900307123"), "id.foreign_resident"),
        (IdKind.HK_MACAO_PASS, "H12345678", None),
        (IdKind.HK_MACAO_PASS, "X12345678", "id.hk_macao_pass"),
        (IdKind.TAIWAN_PASS, "12345678", None),
        (IdKind.PASSPORT, "EA1234567", None),
        (IdKind.PASSPORT, "EA 1", "id.passport"),
        (IdKind.PASSPORT, "", "id.missing"),
    ],
)
def test_id_documents(kind, number, expected):
    assert code(fault_in_id_document(kind, number, TODAY)) == expected


@given(st.integers(0, 10**6), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.data())
def test_one_wrong_character_in_an_id_is_always_found(region, born, order, data):
    number = with_check(f"33{region % 10000:04}{born:%Y%m%d}{order:03}")
    assert identity.fault_in_citizen_id(number, TODAY) is None
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from([mark for mark in "0123456789X" if mark != number[place]]))
    assert identity.fault_in_citizen_id(number[:place] + other + number[place + 1 :], TODAY) is not None


@pytest.mark.parametrize(
    ("credit_code", "expected"),
    [
        ("91330106673959654P", None),
        ("91350100M000100Y43", None),
        ("91350100M000100Y44", "credit_code.checksum"),
        ("91350100M000100Y4", "credit_code.short"),
        ("9135O100M000100Y43", "credit_code.character"),
    ],
)
def test_credit_codes(credit_code, expected):
    assert code(identity.fault_in_credit_code(credit_code)) == expected


@given(st.text(CREDIT_ALPHABET, min_size=17, max_size=17), st.data())
def test_one_wrong_character_in_a_credit_code_is_always_found(body, data):
    number = body + credit_check_character(body)
    assert identity.fault_in_credit_code(number) is None
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from([mark for mark in CREDIT_ALPHABET if mark != number[place]]))
    assert identity.fault_in_credit_code(number[:place] + other + number[place + 1 :]) is not None


@pytest.mark.parametrize(
    ("mobile", "expected", "facts"),
    [
        ("13812346021", None, None),
        ("1381234602", "mobile.short", {"missing": 1, "length": 11}),
        ("138123460211", "mobile.long", {"extra": 1, "length": 11}),
        ("12812346021", "mobile.start", {}),
        ("1381234602a", "mobile.digits", {}),
        ("13812346021\n", "mobile.digits", {}),
    ],
)
def test_mobiles(mobile, expected, facts):
    fault = identity.fault_in_mobile(mobile)
    assert code(fault) == expected
    assert fault is None or fault.facts == facts


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "𠮷野家",
        "𬱖",
        "买买提·艾力",
        "Maria Silva",
        "O'Neil-Smith",
        "José",
        "王",
        "欧阳修",
        "\U00031350",
        "葛\U000e0100",
        "〇",
    ],
)
def test_real_names_are_taken(name):
    assert identity.fault_in_name(identity.plain_name(name)) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "name.missing"),
        ("张3", "name.character"),
        ("张三\n", "name.character"),
        ("·三", "name.start"),
        ("<b>", "name.character"),
        ("𠮷" * 61, "name.long"),
        ("张\ue000", "name.character"),
    ],
)
def test_what_is_no_name_is_refused(name, expected):
    assert code(identity.fault_in_name(name)) == expected


def test_length_of_a_name_counts_characters_not_code_units():
    assert identity.fault_in_name("𠮷" * 60) is None


def test_normal_forms():
    assert plain_number("１３８ 1234-6021") == "13812346021"
    assert plain_number("11010519491231002ｘ") == "11010519491231002X"
    assert identity.plain_name(" 买买提 • 艾力 ") == "买买提·艾力"
    assert identity.plain_name("Jose\u0301") == "José"
    assert identity.plain_name("\uf9dc") == "\uf9dc", "a compatibility ideograph stays what stands on the card"
    assert half_width("Ａ１　") == "A1 "


def test_check_digits_against_published_examples():
    assert mod_11_10("0794") == "5", "ISO/IEC 7064 example"
    assert luhn_holds("79927398713")
    assert not luhn_holds("79927398710")


@given(st.text("0123456789", min_size=21, max_size=21), st.data())
def test_one_wrong_digit_in_a_case_number_is_always_found(body, data):
    place = data.draw(st.integers(0, 20))
    other = data.draw(st.sampled_from([mark for mark in "0123456789" if mark != body[place]]))
    assert mod_11_10(body[:place] + other + body[place + 1 :]) != mod_11_10(body)
