"""A document's struct as the flat, said facts its wording may name: `{number}`, `{due_on}`, `{applicant}`."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from backend.documents.shapes import Paper

# China has kept one zone without summer time since 1991.
SHANGHAI = timezone(timedelta(hours=8))

Said = str | list[str] | list[dict[str, str]]


def facts(paper: Paper) -> dict[str, Said]:
    """Every fact of `paper` in words: days as 2026年11月22日, lists as lists, nested structs laid flat."""
    flat: dict[str, Said] = {}
    for name in paper.__struct_fields__:
        value = getattr(paper, name)
        if isinstance(value, Struct):
            flat.update({_flat_name(name, inner): _said(getattr(value, inner)) for inner in value.__struct_fields__})
        else:
            flat[name] = _said(value)
    return flat


def places(shape: type[Paper]) -> set[str]:
    """The names a wording for `shape` may use."""
    names: set[str] = set()
    for name, kind in get_type_hints(shape).items():
        if _is_struct(kind):
            names.update(_flat_name(name, inner) for inner in kind.__struct_fields__)
        else:
            names.add(name)
    return names


def row_places(shape: type[Paper], name: str) -> set[str]:
    """The names a table over the list fact `name` may use; empty when its entries are not structs."""
    entry = next(iter(get_args(get_type_hints(shape).get(name))), None)
    return set(entry.__struct_fields__) if _is_struct(entry) else set()


def say(value: date | datetime | float | str | None) -> str:
    """One value in words. Instants are said in Asia/Shanghai, to the minute."""
    match value:
        case None | False:
            return ""
        case datetime():
            at = value.astimezone(SHANGHAI)
            return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case _:
            return str(value)


def _flat_name(outer: str, inner: str) -> str:
    """head.number → number, remedies.court → court, applicant.name → applicant, applicant.id_label → applicant_id_label."""
    if outer in {"head", "remedies"}:
        return inner
    return outer if inner == "name" else f"{outer}_{inner}"


def _said(value: Any) -> Said:
    if isinstance(value, tuple):
        return [_said_row(entry) if isinstance(entry, Struct) else say(entry) for entry in value]
    return say(value)


def _said_row(entry: Struct) -> dict[str, str]:
    return {name: say(value) for name, value in msgspec.structs.asdict(entry).items()}


def _is_struct(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)
