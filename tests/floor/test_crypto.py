"""A sealed value opens in its own cell only, under whichever key sealed it."""

from __future__ import annotations

import secrets

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import crypto
from backend.settings import settings

CELL = "citizen|name_sealed|7"


@pytest.fixture(params=["AES-256-GCM", "SM4-GCM"])
def _cipher(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crypto, "settings", msgspec.structs.replace(settings, cipher=request.param))


@pytest.mark.usefixtures("_cipher")
def test_what_is_sealed_opens() -> None:
    blob = crypto.seal("欧阳𠮷", CELL)
    assert crypto.open_text(blob, CELL) == "欧阳𠮷"
    assert "欧阳".encode() not in blob
    assert blob != crypto.seal("欧阳𠮷", CELL)


@pytest.mark.usefixtures("_cipher")
def test_another_cell_does_not_open_it() -> None:
    with pytest.raises(crypto.SealError):
        crypto.open_(crypto.seal("张三", CELL), "citizen|name_sealed|8")


@given(place=st.integers(0, 200), change=st.integers(1, 255))
def test_one_changed_byte_is_noticed(place: int, change: int) -> None:
    blob = bytearray(crypto.seal("330402199001011234", CELL))
    blob[place % len(blob)] ^= change
    with pytest.raises(crypto.SealError):
        crypto.open_(bytes(blob), CELL)


@given(st.binary(max_size=80))
def test_any_other_bytes_are_refused(blob: bytes) -> None:
    with pytest.raises(crypto.SealError):
        crypto.open_(blob, CELL)


def test_keys_rotate(monkeypatch: pytest.MonkeyPatch) -> None:
    old = crypto.seal("张三", CELL)
    keys = (("next", secrets.token_bytes(32)), *settings.personal_data_keys)
    monkeypatch.setattr(crypto, "settings", msgspec.structs.replace(settings, personal_data_keys=keys))
    assert crypto.open_text(old, CELL) == "张三"
    new = crypto.seal("张三", CELL)
    assert (crypto.key_id(old), crypto.key_id(new)) == ("demo", "next")
    monkeypatch.setattr(crypto, "settings", msgspec.structs.replace(settings, personal_data_keys=keys[:1]))
    with pytest.raises(crypto.SealError, match="key"):
        crypto.open_(old, CELL)


def test_an_index_finds_equals_of_one_kind_only() -> None:
    assert crypto.blind_index("mobile", "13800001234") == crypto.blind_index("mobile", "13800001234")
    assert crypto.blind_index("mobile", "13800001234") != crypto.blind_index("id", "13800001234")
    assert crypto.blind_index("mobile", "x") != crypto.hmac_token("x")
