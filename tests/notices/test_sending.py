"""Notices on their way, by servers that speak the providers' protocols: honest states, and nothing twice."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from tests.channels.made import PUSH_KEY, channel, push_channel
from tests.channels.providers.push import PushService
from tests.channels.providers.serving import Answer, serving
from tests.channels.providers.sms import KEY_ID, SECRET, Aliyun, PlainGateway
from tests.desk import Desk
from tests.notices.steps import asked, deliveries, device_of, tell

TOKEN = {"sms_gateway_token": "token"}
TEMPLATES = "received=SMS_1(due);correction_asked=SMS_2(n,due)"
SIGNED = {
    "sms_kind": "aliyun",
    "sms_key_id": KEY_ID,
    "sms_key_secret": SECRET,
    "sms_sign_name": "南湖政务",
    "sms_templates": TEMPLATES,
}


def later(desk: Desk, **after: float) -> datetime:
    from backend import clock

    at = desk.now + timedelta(**after)
    clock.freeze(at)
    return at


def pushes() -> PushService:
    from backend.channels import public_key

    return PushService(public_key(PUSH_KEY))


async def test_a_correction_goes_by_sms_and_mere_progress_does_not(desk: Desk) -> None:
    from backend.notices import sending

    await asked(desk)
    await tell(desk)
    async with serving(PlainGateway()) as gateway, channel("sms", sms_gateway_url=gateway.url, **TOKEN) as sms:
        assert await sending.send_due(sms) == 1
        ((sent),) = gateway.sent.values()
    assert sent["to"] == (await desk.who("wangmin")).mobile
    assert sent["template"] == "correction_asked"
    assert sent["params"] == {"what": "轮到您了：材料要补正", "due": "11月30日", "n": "1"}
    assert sent["text"].startswith("【一码办】轮到您了：材料要补正。有 1 处要补，11月30日前补好。")
    (only,) = await deliveries(channel="sms")
    assert (only["state"], only["provider_id"], only["attempts"]) == ("sent", "p-1", 1)


async def test_a_push_is_read_by_its_browser_alone_and_leads_to_the_notice(desk: Desk) -> None:
    from backend.notices import queries, sending

    wang = await desk.who("wangmin")
    async with serving(pushes()) as service, push_channel() as push:
        await device_of(wang.id, service.subscription)
        await device_of(wang.id, service.subscription, lang="en")
        await asked(desk)
        await tell(desk)
        await sending.send_due(push)
        shown = list(service.shown.values())
    items = {item.id: item for item in (await queries.inbox(wang.id)).items}
    assert {note["url"] for note in shown} == {f"/inbox/{key}" for key in items}
    assert all(note["id"] == note["url"].rpartition("/")[2].replace("-", "") for note in shown)
    states = [(one.channel, one.state) for item in items.values() for one in item.sent if one.channel == "push"]
    assert states == [("push", "sent")] * 4


async def test_no_payload_names_a_person_a_case_a_matter_or_a_defect(desk: Desk) -> None:
    """Every kind of notice, through every channel's own words."""
    from backend.domain.notice_words import NOTICES
    from backend.notices import composing

    case_no = await asked(desk)
    wang = await desk.who("wangmin")
    matter = desk.matter("review_and_check")
    secret = [case_no, wang.name, wang.mobile, "330499198803120422", matter.name, matter.name_en, matter.code, "看不清"]
    for kind in NOTICES:
        for name in ("push", "sms", "wechat", "alipay"):
            for lang in ("zh", "en"):
                delivery: dict[str, Any] = {
                    "kind": kind, "channel": name, "lang": lang, "facts": {"due": "2026-11-30", "n": 2},
                    "citizen": wang.id, "case_no": case_no, "key": desk_key(), "notice_key": desk_key(),
                }  # fmt: skip
                message = await composing.message(delivery, "to")
                words = json.dumps(
                    [message.title, message.body, message.url, message.params, message.template], ensure_ascii=False
                )
                assert not [text for text in secret if text in words], (kind, name, words)
                assert message.title
                assert message.body


def desk_key() -> Any:
    from uuid import UUID

    return UUID("0b6f6f4e-7d51-4d0e-9f0e-2f6f7a0f5c11")


async def test_a_gone_subscription_is_dropped_with_what_waits_for_it(desk: Desk, db: ModuleType) -> None:
    from backend.notices import sending

    wang = await desk.who("wangmin")
    async with serving(pushes()) as service, push_channel() as push:
        await device_of(wang.id, service.subscription)
        await asked(desk)
        await tell(desk)
        service.then = [Answer(410)] * 4
        assert await sending.send_due(push) == 0
    assert await db.fetchval("SELECT count(*) FROM push_device") == 0
    assert {one["state"] for one in await deliveries(channel="push")} == {"failed"}


async def test_busy_is_tried_again_when_the_provider_said_and_given_up_after_a_day(desk: Desk) -> None:
    from backend.notices import sending

    await asked(desk)
    await tell(desk)
    async with serving(PlainGateway()) as gateway, channel("sms", sms_gateway_url=gateway.url, **TOKEN) as sms:
        gateway.then = [Answer(429, headers={"retry-after": "600"})]
        assert await sending.send_due(sms) == 0
        (one,) = await deliveries(channel="sms")
        assert (one["state"], one["reason"]) == ("queued", "http_429")
        assert one["next_at"] == desk.now + timedelta(seconds=600)
        assert await sending.send_due(sms) == 0, "not before its time"
        gateway.then = [Answer(503)] * 40
        for hours in range(1, 24):
            later(desk, hours=hours)
            await sending.send_due(sms)
        later(desk, hours=25)
        await sending.send_due(sms)
        (one,) = await deliveries(channel="sms")
        assert (one["state"], one["reason"]) == ("given_up", "http_503")
        assert gateway.sent == {}


async def test_no_answer_is_repeated_only_where_a_second_copy_is_no_second_message(desk: Desk) -> None:
    from backend.notices import sending

    await asked(desk)
    await tell(desk)
    async with serving(PlainGateway()) as gateway, channel("sms", sms_gateway_url=gateway.url, **TOKEN) as sms:
        gateway.then = ["cut"]
        assert await sending.send_due(sms) == 0
        later(desk, minutes=2)
        assert await sending.send_due(sms) == 1
        assert len(gateway.sent) == 1
    await asked(desk)
    await tell(desk)
    async with serving(Aliyun()) as provider, channel("sms", **SIGNED, sms_gateway_url=provider.url) as sms:
        provider.then = ["cut"]
        later(desk, minutes=4)
        await sending.send_due(sms)
        later(desk, minutes=30)
        assert await sending.send_due(sms) == 0
        assert len(provider.sent) == 1
    states = [(one["state"], one["is_unsure"]) for one in await deliveries(channel="sms")]
    assert states == [("sent", False), ("sent", True)]


@pytest.mark.parametrize("can_tell", [True, False])
async def test_killed_between_sending_and_noting_it_nothing_goes_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, can_tell: bool
) -> None:
    from backend.notices import sending

    await asked(desk)
    await tell(desk)
    noting = sending._end

    async def killed(*_: object) -> None:
        raise asyncio.CancelledError

    provider = PlainGateway() if can_tell else Aliyun()
    settings = TOKEN if can_tell else SIGNED
    async with serving(provider), channel("sms", **settings, sms_gateway_url=provider.url) as sms:
        monkeypatch.setattr(sending, "_end", killed)
        with pytest.raises(asyncio.CancelledError):
            await sending.send_due(sms)
        monkeypatch.setattr(sending, "_end", noting)
        assert await sending.send_due(sms) == 0, "the lease still runs"
        later(desk, minutes=3)
        assert await sending.send_due(sms) == 1
        assert len(provider.sent) == 1
        (one,) = await deliveries(channel="sms")
        assert (one["state"], one["is_unsure"]) == ("sent", not can_tell)


async def test_many_senders_send_each_once(desk: Desk) -> None:
    from backend.notices import sending

    for _ in range(4):
        await asked(desk)
    await tell(desk)
    async with serving(Aliyun()) as provider, channel("sms", **SIGNED, sms_gateway_url=provider.url) as sms:
        assert sum(await asyncio.gather(*(sending.send_due(sms) for _ in range(3)))) == 4
        assert len(provider.sent) == 4


async def test_at_night_the_phone_waits_and_the_inbox_does_not(desk: Desk) -> None:
    from backend.notices import queries, sending

    desk.now = later(desk, hours=14)  # 23:30
    await asked(desk)
    await tell(desk)
    assert (await queries.inbox((await desk.who("wangmin")).id)).unread == 2
    async with serving(PlainGateway()) as gateway, channel("sms", sms_gateway_url=gateway.url, **TOKEN) as sms:
        assert await sending.send_due(sms) == 0
        later(desk, hours=7.6)  # 07:06
        assert await sending.send_due(sms) == 1


async def test_what_was_read_in_the_app_is_not_rung_about(desk: Desk) -> None:
    from backend.notices import actions, sending

    await asked(desk)
    await tell(desk)
    await actions.read_all((await desk.who("wangmin")).id, desk.now)
    async with serving(PlainGateway()) as gateway, channel("sms", sms_gateway_url=gateway.url, **TOKEN) as sms:
        assert await sending.send_due(sms) == 0
        assert gateway.asked == []
    assert [(one["state"], one["reason"]) for one in await deliveries(channel="sms")] == [("given_up", "read")]


async def test_a_number_given_up_meanwhile_is_not_told(desk: Desk, db: ModuleType) -> None:
    from backend.notices import sending

    await asked(desk)
    await tell(desk)
    await db.execute("UPDATE citizen SET mobile_sealed = NULL, mobile_index = NULL, mobile_at = NULL")
    async with serving(PlainGateway()) as gateway, channel("sms", sms_gateway_url=gateway.url, **TOKEN) as sms:
        assert await sending.send_due(sms) == 0
        assert gateway.asked == []
    assert [(one["state"], one["reason"]) for one in await deliveries(channel="sms")] == [("failed", "no_address")]


async def test_old_news_rings_nobody(desk: Desk) -> None:
    await asked(desk)
    desk.now = later(desk, days=3)
    await tell(desk)
    assert await deliveries() == []
