"""Production starts with good secrets or not at all."""

from __future__ import annotations

import base64
import secrets
import stat
import time
from datetime import date
from pathlib import Path

import pytest

from backend import clock
from backend.channels.vapid import padded, public_key
from backend.domain.calendar import day_of
from backend.settings import Settings, SettingsError, load
from backend.settings_channels import templates
from backend.settings_list import SETTINGS

_PUSH_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"  # RFC 8291 §5; one, so that processes collect alike


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


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"PUSH_KEY": _PUSH_KEY}, "PUSH_CONTACT is missing"),
        ({"PUSH_CONTACT": "mailto:a@b.cn"}, "PUSH_KEY is missing"),
        ({"PUSH_KEY": "short", "PUSH_CONTACT": "mailto:a@b.cn"}, "PUSH_KEY must be"),
        ({"PUSH_KEY": _PUSH_KEY, "PUSH_CONTACT": "a@b.cn"}, "PUSH_CONTACT must be"),
        ({"PUSH_HOSTS": "push.apple.com,localhost"}, "PUSH_HOSTS must not name this machine"),
        ({"SMS_KIND": "pigeon"}, "SMS_KIND must be one of"),
        ({"SMS_KIND": "aliyun", "SMS_KEY_ID": "a"}, "SMS_KEY_SECRET is missing"),
        ({"SMS_KIND": "tencent", "SMS_KEY_ID": "a"}, "SMS_APP_ID is missing"),
        ({"SMS_GATEWAY_TOKEN": "a"}, "SMS_GATEWAY_URL is missing"),
        ({"SMS_TEMPLATES": "decided"}, "SMS_TEMPLATES can't be read at decided"),
        ({"SMS_TEMPLATES": "a=1;a=2"}, "SMS_TEMPLATES can't be read at a=2"),
        ({"WECHAT_APP_ID": "wx1"}, "WECHAT_SECRET is missing"),
        ({"ALIPAY_APP_ID": "2014"}, "ALIPAY_PRIVATE_KEY is missing"),
        ({"ALIPAY_PRIVATE_KEY": "AAAA"}, "ALIPAY_PRIVATE_KEY must be base64 of an RSA key"),
    ],
)
def test_a_channel_half_set_is_named(given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as caught:
        load(_good() | {f"YIMABAN_{field}": value for field, value in given.items()})
    assert not any(value in str(caught.value) for field, value in given.items() if field.endswith(("KEY", "SECRET")))


def test_a_template_says_whose_name_is_whose() -> None:
    found = templates("decided=SMS_1(no:case, due) ; asked=MDI4YzI=")
    assert found["decided"].filled({"case": "7", "more": "x"}) == {"no": "7", "due": ""}
    assert (found["asked"].id, found["asked"].filled({"b": "1", "a": "2"})) == ("MDI4YzI=", {"b": "1", "a": "2"})


def test_the_push_key_of_a_demo_is_one_a_browser_takes(tmp_path: Path) -> None:
    given = load({"YIMABAN_DEMO": "1", "YIMABAN_DATA_DIR": str(tmp_path)})
    assert len(padded(public_key(given.push_key))) == 65


def test_only_a_demo_says_what_day_it_is(tmp_path: Path) -> None:
    demo = {"YIMABAN_DEMO": "1", "YIMABAN_DATA_DIR": str(tmp_path), "YIMABAN_DATABASE_URL": "postgresql://x/y"}
    assert load(demo).demo_day is None
    assert load(demo | {"YIMABAN_DEMO_DAY": "2026-09-28"}).demo_day == date(2026, 9, 28)
    with pytest.raises(SettingsError, match="YIMABAN_DEMO_DAY"):
        load(demo | {"YIMABAN_DEMO_DAY": "2026-02-30"})
    with pytest.raises(SettingsError, match="YIMABAN_DEMO_DAY"):
        load(_good() | {"YIMABAN_DEMO_DAY": "2026-09-28"})


def test_the_clock_runs_on_from_the_day_it_was_turned_to() -> None:
    clock.turn_to(date(2026, 9, 28))
    try:
        assert day_of(clock.now()) == date(2026, 9, 28)
        earlier = clock.now()
        assert clock.now() >= earlier
    finally:
        clock.turn_to(None)
    assert abs(clock.now().timestamp() - time.time()) < 5
