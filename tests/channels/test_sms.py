"""Three SMS dialects: signed as the provider checks it, and every answer told for what it is."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from backend.channels import State
from backend.channels.sms_aliyun import signed
from backend.channels.sms_tencent import authorization
from tests.channels.made import ID, MOBILE, channel, message
from tests.channels.providers.serving import Answer, Provider, serving
from tests.channels.providers.sms import KEY_ID, SECRET, Aliyun, PlainGateway, Tencent

TEMPLATES = "decided=SMS_1549(no:case,due);asked=SMS_2"


def _aliyun(provider: Provider) -> dict[str, str]:
    return {
        "sms_kind": "aliyun",
        "sms_gateway_url": provider.url,
        "sms_key_id": KEY_ID,
        "sms_key_secret": SECRET,
        "sms_sign_name": "南湖政务",
        "sms_templates": TEMPLATES,
    }


def _tencent(provider: Provider) -> dict[str, str]:
    return {**_aliyun(provider), "sms_kind": "tencent", "sms_app_id": "1400006666"}


async def test_the_plain_gateway_takes_one_message_once(now: datetime) -> None:
    async with (
        serving(PlainGateway()) as gateway,
        channel("sms", sms_gateway_url=gateway.url, sms_gateway_token="token") as sms,
    ):
        gateway.then = ["hang"]
        outcomes = [await sms.send(message()) for _ in range(3)]
        assert sms.repeats_safely
        assert [(o.state, o.is_unsure) for o in outcomes] == [
            (State.SENT, True),
            (State.SENT, False),
            (State.SENT, False),
        ]
        assert len(gateway.sent) == 1
        sent = gateway.sent[str(ID)]
        assert (sent["to"], sent["template"], sent["params"]["due"]) == (MOBILE, "decided", "11月27日")
        gateway.then = [Answer(422, b'{"code":"blacklist"}'), Answer(429, headers={"retry-after": "30"})]
        refused, busy = [await sms.send(message()) for _ in range(2)]
        assert (refused.state, refused.reason) == (State.FAILED, "blacklist")
        assert (busy.state, busy.retry_after) == (State.BUSY, 30)


async def test_aliyun_takes_what_we_sign(now: datetime) -> None:
    async with serving(Aliyun()) as provider, channel("sms", **_aliyun(provider)) as sms:
        outcome = await sms.send(message(params={"case": "3304 02~*", "due": "11月27日"}))
        assert (outcome.state, outcome.provider_id, outcome.reason) == (State.SENT, "biz-1", "")
        sent = provider.sent[0]
        assert (sent["PhoneNumbers"], sent["SignName"], sent["TemplateCode"]) == (MOBILE, "南湖政务", "SMS_1549")
        assert json.loads(sent["TemplateParam"]) == {"no": "3304 02~*", "due": "11月27日"}
        assert sent["OutId"] == str(ID)
        assert not sms.repeats_safely
        assert (await sms.send(message(template="other"))).reason == "no_template"


@pytest.mark.parametrize(
    ("code", "state", "wait", "reason"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", State.BUSY, 3600, "isv.BUSINESS_LIMIT_CONTROL"),
        ("isv.DAY_LIMIT_CONTROL", State.BUSY, 86_400, "isv.DAY_LIMIT_CONTROL"),
        ("Throttling.User", State.BUSY, 60, "Throttling.User"),
        ("isv.MOBILE_NUMBER_ILLEGAL", State.FAILED, None, "number:isv.MOBILE_NUMBER_ILLEGAL"),
        ("isv.BLACK_KEY_CONTROL_LIMIT", State.FAILED, None, "number:isv.BLACK_KEY_CONTROL_LIMIT"),
        ("isv.SMS_TEMPLATE_ILLEGAL", State.FAILED, None, "isv.SMS_TEMPLATE_ILLEGAL"),
    ],
)
async def test_what_aliyun_answers(now: datetime, code: str, state: State, wait: int | None, reason: str) -> None:
    async with serving(Aliyun()) as provider, channel("sms", **_aliyun(provider)) as sms:
        provider.code = code
        outcome = await sms.send(message())
        assert (outcome.state, outcome.retry_after, outcome.reason) == (state, wait, reason)
        assert provider.sent == []


async def test_a_wrong_secret_is_refused(now: datetime) -> None:
    async with serving(Aliyun()) as provider, channel("sms", **{**_aliyun(provider), "sms_key_secret": "x"}) as sms:
        assert (await sms.send(message())).reason == "SignatureDoesNotMatch"
    async with serving(Tencent()) as other:
        async with channel("sms", **{**_tencent(other), "sms_key_secret": "x"}) as sms:
            assert (await sms.send(message())).reason == "AuthFailure.SignatureFailure"
        assert other.sent == []


async def test_tencent_takes_what_we_sign(now: datetime) -> None:
    async with serving(Tencent()) as provider, channel("sms", **_tencent(provider)) as sms:
        outcome = await sms.send(message())
        assert (outcome.state, outcome.provider_id, outcome.reason) == (State.SENT, "s-1", "")
        sent = provider.sent[0]
        assert sent["PhoneNumberSet"] == [f"+86{MOBILE}"]
        assert sent["TemplateParamSet"] == ["330402…0007", "11月27日"]
        assert (sent["TemplateId"], sent["SmsSdkAppId"], sent["SessionContext"]) == ("SMS_1549", "1400006666", str(ID))


@pytest.mark.parametrize(
    ("code", "error", "state", "wait"),
    [
        ("LimitExceeded.PhoneNumberThirtySecondLimit", "", State.BUSY, 30),
        ("LimitExceeded.PhoneNumberDailyLimit", "", State.BUSY, 86_400),
        ("Ok", "RequestLimitExceeded", State.BUSY, 60),
        ("FailedOperation.PhoneNumberInBlacklist", "", State.FAILED, None),
        ("InvalidParameterValue.IncorrectPhoneNumber", "", State.FAILED, None),
        ("FailedOperation.TemplateIncorrectOrUnapproved", "", State.FAILED, None),
    ],
)
async def test_what_tencent_answers(now: datetime, code: str, error: str, state: State, wait: int | None) -> None:
    async with serving(Tencent()) as provider, channel("sms", **_tencent(provider)) as sms:
        provider.code, provider.error = code, error
        outcome = await sms.send(message())
        assert (outcome.state, outcome.retry_after) == (state, wait)
        assert provider.sent == []


@pytest.mark.parametrize("kind", ["aliyun", "tencent"])
async def test_no_answer_is_not_a_failure_and_not_a_second_message(now: datetime, kind: str) -> None:
    provider = Aliyun() if kind == "aliyun" else Tencent()
    async with serving(provider), channel("sms", **(_aliyun if kind == "aliyun" else _tencent)(provider)) as sms:
        provider.then = ["hang"]
        outcome = await sms.send(message())
    assert (outcome.state, outcome.is_unsure) == (State.SENT, True)
    assert len(provider.asked) == len(provider.sent) == 1  # the adapter itself never tries again


def test_the_signature_alibaba_cloud_publishes() -> None:
    """The worked example of "V3 request structure and signature"."""
    headers = signed(
        {"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"},
        {
            "host": "ecs.cn-shanghai.aliyuncs.com",
            "x-acs-action": "RunInstances",
            "x-acs-version": "2014-05-26",
            "x-acs-date": "2023-10-26T10:22:32Z",
            "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        },
        key_id="YourAccessKeyId",
        secret="YourAccessKeySecret",
    )
    assert headers["authorization"].endswith(
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_the_signature_tencent_cloud_publishes() -> None:
    """The worked example of "Signature v3"; its secret is printed as 32 asterisks, and is them."""
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    found = authorization(
        body,
        host="cvm.tencentcloudapi.com",
        at=1551113065,
        key_id="AKID",
        secret="*" * 32,
        action="DescribeInstances",
        service="cvm",
    )
    assert found.endswith("Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f")
