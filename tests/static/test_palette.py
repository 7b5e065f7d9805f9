"""Contrast of every pair of colours that meet, in every theme (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "pwa/static/css/tokens.css").read_text(encoding="utf-8")
TEXT = [
    ("ink", "card"), ("ink", "bg"), ("ink2", "card"), ("ink2", "bg"), ("ink2", "sunk"), ("lake", "card"), ("lake", "bg"),
    ("lake", "lake-tint"), ("on-lake", "lake"), ("boat", "card"), ("boat", "boat-tint"), ("on-boat", "boat-fill"),
    ("wheat", "wheat-tint"), ("wheat", "card"), ("reed", "reed-tint"), ("reed", "card"), ("night", "night-tint"),
]  # fmt: skip
EDGES = [("edge", "card"), ("edge", "bg"), ("focus", "bg"), ("focus", "card")]


def colours(block: str) -> dict[str, str]:
    """The colour tokens of one rule."""
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))


def rule(selector: str) -> dict[str, str]:
    """The colours of the first rule with this selector."""
    return colours(TOKENS.split(selector + " {", 1)[1].split("}", 1)[0])


THEMES = {"light": rule(":root"), "dark": rule('[data-theme="dark"]'), "contrast": rule('[data-contrast="more"]')}


def light(colour: str) -> float:
    """Relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_and_focus_can_be_seen(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= 3
