"""What must be set together so that a channel can send, and how template ids are written in a setting."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from backend.settings_list import PREFIX

# `decided=SMS_154950909(case,day:due)`: our key, the provider's id, and its placeholders in its own order. `theirs:ours`
# where the provider's placeholder has another name than our parameter.
_TEMPLATE = re.compile(r"([a-z_]+)=([\w.-]+={0,2})(?:\(([^()]*)\))?")

_SMS_KINDS: Mapping[str, tuple[str, ...]] = {
    "json": ("sms_gateway_url",),
    "aliyun": ("sms_key_id", "sms_key_secret", "sms_sign_name", "sms_templates"),
    "tencent": ("sms_key_id", "sms_key_secret", "sms_sign_name", "sms_app_id", "sms_templates"),
}
_TOGETHER: Sequence[tuple[str, ...]] = (
    ("push_key", "push_contact"),
    ("wechat_app_id", "wechat_secret", "wechat_templates"),
    ("alipay_app_id", "alipay_private_key", "alipay_public_key", "alipay_templates"),
)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Template(Struct, frozen=True):
    """A provider's template: its id and (their placeholder, our parameter) pairs in its order; () = ours as they come."""

    id: str
    places: tuple[tuple[str, str], ...] = ()

    def filled(self, params: Mapping[str, str]) -> dict[str, str]:
        """The provider's placeholders with our values, in its order. A parameter we don't have is empty."""
        if not self.places:
            return dict(params)
        return {theirs: params.get(ours, "") for theirs, ours in self.places}


def templates(text: str) -> dict[str, Template]:
    """Read `key=ID(place,theirs:ours);key=ID`. Raises ValueError with the part that can't be read."""
    found: dict[str, Template] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        match = _TEMPLATE.fullmatch(part)
        if match is None or match[1] in found:
            raise ValueError(part)
        names = [name.strip() for name in (match[3] or "").split(",") if name.strip()]
        pairs = tuple((theirs, ours or theirs) for theirs, _, ours in (name.partition(":") for name in names))
        found[match[1]] = Template(match[2], pairs)
    return found


def channel_faults(text: Mapping[str, str], *, demo: bool) -> list[str]:
    """Everything that keeps a half configured channel from sending: names of settings, never their values."""
    faults = [fault for group in _TOGETHER for fault in _half_set(text, group)]
    faults += _sms_faults(text)
    faults += _unreadable(text)
    hosts = {host.strip() for host in text["push_hosts"].split(",")}
    if not demo and hosts & _LOOPBACK:
        faults.append(f"{PREFIX}PUSH_HOSTS must not name this machine in production")
    if text["push_key"] and not _is_push_key(text["push_key"]):
        faults.append(f"{PREFIX}PUSH_KEY must be base64url of a P-256 private key (32 bytes)")
    faults += [
        f"{PREFIX}{field.upper()} must be base64 of an RSA key ({kind}, DER)"
        for field, kind in (("alipay_private_key", "PKCS#8"), ("alipay_public_key", "SubjectPublicKeyInfo"))
        if text[field] and not _is_rsa_key(text[field], private=field == "alipay_private_key")
    ]
    if text["push_contact"] and not text["push_contact"].startswith(("mailto:", "https://")):
        faults.append(f"{PREFIX}PUSH_CONTACT must be mailto: or https: (RFC 8292)")
    return faults


def _half_set(text: Mapping[str, str], group: Sequence[str]) -> list[str]:
    given = [field for field in group if text[field]]
    if not given:
        return []
    return [
        f"{PREFIX}{field.upper()} is missing; {PREFIX}{given[0].upper()} is set" for field in group if not text[field]
    ]


def _sms_faults(text: Mapping[str, str]) -> list[str]:
    kind = text["sms_kind"]
    if kind not in _SMS_KINDS:
        return [f"{PREFIX}SMS_KIND must be one of {', '.join(_SMS_KINDS)}"]
    if kind != "json":
        missing = (field for field in _SMS_KINDS[kind] if not text[field])
        return [f"{PREFIX}{field.upper()} is missing; {PREFIX}SMS_KIND is {kind}" for field in missing]
    if text["sms_gateway_token"] and not text["sms_gateway_url"]:
        return [f"{PREFIX}SMS_GATEWAY_URL is missing; {PREFIX}SMS_GATEWAY_TOKEN is set"]
    return []


def _unreadable(text: Mapping[str, str]) -> list[str]:
    faults: list[str] = []
    for field in ("sms_templates", "wechat_templates", "alipay_templates"):
        try:
            templates(text[field])
        except ValueError as error:
            faults.append(f"{PREFIX}{field.upper()} can't be read at {error}: key=ID(place,theirs:ours);…")
    return faults


def _is_push_key(encoded: str) -> bool:
    try:
        key = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except ValueError:
        return False
    return len(key) == 32 and any(key)


def _is_rsa_key(encoded: str, *, private: bool) -> bool:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key

    try:
        der = base64.b64decode(encoded, validate=True)
        key = load_der_private_key(der, None) if private else load_der_public_key(der)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return isinstance(key, rsa.RSAPrivateKey if private else rsa.RSAPublicKey)


def fresh_push_key() -> str:
    """A new VAPID key as `PUSH_KEY` takes it: base64url of the private value, without padding."""
    from cryptography.hazmat.primitives.asymmetric import ec

    value = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return base64.urlsafe_b64encode(value.to_bytes(32, "big")).rstrip(b"=").decode()
