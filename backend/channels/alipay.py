"""Alipay mini program messages (alipay.open.app.mini.templatemessage.send), signed with RSA2 both ways.

Facts: opendocs.alipay.com, the method's page and "signing by oneself". A subscription message needs no form_id. The list
of business sub_codes is not complete there, so they are told apart by what they are named for.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from urllib.parse import quote

import httpx
import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key
from msgspec import Struct

from backend import clock
from backend.channels.asking import ask, unread
from backend.channels.message import Message, Outcome, State
from backend.settings_channels import Template

METHOD = "alipay.open.app.mini.templatemessage.send"
WHO_METHOD = "alipay.system.oauth.token"
_NODE = METHOD.replace(".", "_") + "_response"
_WHO_NODE = WHO_METHOD.replace(".", "_") + "_response"
_BEIJING = timezone(timedelta(hours=8))  # its `timestamp` is China Standard Time
_GONE = ("SUBSCRI", "REFUSE", "REJECT", "USER_NOT_EXIST", "USER_ILLEGAL")
_LATER = ("LIMIT", "SYSTEM", "UNKNOW", "BUSY", "TIMEOUT")
_LATER_S = 600


class _Answer(Struct):
    """One node of the answer: `code` 10000 is success, 20000 unavailable, 40004 a business refusal by `sub_code`."""

    code: str = ""
    sub_code: str = ""


class _Who(Struct):
    """Who gave the code: the older id, or the one that newer apps get instead."""

    user_id: str = ""
    open_id: str = ""


class Alipay:
    """Sends into the Alipay of somebody who asked for it there; a repeated request is a second message."""

    name = "alipay"
    repeats_safely = False

    def __init__(
        self,
        client: httpx.AsyncClient,
        templates: dict[str, Template],
        *,
        app_id: str,
        private_key: str,
        public_key: str,
        page: str,
        url: str,
    ) -> None:
        self._client = client
        self._templates = templates
        self._app_id = app_id
        self._private = _private(private_key)
        self._public = _public(public_key)
        self._page = page
        self._url = url

    async def send(self, message: Message) -> Outcome:
        """As `Channel.send`. An answer that says success without Alipay's signature is not believed: unsure."""
        template = self._templates.get(message.template)
        if template is None:
            return Outcome(State.FAILED, reason="no_template")
        places = template.filled(message.params)
        content = {
            "to_user_id": message.to,
            "user_template_id": template.id,
            "page": f"{self._page}?to={quote(message.url, safe='')}",
            "data": msgspec.json.encode({place: {"value": value} for place, value in places.items()}).decode(),
        }
        now = clock.now()
        form = self._signed({"biz_content": msgspec.json.encode(content).decode()}, now)
        answer = await ask(self._client, self._client.build_request("POST", self._url, data=form))
        if isinstance(answer, Outcome):
            return answer
        return self._outcome(answer, now)

    async def identify(self, code: str) -> str | None:
        """The user id behind a code that its mini program just got from `my.getAuthCode`; None for none, or unsigned."""
        form = self._signed({"grant_type": "authorization_code", "code": code}, clock.now(), WHO_METHOD)
        answer = await ask(self._client, self._client.build_request("POST", self._url, data=form))
        if isinstance(answer, Outcome):
            return None
        try:
            parts = msgspec.json.decode(answer.content, type=dict[str, msgspec.Raw])
            node = parts.get(_WHO_NODE) or msgspec.Raw(b"{}")
            said = msgspec.json.decode(node, type=_Who)
            sign = msgspec.json.decode(parts.get("sign", b'""'), type=str)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        found = said.user_id or said.open_id
        return found if found and self._is_theirs(bytes(node), sign) else None

    def _signed(self, own: Mapping[str, str], now: datetime, method: str = METHOD) -> dict[str, str]:
        form = {
            "app_id": self._app_id,
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": now.astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M:%S"),
            "version": "1.0",
            **own,
        }
        signature = self._private.sign(to_sign(form), padding.PKCS1v15(), hashes.SHA256())
        return {**form, "sign": base64.b64encode(signature).decode()}

    def _outcome(self, answer: httpx.Response, now: datetime) -> Outcome:
        try:
            parts = msgspec.json.decode(answer.content, type=dict[str, msgspec.Raw])
            node = parts.get(_NODE) or parts.get("error_response") or msgspec.Raw(b"{}")
            said = msgspec.json.decode(node, type=_Answer)
            sign = msgspec.json.decode(parts.get("sign", b'""'), type=str)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return unread(answer, now)
        if said.code == "10000":
            if self._is_theirs(bytes(node), sign):
                return Outcome(State.SENT)
            return Outcome(State.SENT, reason="answer_not_signed", is_unsure=True)
        return _refused(said) if said.code else unread(answer, now)

    def _is_theirs(self, node: bytes, sign: str) -> bool:
        """Whether Alipay signed this very text of the node."""
        try:
            self._public.verify(base64.b64decode(sign), node, padding.PKCS1v15(), hashes.SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True


def to_sign(form: Mapping[str, str]) -> bytes:
    """What RSA2 signs: every parameter but `sign`, sorted, as they are (not URL-encoded)."""
    return "&".join(f"{name}={form[name]}" for name in sorted(form) if name != "sign" and form[name]).encode()


def _refused(said: _Answer) -> Outcome:
    reason = (said.sub_code or said.code or "no_code")[:80]
    name = reason.upper().replace("-", "_")
    if any(part in name for part in _GONE):
        return Outcome(State.GONE, reason=reason)
    if said.code == "20000" or any(part in name for part in _LATER):
        return Outcome(State.BUSY, retry_after=_LATER_S, reason=reason)
    return Outcome(State.FAILED, reason=reason)


def _private(encoded: str) -> rsa.RSAPrivateKey:
    key = load_der_private_key(base64.b64decode(encoded), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("RSA2 needs an RSA key")
    return key


def _public(encoded: str) -> rsa.RSAPublicKey:
    key = load_der_public_key(base64.b64decode(encoded))
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("RSA2 needs an RSA key")
    return key
