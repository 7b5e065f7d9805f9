"""One request to a provider, and what its failure means."""

from __future__ import annotations

import asyncio
import email.utils
from datetime import datetime
from typing import Any

import httpx
import msgspec

from backend.channels.message import Outcome, State

TIMEOUT = httpx.Timeout(10, connect=5)
_LONGEST_WAIT_S = 86_400
_READ_AT_MOST = 65_536
_ALTOGETHER_S = 20.0  # a body that drips keeps every single read below its timeout
_OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})


async def ask(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response | Outcome:
    """The provider's answer, or the outcome where none came.

    Never reached: busy. Written, but no answer: unsure. A redirect is an answer, never followed.
    """
    try:
        async with asyncio.timeout(_ALTOGETHER_S):
            return await _answer(client, request)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol):
        return Outcome(State.BUSY, reason="unreachable")
    except (httpx.TimeoutException, TimeoutError):
        return Outcome(State.SENT, reason="timeout_after_send", is_unsure=True)
    except httpx.HTTPError:
        return Outcome(State.SENT, reason="cut_after_send", is_unsure=True)


def by_status(answer: httpx.Response, now: datetime) -> Outcome | None:
    """The outcome an HTTP status alone decides; None where the body has to be read (2xx, 4xx).

    502 and 504 come from something in front of the provider, which may have passed the message on.
    """
    status = answer.status_code
    if status == 429 or status in {500, 503}:
        return Outcome(State.BUSY, retry_after=retry_after(answer, now), reason=f"http_{status}")
    if status in {502, 504}:
        return Outcome(State.SENT, reason=f"http_{status}", is_unsure=True)
    if status >= 500 or 300 <= status < 400:
        return Outcome(State.FAILED, reason=f"http_{status}")
    return None


def unread(answer: httpx.Response, now: datetime) -> Outcome:
    """The outcome of an answer without the code it should have had. Success that can't be read may be success."""
    if answer.is_success:
        return Outcome(State.SENT, reason="unreadable_answer", is_unsure=True)
    return by_status(answer, now) or Outcome(State.FAILED, reason=f"http_{answer.status_code}")


def body_of(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer; {} where it is something else."""
    try:
        found = msgspec.json.decode(answer.content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def retry_after(answer: httpx.Response, now: datetime) -> int | None:
    """Seconds to wait, from delay or date (RFC 9110 §10.2.3); at most a day, None where it says nothing."""
    raw = answer.headers.get("retry-after", "").strip()
    if raw.isascii() and raw.isdigit():
        return min(int(raw), _LONGEST_WAIT_S)
    try:
        at = email.utils.parsedate_to_datetime(raw)
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    return min(max(0, int((at - now).total_seconds())), _LONGEST_WAIT_S)


async def _answer(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    """Status, headers and the first of the body: nobody fills our memory."""
    answer = await client.send(request, stream=True, follow_redirects=False)
    try:
        read = bytearray()
        async for chunk in answer.aiter_bytes():
            read += chunk
            if len(read) > _READ_AT_MOST:
                break
    finally:
        await answer.aclose()
    kept = [(name, value) for name, value in answer.headers.items() if name not in _OF_THE_WIRE]
    return httpx.Response(answer.status_code, headers=kept, content=bytes(read), request=request)
