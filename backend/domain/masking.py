"""What others may see of personal data. A mask never shows more than DOMAIN.md, "Tracking code", allows."""

from __future__ import annotations


def mask_name(name: str) -> str:
    """张三丰 -> 张*: the first character only, whatever the length."""
    name = name.strip()
    return f"{name[0]}*" if name else ""


def mask_mobile(mobile: str) -> str:
    """13812341234 -> 138****1234; anything shorter than a mobile number shows nothing."""
    return f"{mobile[:3]}****{mobile[-4:]}" if len(mobile) >= 11 else "*" * len(mobile)


def mask_id(number: str) -> str:
    """An ID number with its first and last character: 3****************X (the "1+1" of public views)."""
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}" if len(number) > 4 else "*" * len(number)


def mask_case_no(number: str) -> str:
    """A case number with region and last four digits: 330402************0017.

    Hides department, day and most of the sequence, so that a public view can be told apart but not counted up from.
    """
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def mask_address(address: str) -> str:
    """The first six characters (about the district), then stars."""
    return f"{address[:6]}****" if len(address) > 6 else "****"


def last_four(number: str) -> str:
    """The last four characters, which the owner types to open his case with the query password."""
    return number[-4:]
