"""The channels this hall has, from its settings."""

from __future__ import annotations

from functools import cache

import httpx

from backend.channels.alipay import Alipay
from backend.channels.asking import TIMEOUT
from backend.channels.message import Channel
from backend.channels.pretending import PretendSms
from backend.channels.sms_aliyun import AliyunSms
from backend.channels.sms_json import JsonSms
from backend.channels.sms_tencent import TencentSms
from backend.channels.webpush import WebPush
from backend.channels.wechat import WeChat
from backend.settings import Settings, settings
from backend.settings_channels import templates


def configured() -> dict[str, Channel]:
    """Channel by name (push, sms, wechat, alipay); one that isn't set up isn't there. Built once per process."""
    return _built()[1]


async def close() -> None:
    """Close every connection; the next `configured` builds anew."""
    if _built.cache_info().currsize:
        client, channels = _built()
        _built.cache_clear()
        await client.aclose()
        push = channels.get("push")
        if isinstance(push, WebPush):
            await push.close()


@cache
def _built() -> tuple[httpx.AsyncClient, dict[str, Channel]]:
    # Proxies of the environment are not asked: a provider's address is a setting, a browser's is checked by itself.
    client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False)
    return client, channels_of(settings, client)


def channels_of(given: Settings, client: httpx.AsyncClient) -> dict[str, Channel]:
    """The channels `given` sets up. Half set ones were refused when the settings were read."""
    found: list[Channel | None] = [_push(given), _sms(given, client), _wechat(given, client), _alipay(given, client)]
    return {channel.name: channel for channel in found if channel is not None}


def _push(given: Settings) -> Channel | None:
    if not given.push_key:
        return None
    return WebPush(given.push_key, given.push_contact, given.push_hosts)


def _sms(given: Settings, client: httpx.AsyncClient) -> Channel | None:
    known = templates(given.sms_templates)
    signing = {"key_id": given.sms_key_id, "secret": given.sms_key_secret, "sign_name": given.sms_sign_name}
    if given.sms_kind == "aliyun":
        return AliyunSms(client, known, **signing, url=given.sms_gateway_url)
    if given.sms_kind == "tencent":
        return TencentSms(client, known, **signing, app_id=given.sms_app_id, url=given.sms_gateway_url)
    if given.sms_gateway_url:
        return JsonSms(client, given.sms_gateway_url, given.sms_gateway_token, known)
    return PretendSms() if given.demo else None


def _wechat(given: Settings, client: httpx.AsyncClient) -> Channel | None:
    if not given.wechat_app_id:
        return None
    return WeChat(
        client,
        templates(given.wechat_templates),
        app_id=given.wechat_app_id,
        secret=given.wechat_secret,
        page=given.wechat_page,
        url=given.wechat_url,
    )


def _alipay(given: Settings, client: httpx.AsyncClient) -> Channel | None:
    if not given.alipay_app_id:
        return None
    return Alipay(
        client,
        templates(given.alipay_templates),
        app_id=given.alipay_app_id,
        private_key=given.alipay_private_key,
        public_key=given.alipay_public_key,
        page=given.alipay_page,
        url=given.alipay_url,
    )
