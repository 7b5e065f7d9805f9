"""What is wrong with a number or a name that tells who somebody is; None when nothing is.

Every `fault_in_*` takes the value in its normal form (`plain_number`, `plain_name`). Sources: GB 11643-1999,
the 2018 residence permits (81/82/83 0000), the 2023 foreign permanent resident card, GB 32100-2015.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from shared_schemas.faults import Fault
from shared_schemas.id_kind import IdKind
from shared_schemas.numbers import (
    CREDIT_ALPHABET,
    credit_check_character,
    half_width,
    id_check_character,
    luhn_holds,
    plain_number,
)

# GB/T 2260: the first two digits of every province-level region that ever issued IDs, and 91 (issued abroad).
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split()
)
PERMIT_REGIONS = {IdKind.HK_MACAO_PERMIT: ("810000", "820000"), IdKind.TAIWAN_PERMIT: ("830000",)}

# Planes 2 and 3 hold every CJK extension from B on, also those newer than this Python's Unicode tables.
CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
NAME_PATTERN = f"^(?:[{CJK}][{SELECTORS}]?|[{_LATIN}])(?:[{CJK}{SELECTORS}{_LATIN}]|[·.,'’ -])*$(?!\n)"
NAME_MAX = 60
_NAME = re.compile(NAME_PATTERN)
STRANGE_MARK = f"[^{CJK}{SELECTORS}{_LATIN}·.,'’ -]"
_STRANGE_MARK = re.compile(STRANGE_MARK)
DOTS = "•‧∙⋅・･．●"
_MIDDLE_DOTS = dict.fromkeys(map(ord, DOTS), "·")
_DECOMPOSED = re.compile("[A-Za-z][\u0300-\u036f]+")


def plain_name(text: str) -> str:
    """A name as it is stored: one kind of middle dot, single spaces; CJK characters are never replaced.

    Normalising to NFC as a whole would swap compatibility ideographs that stand on people's IDs.
    """
    text = half_width(text.translate(_MIDDLE_DOTS))
    text = _DECOMPOSED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return re.sub(r"\s*·\s*", "·", " ".join(text.split()))


def fault_in_name(name: str) -> Fault | None:
    """Any CJK (also beyond the BMP), Latin, middle dot; 1 to 60 characters, selectors not counted."""
    if not name:
        return Fault("name.missing")
    length = sum(not re.match(f"[{SELECTORS}]", mark) for mark in name)
    if length > NAME_MAX:
        return Fault("name.long", {"length": length, "most": NAME_MAX})
    strange = _STRANGE_MARK.search(name)
    if strange:
        return Fault("name.character", {"character": strange[0]})
    return None if _NAME.search(name) else Fault("name.start")


def _length_fault(kind: str, value: str, length: int) -> Fault | None:
    if len(value) < length:
        return Fault(f"{kind}.short", {"missing": length - len(value), "length": length})
    if len(value) > length:
        return Fault(f"{kind}.long", {"extra": len(value) - length, "length": length})
    return None


def fault_in_mobile(mobile: str) -> Fault | None:
    """A mainland mobile number: 11 digits, the first 1, the second 3 to 9."""
    if not re.fullmatch("[0-9]*", mobile):
        return Fault("mobile.digits")
    if fault := _length_fault("mobile", mobile, 11):
        return fault
    return None if re.fullmatch("1[3-9][0-9]{9}", mobile) else Fault("mobile.start")


def birth_date_of(citizen_id: str) -> date | None:
    """The birth date inside an 18-character ID; None when it is no real date (29 February 1990)."""
    try:
        return date(int(citizen_id[6:10]), int(citizen_id[10:12]), int(citizen_id[12:14]))
    except ValueError:
        return None


def _fault_in_18(number: str, today: date | None) -> Fault | None:
    if fault := _length_fault("id", number, 18):
        return fault
    if not re.fullmatch("[0-9]{17}[0-9X]", number):
        return Fault("id.characters")
    born = birth_date_of(number)
    if born is None or born.year < 1850:
        return Fault("id.birth_date", {"birth": number[6:14]})
    if today is not None and born > today:
        return Fault("id.born_later", {"birth": born.isoformat()})
    return None if id_check_character(number[:17]) == number[17] else Fault("id.checksum")


def fault_in_citizen_id(number: str, today: date | None = None) -> Fault | None:
    """A resident ID, or a residence permit of Hong Kong, Macao or Taiwan residents (81/82/83 0000).

    Counties are not looked up: they are renamed and abolished, and an old one stays valid on its holder's card.
    """
    if len(number) == 15 and number.isascii() and number.isdigit():
        return Fault("id.first_generation")
    fault = _fault_in_18(number, today)
    if fault is None and number[:2] not in PROVINCES:
        return Fault("id.region")
    return fault


def fault_in_permit(number: str, kind: IdKind, today: date | None = None) -> Fault | None:
    """A residence permit whose first six digits must be those of its kind."""
    fault = _fault_in_18(number, today)
    if fault is None and number[:6] not in PERMIT_REGIONS[kind]:
        return Fault("id.permit_region", {"starts": " / ".join(PERMIT_REGIONS[kind])})
    return fault


def fault_in_foreign_resident_id(number: str, today: date | None = None) -> Fault | None:
    """2023 card: 18 digits, first 9, MOD 11-2. Old card, still valid: 3 letters and 12 digits."""
    if re.fullmatch("[A-Z]{3}[0-9]{12}", number):
        return None
    if number[:1] != "9":
        return Fault("id.foreign_resident")
    return _fault_in_18(number, today)


def _loose(code: str, pattern: str) -> Callable[[str, date | None], Fault | None]:
    return lambda number, _today=None: None if re.fullmatch(pattern, number) else Fault(code)


FAULT_IN_ID: dict[IdKind, Callable[[str, date | None], Fault | None]] = {
    IdKind.RESIDENT: fault_in_citizen_id,
    IdKind.HK_MACAO_PERMIT: lambda number, today: fault_in_permit(number, IdKind.HK_MACAO_PERMIT, today),
    IdKind.TAIWAN_PERMIT: lambda number, today: fault_in_permit(number, IdKind.TAIWAN_PERMIT, today),
    # Cards issued since 2013: H or M and 8 digits, older ones print two more for the number of the issue.
    IdKind.HK_MACAO_PASS: _loose("id.hk_macao_pass", "[HM][0-9]{8}([0-9]{2})?"),
    IdKind.TAIWAN_PASS: _loose("id.taiwan_pass", "[0-9]{8}|[0-9]{10}[A-Z]?"),
    IdKind.FOREIGN_RESIDENT: fault_in_foreign_resident_id,
    IdKind.PASSPORT: _loose("id.passport", "[A-Z0-9]{5,17}"),
}


def fault_in_id_document(kind: IdKind, number: str, today: date | None = None) -> Fault | None:
    """The number of an ID document of this kind; `today` (Asia/Shanghai) rules out births in the future."""
    return FAULT_IN_ID[kind](number, today) if number else Fault("id.missing")


def fault_in_credit_code(code: str) -> Fault | None:
    """A unified social credit code.

    "credit_code.checksum" may be overridden by staff, and is then logged: genuine codes with a wrong check character
    exist.
    """
    if fault := _length_fault("credit_code", code, 18):
        return fault
    wrong = next((mark for mark in code if mark not in CREDIT_ALPHABET), None)
    if wrong is not None:
        return Fault("credit_code.character", {"character": wrong})
    return None if credit_check_character(code[:17]) == code[17] else Fault("credit_code.checksum")


def fault_in_bank_card(number: str) -> Fault | None:
    """A bank card: 12 to 19 digits that satisfy Luhn."""
    if not re.fullmatch("[0-9]{12,19}", number):
        return Fault("bank_card.length")
    return None if luhn_holds(number) else Fault("bank_card.checksum")


__all__ = [
    "FAULT_IN_ID",
    "IdKind",
    "birth_date_of",
    "fault_in_bank_card",
    "fault_in_citizen_id",
    "fault_in_credit_code",
    "fault_in_foreign_resident_id",
    "fault_in_id_document",
    "fault_in_mobile",
    "fault_in_name",
    "fault_in_permit",
    "plain_name",
    "plain_number",
]
