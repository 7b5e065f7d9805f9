"""Vendored files are what their lock says: nobody edits a library in place, and no registry host is committed."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = json.loads((ROOT / "pwa/vendor/vendor.lock.json").read_text(encoding="utf-8"))
PINNED = json.loads((ROOT / "pwa/vendor/package.json").read_text(encoding="utf-8"))
FILES = [(path, digest) for package in LOCK.values() for path, digest in package["files"].items()]


@pytest.mark.parametrize(("path", "digest"), FILES)
def test_a_vendored_file_matches_its_lock(path: str, digest: str) -> None:
    found = base64.b64encode(hashlib.sha384((ROOT / path).read_bytes()).digest()).decode()
    assert digest == f"sha384-{found}"


def test_every_vendored_file_is_in_the_lock() -> None:
    folders = ("pwa/static/vendor", "pwa/static/icons", "tests/vendor")
    present = {path.relative_to(ROOT).as_posix() for folder in folders for path in (ROOT / folder).iterdir()}
    assert present == {path for path, _digest in FILES}


def test_the_lock_has_the_pinned_versions_and_a_licence() -> None:
    wanted = PINNED["dependencies"] | PINNED["devDependencies"]
    for package, entry in LOCK.items():
        assert entry["version"] == wanted[package]
        assert entry["licence"]


def test_the_package_lock_names_no_registry() -> None:
    assert "resolved" not in (ROOT / "pwa/vendor/package-lock.json").read_text(encoding="utf-8")
