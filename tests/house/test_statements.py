"""No value in the text of a statement: only names of our own, written in capitals or made from a struct's fields."""

import ast
import re
from collections.abc import Iterator

from tests.house.reading import modules

STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|DROP|ALTER|TRUNCATE|SET|SAVEPOINT|LISTEN|LOCK)\b")
# Made a few lines above from the fields of a struct or from constants, never from what somebody sent.
MADE_HERE = {
    "backend/cases/recording.py": {"sets"},
    "backend/intake/queries.py": {"' FOR UPDATE' if for_update else ''"},
    "backend/review/queries.py": {"which"},
}


def _statements(tree: ast.AST) -> Iterator[ast.JoinedStr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            first = node.values[0]
            if isinstance(first, ast.Constant) and STATEMENT.match(str(first.value)):
                yield node


def _is_ours(value: ast.expr) -> bool:
    name = value.attr if isinstance(value, ast.Attribute) else value.id if isinstance(value, ast.Name) else ""
    return name.isupper()


def test_only_names_of_our_own_enter_a_statement() -> None:
    strange = {
        (place, ast.unparse(part.value))
        for place, tree in modules().items()
        for statement in _statements(tree)
        for part in statement.values
        if isinstance(part, ast.FormattedValue)
        and not _is_ours(part.value)
        and ast.unparse(part.value) not in MADE_HERE.get(place, ())
    }
    assert strange == set()
