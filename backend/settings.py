"""Every setting of the product: read once from the environment, checked, frozen.

`SETTINGS` is the one list of names, defaults and meanings; the README's table and `yimaban settings` print it.
`settings` itself is built at first use, so that the command line can bring a database up before anything asks for it.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

PREFIX = "YIMABAN_"
KEY_BYTES = 32


class Setting(NamedTuple):
    """One setting. `default` is as a person would write it in the environment; "" means not set."""

    field: str
    default: str
    zh: str
    en: str

    @property
    def name(self) -> str:
        """The environment variable."""
        return PREFIX + self.field.upper()


SETTINGS: tuple[Setting, ...] = (
    Setting("demo", "", "1 = 演示大厅；不设 = 正式运行", "1 = demonstration hall; unset = production"),
    Setting("host", "127.0.0.1", "监听地址", "Address to listen on"),
    Setting("port", "8000", "监听端口", "Port to listen on"),
    Setting(
        "base_url",
        "http://localhost:{port}",
        "对外网址，二维码里就是它；正式运行必须 https",
        "Public address, printed in QR codes; https in production",
    ),
    Setting("allowed_hosts", "", "另外允许的域名，逗号分隔", "Further host names that are answered, comma separated"),
    Setting("trusted_proxies", "", "可信反向代理的 IP，逗号分隔", "IPs of proxies whose X-Forwarded-For is believed"),
    Setting("data_dir", ".yimaban", "内置数据库、文件、演示密钥都在这里", "Embedded database, files and demo secrets"),
    Setting("database_url", "", "PostgreSQL 网址；不设就用内置的", "PostgreSQL address; unset = the embedded server"),
    Setting("pool_size", "8", "每个进程的数据库连接数上限", "Database connections per worker at most"),
    Setting(
        "storage_url",
        "",
        "材料存放处，如 s3://桶/前缀；不设 = 本机目录",
        "Where documents are kept, e.g. s3://bucket/prefix; unset = a local folder",
    ),
    Setting("secret_key", "", "会话与表单签名密钥（≥ 32 字符）", "Signs sessions and forms (≥ 32 characters)"),
    Setting(
        "personal_data_keys",
        "",
        "个人信息加密密钥：编号:base64 的 32 字节，逗号分隔，第一个用于加密",
        "Keys for personal data: id:base64 of 32 bytes, comma separated; the first one seals",
    ),
    Setting("blind_index_key", "", "证件号盲索引密钥：base64 的 32 字节", "Blind-index key: base64 of 32 bytes"),
    Setting("cipher", "AES-256-GCM", "AES-256-GCM 或 SM4-GCM", "AES-256-GCM or SM4-GCM"),
    Setting("workers", "2", "网页进程数", "Web worker processes"),
    Setting("max_upload_bytes", "104857600", "单个文件上限（字节）", "Largest single upload, bytes"),
    Setting("session_idle_minutes", "30", "手机多久不动就退出（分钟）", "Phone: minutes idle before signing out"),
    Setting("session_hours", "12", "登录最长多久（小时）", "Longest session, hours"),
    Setting("tablet_idle_minutes", "10", "窗口平板多久不动就退出（分钟）", "Window tablet: minutes idle"),
    Setting("kiosk_idle_seconds", "90", "自助机多久不动就清空（秒）", "Kiosk: seconds idle before it is wiped"),
    Setting(
        "sign_in_limit", "10", "5 分钟内同一人或同一 IP 可试登录几次", "Sign-in tries per person and IP in 5 minutes"
    ),
    Setting("track_miss_limit", "10", "每分钟同一 IP 可扫错几次追踪码", "Wrong tracking codes per IP and minute"),
    Setting("sms_gateway_url", "", "短信网关网址；不设就只进站内信箱", "SMS gateway; unset = in-app inbox only"),
    Setting("sms_gateway_token", "", "短信网关口令", "Bearer token of the SMS gateway"),
    Setting(
        "seal_file",
        "",
        "给证照签名的密钥（PKCS#12 文件）；演示大厅自己造一把",
        "PKCS#12 key that signs certificates; a demo makes its own",
    ),
    Setting("seal_password", "", "签名密钥文件的口令", "Password of that file"),
    Setting(
        "seal_roots",
        "",
        "签发机构根证书（PEM）；不设 = 密钥文件里的",
        "Root certificates, PEM; unset = those in the key file",
    ),
    Setting(
        "metrics_token", "", "远程读取 /metrics 的口令；不设 = 仅本机", "Token for /metrics; unset = loopback only"
    ),
    Setting("log_level", "info", "日志级别：debug、info、warning、error", "debug, info, warning or error"),
    Setting("hall_name", "南湖区政务服务大厅", "大厅名称", "Name of the hall"),
    Setting("hall_phone", "0573-12345", "大厅电话", "Phone of the hall"),
    Setting(
        "region_code",
        "330402",
        "行政区划代码（6 位），办件编号以它开头",
        "Region code (6 digits), opens every case number",
    ),
    Setting("icp_record", "", "页脚：ICP 备案号", "Footer: ICP record"),
    Setting("police_record", "", "页脚：公安备案号", "Footer: public security record"),
    Setting("site_code", "", "页脚：政府网站标识码", "Footer: government site code"),
)


class SettingsError(Exception):
    """The environment can't be run with; every fault is one line of the message."""


class Settings(Struct, frozen=True, kw_only=True):
    """All settings, parsed. Keys are raw bytes; sizes are bytes; times are in the unit their name says."""

    demo: bool
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
    sms_gateway_url: str
    sms_gateway_token: str
    seal_file: str
    seal_password: str
    seal_roots: str
    metrics_token: str
    log_level: Literal["debug", "info", "warning", "error"]
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
    }
)
_LISTS = frozenset({"allowed_hosts", "trusted_proxies"})


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
    for field, raw in text.items():
        if field in values:
            continue
        if field in _WHOLE:
            values[field] = _whole(field, raw, faults)
        elif field in _LISTS:
            values[field] = tuple(part.strip() for part in raw.split(",") if part.strip())
        else:
            values[field] = raw
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
