"""Check characters and normal forms of numbers people type. Pure arithmetic, no judgement about people."""

from __future__ import annotations

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SPACES_AND_DASHES = dict.fromkeys(
    [*map(ord, " \t\r\n\u00a0\u2007\u202f\u200b\ufeff-"), *range(0x2010, 0x2016), 0x2212]
)

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def half_width(text: str) -> str:
    """Full-width ASCII (１２３，Ａ) and the ideographic space turned into their half-width twins."""
    return text.translate(_FULL_WIDTH)


def plain_number(text: str) -> str:
    """A number as it is stored: half width, upper case, no spaces and no dashes."""
    return half_width(text).translate(_SPACES_AND_DASHES).upper()


def id_check_character(body: str) -> str:
    """The 18th character of a resident ID from its first 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
    return ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True)) % 11]


def credit_check_character(body: str) -> str:
    """The 18th character of a unified social credit code from its first 17 (GB 32100-2015)."""
    total = sum(CREDIT_ALPHABET.index(mark) * pow(3, place, 31) for place, mark in enumerate(body))
    return CREDIT_ALPHABET[-total % 31]


def luhn_holds(digits: str) -> bool:
    """Whether a string of digits satisfies Luhn (bank card numbers, ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def mod_11_10(body: str) -> str:
    """The check digit of ISO/IEC 7064 MOD 11,10: catches every single wrong digit, most swaps."""
    product = 10
    for digit in body:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
