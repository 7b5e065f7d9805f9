"""The QR picture for pages, and the page pictures of the clerk's viewer."""

from __future__ import annotations

import io
import re
import time

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from backend.documents.previews import (
    MAX_HEIGHT,
    MAX_WIDTH,
    UnreadableError,
    is_encrypted,
    pdf_outline,
    pdf_page_png,
)
from backend.documents.qr import qr_svg
from backend.documents.rendering import render
from tests.documents import papers, uploads


def drawn(svg: str, scale: int = 6) -> Image.Image:
    """The code as pixels: only the rectangles our path is made of."""
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    picture = Image.new("L", (side * scale, side * scale), 255)
    pen = ImageDraw.Draw(picture)
    for stroke in re.search(r' d="([^"]+)z"', svg)[1].split("z"):
        x, rest = stroke[1:].split(" ", 1)
        y, run = rest.split("h", 1)
        left, top, length = int(x), int(y), int(run.split("v")[0])
        pen.rectangle((left * scale, top * scale, (left + length) * scale - 1, (top + 1) * scale - 1), fill=0)
    return picture


@pytest.mark.parametrize("text", [papers.URL, "短", "https://example.gov.cn/" + "a" * 300])
def test_code_reads_back(text: str) -> None:
    codes = zxingcpp.read_barcodes(drawn(qr_svg(text, "追踪码")))

    assert [(code.text, code.ec_level) for code in codes] == [(text, "M")]


def test_code_is_named_escaped_and_without_style() -> None:
    svg = qr_svg(papers.URL, '"><script>')

    assert "<script>" not in svg
    assert "style" not in svg
    assert " id=" not in svg
    assert "aria-label='\"&gt;&lt;script&gt;'" in svg
    assert len(svg) < 8000


def test_code_is_drawn_once() -> None:
    qr_svg(papers.URL, "再来")
    began = time.perf_counter()
    qr_svg(papers.URL, "再来")

    assert time.perf_counter() - began < 0.001


async def test_page_picture_has_the_width_asked_for() -> None:
    png = await pdf_page_png(await render(papers.receipt()), 0, 800)

    with Image.open(io.BytesIO(png)) as picture:
        assert (picture.format, picture.width) == ("PNG", 800)
        assert picture.convert("L").getextrema()[0] < 80


async def test_page_picture_is_bounded() -> None:
    writer = uploads.paper(0)
    writer.add_blank_page(100, 14_000)

    wide = await pdf_page_png(uploads.pdf(1), 0, 100_000)
    long = await pdf_page_png(uploads.written(writer), 0, 2000)

    assert Image.open(io.BytesIO(wide)).width <= MAX_WIDTH
    assert Image.open(io.BytesIO(long)).height <= MAX_HEIGHT + 1


async def test_outline_of_a_paper() -> None:
    outline = await pdf_outline(uploads.pdf(3))

    assert (outline.pages, outline.is_encrypted) == (3, False)
    assert is_encrypted(uploads.pdf_with_password())


@pytest.mark.parametrize(("content", "page"), [(b"nothing", 0), (uploads.pdf(1), 1), (uploads.pdf(1), -1)])
async def test_no_such_page(content: bytes, page: int) -> None:
    with pytest.raises(UnreadableError):
        await pdf_page_png(content, page, 800)
