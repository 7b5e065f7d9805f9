"""What providers report afterwards, and that nobody else can."""

from __future__ import annotations

import base64
import hashlib
import hmac
import importlib
import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from backend import channels
from backend.channels import State
from backend.domain.refusal import Refusal
from backend.settings import settings
from tests.channels.made import ID

SECRET = "a-long-secret-in-an-address"


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = importlib.import_module("backend.channels.receipts")
    monkeypatch.setattr(reading, "settings", msgspec.structs.replace(settings, receipt_token=SECRET))


def test_aliyun_says_what_arrived(now: datetime) -> None:
    body = json.dumps(
        [
            {
                "phone_number": "13912345605",
                "send_time": "2026-11-23 09:00:00",
                "report_time": "2026-11-23 09:00:05",
                "success": True,
                "err_code": "DELIVERED",
                "err_msg": "用户接收成功",
                "sms_size": "1",
                "biz_id": "biz-1",
                "out_id": str(ID),
            },
            {"success": False, "err_code": "MOBILE_NOT_ON_SERVICE", "biz_id": "biz-2", "out_id": "", "report_time": ""},
        ]
    ).encode()
    first, second = channels.receipts("aliyun", {}, body, now, token=SECRET)
    assert (first.provider_id, first.state, first.message) == ("biz-1", State.DELIVERED, ID)
    assert first.at == datetime(2026, 11, 23, 1, 0, 5, tzinfo=UTC)
    assert (second.state, second.reason, second.message, second.at) == (
        State.FAILED,
        "MOBILE_NOT_ON_SERVICE",
        None,
        now,
    )
    assert channels.accepted("aliyun")["code"] == 0


def test_tencent_says_what_arrived(now: datetime) -> None:
    report = {
        "user_receive_time": "2026-11-24 08:03:04",
        "nationcode": "86",
        "mobile": "13912345605",
        "report_status": "FAIL",
        "errmsg": "MK:100D",
        "description": "-",
        "sid": "s-1",
    }
    (found,) = channels.receipts("tencent", {}, json.dumps([report]).encode(), now, token=SECRET)
    assert (found.provider_id, found.state, found.reason) == ("s-1", State.FAILED, "MK:100D")
    assert found.at == now  # a report from tomorrow is from now


def _signed(body: bytes, at: datetime, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    mac = base64.b64encode(hmac.digest(secret.encode(), f"m1.{stamp}.".encode() + body, hashlib.sha256)).decode()
    return {"webhook-id": "m1", "webhook-timestamp": stamp, "webhook-signature": f"v1,AAAA v1,{mac}"}


def test_the_plain_gateway_signs(now: datetime) -> None:
    body = b'{"id":"p-1","state":"delivered"}'
    (found,) = channels.receipts("json", _signed(body, now), body, now)
    assert (found.provider_id, found.state) == ("p-1", State.DELIVERED)
    for headers, text in (
        (_signed(body, now - timedelta(minutes=6)), body),
        (_signed(body, now, "another"), body),
        (_signed(body, now), body.replace(b"p-1", b"p-2")),
        ({}, body),
        ({**_signed(body, now), "webhook-timestamp": "9" * 30}, body),
    ):
        with pytest.raises(Refusal, match=r"receipt\.not_signed"):
            channels.receipts("json", headers, text, now)


@pytest.mark.parametrize(("name", "token"), [("aliyun", ""), ("tencent", "wrong"), ("aliyun", "é"), ("pigeon", SECRET)])
def test_a_stranger_reports_nothing(now: datetime, name: str, token: str) -> None:
    with pytest.raises(Refusal, match=r"receipt\.not_signed"):
        channels.receipts(name, {}, b"[]", now, token=token)


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'[{"success":"yes"}]', b"\xff"])
def test_nonsense_is_refused_by_name(now: datetime, body: bytes) -> None:
    with pytest.raises(Refusal, match=r"receipt\.unreadable"):
        channels.receipts("aliyun", {}, body, now, token=SECRET)


def test_without_a_secret_none_is_taken(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with pytest.raises(Refusal, match=r"receipt\.not_signed"):
        channels.receipts("aliyun", {}, b"[]", now, token="")
