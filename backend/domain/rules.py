"""The catalogue's little rule language ("len:2-60", "<=today;>=today-1y", "required_if:has_agent") as data.

A part no pattern knows is a note: something only people or other registers can judge ("no_forbidden_words").
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from msgspec import Struct

PATTERNS: tuple[tuple[str, str], ...] = (
    ("length", r"len:(\d+)(?:-(\d+))?"),
    ("regex", r"regex:(.+)"),
    ("between", r"(\d+)-(\d+)"),
    ("hours", r"(\d\d:\d\d)-(\d\d:\d\d)"),
    ("compare", r"(<=|>=|<|>)(\d+(?:\.\d+)?)(?: \(.+\))?"),
    ("compare_if", r"(>=)(\d+) for (\S+)(?: \(.+\))?"),
    ("day", r"(<=|>=|<|>)(?:today|now)([+-]\d+[dmy]?)?"),
    ("starts", r"start>=today([+-]\d+[dmy])"),
    ("ordered", r"start<=end"),
    ("longest", r"<=(\d+[dmy])"),
    ("shortest_if", r"(长期)>=(\d+[dmy])"),
    ("at_most_other", r"<=([a-z_]+)"),
    ("must_be_true", r"must_be_true"),
    ("required_if", r"required_if:(.+)"),
    ("columns", r"cols:(.+)"),
    ("rows", r"rows>=(\d+)"),
    ("column_total", r"sum\(([a-z_]+)\)=100%"),
    ("parts_of_total", r"sum=total"),
    ("column_day", r"([a-z_]+)>=today(\+\d+[dmy]?)"),
    ("age", r"age>=(\d+)"),
    ("column_above", r"([a-z_]+)>(\d+(?:\.\d+)?)"),
    ("proposition", r"rule:(.+)"),
    ("rows_if_kind", r"(ltd|jsc):(\d+)-(\d+)"),
    ("citizen_id", r"gb11643"),
    ("credit_code", r"gb32100"),
    ("mobile", r"cn_mobile"),
    ("by_id_type", r"by id_type"),
    ("bank_card", r"luhn"),
    ("switch", r"switches (.+)"),
    ("ours", r"staff_only|computed|calc(?::.+)?"),
    ("fetched", r"shared"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in PATTERNS)
FILE_TYPES = r"[a-z0-9]{3,4}(?:,[a-z0-9]{3,4})*"


class Rule(Struct, frozen=True):
    """One part of a rule: its name in this module, its arguments, and the words it came from."""

    name: str
    args: tuple[str, ...]
    text: str


@lru_cache(maxsize=2048)
def rules_of(rule: str, kind: str = "text") -> tuple[Rule, ...]:
    """The parts of a field's rule. `kind` is the field's type: "pdf,jpg" means something only for a file."""
    # A regular expression may hold a semicolon, and none is ever combined with another rule.
    parts = [rule] if rule.startswith("regex:") else [part.strip() for part in rule.split(";")]
    return tuple(_rule(part, kind) for part in parts if part)


def _rule(text: str, kind: str) -> Rule:
    if kind == "file" and re.fullmatch(FILE_TYPES, text):
        return Rule("file_types", tuple(text.split(",")), text)
    for name, pattern in _COMPILED:
        if found := pattern.fullmatch(text):
            return Rule(name, tuple(part or "" for part in found.groups()), text)
    return Rule("note", (), text)


def shifted(day: date, span: str) -> date:
    """`day` moved by "+6m", "-1y", "20d" or "+3" (days). A month without that day gives its last day."""
    if not span:
        return day
    found = re.fullmatch(r"([+-]?\d+)([dmy]?)", span)
    if found is None:
        msg = f"not a span of time: {span!r}"
        raise ValueError(msg)
    count, unit = int(found[1]), found[2]
    if unit in ("", "d"):
        return date.fromordinal(min(max(day.toordinal() + count, 1), date.max.toordinal()))
    year, month = divmod(day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1), 12)
    if not date.min.year <= year <= date.max.year:  # past the calendar's end there is only its end
        return date.max if count > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def words_of(span: str) -> tuple[str, str]:
    """("20 年", "20 years") for "20y"."""
    zh, en = {"d": ("天", "days"), "m": ("个月", "months"), "y": ("年", "years")}[span[-1]]
    return f"{span[:-1]} {zh}", f"{span[:-1]} {en}"
