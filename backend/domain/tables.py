"""Rules of a table in a form: its columns, how many rows, what a column must be or add up to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from backend.domain import values
from backend.domain.rules import Rule, rules_of, shifted
from shared_schemas import identity
from shared_schemas.faults import Fault
from shared_schemas.id_kind import IdKind
from shared_schemas.numbers import plain_number

KIND_WORD = {"ltd": "有限责任公司", "jsc": "股份有限公司"}


def columns_of(rule: str) -> tuple[str, ...]:
    """The keys of a table's columns; none where the catalogue names none."""
    return next((tuple(part.args[0].split(",")) for part in rules_of(rule, "table") if part.name == "columns"), ())


def column_named(name: str, columns: Sequence[str]) -> str | None:
    """The column a rule means: "total_mass" is the column total_mass_t."""
    return next((column for column in columns if column == name or column.startswith(f"{name}_")), None)


def fault_in(
    rule: Rule, rows: Sequence[Mapping[str, str]], whole_rule: str, today: date, company_type: str
) -> Fault | None:
    """The first fault of the rows under one part of the table's rule."""
    columns = columns_of(whole_rule)
    match rule.name:
        case "columns":
            return _cells(rows, columns, today)
        case "rows" if len(rows) < int(rule.args[0]):
            return Fault("field.few", {"least": int(rule.args[0])})
        case "rows_if_kind" if company_type.startswith(KIND_WORD[rule.args[0]]):
            return _row_count(len(rows), int(rule.args[1]), int(rule.args[2]))
        case "column_total":
            return _total(rows, rule.args[0])
        case "column_day" | "column_above":
            column = column_named(rule.args[0], columns)
            return None if column is None else _each(rule, rows, column, today)
        case _:
            return None


def _cells(rows: Sequence[Mapping[str, str]], columns: Sequence[str], today: date) -> Fault | None:
    for place, row in enumerate(rows, start=1):
        for column in columns:
            if not row.get(column):
                return Fault("table.column", {"row": place, "column": column})
        if "id_no" in columns and (fault := _id_in(row, today)):
            return fault
    return None


def _id_in(row: Mapping[str, str], today: date) -> Fault | None:
    kind = next((each for each in IdKind if row.get("id_type") in (each.zh, each.value)), None)
    number = plain_number(row["id_no"])
    if kind is not None:
        return identity.fault_in_id_document(kind, number, today)
    is_resident = len(number) in (15, 18) and re.match("[0-8][0-9]{14}", number)
    return identity.fault_in_citizen_id(number, today) if is_resident else None


def _row_count(count: int, least: int, most: int) -> Fault | None:
    if count < least:
        return Fault("field.few", {"least": least})
    return Fault("field.many", {"most": most}) if count > most else None


MOST_PLACES = 15


def _number(text: Any) -> Decimal | None:
    """A cell as a number; None for what is none, NaN and numbers beyond all sense (1e999999) included."""
    try:
        number = Decimal(str(text).strip().rstrip("%％").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= MOST_PLACES else None


def _total(rows: Sequence[Mapping[str, str]], column: str) -> Fault | None:
    """Shares add up to 100 %; fractions (1/3) are read too, so three equal owners can be written exactly."""
    total = Decimal(0)
    for row in rows:
        top, _, bottom = str(row.get(column, "")).partition("/")
        above, below = _number(top), _number(bottom) if bottom else None
        if above is None or (bottom and not below):
            return Fault("field.number")
        total += above / below * 100 if below else above
    return (
        None if abs(total - 100) < Decimal("0.0001") else Fault("table.sum", {"column": column, "total": f"{total:f}"})
    )


def _each(rule: Rule, rows: Sequence[Mapping[str, str]], column: str, today: date) -> Fault | None:
    for row in rows:
        cell = row.get(column, "")
        if rule.name == "column_day":
            limit = shifted(today, rule.args[1]).isoformat()
            day = values.read("date", cell)
            if isinstance(day, Fault):
                return day
            if day < limit:
                return Fault("date.earliest", {"day": limit})
        else:
            number = _number(cell)
            if number is None:
                return Fault("field.number")
            if number <= Decimal(rule.args[1]):
                return Fault("field.above", {"above": rule.args[1]})
    return None
