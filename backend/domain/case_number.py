"""Case numbers: region 6, department 2, yyyymmdd, sequence 5, check 1: 22 digits (DOMAIN.md, [L]).

The check digit is ISO/IEC 7064 MOD 11,10 over the 21 digits before it: it finds every single wrong digit.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from backend.domain.refusal import Refusal
from shared_schemas.judges import fault_in_case_no
from shared_schemas.numbers import mod_11_10, plain_number


class CaseNumber(Struct, frozen=True):
    """The parts of a case number."""

    region: str
    department_no: str
    day: date
    sequence: int


def case_number(region: str, department_no: str, day: date, sequence: int) -> str:
    """The 22 digits for the `sequence`-th case (1 to 99999) of a department on a day.

    Raises Refusal("case_no.exhausted") past 99,999 and ValueError for parts of a wrong shape.
    """
    if not 1 <= sequence <= 99_999:
        raise Refusal("case_no.exhausted", sequence=sequence)
    body = f"{region}{department_no}{day:%Y%m%d}{sequence:05}"
    if len(body) != 21 or not (body.isascii() and body.isdigit()):
        msg = f"region is 6 digits and department_no 2, got {region!r} and {department_no!r}"
        raise ValueError(msg)
    return body + mod_11_10(body)


def parse(text: str) -> CaseNumber:
    """The parts of a typed case number; spaces, dashes and full-width digits are forgiven.

    Raises Refusal("case_no.format") or ("case_no.checksum").
    """
    number = plain_number(text)
    if fault := fault_in_case_no(number):
        raise Refusal(fault.code)
    try:
        day = date(int(number[8:12]), int(number[12:14]), int(number[14:16]))
    except ValueError:
        raise Refusal("case_no.checksum") from None
    return CaseNumber(number[:6], number[6:8], day, int(number[16:21]))


def normalise(text: str) -> str:
    """The 22 digits of a typed case number. Raises like `parse`."""
    parse(text)
    return plain_number(text)


def grouped(number: str) -> str:
    """For people to read aloud: 330402 01 20261122 00001 7."""
    return f"{number[:6]} {number[6:8]} {number[8:16]} {number[16:21]} {number[21:]}"
