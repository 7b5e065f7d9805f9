"""Wording and facts put together: the one JSON value that a template sets. Pure; every text made printable here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from backend.documents.characters import printable
from backend.documents.facts import facts
from backend.documents.qr import qr_svg
from backend.documents.shapes import CertificateSheet
from backend.documents.survey_shapes import Picture
from backend.documents.wording import (
    Blanks,
    Facts,
    Items,
    Note,
    Paragraph,
    Pictures,
    Signatures,
    Table,
    fields,
    fill,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from backend.documents.facts import Said
    from backend.documents.shapes import Paper
    from backend.documents.wording import Block, Wording


class IncompleteError(ValueError):
    """A document that lacks a fact its wording requires: an error of the program, not of a citizen."""


def compose(paper: Paper, wording: Wording, files: tuple[Path, ...]) -> dict[str, Any]:
    """What `wording.template` sets for `paper`, printable with the fonts `files`. Raises IncompleteError."""
    said = _known(paper, wording)
    if isinstance(paper, CertificateSheet):
        url, sheet = paper.verify_url, _certificate(paper, wording, said)
    else:
        url, sheet = paper.head.tracking_url, _formal(wording, said)
    is_demo = bool(said["is_demo"])
    sheet |= {
        "mark": wording.demo_mark if is_demo else "",
        "watermark": "演示" if is_demo else "",
        "seal": said["seal_name"] or said["organ"],
        "seal_foot": wording.seal_foot_demo if is_demo else wording.seal_foot,
        "organ": said["organ"],
        "number": said["number"],
        "issued_on": said["issued_on"],
        "qr_caption": wording.qr_caption,
        "url_shown": unquote(url),
    }
    # Drawings go past `printable`, which would break their long lines.
    return printable_value(sheet, files) | {"url": url, "qr": qr_svg(url, url), "pictures": _pictures(paper)}


def _pictures(paper: Paper) -> dict[str, list[str]]:
    """The drawings of each list of pictures that `paper` holds, by the list's name."""
    lists = {name: getattr(paper, name) for name in paper.__struct_fields__}
    return {
        name: [each.svg for each in pictures]
        for name, pictures in lists.items()
        if isinstance(pictures, tuple) and any(isinstance(each, Picture) for each in pictures)
    }


def _known(paper: Paper, wording: Wording) -> dict[str, Said]:
    """The facts, with the wording's phrases where a fact is empty, and the articles joined."""
    said = facts(paper)
    said |= {name: phrase for name, phrase in wording.phrases.items() if not said[name]}
    articles = said.get("legal_articles") or wording.articles
    said["articles"] = "、".join(str(article) for article in articles)
    lacking = [name for name in wording.required if not said[name]]
    if lacking:
        raise IncompleteError(f"{wording.title}: {', '.join(lacking)}")
    return said


def _formal(wording: Wording, said: dict[str, Said]) -> dict[str, Any]:
    contacts = [
        ("办件编号", "case_no"),
        ("经办人", "handler"),
        ("咨询电话", "phone"),
        ("地址", "hall_address"),
    ]
    return {
        "title": wording.title,
        "hall": said["hall"],
        "case_no": said["case_no"],
        "contacts": [(label, said[name]) for label, name in contacts if said[name]],
        "blocks": [block for raw in wording.blocks for block in _block(raw, said)],
    }


def _certificate(paper: CertificateSheet, wording: Wording, said: dict[str, Said]) -> dict[str, Any]:
    rows = [
        ("证号", said["number"]),
        (said["holder_label"], said["holder"]),
        *((entry.label, entry.value) for entry in paper.entries),
        ("有效期自", said["valid_from"]),
        ("有效期至" if paper.valid_until else "有效期", said["valid_until"]),
    ]
    return {
        "title": wording.title,
        "name": said["name"],
        "legal_basis": said["legal_basis"],
        "is_portrait": paper.is_portrait,
        "rows": [(label, value) for label, value in rows if value],
    }


def _block(block: Block, said: dict[str, Said]) -> Iterator[dict[str, Any]]:
    """The block with its places filled, or nothing when it has nothing to say."""
    if _is_said(block, said):
        yield from [_drawn(block, said)] if isinstance(block, Pictures | Signatures) else _worded(block, said)


def _worded(block: Block, said: dict[str, Said]) -> Iterator[dict[str, Any]]:
    match block:
        case Paragraph(text=text, is_flush=is_flush):
            yield {"block": "paragraph", "text": fill(text, said), "is_flush": is_flush}
        case Facts(rows=rows):
            if filled := _lines(rows, said):
                yield {"block": "facts", "rows": filled}
        case Table():
            yield _table(block, said)
        case Items(title=title, rows=rows, texts=texts):
            if items := (rows and said[rows]) or [fill(text, said) for text in texts]:
                yield {"block": "items", "title": title, "texts": items}
        case Note(title=title, text=text):
            yield {"block": "note", "title": fill(title, said), "text": fill(text, said)}
        case Blanks(labels=labels):
            yield {"block": "blanks", "labels": labels}


def _drawn(block: Pictures | Signatures, said: dict[str, Said]) -> dict[str, Any]:
    """Captions of a list of pictures; the drawings themselves are under the list's name in `pictures`."""
    captions = [each["caption"] for each in said[block.rows]]
    kind = "pictures" if isinstance(block, Pictures) else "signatures"
    return {"block": kind, "title": block.title, "of": block.rows, "captions": captions}


def _is_said(block: Block, said: dict[str, Said]) -> bool:
    """Whether the facts that a block depends on (`when`, `unless`) let it be said."""
    unless = getattr(block, "unless", "")
    return not (block.when and not said[block.when]) and not (unless and said[unless])


def _lines(rows: list[tuple[str, str]], said: dict[str, Said]) -> list[tuple[str, str]]:
    filled = [(fill(label, said), fill(text, said)) for label, text in rows if _has_facts(text, said)]
    return [(label, text) for label, text in filled if label and text]


def _table(block: Table, said: dict[str, Said]) -> dict[str, Any]:
    entries = [entry | {"n": str(n)} for n, entry in enumerate(said[block.rows], 1)]
    return {
        "block": "table",
        "title": block.title,
        "labels": [column.label for column in block.columns],
        "widths": [column.width for column in block.columns],
        "rows": [[fill(column.text, entry) for column in block.columns] for entry in entries],
    }


def _has_facts(text: str, said: dict[str, Said]) -> bool:
    """Whether no place in `text` is empty: 「{due_on}前」 without a day would be a stray 「前」."""
    return all(said[name] for name in fields(text))


def printable_value(value: Any, files: tuple[Path, ...]) -> Any:
    """Every text inside `value` made printable with the fonts `files`."""
    match value:
        case str():
            return printable(value, files)
        case dict():
            return {name: printable_value(inner, files) for name, inner in value.items()}
        case list() | tuple():
            return [printable_value(inner, files) for inner in value]
        case _:
            return value
