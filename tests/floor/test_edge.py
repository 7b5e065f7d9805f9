"""Small promises of the door: addresses, logs, limits of size."""

from __future__ import annotations

import json
import logging
from typing import Any

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


async def test_a_refusal_hears_the_sender_out_but_not_for_ever() -> None:
    """A line that is closed in the middle of a word carries no answer; one that never ends is cut."""

    async def refuses(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 413, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    for pieces in (3, 10**9):
        heard, said = 0, []

        async def receive(pieces: int = pieces) -> dict[str, Any]:
            nonlocal heard
            heard += 1
            return {"type": "http.request", "body": b"x" * 1_000_000, "more_body": heard < pieces}

        async def send(message: dict[str, Any], said: list[Any] = said) -> None:
            said.append(message["type"])

        scope = {"type": "http", "method": "POST", "path": "/x", "headers": [(b"host", b"testserver.local")]}
        await edge.Edge(refuses)(scope, receive, send)
        assert said == ["http.response.start", "http.response.body"]
        assert heard == min(pieces, edge._HEAR_BYTES // 1_000_000)
