"""Paper, pen and camera of the demo's pretend documents: drawn by code, the same bytes every time."""

from __future__ import annotations

import io
from functools import lru_cache
from random import Random

import pylopdf_fonts_zh_cn as fonts
from PIL import Image, ImageDraw, ImageFilter, ImageFont

INK = "#2d3a3f"
GREY = "#7c8b90"
RED = "#b3302b"
DESK = (146, 118, 92)


@lru_cache(maxsize=64)
def face(size: int, *, serif: bool = False) -> ImageFont.FreeTypeFont:
    """The hall's own face at `size` pixels."""
    return ImageFont.truetype(str(fonts.serif_path() if serif else fonts.sans_path()), size)


class Sheet:
    """A sheet of paper in pixels, with the few strokes that official papers are made of."""

    def __init__(self, width: int, height: int, paper: str = "#fdfbf5") -> None:
        """A blank sheet."""
        self.image = Image.new("RGB", (width, height), paper)
        self.pen = ImageDraw.Draw(self.image)
        self.width, self.height = width, height

    def text(
        self,
        at: tuple[float, float],
        words: str,
        size: int,
        *,
        ink: str = INK,
        anchor: str = "la",
        serif: bool = False,
    ) -> None:
        """Words at a point; `anchor` as Pillow's text anchors."""
        self.pen.text(at, words, fill=ink, font=face(size, serif=serif), anchor=anchor)

    def lines(
        self, at: tuple[float, float], rows: list[str], size: int, *, gap: float = 1.6, serif: bool = False
    ) -> None:
        """Several lines below each other."""
        for place, row in enumerate(rows):
            self.text((at[0], at[1] + place * size * gap), row, size, serif=serif)

    def facts(
        self, at: tuple[float, float], rows: list[tuple[str, str]], size: int, *, indent: float, gap: float = 1.9
    ) -> None:
        """Label and value, row by row."""
        for place, (label, value) in enumerate(rows):
            y = at[1] + place * size * gap
            self.text((at[0], y), label, size, ink=GREY)
            self.text((at[0] + indent, y), value, size)

    def frame(self, margin: int, ink: str = INK, width: int = 4) -> None:
        """A border inside the sheet's edge."""
        self.pen.rectangle((margin, margin, self.width - margin, self.height - margin), outline=ink, width=width)

    def seal(self, at: tuple[float, float], radius: int, words: str) -> None:
        """A round stamp that says what it is: a demonstration."""
        x, y = at
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=max(4, radius // 18))
        self.text((x, y - radius * 0.28), "★", radius // 2, ink=RED, anchor="mm")
        self.text((x, y + radius * 0.22), words, radius // 4, ink=RED, anchor="mm")
        self.text((x, y + radius * 0.55), "演示专用", radius // 5, ink=RED, anchor="mm")

    def sample(self) -> None:
        """Say across the sheet that it is a demonstration sample."""
        layer = Image.new("L", (self.width // 2, self.height // 2), 0)
        ImageDraw.Draw(layer).text(
            (layer.width / 2, layer.height / 2), "演示样本", fill=34, font=face(self.width // 9), anchor="mm"
        )
        turned = layer.rotate(24, resample=Image.Resampling.BILINEAR)
        self.image.paste(RED, (self.width // 4, self.height // 4), turned)

    def person(self, box: tuple[int, int, int, int], backdrop: str = "#c9d9e6") -> None:
        """The place of a portrait: a figure nobody is."""
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        self.pen.rectangle(box, fill=backdrop)
        middle = (left + right) / 2
        head = wide * 0.22
        self.pen.ellipse(
            (left + wide * 0.1, top + high * 0.66, right - wide * 0.1, bottom + high * 0.5), fill="#45606b"
        )
        self.pen.rectangle((left, bottom, right, bottom + high * 0.55), fill=self.image.getpixel((left - 6, top)))
        self.pen.ellipse(
            (middle - head, top + high * 0.2, middle + head, top + high * 0.2 + head * 2.6), fill="#e2c3a8"
        )
        self.pen.pieslice(
            (middle - head * 1.12, top + high * 0.14, middle + head * 1.12, top + high * 0.2 + head * 2.3),
            180,
            360,
            fill="#2b2523",
        )

    def scan(self) -> bytes:
        """As a scanner or an app gives it: PNG."""
        out = io.BytesIO()
        self.image.quantize(64).save(out, "PNG", optimize=False, compress_level=6)
        return out.getvalue()

    def photo(self, *, turn: float, desk: tuple[int, int, int] = DESK, seed: int = 1) -> bytes:
        """As a phone takes it: lying a little askew on a desk, with a shadow, uneven light and grain. JPEG."""
        outline = Image.new("L", self.image.size, 255).rotate(turn, expand=True)
        turned = self.image.rotate(turn, expand=True, resample=Image.Resampling.BILINEAR)
        size = (turned.width + 90, turned.height + 90)
        scene = _desk(size, desk, seed)
        scene.paste((24, 20, 16), (0, 0), _soft(outline, (57, 60), size))
        scene.paste(turned, (45, 45), outline)
        light = Image.linear_gradient("L").rotate(115).resize(size).point(lambda level: 150 + level * 2 // 5)
        lit = Image.composite(scene, scene.point(lambda level: level * 4 // 5), light)
        out = io.BytesIO()
        lit.save(out, "JPEG", quality=76)
        return out.getvalue()


def _soft(outline: Image.Image, at: tuple[int, int], size: tuple[int, int]) -> Image.Image:
    """The shadow of `outline` at `at`, blurred in an eighth of the size, where that costs nothing."""
    shade = Image.new("L", size, 0)
    shade.paste(outline.point(lambda level: level * 120 // 255), at)
    small = shade.reduce(8).filter(ImageFilter.GaussianBlur(1.8))
    return small.resize(size, Image.Resampling.BILINEAR)


def _desk(size: tuple[int, int], colour: tuple[int, int, int], seed: int) -> Image.Image:
    """Wood: long soft grain from a few random bytes."""
    chance = Random(seed)  # noqa: S311 - grain, not a secret
    small = (max(2, size[0] // 90), max(2, size[1] // 5))
    grain = Image.frombytes("L", small, chance.randbytes(small[0] * small[1])).resize(size, Image.Resampling.BICUBIC)
    dark = Image.new("RGB", size, tuple(part * 4 // 5 for part in colour))
    return Image.composite(Image.new("RGB", size, colour), dark, grain)
