"""Every setting of the product: read once from the environment, checked, frozen.

`settings_list.SETTINGS` names them all.
`settings` itself is built at first use, so that the command line can bring a database up before anything asks for it.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from backend.settings_channels import channel_faults, fresh_push_key
from backend.settings_list import PREFIX, SETTINGS

KEY_BYTES = 32


class SettingsError(Exception):
    """The environment can't be run with; every fault is one line of the message."""


class Settings(Struct, frozen=True, kw_only=True):
    """All settings, parsed. Keys are raw bytes; sizes are bytes; times are in the unit their name says."""

    demo: bool
    demo_day: date | None
    host: str
    port: int
    base_url: str
    allowed_hosts: tuple[str, ...]
    trusted_proxies: tuple[str, ...]
    data_dir: Path
    database_url: str
    pool_size: int
    storage_url: str
    secret_key: bytes
    personal_data_keys: tuple[tuple[str, bytes], ...]
    blind_index_key: bytes
    cipher: Literal["AES-256-GCM", "SM4-GCM"]
    workers: int
    max_upload_bytes: int
    session_idle_minutes: int
    session_hours: int
    tablet_idle_minutes: int
    kiosk_idle_seconds: int
    sign_in_limit: int
    track_miss_limit: int
    push_key: str
    push_contact: str
    push_hosts: tuple[str, ...]
    sms_kind: Literal["json", "aliyun", "tencent"]
    sms_gateway_url: str
    sms_gateway_token: str
    sms_key_id: str
    sms_key_secret: str
    sms_sign_name: str
    sms_app_id: str
    sms_templates: str
    receipt_token: str
    wechat_app_id: str
    wechat_secret: str
    wechat_templates: str
    wechat_page: str
    wechat_url: str
    alipay_app_id: str
    alipay_private_key: str
    alipay_public_key: str
    alipay_templates: str
    alipay_page: str
    alipay_url: str
    seal_file: str
    seal_password: str
    seal_roots: str
    anchor_file: str
    metrics_token: str
    log_level: Literal["debug", "info", "warning", "error"]
    deputy_after_hours: int
    hall_name: str
    hall_phone: str
    region_code: str
    icp_record: str
    police_record: str
    site_code: str

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach us by https, so that `__Host-` cookies work."""
        return self.base_url.startswith("https://")

    def cookie(self, name: str) -> str:
        """The full name of a cookie: `__Host-` binds it to this host over https (RFC 6265bis)."""
        return f"__Host-{name}" if self.is_secure else name

    @property
    def hosts(self) -> frozenset[str]:
        """Host names (lower case, no port) that are answered."""
        own = urlsplit(self.base_url).hostname or ""
        local = ("localhost", "127.0.0.1", "[::1]") if self.demo else ()
        return frozenset({own.lower(), *local, *(host.lower() for host in self.allowed_hosts)})


_SECRETS = ("secret_key", "personal_data_keys", "blind_index_key")
_WHOLE = frozenset(
    {
        "port",
        "pool_size",
        "workers",
        "max_upload_bytes",
        "session_idle_minutes",
        "session_hours",
        "tablet_idle_minutes",
        "kiosk_idle_seconds",
        "sign_in_limit",
        "track_miss_limit",
        "deputy_after_hours",
    }
)
_LISTS = frozenset({"allowed_hosts", "trusted_proxies", "push_hosts"})


def load(env: Mapping[str, str] | None = None) -> Settings:
    """Read `env` (the process environment by default).

    Raises SettingsError naming every variable that is missing, malformed or too weak. A demo draws its secrets once
    and keeps them in DATA_DIR/secrets.json; production never invents one.
    """
    env = os.environ if env is None else env
    text = {item.field: env.get(item.name, "").strip() or item.default for item in SETTINGS}
    demo = text["demo"].lower() in {"1", "true", "yes", "on"}
    text["base_url"] = text["base_url"].format(port=text["port"]).rstrip("/")
    data_dir = Path(text["data_dir"]).expanduser().absolute()
    if demo:
        for name, value in _demo_secrets(data_dir).items():
            text[name] = text[name] or value

    faults: list[str] = []
    values: dict[str, object] = {"demo": demo, "data_dir": data_dir, **_keys(text, faults)}
    values["demo_day"] = _demo_day(text["demo_day"], faults, demo=demo)
    for field, raw in text.items():
        if field in values:
            continue
        if field in _WHOLE:
            values[field] = _whole(field, raw, faults)
        elif field in _LISTS:
            values[field] = tuple(part.strip() for part in raw.split(",") if part.strip())
        else:
            values[field] = raw
    faults += channel_faults(text, demo=demo)
    if not demo:
        faults += _production_faults(text)
    if faults:
        raise SettingsError("Settings can't be used / 设置有误:\n" + "\n".join(f"  - {fault}" for fault in faults))
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"Settings can't be used / 设置有误: {error}") from error


def _whole(field: str, raw: str, faults: list[str]) -> int:
    if raw.isascii() and raw.isdigit() and int(raw) > 0:
        return int(raw)
    faults.append(f"{PREFIX}{field.upper()} must be a whole number above 0, not {raw!r}")
    return 0


def _demo_day(raw: str, faults: list[str], *, demo: bool) -> date | None:
    """Only a demonstration may say what day it is."""
    if not raw:
        return None
    if not demo:
        faults.append(f"{PREFIX}DEMO_DAY is for the demonstration hall only")
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        faults.append(f"{PREFIX}DEMO_DAY must be a day such as 2026-09-28, not {raw!r}")
        return None


def _keys(text: Mapping[str, str], faults: list[str]) -> dict[str, object]:
    """The three secrets as bytes. Names, never values, go into `faults`."""
    named = _named_keys(text["personal_data_keys"], faults)
    index = _key_bytes(text["blind_index_key"])
    if text["blind_index_key"] and index is None:
        faults.append(f"{PREFIX}BLIND_INDEX_KEY must be base64 of {KEY_BYTES} bytes")
    if index is not None and index in {key for _, key in named}:
        faults.append(f"{PREFIX}BLIND_INDEX_KEY must differ from {PREFIX}PERSONAL_DATA_KEYS")
    missing = (field for field in _SECRETS if not text[field])
    faults += [f"{PREFIX}{field.upper()} is missing; production has no default secret" for field in missing]
    if text["secret_key"] and (len(text["secret_key"]) < KEY_BYTES or len(set(text["secret_key"])) < 12):
        faults.append(f"{PREFIX}SECRET_KEY is too weak: at least {KEY_BYTES} random characters")
    secret = text["secret_key"].encode()
    return {"secret_key": secret, "personal_data_keys": named, "blind_index_key": index or b""}


def _named_keys(raw: str, faults: list[str]) -> tuple[tuple[str, bytes], ...]:
    keys: list[tuple[str, bytes]] = []
    for part in filter(None, (part.strip() for part in raw.split(","))):
        name, _, encoded = part.partition(":")
        key = _key_bytes(encoded)
        if not name.isascii() or not 0 < len(name) <= 16 or key is None:
            faults.append(f"{PREFIX}PERSONAL_DATA_KEYS must be id:base64 of {KEY_BYTES} random bytes, comma separated")
            return ()
        keys.append((name, key))
    if len({name for name, _ in keys}) != len(keys):
        faults.append(f"{PREFIX}PERSONAL_DATA_KEYS names one key id twice")
    return tuple(keys)


def _key_bytes(encoded: str) -> bytes | None:
    """32 bytes that are not visibly weak (few different ones), else None."""
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES and len(set(key)) >= KEY_BYTES // 2 else None


def _production_faults(text: Mapping[str, str]) -> list[str]:
    faults: list[str] = []
    if not text["base_url"].startswith("https://"):
        faults.append(f"{PREFIX}BASE_URL must be an https address in production")
    if not text["database_url"]:
        faults.append(f"{PREFIX}DATABASE_URL is missing; production uses its own PostgreSQL")
    return faults


def _demo_secrets(data_dir: Path) -> dict[str, str]:
    """Secrets of this demo, drawn once. The file is made whole or not at all, readable by its owner only."""
    path = data_dir / "secrets.json"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        drawn = {
            "secret_key": secrets.token_urlsafe(48),
            "personal_data_keys": "demo:" + _fresh_key(),
            "blind_index_key": _fresh_key(),
            "push_key": fresh_push_key(),
            "push_contact": "mailto:demo@yimaban.invalid",
        }
        draft = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(msgspec.json.encode(drawn))
        try:
            os.link(draft, path)  # fails when another process was first: its secrets stand
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str])


def _fresh_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


settings: Settings  # made by __getattr__ below, at first use


def __getattr__(name: str) -> Settings:
    if name != "settings":
        raise AttributeError(name)
    value = load()
    globals()["settings"] = value
    return value
