"""Reading one row of a source: every value converted or reported, none skipped in silence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec import Struct

from backend.catalogue.faults import ImportFault
from shared_schemas.labelled import Labelled

T = TypeVar("T")
L = TypeVar("L", bound=Labelled)


class Row(Struct):
    """Raw values with their place. `headings` names a key as its source does (a spreadsheet's column)."""

    place: str
    values: dict[str, Any]
    headings: dict[str, str] = {}
    children: dict[str, list[Row]] = {}


class Wrong(Exception):
    """A value that can't be taken: what is wrong and what to do."""

    def __init__(self, wrong: str, fix: str) -> None:
        super().__init__(wrong)
        self.wrong, self.fix = wrong, fix


class RowReader:
    """Takes values out of a row; faults pile up in `faults` while reading goes on with the default."""

    def __init__(self, row: Row, faults: list[ImportFault]) -> None:
        """`faults` is shared by the readers of one import."""
        self.row, self.faults = row, faults
        self._left = set(row.values)

    def take(self, key: str, convert: Callable[[Any], T], default: T | None = None, *, required: bool = False) -> T:
        """The value of `key` through `convert`; `default` (or, when required, a fault) where it is missing."""
        self._left.discard(key)
        value = self.row.values.get(key)
        if value is None or (value == "" and required):
            if required:
                self.fault(key, "没有填", "请填写")
            return default  # type: ignore[return-value]
        try:
            return convert(value)
        except Wrong as wrong:
            self.fault(key, wrong.wrong, wrong.fix)
            return default  # type: ignore[return-value]

    def fault(self, key: str, wrong: str, fix: str) -> None:
        """Report a fault of this row."""
        self.faults.append(ImportFault(self.row.place, self.row.headings.get(key, key), wrong, fix))

    def ignore(self, *keys: str) -> None:
        """Keys that repeat what others say."""
        self._left.difference_update(keys)

    def finish(self) -> None:
        """Report what nobody took: a misspelt key must not vanish."""
        for key in sorted(self._left):
            self.fault(key, "没有这个字段", "检查拼写，或删掉")


def text(longest: int = 200) -> Callable[[Any], str]:
    """A string of at most `longest` characters, without spaces around it and without control characters."""

    def convert(value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise Wrong(f"应该是文字，现在是 {shown(value)}", "改成文字")
        plain = str(value).strip()
        if isinstance(value, str) and any(ord(c) < 32 and c not in "\n\t" for c in plain):
            raise Wrong("有看不见的控制字符", "重新输入这一格")
        if len(plain) > longest:
            raise Wrong(f"有 {len(plain)} 个字，最多 {longest} 个", "改短")
        return plain

    return convert


def code(value: Any) -> str:
    """A code that can stand in an address: letters, digits, dot, dash, underscore, up to 50."""
    plain = text(50)(value)
    if not plain or not all(c.isascii() and (c.isalnum() or c in "._-") for c in plain):
        raise Wrong(f"“{plain}”不能作编码", "只用英文字母、数字、点、横线和下划线，最多 50 个")
    return plain


def flag(value: Any) -> bool:
    """True or false, 是 or 否."""
    if isinstance(value, bool):
        return value
    if value in ("是", "否"):
        return value == "是"
    raise Wrong(f"应该是“是”或“否”，现在是 {shown(value)}", "选是或否")


def number(least: int = 0, most: int = 9999) -> Callable[[Any], int]:
    """A whole number between two others."""

    def convert(value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, str) and value.strip().lstrip("-").isdigit():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise Wrong(f"应该是整数，现在是 {shown(value)}", "填一个整数")
        if not least <= value <= most:
            raise Wrong(f"{value} 超出范围", f"填 {least} 到 {most} 之间的整数")
        return value

    return convert


def choice(words: Mapping[str, T]) -> Callable[[Any], T]:
    """One of the given words."""

    def convert(value: Any) -> T:
        plain = str(value).strip()
        if plain not in words:
            raise Wrong(f"不认识 {shown(value)}", f"从这些里选：{'、'.join(words)}")
        return words[plain]

    return convert


def label(kind: type[L]) -> Callable[[Any], L]:
    """A member of a code list, by its code or its Chinese name."""
    words = {member.value: member for member in kind}
    by_name = {member.zh: member for member in kind}

    def convert(value: Any) -> L:
        plain = str(value).strip()
        found = words.get(plain) or by_name.get(plain)
        if found is None:
            listed = "、".join(m.value if m.value == m.zh else f"{m.value} {m.zh}" for m in kind)
            raise Wrong(f"不认识 {shown(value)}", f"从这些里选：{listed}")
        return found

    return convert


def several(convert: Callable[[Any], T], most: int = 60) -> Callable[[Any], tuple[T, ...]]:
    """A list, or in a spreadsheet words separated by 、；， or line ends; each once, in order."""

    def all_of(value: Any) -> tuple[T, ...]:
        if isinstance(value, str):
            for separator in "；;，,\n":
                value = value.replace(separator, "、")
            value = [part.strip() for part in value.split("、") if part.strip()]
        if not isinstance(value, list | tuple):
            raise Wrong(f"应该是列表，现在是 {shown(value)}", "改成列表")
        if len(value) > most:
            raise Wrong(f"有 {len(value)} 项，最多 {most} 项", "减少几项")
        return tuple(dict.fromkeys(convert(part) for part in value))

    return all_of


def shown(value: Any) -> str:
    """A value as it may be shown in a message: short."""
    plain = str(value)
    return f"“{plain[:30]}…”" if len(plain) > 30 else f"“{plain}”"
