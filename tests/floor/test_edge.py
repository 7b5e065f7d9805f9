"""Small promises of the door: addresses, logs, limits of size."""

from __future__ import annotations

import json
import logging

import msgspec
import pytest

from backend import edge
from backend import logging as hall_logging
from backend.formats import file_size
from backend.settings import settings


def _scope(peer: str, forwarded: str | None = None) -> dict[str, object]:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    return {"client": (peer, 1), "headers": headers}


def test_a_strangers_forwarded_for_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "settings", msgspec.structs.replace(settings, trusted_proxies=("10.0.0.1",)))
    assert edge.client_ip(_scope("203.0.113.9", "1.2.3.4")) == "203.0.113.9"
    assert edge.client_ip(_scope("10.0.0.1", "1.2.3.4, 198.51.100.7")) == "198.51.100.7"
    assert edge.client_ip(_scope("10.0.0.1", "198.51.100.7, 10.0.0.1")) == "198.51.100.7"
    assert edge.client_ip(_scope("10.0.0.1")) == "10.0.0.1"


def test_a_log_line_is_one_line_without_numbers_of_people(capsys: pytest.CaptureFixture[str]) -> None:
    hall_logging.configure("info")
    try:
        logging.getLogger("x").warning("id 330402199001011234\r\nforged, mobile 13812345678")
    finally:
        hall_logging.configure("warning")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    said = json.loads(lines[0])["event"]
    assert "199001" not in said
    assert "13812345678" not in said
    assert "138****5678" in said


def test_sizes_read_as_on_a_phone() -> None:
    assert (file_size(900), file_size(12_400), file_size(104_857_600)) == ("1 kB", "12 kB", "104.9 MB")
