"""Reading one answer of a form by the type of its field: into its normal form, or a fault.

Shapes after reading: int, bool; decimal, money, percent as a plain decimal string; date and datetime as ISO text;
daterange and time_range as {"start", "end"}; person as {"name", …}; multi a list; table a list of rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from shared_schemas import identity
from shared_schemas.faults import Fault
from shared_schemas.numbers import half_width, plain_number
from shared_schemas.shapes import is_list, is_mapping

# 1 == True and 0 == False, so these hold the numbers too.
TRUE = frozenset({True, "true", "True", "1", "on", "yes", "是"})
FALSE = frozenset({False, "false", "False", "0", "off", "no", "否"})
MOST_ROWS = 500
PERSON_NAME = "person_name"


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    if is_mapping(value):
        return all(is_empty(part) for part in value.values())
    return value is None or value in ([], ()) or (isinstance(value, str) and not value.strip())


def read(kind: str, value: Any) -> Any | Fault:
    """The answer in its normal form, or what is wrong with it. Unknown types are read as text."""
    try:
        return _READERS.get(kind, _text)(value)
    except (TypeError, ValueError, AttributeError, OverflowError):
        return Fault("field.format")


def _text(value: Any) -> Any:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return Fault("field.format")
    # NUL can't be stored in PostgreSQL, and no keyboard types it.
    text = str(value).replace("\x00", "").strip()
    return re.sub(r"\r\n?", "\n", text)


def _number(value: Any) -> Any:
    return (
        plain_number(str(value))
        if isinstance(value, str | int) and not isinstance(value, bool)
        else Fault("field.format")
    )


def _name(value: Any) -> Any:
    name = identity.plain_name(str(value)) if isinstance(value, str) else ""
    return identity.fault_in_name(name) or name


def _bool(value: Any) -> Any:
    if isinstance(value, str | int) and value in TRUE:
        return True
    return False if isinstance(value, str | int) and value in FALSE else Fault("field.bool")


# Before and after the point, that anybody can mean: 1E-999999 is nine characters, and a million written out.
MOST_PLACES = 15


def _decimal(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return Fault("field.number")
    try:
        number = Decimal(half_width(str(value)).replace(",", "").strip())
    except InvalidOperation:
        return Fault("field.number")
    if not number.is_finite() or (number and not -MOST_PLACES <= number.adjusted() < MOST_PLACES):
        return Fault("field.number")
    return format(number.normalize() + 0, "f")


def _money(value: Any) -> Any:
    number = _decimal(value)
    if isinstance(number, str) and len(number.partition(".")[2]) > 2:
        return Fault("field.decimals", {"most": 2})
    return number


def _int(value: Any) -> Any:
    number = _decimal(value)
    if isinstance(number, Fault):
        return number
    return Fault("field.whole_number") if "." in number else int(number)


def _date(value: Any) -> Any:
    text = half_width(str(value)).strip().replace("/", "-").replace(".", "-")
    found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else Fault("field.date")
    except ValueError:
        return Fault("field.date")


def _datetime(value: Any) -> Any:
    """A day and, after T or a space, a time of the hall's clock; without one the day's beginning."""
    day, *moment = re.split("[Tt ]+", half_width(str(value)).strip(), maxsplit=1)
    read_day, read_time = _date(day), _time(moment[0] if moment else "00:00")
    is_moment = isinstance(read_day, str) and isinstance(read_time, str)
    return f"{read_day}T{read_time}" if is_moment else Fault("field.date")


def _time(value: Any) -> Any:
    """Hours and minutes; seconds are left out, and no zone is taken."""
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?", half_width(str(value)).strip())
    is_time = found is not None and int(found[1]) < 24 and int(found[2]) < 60
    return f"{found[1]:0>2}:{found[2]}" if found and is_time else Fault("field.time")


def _range(of: Callable[[Any], Any], apart: str) -> Callable[[Any], Any]:
    """Two ends, as {"start", "end"} or as text with one of `apart` between."""

    def read_range(value: Any) -> Any:
        if isinstance(value, str):
            start, _, end = value.partition(next((mark for mark in apart if mark in value), apart[0]))
            value = {"start": start, "end": end}
        elif is_list(value) and len(value) == 2:
            value = {"start": value[0], "end": value[1]}
        if not is_mapping(value):
            return Fault("field.format")
        if is_empty(value.get("start")) or is_empty(value.get("end")):
            return Fault("field.missing")
        ends = {name: of(value[name]) for name in ("start", "end")}
        return next((end for end in ends.values() if isinstance(end, Fault)), ends)

    return read_range


def _multi(value: Any) -> Any:
    chosen = value if is_list(value) else [value]
    read_all = [_text(each) for each in chosen]
    fault = next((each for each in read_all if isinstance(each, Fault)), None)
    return fault or list(dict.fromkeys(each for each in read_all if each))


def _geo(value: Any) -> Any:
    if is_mapping(value):
        value = f"{value.get('longitude')},{value.get('latitude')}"
    parts = re.split(r"[,\s]+", half_width(str(value)).replace("，", ",").strip())
    try:
        longitude, latitude = (Decimal(part) for part in parts)
    except (InvalidOperation, ValueError):
        return Fault("geo.format")
    # NaN is no place, and comparing with it raises.
    is_place = longitude.is_finite() and latitude.is_finite()
    is_on_earth = is_place and -180 <= longitude <= 180 and -90 <= latitude <= 90
    return f"{longitude},{latitude}" if is_on_earth else Fault("geo.format")


def _person(value: Any) -> Any:
    """A name alone, or {"name", "mobile", "id_no", …}."""
    person = {"name": value} if isinstance(value, str) else value
    if not is_mapping(person):
        return Fault("field.format")
    name = _name(person.get("name", ""))
    if isinstance(name, Fault):
        return name
    rest = {str(key): _text(part) for key, part in person.items() if key != "name" and not is_empty(part)}
    for key in ("mobile", "phone", "id_no"):
        if isinstance(rest.get(key), str):
            rest[key] = plain_number(rest[key])
    fault = next((part for part in rest.values() if isinstance(part, Fault)), None)
    return fault or {"name": name, **rest}


def _table(value: Any) -> Any:
    if not is_list(value) or not all(is_mapping(row) for row in value):
        return Fault("field.format")
    if len(value) > MOST_ROWS:
        return Fault("field.many", {"most": MOST_ROWS})
    rows = [{str(key): _text(cell) for key, cell in row.items() if not is_empty(cell)} for row in value]
    if any(isinstance(cell, Fault) for row in rows for cell in row.values()):
        return Fault("field.format")
    return [row for row in rows if row]


def _url(value: Any) -> Any:
    text = _text(value)
    is_address = isinstance(text, str) and re.fullmatch(r"https?://[^\s/@:]+(:[0-9]+)?(/\S*)?", text)
    return text if is_address else Fault("field.url")


def _file(value: Any) -> Any:
    return _multi(value)


_READERS: MappingProxyType[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "text": _text,
        "textarea": _text,
        "address": _text,
        "enum": _text,
        "region": _text,
        "slot": _text,
        # Not a type of the catalogue: text fields of the shared groups that hold a person's name.
        PERSON_NAME: _name,
        "mobile": _number,
        "id_document": _number,
        "id_card": _number,
        "uscc": _number,
        "bool": _bool,
        "int": _int,
        "decimal": _decimal,
        "percent": _decimal,
        "money": _money,
        "date": _date,
        "datetime": _datetime,
        "daterange": _range(_date, "~～至/"),
        "time_range": _range(_time, "~～至-"),
        "multi": _multi,
        "geo": _geo,
        "person": _person,
        "table": _table,
        "url": _url,
        "file": _file,
    }
)
KNOWN_TYPES = frozenset(_READERS) | {"enum_iso3166", "enum_gb3304"}
