"""How one is told: choices that hold, browsers that come and go, and nobody else's things."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from tests.channels.made import PUSH_KEY, channel
from tests.channels.providers.apps import WeChatApi
from tests.channels.providers.push import PushService
from tests.channels.providers.serving import serving
from tests.channels.providers.sms import PlainGateway
from tests.desk import Desk
from tests.notices.steps import asked, deliveries, tell
from tests.security.conftest import API, Doors, same

MINE = f"{API}/me/notices"
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"


def subscription(endpoint: str = ENDPOINT, **more: Any) -> dict[str, Any]:
    import json

    from backend.channels import public_key

    keys = json.loads(PushService(public_key(PUSH_KEY)).subscription)["keys"]
    return {"endpoint": endpoint, "keys": keys, **more}


async def test_what_is_chosen_holds_for_the_next_notice(desk: Desk, doors: Doors) -> None:
    from backend.notices import sending

    wang = await doors("wangmin")
    before = (await wang.get(MINE)).json()
    assert before["choices"]["your_move"]["sms"] is True
    assert before["quiet"] == {"is_on": True, "starts": 1320, "ends": 420, "urgent_anyway": False}
    chosen = {"choices": {"your_move": {"sms": False}, "progress": {"sms": True}}, "lang": "en"}
    after = (await wang.put(MINE, json=chosen)).json()
    assert after["choices"]["your_move"]["sms"] is False
    assert after["choices"]["your_move"]["push"] is True, "what is left out stays"
    await asked(desk)
    await tell(desk)
    async with serving(PlainGateway()) as gateway:
        async with channel("sms", sms_gateway_url=gateway.url, sms_gateway_token="token") as sms:
            assert await sending.send_due(sms) == 1
        ((sent),) = gateway.sent.values()
    assert sent["template"] == "received"
    assert "We received your application" in sent["text"]


async def test_quiet_hours_of_ones_own_count(desk: Desk, doors: Doors) -> None:
    wang = await doors("wangmin")
    quiet = {"is_on": True, "starts": 9 * 60, "ends": 12 * 60, "urgent_anyway": False}
    assert (await wang.put(MINE, json={"quiet": quiet})).status_code == 200
    await asked(desk)
    await tell(desk)
    (one,) = await deliveries(channel="sms")
    assert (one["next_at"] - desk.now).total_seconds() == 2.5 * 3600  # it is 09:30
    await wang.put(MINE, json={"quiet": {**quiet, "urgent_anyway": True}})
    await asked(desk)
    await tell(desk)
    assert (await deliveries(channel="sms"))[1]["next_at"] == desk.now


@pytest.mark.parametrize(
    "body",
    [
        {"quiet": {"is_on": True, "starts": 1440, "ends": 0, "urgent_anyway": False}},
        {"choices": {"gossip": {"sms": True}}},
        {"choices": {"result": {"pigeon": True}}},
        {"lang": "fr"},
        {"citizen": 1},
    ],
)
async def test_a_choice_that_is_none_is_refused(doors: Doors, desk: Desk, body: dict[str, Any]) -> None:
    assert (await (await doors("wangmin")).put(MINE, json=body)).status_code == 400


async def test_a_browser_comes_renews_its_address_and_goes(desk: Desk, doors: Doors, db: ModuleType) -> None:
    wang = await doors("wangmin", **{"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile"})
    assert (await wang.post(f"{MINE}/devices", json=subscription())).status_code == 201
    assert (await wang.post(f"{MINE}/devices", json=subscription())).status_code == 201
    (device,) = (await wang.get(MINE)).json()["devices"]
    assert device["name"] == "Chrome · Android"
    moved = subscription(f"{ENDPOINT}-2", replaces=ENDPOINT)
    assert (await wang.post(f"{MINE}/devices", json=moved)).status_code == 201
    (device,) = (await wang.get(MINE)).json()["devices"]
    stored = await db.fetchval("SELECT subscription_sealed FROM push_device")
    assert b"fcm.googleapis.com" not in stored
    assert (await wang.post(f"{MINE}/devices/removal", json={"endpoint": f"{ENDPOINT}-2"})).status_code == 204
    assert (await wang.get(MINE)).json()["devices"] == []
    assert (await wang.delete(f"{MINE}/devices/{device['id']}")).status_code == 404


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://example.com/p",
        "http://fcm.googleapis.com/p",
        "https://127.0.0.1/p",
        "https://fcm.googleapis.com:8443/p",
    ],
)
async def test_only_push_services_are_called(doors: Doors, desk: Desk, endpoint: str) -> None:
    answer = await (await doors("wangmin")).post(f"{MINE}/devices", json=subscription(endpoint))
    assert (answer.status_code, answer.json()["code"]) == (422, "push.not_a_service")


async def test_keys_that_are_none_are_refused(doors: Doors, desk: Desk) -> None:
    bad = {"endpoint": ENDPOINT, "keys": {"p256dh": "AAAA", "auth": "!"}}
    answer = await (await doors("wangmin")).post(f"{MINE}/devices", json=bad)
    assert (answer.status_code, answer.json()["code"]) == (422, "push.keys")


async def test_a_phone_that_changes_hands_rings_for_its_new_owner_only(desk: Desk, doors: Doors) -> None:
    wang, xu = await doors("wangmin"), await doors("xuting")
    phone = subscription()
    await wang.post(f"{MINE}/devices", json=phone)
    await xu.post(f"{MINE}/devices", json=phone)
    assert (await wang.get(MINE)).json()["devices"] == []
    assert len((await xu.get(MINE)).json()["devices"]) == 1
    # Who had it can't take it back by naming it.
    await wang.post(f"{MINE}/devices", json=subscription(f"{ENDPOINT}-3", replaces=ENDPOINT))
    await wang.post(f"{MINE}/devices/removal", json={"endpoint": ENDPOINT})
    assert len((await xu.get(MINE)).json()["devices"]) == 1


async def test_anothers_notice_and_device_look_like_none(desk: Desk, doors: Doors) -> None:
    from backend.notices import queries

    nowhere = "00000000-0000-4000-8000-000000000000"
    await asked(desk)
    await tell(desk)
    wang, stranger = await doors("wangmin"), await doors("xuting")
    key = (await queries.inbox((await desk.who("wangmin")).id)).items[0].id
    for path in ("/inbox/{}", f"{API}/notices/{{}}"):
        theirs, none = [await stranger.get(path.format(one)) for one in (key, nowhere)]
        assert theirs.status_code == 404
        same(theirs, none, key, nowhere)
    theirs, none = [await stranger.post(f"{API}/notices/{one}/read") for one in (key, nowhere)]
    assert theirs.status_code == 404
    same(theirs, none, key, nowhere)
    assert (await wang.get(f"{API}/notices/{key}")).json()["is_read"] is False
    await wang.post(f"{MINE}/devices", json=subscription())
    device = (await wang.get(MINE)).json()["devices"][0]["id"]
    assert (await stranger.delete(f"{MINE}/devices/{device}")).status_code == 404
    assert (await stranger.get(f"{API}/notices")).json()["items"] == []


async def test_nobody_and_staff_have_no_inbox(desk: Desk, doors: Doors) -> None:
    nobody, clerk = doors.stranger(), await doors("clerk")
    for path in (f"{API}/notices", MINE):
        assert (await nobody.get(path)).status_code == 401
        assert (await clerk.get(path)).status_code == 403
    assert (await nobody.get("/inbox")).status_code == 303
    assert (await nobody.get("/inbox")).headers["location"].startswith("/sign-in")


async def test_who_leaves_for_good_is_reached_nowhere(desk: Desk, doors: Doors, db: ModuleType) -> None:
    from backend.people import closing

    xu = await doors("xuting")
    await xu.post(f"{MINE}/devices", json=subscription())
    await xu.put(MINE, json={"choices": {"result": {"sms": False}}})
    exported = await closing.export(await desk.who("xuting"), desk.now)
    assert exported["reached_by"]["choices"] == [{"topic": "result", "channel": "sms", "is_on": False}]
    await closing.close(await desk.who("xuting"), desk.now)
    for table in ("push_device", "notice_choice", "notice_manner"):
        assert await db.fetchval(f"SELECT count(*) FROM {table}") == 0


async def test_wechat_is_bound_from_its_mini_program_and_tells_one_person(
    desk: Desk, doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    from backend import channels
    from backend.notices import sending

    wang, xu = await doors("wangmin"), await doors("xuting")
    refused = await wang.put(f"{MINE}/bindings/wechat", json={"code": "code-openid-7"})
    assert (refused.status_code, refused.json()["code"]) == (409, "binding.not_here")
    settings = {"wechat_app_id": "wx1", "wechat_secret": "s1", "wechat_templates": "correction_asked=T-1(thing1:what)"}
    async with serving(WeChatApi()) as api, channel("wechat", **settings, wechat_url=api.url) as wechat:
        monkeypatch.setattr(channels, "configured", lambda: {"wechat": wechat})
        wrong = await wang.put(f"{MINE}/bindings/wechat", json={"code": "guessed"})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "binding.code")
        assert (await wang.put(f"{MINE}/bindings/sms", json={"code": "x"})).status_code == 409
        bound = await wang.put(f"{MINE}/bindings/wechat", json={"code": "code-openid-7"})
        assert bound.json()["bound"] == ["wechat"]
        await asked(desk)
        await tell(desk)
        assert await sending.send_due(wechat) == 1
        assert (api.sent[0]["touser"], api.sent[0]["data"]) == (
            "openid-7",
            {"thing1": {"value": "轮到您了：材料要补正"}},
        )
        assert "openid-7" not in (await wang.get("/me/notices")).text
        # The same WeChat, signed in as somebody else: it is theirs now.
        api.spent.clear()
        await xu.put(f"{MINE}/bindings/wechat", json={"code": "code-openid-7"})
        assert (await wang.get(MINE)).json()["bound"] == []
        assert (await xu.delete(f"{MINE}/bindings/wechat")).status_code == 204
        assert (await xu.get(MINE)).json()["bound"] == []


async def test_who_refuses_messages_in_wechat_is_unbound(
    desk: Desk, doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    from backend import channels
    from backend.notices import sending

    wang = await doors("wangmin")
    settings = {"wechat_app_id": "wx1", "wechat_secret": "s1", "wechat_templates": "correction_asked=T-1(thing1:what)"}
    async with serving(WeChatApi()) as api, channel("wechat", **settings, wechat_url=api.url) as wechat:
        monkeypatch.setattr(channels, "configured", lambda: {"wechat": wechat})
        await wang.put(f"{MINE}/bindings/wechat", json={"code": "code-openid-7"})
        await asked(desk)
        await tell(desk)
        api.errcode = 43101
        assert await sending.send_due(wechat) == 0
        assert (await wang.get(MINE)).json()["bound"] == []
