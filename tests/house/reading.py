"""The house as text: its Python and its templates, parsed once."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2 import nodes

from backend.i18n import LOCALES
from backend.views import environment

HOUSE = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAYING = frozenset({"_", "gettext", "ngettext"})


@cache
def modules() -> dict[str, ast.Module]:
    """Path from the top -> parsed source, of everything but migrations."""
    return {
        path.relative_to(HOUSE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for folder in ("backend", "shared_schemas")
        for path in sorted((HOUSE / folder).rglob("*.py"))
        if "migrations" not in path.parts
    }


@cache
def templates() -> dict[str, nodes.Template]:
    folder = HOUSE / "pwa/templates"
    return {
        path.relative_to(HOUSE).as_posix(): environment().parse(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def said() -> dict[str, str]:
    """Every message that is looked up in the reader's language -> where."""
    found: dict[str, str] = {}
    for place, tree in modules().items():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and _name(call.func) in SAYING:
                found |= dict.fromkeys(_texts(call.args), place)
    for place, template in templates().items():
        for call in template.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in SAYING:
                for argument in call.args:
                    consts = [argument] if isinstance(argument, nodes.Const) else argument.find_all(nodes.Const)
                    found |= {c.value: place for c in consts if isinstance(c.value, str) and CHINESE.search(c.value)}
    return found


def written() -> set[str]:
    """Every text constant of Python and templates: what a table hands to `gettext` later counts as used."""
    texts = {text for tree in modules().values() for text in _texts([tree])}
    for template in templates().values():
        texts |= {const.value for const in template.find_all(nodes.Const) if isinstance(const.value, str)}
    return texts


def translated(lang: str) -> Iterator[tuple[str, str, str]]:
    """File name, message, translation; one row a plural form."""
    for path in sorted((LOCALES / lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if isinstance(message.id, str):
                    if message.id:
                        yield path.name, message.id, str(message.string)
                else:
                    for source, target in zip(message.id, message.string, strict=False):
                        yield path.name, source, target


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _texts(trees: list[ast.expr] | list[ast.Module]) -> Iterator[str]:
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value):
                yield node.value
