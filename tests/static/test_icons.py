"""Icons come from the sprites; a wrong name fails where it was written."""

import re
from pathlib import Path

import pytest

from backend.icons import icon, sheet_of
from backend.static import assets

TEMPLATES = Path(__file__).parents[2] / "pwa/templates"
NAMED = re.compile(r"""\bicon\("([a-z-]+)"(?:, "(fill|duotone|regular)")?""")
GLYPH = re.compile(r'\bglyph="([a-z-]+)"')


def test_an_icon_points_into_the_sprite_and_is_silent() -> None:
    drawn = icon("house", "fill", "ok")
    assert f'href="{assets().url("icons/core.svg")}#house-fill"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert 'class="i ok"' in drawn


def test_a_class_can_not_break_out() -> None:
    assert '"><b' not in icon("house", cls='"><b')


def test_an_unknown_icon_says_where_to_add_it() -> None:
    with pytest.raises(LookupError, match=r"icons\.toml"):
        icon("submarine")


def test_every_icon_named_in_a_template_exists() -> None:
    named = {match for path in TEMPLATES.rglob("*.html") for match in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 15
    missing = [f"{name} {weight}".strip() for name, weight in named if _symbol(name, weight) not in sheet_of()]
    assert not missing


def test_every_glyph_named_in_a_template_exists() -> None:
    named = {name for path in TEMPLATES.rglob("*.html") for name in GLYPH.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 10
    assert not [name for name in named if not {name, f"{name}-duotone"} & sheet_of().keys()]


def _symbol(name: str, weight: str) -> str:
    return name if weight in {"", "regular"} else f"{name}-{weight}"


def test_the_core_sprite_fits_a_first_visit() -> None:
    core = assets().by_name["icons/core.svg"]
    assert core.brotli is not None
    assert len(core.brotli) < 8_000
