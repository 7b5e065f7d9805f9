"""Print a document: one Typst compiler, kept warm in one thread, 2 to 10 ms a paper, identical bytes for identical facts."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from backend.documents.application import sheet_of
from backend.documents.characters import font_files, missing_characters
from backend.documents.composing import compose
from backend.documents.facts import SHANGHAI, facts
from backend.documents.shapes import KINDS, CertificateSheet
from backend.documents.trail import sheet_of as trail_sheet
from backend.documents.wording import load_wordings

if TYPE_CHECKING:
    from backend.documents.application import ApplicationForm
    from backend.documents.facts import Said
    from backend.documents.shapes import Paper
    from shared_schemas.trail import Trail

TEMPLATES = Path(__file__).parent / "templates"
# A blank form bears no day of its own, but PDF/A wants one: the day of this layout.
FORMS_SINCE = date(2026, 11, 22)

# Typst holds the GIL while it sets a page: more threads would only queue, one keeps its caches warm.
_thread = ThreadPoolExecutor(1, thread_name_prefix="documents")


class Press:
    """Fonts, wordings and a warm compiler. Loads 20 MB of fonts once; use `press()`, not one per paper."""

    def __init__(self, fonts_folder: Path | None = None, wording_folder: Path | None = None) -> None:
        """`fonts_folder` holds a district's further fonts, `wording_folder` its own wording files; both may be absent."""
        import typst

        self.files = font_files(fonts_folder)
        self.wordings = load_wordings(wording_folder)
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=sorted({str(file.parent) for file in self.files}),
        )
        serif, sans, *more = dict.fromkeys(_family(fonts, file) for file in self.files)
        self._faces = {"serif": _json([serif, sans, *more]), "sans": _json([sans, serif, *more])}
        self._compiler = typst.Compiler(root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)

    def print(self, paper: Paper) -> bytes:
        """The PDF/A-2 of `paper`, blocking. Raises IncompleteError when a required fact is empty."""
        wording = self.wordings[KINDS[type(paper)]]
        sheet = compose(paper, wording, self.files)
        issued = paper.issued_on if isinstance(paper, CertificateSheet) else paper.head.issued_on
        return self._set(wording.template, sheet, issued)

    def print_form(self, form: ApplicationForm) -> bytes:
        """The PDF/A-2 of an application form, blank or a sample, blocking."""
        return self._set("form", sheet_of(form, self.files), FORMS_SINCE)

    def print_trail(self, trail: Trail, mark: str = "") -> bytes:
        """The PDF/A-2 of an audit trail, blocking; its day is that of the export."""
        return self._set(
            "trail", trail_sheet(trail, self.files, mark=mark), trail.exported_at.astimezone(SHANGHAI).date()
        )

    def _set(self, template: str, sheet: dict[str, Any], day: date) -> bytes:
        return self._compiler.compile(
            input=TEMPLATES / f"{template}.typ",
            format="pdf",
            sys_inputs=self._faces | {"paper": _json(sheet)},
            # The day on the paper, not the clock: printing it again gives the same bytes.
            timestamp=datetime.combine(day, time(), SHANGHAI),
            pdf_standards="a-2a",
        )

    def missing(self, paper: Paper) -> list[str]:
        """The characters of `paper` that no font has: shown as code points, to be flagged to the clerk."""
        return missing_characters("".join(_texts(list(facts(paper).values()))), self.files)


@lru_cache(maxsize=4)
def press(fonts_folder: Path | None = None, wording_folder: Path | None = None) -> Press:
    """The kept press for these folders."""
    return Press(fonts_folder, wording_folder)


async def render(paper: Paper, *, fonts_folder: Path | None = None, wording_folder: Path | None = None) -> bytes:
    """The PDF of `paper`, set in the documents thread. Raises IncompleteError when a required fact is empty."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_thread, lambda: press(fonts_folder, wording_folder).print(paper))


async def render_form(form: ApplicationForm) -> bytes:
    """The PDF of an application form, set in the documents thread."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_thread, lambda: press().print_form(form))


async def render_trail(trail: Trail, mark: str = "") -> bytes:
    """The PDF of an audit trail, set in the documents thread."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_thread, lambda: press().print_trail(trail, mark))


def _family(fonts: object, file: Path) -> str:
    return next(face.family for face in fonts.fonts() if face.path and Path(face.path) == file)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _texts(values: list[Said] | Said) -> list[str]:
    if isinstance(values, str):
        return [values]
    return [text for value in (values.values() if isinstance(values, dict) else values) for text in _texts(value)]
