"""Every fault of an input at once; msgspec alone stops at the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct, ValidationError
from msgspec.structs import FieldInfo

from shared_schemas.faults import Fault
from shared_schemas.judges import JUDGES
from shared_schemas.reasons import sentence
from shared_schemas.shapes import is_list, is_mapping

_BOUND = re.compile(r"of length (>=|<=) (\d+)|(>=|<=|>|<) (-?[\d.]+)")
_MISSING = re.compile(r"missing required field `([^`]+)`")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_LONG = re.compile(r"`str` of length <= (\d+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPACES = repr(r"\S")  # the pattern of a reason: something else than spaces
_BOUND_CODES = {
    ">=": ("field.least", "least"),
    "<=": ("field.most", "most"),
    ">": ("field.above", "above"),
    "<": ("field.below", "below"),
}
_TYPE_CODES = (
    ("enum value", Fault("field.option")),
    ("datetime", Fault("field.moment")),
    ("date", Fault("field.date")),
    ("time", Fault("field.time")),
    ("Decimal", Fault("field.number")),
    ("decimal", Fault("field.number")),
    ("`int", Fault("field.whole_number")),
    ("`float", Fault("field.number")),
    ("`bool", Fault("field.bool")),
)


def every_error(
    shape: type[Struct], raw: Any, *, lang: str = "zh", strict: bool = True, today: date | None = None
) -> dict[str, str]:
    """Field path -> sentence, for every fault in `raw`; empty when it converts. Paths: ``"materials.0.key"``.

    `strict=False` reads an HTML form, where every value is text. `today` (Asia/Shanghai) rules out births to come.
    The key "" stands for the input as a whole.
    """
    faults = every_fault(shape, raw, strict=strict, today=today)
    return {path: sentence(fault, lang) for path, fault in faults.items()}


def every_fault(shape: type[Struct], raw: Any, *, strict: bool = True, today: date | None = None) -> dict[str, Fault]:
    """Like `every_error`, with codes and facts in place of sentences."""
    faults = dict(_in_struct(shape, raw, "", strict=strict, today=today))
    if not faults:
        try:
            msgspec.convert(raw, shape, strict=strict)
        except ValidationError:
            return {"": Fault("form.invalid")}
    return faults


def _in_struct(
    shape: type[Struct], raw: Any, path: str, *, strict: bool, today: date | None
) -> Iterator[tuple[str, Fault]]:
    if not is_mapping(raw):
        yield path, Fault("field.type", {"expected": "object"})
        return
    hints, known = _parts(shape)
    if shape.__struct_config__.forbid_unknown_fields:
        tag_field = shape.__struct_config__.tag_field
        for name in raw.keys() - known.keys() - {tag_field}:
            yield f"{path}{name}", Fault("field.unknown", {"name": str(name)[:40]})
    for name, field in known.items():
        if name in raw:
            yield from _in_value(hints[field.name], raw[name], f"{path}{name}", strict=strict, today=today)
        elif field.required:
            yield f"{path}{name}", Fault("field.missing")


@cache
def _parts(shape: type[Struct]) -> tuple[dict[str, Any], dict[str, FieldInfo]]:
    """Annotations by attribute, and fields by their name in the input. Evaluating them takes a millisecond."""
    hints = get_type_hints(shape, include_extras=True)
    return hints, {field.encode_name: field for field in msgspec.structs.fields(shape)}


def _in_value(kind: Any, value: Any, path: str, *, strict: bool, today: date | None) -> Iterator[tuple[str, Fault]]:
    bare, meta = _unwrap(kind, value)
    if isinstance(bare, type) and issubclass(bare, Struct):
        yield from _in_struct(bare, value, f"{path}.", strict=strict, today=today)
    elif get_origin(bare) in {list, tuple} and is_list(value) and get_args(bare):
        for place, item in enumerate(value):
            yield from _in_value(get_args(bare)[0], item, f"{path}.{place}", strict=strict, today=today)
    elif fault := _fault_in(kind, value, meta, strict=strict, today=today):
        yield path, fault


def _unwrap(kind: Any, value: Any) -> tuple[Any, Meta | None]:
    """The type inside `Annotated` and `X | None`, and its constraints, as far as one reading is possible."""
    meta = None
    while True:
        if get_origin(kind) is Annotated:
            meta = next((each for each in kind.__metadata__ if isinstance(each, Meta)), meta)
            kind = kind.__origin__
        elif get_origin(kind) in {Union, UnionType}:
            members = [member for member in get_args(kind) if member is not type(None)]
            if value is None or len(members) != 1:
                return kind, meta
            kind = members[0]
        else:
            return kind, meta


def _fault_in(kind: Any, value: Any, meta: Meta | None, *, strict: bool, today: date | None) -> Fault | None:
    judge = JUDGES.get((meta.extra or {}).get("kind", "")) if meta else None
    if judge and isinstance(value, str):
        return Fault("field.missing") if not value else judge(value, today)
    try:
        msgspec.convert(value, kind, strict=strict)
    except ValidationError as error:
        return _translate(str(error), value)
    return None


def told(key: str, message: str) -> tuple[str, Fault]:
    """The place and the fault of one of msgspec's own sentences, for whoever has no more than that.

    `key` is msgspec's path ("items[0].problem"); a field that is missing is named in the sentence itself.
    """
    place = key.replace("[", ".").replace("]", "").removeprefix("$.")
    above = "" if place in {"data", "$", ""} else f"{place}."
    if missing := _MISSING.search(message):
        return above + missing[1], Fault("field.missing")
    if unknown := _UNKNOWN.search(message):
        return above + unknown[1], Fault("field.unknown", {"name": unknown[1][:40]})
    if long := _LONG.search(message):
        return place, Fault("field.too_long", {"most": int(long[1])})
    return place, _translate(message, None)


def _translate(message: str, value: Any) -> Fault:
    """Msgspec's English sentence as a code; the messages are part of msgspec's tested behaviour (0.22)."""
    if value == "" or _SPACES in message or "`str` of length >= 1" in message:
        return Fault("field.missing")
    if bound := _BOUND.search(message):
        if bound[1]:
            return _length_fault(bound[1], int(bound[2]), value)
        code, fact = _BOUND_CODES[bound[3]]
        return Fault(code, {fact: bound[4]})
    if "regex" in message:
        return Fault("field.format")
    if "date" in message and isinstance(value, str) and _DAY.match(value) and not _is_day(value[:10]):
        return Fault("field.no_such_day")
    expected = re.search(r"Expected `([^`]+)`", message)
    unnamed = Fault("field.type", {"expected": expected[1] if expected else "?"})
    return next((fault for words, fault in _TYPE_CODES if words in message), unnamed)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _length_fault(sign: str, bound: int, value: Any) -> Fault:
    if isinstance(value, str):
        facts: dict[str, str | int] = {"length": len(value)}
        return (
            Fault("field.short", {**facts, "least": bound})
            if sign == ">="
            else Fault("field.long", {**facts, "most": bound})
        )
    return Fault("field.few", {"least": bound}) if sign == ">=" else Fault("field.many", {"most": bound})
