"""What SMS providers report afterwards: delivered or not.

Neither of the big ones signs its reports, so the address they are given holds a secret; the plain dialect signs by
Standard Webhooks (id.timestamp.body, HMAC-SHA256 under the same secret).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from backend.channels.message import Receipt, State
from backend.domain.refusal import Refusal
from backend.problems import Sentence, register
from backend.settings import settings

register(
    {
        "receipt.not_signed": Sentence(401, "回执没有签名", "This report is not signed"),
        "receipt.unreadable": Sentence(400, "回执读不懂", "This report can't be read"),
        "push.not_a_service": Sentence(422, "这不是推送服务的网址", "This is not the address of a push service"),
    }
)

_STALE = timedelta(minutes=5)
_BEIJING = timezone(timedelta(hours=8))  # both providers report China Standard Time without saying so
_GIVEN_UP = frozenset({"failed", "undelivered"})


class _Aliyun(Struct):
    success: bool
    biz_id: str = ""
    out_id: str = ""
    err_code: str = ""
    report_time: str = ""


class _Tencent(Struct):
    report_status: str
    sid: str = ""
    errmsg: str = ""
    user_receive_time: str = ""


class _Plain(Struct):
    id: str
    state: str
    reason: str = ""


def receipts(name: str, headers: Mapping[str, str], body: bytes, now: datetime, *, token: str = "") -> list[Receipt]:
    """The reports in `body`. `name` is json, aliyun or tencent; `token` is what stood in the address called.

    Raises Refusal("receipt.not_signed") where the secret is wrong, stale or not set, Refusal("receipt.unreadable")
    where the body is not what that provider sends. Header names in lower case.
    """
    secret = settings.receipt_token
    told = (
        _is_signed(headers, body, secret, now)
        if name == "json"
        else hmac.compare_digest(token.encode(), secret.encode())
    )
    if not secret or name not in _READERS or not told:
        raise Refusal("receipt.not_signed")
    try:
        return _READERS[name](body, now)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise Refusal("receipt.unreadable") from error


def accepted(name: str) -> dict[str, Any]:
    """The answer that provider wants, so that it doesn't report again."""
    if name == "aliyun":
        return {"code": 0, "msg": "成功"}
    return {"result": 0, "errmsg": "OK"} if name == "tencent" else {"ok": True}


def _is_signed(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> bool:
    at = headers.get("webhook-timestamp", "")
    if not (at.isascii() and at.isdigit() and len(at) < 12):
        return False
    if abs(now - datetime.fromtimestamp(int(at), UTC)) > _STALE:
        return False
    signed = f"{headers.get('webhook-id', '')}.{at}.".encode() + body
    right = base64.b64encode(hmac.digest(secret.encode(), signed, hashlib.sha256))
    given = (part.partition(",")[2].encode() for part in headers.get("webhook-signature", "").split())
    return any(hmac.compare_digest(right, one) for one in given)


def _aliyun(body: bytes, now: datetime) -> list[Receipt]:
    return [
        Receipt(
            provider_id=one.biz_id,
            state=State.DELIVERED if one.success else State.FAILED,
            reason=one.err_code[:80],
            at=_instant(one.report_time, now),
            message=_uuid(one.out_id),
        )
        for one in msgspec.json.decode(body, type=list[_Aliyun])
    ]


def _tencent(body: bytes, now: datetime) -> list[Receipt]:
    return [
        Receipt(
            provider_id=one.sid,
            state=State.DELIVERED if one.report_status == "SUCCESS" else State.FAILED,
            reason=one.errmsg[:80],
            at=_instant(one.user_receive_time, now),
        )
        for one in msgspec.json.decode(body, type=list[_Tencent])
    ]


def _plain(body: bytes, now: datetime) -> list[Receipt]:
    one = msgspec.json.decode(body, type=_Plain)
    state = State.DELIVERED if one.state == "delivered" else State.FAILED if one.state in _GIVEN_UP else State.SENT
    return [Receipt(provider_id=one.id, state=state, reason=one.reason[:80], at=now)]


_READERS = {"json": _plain, "aliyun": _aliyun, "tencent": _tencent}


def _instant(text: str, now: datetime) -> datetime:
    """The instant a report names, never after `now`: a provider's clock doesn't decide what was first."""
    try:
        at = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=_BEIJING).astimezone(UTC)
    except ValueError:
        return now
    return min(at, now)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
