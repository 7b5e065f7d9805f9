"""Channels against a provider on loopback, built from settings as the hall builds them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import gettempdir
from typing import Any
from uuid import UUID

import httpx

from backend.channels import Channel, Message, Urgency
from backend.channels.configured import channels_of
from backend.channels.reaching import PublicOnly
from backend.channels.webpush import WebPush
from backend.settings import load
from backend.settings_channels import fresh_push_key

MOBILE = "13912345605"
PUSH_KEY = fresh_push_key()
HOSTS = ("127.0.0.1", "push.services.mozilla.com")
PATIENCE = httpx.Timeout(0.5)
ID = UUID("0b6f6f4e-7d51-4d0e-9f0e-2f6f7a0f5c11")


def message(**given: Any) -> Message:
    fields: dict[str, Any] = {
        "id": ID,
        "channel": "sms",
        "to": MOBILE,
        "template": "decided",
        "params": {"case": "330402…0007", "due": "11月27日"},
        "title": "办好了",
        "body": "您的办件有结果了，点开看。",
        "url": "/cases/0007",
        "urgency": Urgency.HIGH,
        "ttl_s": 3600,
    }
    return Message(**{**fields, **given})


@asynccontextmanager
async def channel(name: str, **settings: str) -> AsyncIterator[Channel]:
    env = {f"YIMABAN_{field.upper()}": value for field, value in settings.items()}
    given = load({"YIMABAN_DEMO": "1", "YIMABAN_DATA_DIR": f"{gettempdir()}/yimaban-test-channels", **env})
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
        yield channels_of(given, client)[name]


@asynccontextmanager
async def push_channel(inner: httpx.AsyncBaseTransport | None = None) -> AsyncIterator[WebPush]:
    client = httpx.AsyncClient(transport=PublicOnly(HOSTS, inner), timeout=PATIENCE, trust_env=False)
    async with client:
        yield WebPush(PUSH_KEY, "mailto:hall@example.gov.cn", HOSTS, client)
