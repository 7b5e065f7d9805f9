"""The blank application form of a matter, and its filled sample (样表): no 文书, nobody signs or numbers it for the hall.

Frozen shapes in; `sheet_of` makes the one JSON value that `templates/form.typ` sets. Every text may hold any Unicode and is
never read as markup.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from backend.documents.composing import printable_value
from backend.documents.qr import qr_svg

if TYPE_CHECKING:
    from pathlib import Path


class Room(StrEnum):
    """How an answer is given room on paper."""

    LINE = "line"
    BOXES = "boxes"  # one box a character, for numbers that must be read exactly
    AREA = "area"
    OPTIONS = "options"
    PARTS = "parts"  # words with gaps between: ____年__月__日
    TABLE = "table"


class Option(Struct, frozen=True):
    """A box to tick and the word beside it."""

    word: str
    is_chosen: bool = False


class Part(Struct, frozen=True):
    """A gap of `width` millimetres with what stands in it, and the word that follows."""

    width: int
    word: str = ""
    value: str = ""
    lead: str = ""


class Entry(Struct, frozen=True):
    """One question on paper. `label_en` and `hint` may be empty; `count` is boxes, lines or rows at least, by `room`.

    `weights` share the width of a table among its `columns`.
    """

    label: str
    room: Room = Room.LINE
    label_en: str = ""
    hint: str = ""
    is_required: bool = False
    is_wide: bool = True
    value: str = ""
    unit: str = ""
    count: int = 1
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    columns: tuple[str, ...] = ()
    weights: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Section(Struct, frozen=True):
    """Entries under one heading. `note` says who fills it in."""

    title: str
    entries: tuple[Entry, ...]
    note: str = ""
    title_en: str = ""


class ApplicationForm(Struct, frozen=True):
    """The form of one version of a matter. `office` are entries for the staff; `mark` is a line in red on every page.

    `watermark` lies under the text of every page ("样表"); empty for a form to be filled in. `url` becomes the QR code.
    """

    matter_name: str
    matter_code: str
    version: int
    organ: str
    hall: str
    phone: str
    url: str
    sections: tuple[Section, ...]
    declaration: tuple[str, ...]
    signatures: tuple[Entry, ...]
    words: dict[str, str]
    office: tuple[Entry, ...] = ()
    matter_name_en: str = ""
    mark: str = ""
    watermark: str = ""


def sheet_of(form: ApplicationForm, files: tuple[Path, ...]) -> dict[str, Any]:
    """What the template sets for `form`, printable with the fonts `files`; short entries stand two in a row."""
    sheet = msgspec.to_builtins(form)
    for section, made in zip(form.sections, sheet["sections"], strict=True):
        made["lines"] = _lines(section.entries, made.pop("entries"))
    sheet["office"] = _lines(form.office, sheet["office"])
    return printable_value(sheet, files) | {"url": form.url, "qr": qr_svg(form.url, form.url)}


def _lines(entries: tuple[Entry, ...], made: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The entries in rows of one wide or up to two short ones."""
    lines: list[list[dict[str, Any]]] = []
    is_open = False
    for entry, drawn in zip(entries, made, strict=True):
        if is_open and not entry.is_wide:
            lines[-1].append(drawn)
            is_open = False
        else:
            lines.append([drawn])
            is_open = not entry.is_wide
    return lines
