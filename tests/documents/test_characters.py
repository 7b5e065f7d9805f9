"""All of 通用规范汉字表 prints; what doesn't is shown by its code point, never dropped."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from backend.documents.characters import font_files, missing_characters, printable, printable_code_points
from backend.documents.rendering import render
from tests.documents import papers

# 国务院 2013: 8,105 characters, in the table's order; from the Unihan database's kTGH (Unicode 15).
TABLE = (Path(__file__).parent / "general_standard_characters.txt").read_text("utf-8").replace("\n", "")


def test_table_is_whole() -> None:
    assert len(TABLE) == len(set(TABLE)) == 8105
    assert (TABLE[0], TABLE[3499], TABLE[8104]) == ("一", "矗", "蠼")


@pytest.mark.parametrize("font", font_files(), ids=lambda file: file.stem)
def test_each_face_has_the_whole_table(font: Path) -> None:
    assert missing_characters(TABLE, (font,)) == []


def test_gb2312_has_a_face() -> None:
    rows = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", "ignore") for pair in rows)

    assert len(characters) > 7400
    assert [c for c in missing_characters(characters) if "\u4e00" <= c <= "\u9fff"] == []


async def test_third_level_characters_come_out_of_the_printed_paper() -> None:
    rare = TABLE[6500:]
    pdf = await render(papers.refusal(reasons=rare))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)

    assert [c for c in rare if c not in text] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("𠮷野家", "〔U+20BB7〕野家"),
        ("张\u202e三", "张〔U+202E〕三"),
        ("笑😀", "笑〔U+1F600〕"),
        ("坏\x00\x1b", "坏〔U+0000〕〔U+001B〕"),
        ("“双引号”——《书名》〔2026〕·", "“双引号”——《书名》〔2026〕·"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("一行\n两行", "一行\n两行"),
    ],
)
def test_what_has_no_face_is_shown_by_code_point(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_missing_characters_are_listed_once_in_order() -> None:
    assert missing_characters("𠮷😀𠮷好") == ["𠮷", "😀"]


def test_address_breaks_after_its_marks() -> None:
    assert printable("https://hall.example/t/abcdefghijk").split("\u200b") == [
        "https://",
        "hall.",
        "example/",
        "t/",
        "abcdefghijk",
    ]


async def test_districts_own_font_is_used(tmp_path: Path) -> None:
    # Any font will do to prove the way: the sans face under another folder is found, loaded and counted once more.
    shutil.copy(font_files()[1], tmp_path / "rare.otf")

    assert font_files(tmp_path)[2].name == "rare.otf"
    assert printable_code_points(font_files(tmp_path)) == printable_code_points(font_files())
    assert (await render(papers.receipt(), fonts_folder=tmp_path)).startswith(b"%PDF")
