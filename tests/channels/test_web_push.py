"""A push reaches that browser and no other, and what a service says about it is told truly."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import http_ece
import httpx
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric import ec

from backend import channels
from backend.channels import State
from backend.channels.reaching import PublicOnly, check_endpoint
from backend.channels.vapid import padded
from backend.channels.webpush import MOST_BYTES, payload
from backend.domain.refusal import Refusal
from tests.channels.made import HOSTS, ID, PUSH_KEY, message, push_channel
from tests.channels.providers.push import PushService
from tests.channels.providers.serving import Answer, serving


@pytest_asyncio.fixture
async def service(now: datetime) -> AsyncIterator[PushService]:
    async with serving(PushService(channels.public_key(PUSH_KEY))) as found:
        yield found


def _to(service: PushService, **given: Any) -> channels.Message:
    return message(channel="push", to=service.subscription, **given)


async def test_the_browser_reads_title_text_and_way(service: PushService) -> None:
    async with push_channel() as push:
        outcome = await push.send(_to(service))
    assert (outcome.state, outcome.is_unsure) == (State.SENT, False)
    assert outcome.provider_id.endswith(ID.hex)
    shown = service.shown[ID.hex]
    assert shown == {"id": ID.hex, "title": "办好了", "body": "您的办件有结果了，点开看。", "url": "/cases/0007"}
    assert (service.asked[0].headers["ttl"], service.asked[0].headers["urgency"]) == ("3600", "high")


async def test_another_hall_is_not_heard(service: PushService) -> None:
    service._sender = "another"
    async with push_channel() as push:
        outcome = await push.send(_to(service))
    assert (outcome.state, outcome.reason) == (State.FAILED, "http_403")
    assert service.shown == {}


async def test_a_message_sent_twice_is_one_on_the_phone(service: PushService) -> None:
    async with push_channel() as push:
        service.then = ["hang"]
        first = await push.send(_to(service))
        second = await push.send(_to(service))
        assert push.repeats_safely
    assert (first.state, first.is_unsure, first.reason) == (State.SENT, True, "timeout_after_send")
    assert (second.state, second.is_unsure) == (State.SENT, False)
    assert (len(service.asked), len(service.shown)) == (2, 1)


@pytest.mark.parametrize(
    ("status", "headers", "state", "wait"),
    [
        (404, {}, State.GONE, None),
        (410, {}, State.GONE, None),
        (413, {}, State.FAILED, None),
        (429, {"retry-after": "120"}, State.BUSY, 120),
        (503, {"retry-after": "Mon, 23 Nov 2026 01:31:00 GMT"}, State.BUSY, 60),
        (500, {}, State.BUSY, None),
        (302, {"location": "http://127.0.0.1:1/inside"}, State.FAILED, None),
    ],
)
async def test_what_the_service_answers(
    service: PushService, status: int, headers: dict[str, str], state: State, wait: int | None
) -> None:
    service.then = [Answer(status, headers=headers)]
    async with push_channel() as push:
        outcome = await push.send(_to(service))
    assert (outcome.state, outcome.retry_after, outcome.is_unsure) == (state, wait, False)
    assert len(service.asked) == 1


async def test_a_connection_cut_or_a_gateway_in_between_leaves_it_open(service: PushService) -> None:
    service.then = ["cut", Answer(502)]
    async with push_channel() as push:
        outcomes = [await push.send(_to(service)) for _ in range(2)]
    assert [(o.state, o.is_unsure, o.reason) for o in outcomes] == [
        (State.SENT, True, "cut_after_send"),
        (State.SENT, True, "http_502"),
    ]


async def test_a_service_that_is_not_there_is_busy(service: PushService) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nowhere = json.loads(service.subscription) | {"endpoint": f"http://127.0.0.1:{taken.getsockname()[1]}/p"}
        async with push_channel() as push:
            outcome = await push.send(message(channel="push", to=json.dumps(nowhere)))
    assert (outcome.state, outcome.is_unsure, outcome.reason) == (State.BUSY, False, "unreachable")


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "https://evil.example/push"},
        {"keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"keys": {"p256dh": "", "auth": ""}},
        {"keys": {}},
    ],
)
async def test_a_subscription_that_is_none_is_gone(service: PushService, change: dict[str, Any]) -> None:
    broken = json.loads(service.subscription) | change
    async with push_channel() as push:
        assert (await push.send(message(channel="push", to=json.dumps(broken)))).state == State.GONE
        assert (await push.send(message(channel="push", to="not json"))).state == State.GONE
    assert service.asked == []


def test_a_payload_is_cut_to_what_every_service_takes() -> None:
    long = payload(message(title="题" * 500, body="长" * 5000))
    assert len(long) <= MOST_BYTES
    assert json.loads(long)["url"] == "/cases/0007"


@pytest.mark.parametrize(
    ("endpoint", "is_taken"),
    [
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://push.services.mozilla.com/x", True),
        ("http://127.0.0.1:9000/p", True),  # named in HOSTS: a setting of tests and demos
        ("http://updates.push.services.mozilla.com/x", False),
        ("https://updates.push.services.mozilla.com:8443/x", False),
        ("https://push.services.mozilla.com.evil.example/x", False),
        ("https://evilpush.services.mozilla.com/x", False),
        ("https://push.services.mozilla.com@evil.example/x", False),
        ("https://localhost/x", False),
        ("https://169.254.169.254/latest", False),
        ("https://[::1]/x", False),
        ("file:///etc/passwd", False),
        ("https://evil.example\\@push.services.mozilla.com/x", False),
        ("https://push.services.mozilla.com/\r\nx", False),
        ("https://push.services.mozilla.com/" + "x" * 1000, False),
        ("", False),
    ],
)
def test_only_push_services_may_be_called(endpoint: str, is_taken: bool) -> None:
    if is_taken:
        check_endpoint(endpoint, HOSTS)
        return
    with pytest.raises(Refusal, match=r"push\.not_a_service"):
        check_endpoint(endpoint, HOSTS)


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.1.2.3"], ["169.254.169.254"], ["::ffff:192.168.0.1"], ["fd00::1"], ["1.1.1.1", "10.0.0.1"]],
)
async def test_a_known_name_that_leads_inside_is_not_called(
    service: PushService, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    outcome, called = await _send_where_dns_says(service, monkeypatch, addresses)
    assert (outcome.state, outcome.reason) == (State.BUSY, "unreachable")
    assert called == []


async def test_the_address_that_was_checked_is_the_one_called(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome, called = await _send_where_dns_says(service, monkeypatch, ["1.1.1.1"])
    assert outcome.state == State.SENT
    assert [(r.url.host, r.headers["host"], r.extensions["sni_hostname"]) for r in called] == [
        ("1.1.1.1", "x.push.services.mozilla.com", "x.push.services.mozilla.com")
    ]


async def _send_where_dns_says(
    service: PushService, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> tuple[channels.Outcome, list[httpx.Request]]:
    import asyncio

    async def lookup(host: str, port: int, **_more: Any) -> list[Any]:
        return [(0, 0, 0, "", (address, port)) for address in addresses]

    called: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        called.append(request)
        return httpx.Response(201)

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", lookup)
    there = json.loads(service.subscription) | {"endpoint": "https://x.push.services.mozilla.com/p"}
    async with push_channel(httpx.MockTransport(answer)) as push:
        return await push.send(message(channel="push", to=json.dumps(there))), called


def test_the_example_of_the_standard() -> None:
    """RFC 8291 §5: the same keys and salt give the same bytes."""
    sealed = http_ece.encrypt(
        b"When I grow up, I want to be a watermelon",
        salt=padded("DGv6ra1nlYgDCS1FRnbzlw"),
        private_key=ec.derive_private_key(
            int.from_bytes(padded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
        ),
        dh=padded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        auth_secret=padded("BTBZMqHH6r4Tts7J_aSIgg"),
        version="aes128gcm",
    )
    assert sealed == padded(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


async def test_the_hall_closes_what_it_opened() -> None:
    assert set(channels.configured()) == {"push", "sms"}  # a demonstration hall pretends to have a gateway
    assert channels.configured() is channels.configured()
    await channels.close()
    assert isinstance(channels.configured()["push"]._client._transport, PublicOnly)  # type: ignore[attr-defined]
    await channels.close()


def test_a_day_is_the_longest_a_service_can_send_us_away(now: datetime) -> None:
    from backend.channels.asking import retry_after

    assert retry_after(httpx.Response(429, headers={"retry-after": "999999"}), now) == 86_400
    assert retry_after(httpx.Response(429, headers={"retry-after": "soon"}), now) is None
    past = (now - timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert retry_after(httpx.Response(429, headers={"retry-after": past}), now) == 0
