"""SMS through Tencent Cloud's SendSms (API 2021-01-11), signed with TC3-HMAC-SHA256.

Facts: cloud.tencent.com "SendSms" and "Signature v3". `SessionContext` is echoed in the answer; it does not keep a
repeated request from being sent twice.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec

from backend import clock
from backend.channels.asking import ask, body_of, unread
from backend.channels.message import Message, Outcome, State
from backend.settings_channels import Template

URL = "https://sms.tencentcloudapi.com/"
_VERSION = "2021-01-11"
_REGION = "ap-guangzhou"
_JSON = "application/json; charset=utf-8"
_SIGNED = "content-type;host;x-tc-action"
_LATER: Mapping[str, int] = {  # beginning of a code -> seconds until another try can help
    "LimitExceeded.PhoneNumberThirtySecondLimit": 30,
    "LimitExceeded.PhoneNumberOneHourLimit": 3600,
    "LimitExceeded.PhoneNumberDailyLimit": 86_400,
    "LimitExceeded.PhoneNumberSameContentDailyLimit": 86_400,
    "LimitExceeded.AppDailyLimit": 86_400,
    "LimitExceeded.DeliveryFrequencyLimit": 60,
    "LimitExceeded": 3600,
    "RequestLimitExceeded": 60,
    "FailedOperation.InsufficientBalanceInSmsPackage": 3600,
    "InternalError": 60,
    "ResourceUnavailable": 60,
}
_NUMBER = frozenset({"FailedOperation.PhoneNumberInBlacklist", "InvalidParameterValue.IncorrectPhoneNumber"})


class TencentSms:
    """Signed requests to Tencent Cloud; nothing of ours keeps it from sending one twice."""

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
        app_id: str,
        url: str = "",
    ) -> None:
        self._client = client
        self._templates = templates
        self._key_id = key_id
        self._secret = secret
        self._sign_name = sign_name
        self._app_id = app_id
        self._url = url or URL

    async def send(self, message: Message) -> Outcome:
        """As `Channel.send`. Its placeholders are numbered: the template's setting gives their order."""
        template = self._templates.get(message.template)
        if template is None:
            return Outcome(State.FAILED, reason="no_template")
        body = msgspec.json.encode(
            {
                "PhoneNumberSet": [f"+86{message.to}"],
                "SmsSdkAppId": self._app_id,
                "SignName": self._sign_name,
                "TemplateId": template.id,
                "TemplateParamSet": list(template.filled(message.params).values()),
                "SessionContext": str(message.id),
            }
        )
        now = clock.now()
        at = int(now.timestamp())
        headers = {
            "content-type": _JSON,
            "x-tc-action": "SendSms",
            "x-tc-version": _VERSION,
            "x-tc-region": _REGION,
            "x-tc-timestamp": str(at),
            "authorization": authorization(
                body, host=urlsplit(self._url).netloc, at=at, key_id=self._key_id, secret=self._secret
            ),
        }
        answer = await ask(self._client, self._client.build_request("POST", self._url, content=body, headers=headers))
        return answer if isinstance(answer, Outcome) else _outcome(answer, now)


def _outcome(answer: httpx.Response, now: datetime) -> Outcome:
    said: dict[str, Any] = body_of(answer).get("Response") or {}
    numbers = said.get("SendStatusSet") or [{}]
    code = str((said.get("Error") or numbers[0]).get("Code", ""))[:80]
    if code == "Ok":
        return Outcome(State.SENT, provider_id=str(numbers[0].get("SerialNo", ""))[:80])
    wait = next((seconds for start, seconds in _LATER.items() if code.startswith(start)), None)
    if wait is not None:
        return Outcome(State.BUSY, retry_after=wait, reason=code)
    if code in _NUMBER:
        return Outcome(State.FAILED, reason=f"number:{code}")
    return Outcome(State.FAILED, reason=code) if code else unread(answer, now)


def authorization(
    body: bytes, *, host: str, at: int, key_id: str, secret: str, action: str = "SendSms", service: str = "sms"
) -> str:
    """The Authorization header of a POST of `body` (JSON) to "/" at Unix time `at`: its day scopes the derived key."""
    day = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")
    lines = f"content-type:{_JSON}\nhost:{host}\nx-tc-action:{action.lower()}\n"
    digest = hashlib.sha256(body).hexdigest()
    canonical = f"POST\n/\n\n{lines}\n{_SIGNED}\n{digest}"
    scope = f"{day}/{service}/tc3_request"
    to_sign = f"TC3-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"TC3{secret}".encode()
    for part in (day, service, "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    return f"TC3-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={_SIGNED}, Signature={signature}"
