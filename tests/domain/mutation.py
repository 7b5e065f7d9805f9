"""The law with one small mistake in it: modules of `backend.domain` imported anew from a changed source."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

_ROOT = Path(__file__).parents[2]
# All that must be imported anew to see the mistake: the law, what holds the calendar, and the machine that tries it.
_FRESH = ("backend.domain", "backend.calendars", "backend.rulebooks", "tests.domain")


class Mistake(NamedTuple):
    """In `module` of `backend.domain`, `right` (which stands there exactly once) became `wrong`."""

    module: str
    right: str
    wrong: str


class _Loader(SourceLoader):
    def __init__(self, path: Path, source: str) -> None:
        self._path, self._source = path, source

    def get_filename(self, fullname: str) -> str:
        return str(self._path)

    def get_data(self, path: str) -> bytes:
        return self._source.encode()

    def path_stats(self, path: str) -> dict[str, float]:
        raise OSError  # never from a compiled file

    def cache_from_source(self, path: str) -> str:
        raise NotImplementedError


class _Finder(MetaPathFinder):
    def __init__(self, mistake: Mistake) -> None:
        path = _ROOT / "backend/domain" / f"{mistake.module}.py"
        source = path.read_text(encoding="utf-8")
        found = source.count(mistake.right)
        assert found == 1, f"“{mistake.right}” stands in {mistake.module}.py {found} times, not once"
        self._name = f"backend.domain.{mistake.module}"
        self._loader = _Loader(path, source.replace(mistake.right, mistake.wrong))

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        return spec_from_loader(fullname, self._loader) if fullname == self._name else None


@contextmanager
def made(mistake: Mistake | None) -> Iterator[ModuleType]:
    """`tests.domain.machine` over the law with this mistake (None: as it is); everything as before afterwards."""
    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith(_FRESH)}
    for name in kept:  # "from backend import calendars" asks the package before the list of modules
        parent, _, own = name.rpartition(".")
        if parent in sys.modules and own in vars(sys.modules[parent]):
            delattr(sys.modules[parent], own)
    finder = _Finder(mistake) if mistake else None
    if finder:
        sys.meta_path.insert(0, finder)
    try:
        yield importlib.import_module("tests.domain.machine")
    finally:
        if finder:
            sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.startswith(_FRESH)]:
            del sys.modules[name]
        sys.modules.update(kept)
        for name, module in kept.items():  # packages remember their modules
            parent, _, own = name.rpartition(".")
            if parent in sys.modules:
                setattr(sys.modules[parent], own, module)
