"""Messages inside WeChat and Alipay."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from backend.channels import State
from tests.channels.made import channel, message
from tests.channels.providers.apps import AlipayGateway, WeChatApi
from tests.channels.providers.serving import Answer, serving

PLACES = "decided=T-1(thing1:case,date2:due)"


def _wechat(api: WeChatApi) -> dict[str, str]:
    return {
        "wechat_app_id": "wx1",
        "wechat_secret": "s1",
        "wechat_templates": PLACES,
        "wechat_url": api.url,
    }


def _alipay(gateway: AlipayGateway) -> dict[str, str]:
    return {
        "alipay_app_id": "2014072300007148",
        "alipay_private_key": gateway.app_private_key,
        "alipay_public_key": gateway.public_key,
        "alipay_templates": PLACES,
        "alipay_url": f"{gateway.url}/gateway.do",
    }


async def test_wechat_gets_one_token_for_many_messages(now: datetime) -> None:
    async with serving(WeChatApi()) as api, channel("wechat", **_wechat(api)) as wechat:
        outcomes = [await wechat.send(message(channel="wechat", to="openid-1")) for _ in range(3)]
        assert [(o.state, o.provider_id) for o in outcomes] == [(State.SENT, str(7000 + n)) for n in (1, 2, 3)]
        assert api.tokens == 1
        sent = api.sent[0]
        assert (sent["touser"], sent["template_id"]) == ("openid-1", "T-1")
        assert sent["page"] == "pages/open?to=%2Fcases%2F0007"
        assert sent["data"] == {"thing1": {"value": "330402…0007"}, "date2": {"value": "11月27日"}}


async def test_a_token_that_ended_is_fetched_once_more_and_the_message_sent_once(now: datetime) -> None:
    async with serving(WeChatApi()) as api, channel("wechat", **_wechat(api)) as wechat:
        await wechat.send(message(channel="wechat", to="a"))
        api.end_token()
        assert (await wechat.send(message(channel="wechat", to="b"))).state == State.SENT
        assert (api.tokens, [one["touser"] for one in api.sent]) == (2, ["a", "b"])


async def test_a_token_that_is_never_good_is_asked_for_twice_only(now: datetime) -> None:
    async with serving(WeChatApi()) as api, channel("wechat", **_wechat(api)) as wechat:
        api.errcode = 42001
        outcome = await wechat.send(message(channel="wechat", to="a"))
        assert (outcome.state, outcome.reason) == (State.BUSY, "errcode_42001")
        assert (api.tokens, len(api.asked)) == (2, 4)


@pytest.mark.parametrize(
    ("errcode", "state", "wait"),
    [
        (43101, State.GONE, None),
        (40003, State.GONE, None),
        (45009, State.BUSY, 86_400),
        (-1, State.BUSY, 60),
        (40037, State.FAILED, None),
        (47003, State.FAILED, None),
    ],
)
async def test_what_wechat_answers(now: datetime, errcode: int, state: State, wait: int | None) -> None:
    async with serving(WeChatApi()) as api, channel("wechat", **_wechat(api)) as wechat:
        api.errcode = errcode
        outcome = await wechat.send(message(channel="wechat", to="a"))
        assert (outcome.state, outcome.retry_after, outcome.reason) == (state, wait, f"errcode_{errcode}")


async def test_wechat_without_a_token_has_sent_nothing(now: datetime) -> None:
    async with serving(WeChatApi()) as api, channel("wechat", **_wechat(api)) as wechat:
        api.then = ["hang"]
        outcome = await wechat.send(message(channel="wechat", to="a"))
        assert (outcome.state, outcome.is_unsure, outcome.reason) == (State.BUSY, False, "token_timeout_after_send")
    async with serving(WeChatApi()) as api:
        async with channel("wechat", **{**_wechat(api), "wechat_secret": "x"}) as wechat:
            outcome = await wechat.send(message(channel="wechat", to="a"))
            assert (outcome.state, outcome.reason) == (State.BUSY, "token_40013")
        assert api.sent == []


async def test_alipay_takes_what_we_sign_and_we_believe_what_it_signs(now: datetime) -> None:
    async with serving(AlipayGateway()) as gateway, channel("alipay", **_alipay(gateway)) as alipay:
        outcome = await alipay.send(message(channel="alipay", to="2088102122458832"))
        assert (outcome.state, outcome.is_unsure) == (State.SENT, False)
        sent = gateway.sent[0]
        assert (sent["to_user_id"], sent["user_template_id"]) == ("2088102122458832", "T-1")
        assert json.loads(sent["data"])["date2"] == {"value": "11月27日"}
        gateway.signs = False
        impostor = await alipay.send(message(channel="alipay", to="2088102122458832"))
        assert (impostor.state, impostor.is_unsure, impostor.reason) == (State.SENT, True, "answer_not_signed")


@pytest.mark.parametrize(
    ("code", "sub_code", "state"),
    [
        ("40004", "USER_TEMPLATE_ILLEGAL", State.FAILED),
        ("40004", "USER_NOT_SUBSCRIBED", State.GONE),
        ("40004", "SEND_LIMIT_EXCEEDED", State.BUSY),
        ("20000", "isp.unknow-error", State.BUSY),
        ("40002", "isv.invalid-signature", State.FAILED),
    ],
)
async def test_what_alipay_answers(now: datetime, code: str, sub_code: str, state: State) -> None:
    async with serving(AlipayGateway()) as gateway, channel("alipay", **_alipay(gateway)) as alipay:
        gateway.code, gateway.sub_code = code, sub_code
        outcome = await alipay.send(message(channel="alipay", to="2088102122458832"))
        assert (outcome.state, outcome.reason) == (state, sub_code)


@pytest.mark.parametrize("name", ["wechat", "alipay"])
async def test_an_answer_that_is_no_answer(now: datetime, name: str) -> None:
    provider = WeChatApi() if name == "wechat" else AlipayGateway()
    made = _wechat if name == "wechat" else _alipay
    async with serving(provider), channel(name, **made(provider)) as sender:  # type: ignore[operator]
        await sender.send(message(channel=name, to="a"))
        provider.then = [Answer(200, b"<html>"), Answer(200, b"[1]"), Answer(500), "cut"]
        outcomes = [await sender.send(message(channel=name, to="a")) for _ in range(4)]
    assert [(o.state, o.is_unsure) for o in outcomes] == [
        (State.SENT, True),
        (State.SENT, True),
        (State.BUSY, False),
        (State.SENT, True),
    ]


async def test_a_code_of_the_mini_program_says_whose_wechat_it_is_once(now: datetime) -> None:
    async with serving(WeChatApi()) as api, channel("wechat", **_wechat(api)) as wechat:
        assert await wechat.identify("code-openid-7") == "openid-7"
        assert await wechat.identify("code-openid-7") is None
        assert await wechat.identify("guessed") is None
        api.then = ["cut"]
        assert await wechat.identify("code-openid-8") is None


async def test_whose_alipay_it_is_is_believed_only_with_its_signature(now: datetime) -> None:
    async with serving(AlipayGateway()) as gateway, channel("alipay", **_alipay(gateway)) as alipay:
        assert await alipay.identify("code-2088") == "2088"
        assert await alipay.identify("guessed") is None
        gateway.signs = False
        assert await alipay.identify("code-2088") is None
