"""One deed, one effect: a verb that a phone or tablet sends again, because it heard no answer, is done once.

The row is written inside the verb's own transaction and before it, under a unique key: a second request waits there
for the first and then finds it done; a verb that is refused takes its row along.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Request, Response
from litestar.params import HeaderParameter
from msgspec import Struct

from backend import db
from backend.cases import reading
from backend.cases.uploads import owner_of
from backend.domain.refusal import Refusal
from shared_schemas.case import Case, DeedDone
from shared_schemas.people import CitizenActor, OfficerActor

_KEY = re.compile(r"[!-~]{8,128}\Z")
REPLAYED = "idempotent-replayed"
T = TypeVar("T")


class Deed(Struct, frozen=True):
    """What somebody wants done once: whose key it is, and a hash over where it went and what it said."""

    owner: str
    key: str
    body_hash: bytes
    at: datetime


async def asked(
    request: Request[Any, Any, Any],
    actor: CitizenActor | OfficerActor,
    now: datetime,
    idempotency_key: Annotated[
        str | None,
        HeaderParameter(
            name="idempotency-key",
            description="8 to 128 visible characters. The same key and body again is done once and answered alike, "
            "with the header `idempotent-replayed: true`; with another body it is 422 `deed.key_reused`.",
        ),
    ] = None,
) -> Deed | None:
    """What handlers get as `deed`: the request's Idempotency-Key, or None. Raises Refusal("deed.key_malformed")."""
    if idempotency_key is None:
        return None
    if not _KEY.match(idempotency_key):
        raise Refusal("deed.key_malformed")
    return Deed(owner_of(actor), idempotency_key, _hash(request, await request.body()), now)


def _hash(request: Request[Any, Any, Any], body: bytes) -> bytes:
    """Over method, path and what the body means, not how it is spelled."""
    try:
        said = msgspec.json.encode(msgspec.json.decode(body), order="deterministic") if body.strip() else b""
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refusal("request.malformed") from None
    return hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + said).digest()


async def once(deed: Deed | None, case_no: str, act: Callable[[], Awaitable[object]]) -> bool:
    """Do `act`, and keep in its transaction that it is done. True: it was done before, and nothing was done now.

    Raises Refusal("deed.key_reused") when the key was used for something else, and what `act` raises.
    """
    if deed is None:
        await act()
        return False
    async with db.transaction():
        if not await _claim(deed, case_no):
            return True
        await act()
    return False


async def _claim(deed: Deed, case_no: str) -> bool:
    mine = await db.fetchval(
        "INSERT INTO deed (owner, key, body_hash, case_no, at) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (owner, key) DO NOTHING RETURNING id",
        deed.owner,
        deed.key,
        deed.body_hash,
        case_no[:24],  # a longer one is nobody's: `act` says so, and this row goes with it
        deed.at,
    )
    if mine is not None:
        return True
    before = await db.fetchval("SELECT body_hash FROM deed WHERE owner = $1 AND key = $2", deed.owner, deed.key)
    if before != deed.body_hash:
        raise Refusal("deed.key_reused")
    return False


async def done(owner: str, key: str) -> DeedDone:
    """What was done under this key of theirs. Raises Refusal("deed.unknown")."""
    row = await db.fetchrow("SELECT case_no, at FROM deed WHERE owner = $1 AND key = $2", owner, key)
    if row is None:
        raise Refusal("deed.unknown")
    return DeedDone(row["case_no"], row["at"])


async def answer(
    deed: Deed | None,
    case_no: str,
    act: Callable[[], Awaitable[object]],
    show: Callable[[Case], Awaitable[T]],
) -> Response[T]:
    """What a verb's route answers: the case as it is after `act`, or as it is now where that was done before."""
    is_replayed = await once(deed, case_no, act)
    return Response(await show(await reading.by_number(case_no)), headers=headers(is_replayed=is_replayed))


def headers(*, is_replayed: bool) -> dict[str, str]:
    """What tells a repeated answer from a first one."""
    return {REPLAYED: "true"} if is_replayed else {}
