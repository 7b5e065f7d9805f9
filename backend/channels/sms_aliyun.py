"""SMS through Alibaba Cloud's SendSms (API 2017-05-25), signed with ACS3-HMAC-SHA256.

Facts: help.aliyun.com "V3 request structure and signature", "SendSms", "SmsReport". `OutId` comes back in the report;
it does not keep a repeated request from being sent twice.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlsplit

import httpx
import msgspec

from backend import clock
from backend.channels.asking import ask, body_of, unread
from backend.channels.message import Message, Outcome, State
from backend.settings_channels import Template

URL = "https://dysmsapi.aliyuncs.com/"
_VERSION = "2017-05-25"
_HOUR_S, _DAY_S = 3600, 86_400
_LATER: Mapping[str, int] = {  # code -> seconds until another try can help
    "isv.BUSINESS_LIMIT_CONTROL": _HOUR_S,
    "isv.DAY_LIMIT_CONTROL": _DAY_S,
    "isv.MONTH_LIMIT_CONTROL": _DAY_S,
    "isv.AMOUNT_NOT_ENOUGH": _HOUR_S,
    "isv.OUT_OF_SERVICE": _HOUR_S,
    "isp.SYSTEM_ERROR": 60,
    "isp.GATEWAY_ERROR": 60,
    "ServiceUnavailable": 60,
    "InternalError": 60,
}
_NUMBER = frozenset({"isv.MOBILE_NUMBER_ILLEGAL", "MOBILE_NOT_ON_SERVICE", "isv.BLACK_KEY_CONTROL_LIMIT"})


class AliyunSms:
    """Signed requests to Alibaba Cloud; nothing of ours keeps it from sending one twice."""

    name = "sms"
    repeats_safely = False

    def __init__(
        self,
        client: httpx.AsyncClient,
        templates: dict[str, Template],
        *,
        key_id: str,
        secret: str,
        sign_name: str,
        url: str = "",
    ) -> None:
        self._client = client
        self._templates = templates
        self._key_id = key_id
        self._secret = secret
        self._sign_name = sign_name
        self._url = url or URL

    async def send(self, message: Message) -> Outcome:
        """As `Channel.send`."""
        template = self._templates.get(message.template)
        if template is None:
            return Outcome(State.FAILED, reason="no_template")
        query = {
            "PhoneNumbers": message.to,
            "SignName": self._sign_name,
            "TemplateCode": template.id,
            "TemplateParam": msgspec.json.encode(template.filled(message.params)).decode(),
            "OutId": str(message.id),
        }
        now = clock.now()
        parts = urlsplit(self._url)
        stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        headers = signed(
            query,
            {
                "host": parts.netloc,
                "x-acs-action": "SendSms",
                "x-acs-version": _VERSION,
                "x-acs-date": stamp,
                "x-acs-signature-nonce": secrets.token_hex(16),
            },
            key_id=self._key_id,
            secret=self._secret,
        )
        address = f"{parts.scheme}://{parts.netloc}/?{canonical_query(query)}"
        answer = await ask(self._client, self._client.build_request("POST", address, headers=headers))
        return answer if isinstance(answer, Outcome) else _outcome(answer, now)


def _outcome(answer: httpx.Response, now: datetime) -> Outcome:
    said = body_of(answer)
    code = str(said.get("Code", ""))[:80]
    if code == "OK":
        return Outcome(State.SENT, provider_id=str(said.get("BizId", ""))[:80])
    if code in _LATER or code.startswith("Throttling"):
        return Outcome(State.BUSY, retry_after=_LATER.get(code, 60), reason=code)
    if code in _NUMBER:
        return Outcome(State.FAILED, reason=f"number:{code}")
    return Outcome(State.FAILED, reason=code) if code else unread(answer, now)


def signed(
    query: Mapping[str, str], headers: Mapping[str, str], *, key_id: str, secret: str, body: bytes = b""
) -> dict[str, str]:
    """`headers` with x-acs-content-sha256 and Authorization for a POST to "/". Header names in lower case."""
    digest = hashlib.sha256(body).hexdigest()
    all_headers = {**headers, "x-acs-content-sha256": digest}
    names = sorted(all_headers)
    lines = "".join(f"{name}:{all_headers[name].strip()}\n" for name in names)
    canonical = "\n".join(("POST", "/", canonical_query(query), lines, ";".join(names), digest))
    to_sign = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.digest(secret.encode(), to_sign.encode(), "sha256").hex()
    all_headers["authorization"] = (
        f"ACS3-HMAC-SHA256 Credential={key_id},SignedHeaders={';'.join(names)},Signature={signature}"
    )
    return all_headers


def canonical_query(query: Mapping[str, str]) -> str:
    """Sorted by name, everything but RFC 3986's unreserved characters encoded."""
    return "&".join(f"{quote(name, safe='-_.~')}={quote(query[name], safe='-_.~')}" for name in sorted(query))
