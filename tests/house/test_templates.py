"""Templates: each one compiles, and none carries what the content security policy refuses."""

import re
from pathlib import Path

import pytest

from backend.views import environment

TEMPLATES = Path(__file__).parents[2] / "pwa/templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
INLINE = {
    "style attribute": re.compile(r"""\sstyle\s*=\s*["']"""),
    "style element": re.compile(r"<style\b"),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "event handler": re.compile(r"""\son[a-z]+\s*=\s*["']"""),
    "hx-on": re.compile(r"\bhx-on\b"),
    "script address": re.compile(r"javascript:"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name: str) -> None:
    environment().get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_nothing_inline(name: str) -> None:
    text = re.sub(r"\{#.*?#\}", "", (TEMPLATES / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not [what for what, pattern in INLINE.items() if pattern.search(text)]
