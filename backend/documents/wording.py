"""The words of a document as data: `wording/<kind>.toml` says title, articles and blocks.

A district may lay its own file of the same name into a folder and so change wording without code. Every fault of a
file is found when it is loaded.
"""

from __future__ import annotations

import string
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from backend.documents import hall
from backend.documents.facts import places, row_places
from backend.documents.shapes import KINDS, Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared_schemas.vocabulary import DocumentKind

OWN_FOLDER = Path(__file__).parent / "wording"
_STRICT = {"frozen": True, "forbid_unknown_fields": True, "tag_field": "block"}


class Paragraph(Struct, tag="paragraph", **_STRICT):
    """A paragraph of body text; left out when the fact named `when` is empty, or the one named `unless` is not."""

    text: str
    when: str = ""
    unless: str = ""
    is_flush: bool = False


class Facts(Struct, tag="facts", **_STRICT):
    """Labelled lines `[label, text]`; a line whose text comes out empty is left out."""

    rows: list[tuple[str, str]]
    when: str = ""


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """One column of a table. `width` in parts of the whole; 0 is as wide as what stands in it."""

    label: str
    text: str
    width: int = 1


class Table(Struct, tag="table", **_STRICT):
    """A table with one row for each entry of the list fact `rows`; `{n}` is the row's number."""

    rows: str
    columns: list[Column]
    title: str = ""
    when: str = ""


class Items(Struct, tag="items", **_STRICT):
    """A numbered list: the list fact `rows`, or `texts` where the case brings none."""

    rows: str = ""
    texts: list[str] = msgspec.field(default_factory=list)
    title: str = ""
    when: str = ""


class Note(Struct, tag="note", **_STRICT):
    """A framed sentence that must not be overlooked."""

    text: str
    title: str = ""
    when: str = ""


class Blanks(Struct, tag="blanks", **_STRICT):
    """Lines to be filled in by hand, when the fact named `unless` is empty."""

    labels: list[str]
    unless: str = ""
    when: str = ""


class Pictures(Struct, tag="pictures", **_STRICT):
    """The pictures of the list fact `rows`, two in a row, each with its caption."""

    rows: str
    title: str = ""
    when: str = ""


class Signatures(Struct, tag="signatures", **_STRICT):
    """The signatures of the list fact `rows`, as they were drawn, each over who it is."""

    rows: str
    title: str = ""
    when: str = ""


Block = Paragraph | Facts | Table | Items | Note | Blanks | Pictures | Signatures


class Wording(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of document in words. `signed_by` is the fact named beside the seal, `seal_foot` the line in the seal."""

    title: str
    title_en: str
    required: list[str] = msgspec.field(default_factory=list)
    articles: list[str] = msgspec.field(default_factory=list)
    blocks: list[Block] = msgspec.field(default_factory=list)
    template: str = "formal"
    qr_caption: str = "扫码看办到哪一步"
    seal_foot: str = "业务专用章"
    seal_foot_demo: str = "演示专用章"
    demo_mark: str = "演示文书 不具法律效力"
    phrases: dict[str, str] = msgspec.field(default_factory=dict)


class WordingError(ValueError):
    """A wording file that names a fact its document doesn't have, or isn't of the shape above."""


def load_wordings(folder: Path | None = None) -> dict[DocumentKind, Wording]:
    """The wording of every kind, from `folder` (else DATA_DIR/wording) where it has the file, else the house's own.

    Raises WordingError naming file and fault.
    """
    folder = folder or hall.wording_folder()
    wordings: dict[DocumentKind, Wording] = {}
    for shape, kind in KINDS.items():
        name = f"{kind.value}.toml"
        path = folder / name if (folder / name).is_file() else OWN_FOLDER / name
        wordings[kind] = _load(path, shape)
    return wordings


def _load(path: Path, shape: type[Paper]) -> Wording:
    try:
        wording = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Wording)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise WordingError(f"{path.name}: {fault}") from fault
    faults = [f"{{{name}}}" for name in _unknown_places(wording, shape)]
    if faults:
        raise WordingError(f"{path.name}: no such fact: {', '.join(faults)}")
    return wording


def _unknown_places(wording: Wording, shape: type[Paper]) -> Iterator[str]:
    known = places(shape) | {"articles"}
    used: list[str] = list(wording.required)
    for block in wording.blocks:
        named = (block.when, getattr(block, "rows", ""), getattr(block, "unless", ""))
        used += [name for name in named if name and isinstance(name, str)]
        if isinstance(block, Table):
            inside = {"n", *row_places(shape, block.rows)}
            for column in block.columns:
                yield from (name for name in fields(column.text) if name not in inside)
        used += [name for text in _texts(block) for name in fields(text)]
    used += wording.phrases
    yield from (name for name in used if name not in known)


def _texts(block: Block) -> list[str]:
    match block:
        case Facts(rows=rows):
            return [text for _, text in rows]
        case Items(texts=texts):
            return texts
        case Paragraph(text=text) | Note(text=text):
            return [text]
        case _:
            return []


def fields(text: str) -> Iterator[str]:
    """The names of the places in `text`."""
    for _, name, _, _ in string.Formatter().parse(text):
        if name is not None:
            yield name


def fill(text: str, facts: dict[str, Any]) -> str:
    """`text` with its `{places}` filled; facts are put in as they are and never read as format strings."""
    return string.Formatter().vformat(text, (), facts)
