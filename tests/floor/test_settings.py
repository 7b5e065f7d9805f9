"""Production starts with good secrets or not at all."""

from __future__ import annotations

import base64
import secrets
import stat
from pathlib import Path

import pytest

from backend.settings import Settings, SettingsError, load
from backend.settings_list import SETTINGS


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _good() -> dict[str, str]:
    return {
        "YIMABAN_BASE_URL": "https://hall.example.gov.cn",
        "YIMABAN_DATABASE_URL": "postgresql://db/yimaban",
        "YIMABAN_SECRET_KEY": secrets.token_urlsafe(48),
        "YIMABAN_PERSONAL_DATA_KEYS": f"2026:{_key()},2025:{_key()}",
        "YIMABAN_BLIND_INDEX_KEY": _key(),
    }


def test_good_settings_load() -> None:
    found = load(_good())
    assert [name for name, _ in found.personal_data_keys] == ["2026", "2025"]
    assert found.is_secure
    assert found.cookie("yimaban") == "__Host-yimaban"
    assert found.hosts == {"hall.example.gov.cn"}
    assert not found.demo


@pytest.mark.parametrize("name", sorted(_good()))
def test_each_missing_one_is_named(name: str) -> None:
    env = _good()
    del env[name]
    with pytest.raises(SettingsError, match=name):
        load(env)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YIMABAN_SECRET_KEY", "secret"),
        ("YIMABAN_SECRET_KEY", "a" * 64),
        ("YIMABAN_PERSONAL_DATA_KEYS", "k1:" + base64.b64encode(bytes(32)).decode()),
        ("YIMABAN_PERSONAL_DATA_KEYS", "k1:short"),
        # A good key without its name. Not a random one: every test process must collect the same tests.
        ("YIMABAN_PERSONAL_DATA_KEYS", base64.b64encode(bytes(range(32))).decode()),
        ("YIMABAN_BLIND_INDEX_KEY", "not base64!"),
        ("YIMABAN_BASE_URL", "http://hall.example.gov.cn"),
        ("YIMABAN_PORT", "eight thousand"),
        ("YIMABAN_MAX_UPLOAD_BYTES", "-1"),
        ("YIMABAN_CIPHER", "ROT13"),
    ],
)
def test_a_weak_or_wrong_one_is_named_without_its_value(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(_good() | {name: value})
    assert name.removeprefix("YIMABAN_").lower() in str(caught.value).lower()
    if "KEY" in name:
        assert value not in str(caught.value)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load({})
    assert all(name in str(caught.value) for name in _good())


def test_the_index_key_is_not_the_sealing_key() -> None:
    shared = _key()
    with pytest.raises(SettingsError, match="must differ"):
        load(_good() | {"YIMABAN_PERSONAL_DATA_KEYS": f"a:{shared}", "YIMABAN_BLIND_INDEX_KEY": shared})


def test_a_demo_draws_its_secrets_once_and_keeps_them_to_itself(tmp_path: Path) -> None:
    env = {"YIMABAN_DEMO": "1", "YIMABAN_DATA_DIR": str(tmp_path / "new")}
    first, second = load(env), load(env)
    assert first == second
    assert first.base_url == "http://localhost:8000"
    assert stat.S_IMODE((tmp_path / "new" / "secrets.json").stat().st_mode) == 0o600


def test_the_table_names_every_field_once() -> None:
    assert [item.field for item in SETTINGS if item.field not in Settings.__struct_fields__] == []
    assert sorted(item.field for item in SETTINGS) == sorted(Settings.__struct_fields__)
    assert all(item.zh and item.en for item in SETTINGS)
