"""Providers' later words: believed when they prove themselves, and said twice they change nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from importlib import import_module

import httpx
import pytest

from tests.channels.made import channel
from tests.channels.providers.serving import serving
from tests.channels.providers.sms import PlainGateway
from tests.desk import Desk
from tests.notices.steps import asked, deliveries, tell
from tests.security.conftest import API, Doors

SECRET = "a-long-enough-receipt-secret"
TOKEN = {"sms_gateway_token": "token"}


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    from msgspec.structs import replace

    from backend.settings import settings

    known = replace(settings, receipt_token=SECRET)
    monkeypatch.setattr(import_module("backend.channels.receipts"), "settings", known)
    return SECRET


def signed(body: bytes, at: datetime, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    mac = hmac.digest(secret.encode(), f"w-1.{stamp}.".encode() + body, hashlib.sha256)
    return {
        "webhook-id": "w-1",
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
        "content-type": "application/json",
    }


async def sent(desk: Desk) -> None:
    from backend.notices import sending

    await asked(desk)
    await tell(desk)
    async with serving(PlainGateway()) as gateway, channel("sms", sms_gateway_url=gateway.url, **TOKEN) as sms:
        assert await sending.send_due(sms) == 1


async def state() -> str:
    (one,) = await deliveries(channel="sms")
    return one["state"]


async def test_a_signed_report_says_that_it_arrived_and_nothing_takes_that_back(
    desk: Desk, doors: Doors, secret: str
) -> None:
    await sent(desk)
    gateway = doors.stranger()
    arrived = json.dumps({"id": "p-1", "state": "delivered"}).encode()
    for _ in range(2):
        answer = await gateway.post(f"{API}/receipts/json", content=arrived, headers=signed(arrived, desk.now))
        assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert await state() == "delivered"
    failed = json.dumps({"id": "p-1", "state": "failed", "reason": "late"}).encode()
    await gateway.post(f"{API}/receipts/json", content=failed, headers=signed(failed, desk.now))
    assert await state() == "delivered"


async def test_a_forged_stale_or_nameless_report_changes_nothing(desk: Desk, doors: Doors, secret: str) -> None:
    await sent(desk)
    forger = doors.stranger()
    body = json.dumps({"id": "p-1", "state": "failed"}).encode()
    tries: list[httpx.Response] = [
        await forger.post(f"{API}/receipts/json", content=body),
        await forger.post(f"{API}/receipts/json", content=body, headers=signed(body, desk.now, "guessed")),
        await forger.post(f"{API}/receipts/json", content=body, headers=signed(body, desk.now - timedelta(minutes=6))),
        await forger.post(f"{API}/receipts/json/{SECRET}", content=body),
        await forger.post(f"{API}/receipts/aliyun/guessed", content=b"[]"),
        await forger.post(f"{API}/receipts/nobody/{SECRET}", content=body),
    ]
    assert [answer.status_code for answer in tries] == [401] * 6
    unreadable = await forger.post(f"{API}/receipts/aliyun/{SECRET}", content=b"{")
    assert unreadable.status_code == 400
    assert await state() == "sent"


async def test_a_cloud_report_settles_by_our_own_id_what_had_no_answer(desk: Desk, doors: Doors, secret: str) -> None:
    from backend import db

    await sent(desk)
    (one,) = await deliveries(channel="sms")
    await db.execute("UPDATE notice_delivery SET provider_id = '', is_unsure = true")
    report = [{"success": True, "biz_id": "b-1", "out_id": str(one["key"]), "report_time": "2026-11-23 09:31:00"}]
    answer = await doors.stranger().post(f"{API}/receipts/aliyun/{SECRET}", content=json.dumps(report).encode())
    assert (answer.status_code, answer.json()["code"]) == (200, 0)
    (one,) = await deliveries(channel="sms")
    assert (one["state"], one["is_unsure"]) == ("delivered", False)


async def test_a_sign_in_code_is_reported_through_the_same_door(desk: Desk, doors: Doors, secret: str) -> None:
    from backend import db
    from backend.people import messages

    await messages.write("13912345605", "one_time_code", "a", desk.now, params={"code": "123456"})
    key = await db.fetchval("SELECT key FROM outgoing_message")
    report = [{"success": False, "biz_id": "b-2", "out_id": str(key), "err_code": "MOBILE_OFF"}]
    await doors.stranger().post(f"{API}/receipts/aliyun/{SECRET}", content=json.dumps(report).encode())
    row = await db.fetchrow("SELECT state, reason FROM outgoing_message")
    assert tuple(row) == ("failed", "MOBILE_OFF")
