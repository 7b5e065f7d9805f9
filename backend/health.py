"""How the hall's machine feels: /healthz for the process, /readyz for its surroundings, /metrics for Prometheus."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from typing import Any

import structlog
from litestar import Request, Response, get
from msgspec import Struct
from prometheus_client import CONTENT_TYPE_LATEST

from backend import db, metrics, migrating, storage
from backend.domain.refusal import Refusal
from backend.edge import client_ip
from backend.settings import settings

log = structlog.get_logger("yimaban")
_CHECK_SECONDS = 5


class Readiness(Struct, frozen=True):
    """Whether this worker can do its work; each check is "ok" or says in a word what is missing."""

    is_ready: bool
    checks: dict[str, str]


@get("/healthz", opt={"public": True}, summary="The process answers", tags=["operations"], sync_to_thread=False)
def healthz() -> dict[str, str]:
    """Nothing is looked up: a database that is away must not get the process killed."""
    return {"status": "ok"}


@get("/readyz", opt={"public": True}, summary="Database, migrations and storage are usable", tags=["operations"])
async def readyz() -> Response[Readiness]:
    """200 when requests may be sent here, 503 with the failing check otherwise."""
    names = {"database": _database, "migrations": _migrations, "storage": storage.check}
    found = await asyncio.gather(*(_said(name, check) for name, check in names.items()))
    checks = dict(zip(names, found, strict=True))
    is_ready = all(word == "ok" for word in checks.values())
    return Response(
        Readiness(is_ready, checks), status_code=200 if is_ready else 503, headers={"cache-control": "no-store"}
    )


@get("/metrics", opt={"public": True}, include_in_schema=False)
async def prometheus(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Prometheus text, for whoever has the token, or for this machine only when none is set."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if settings.metrics_token:
        allowed = hmac.compare_digest(given.encode(), settings.metrics_token.encode())
    else:
        allowed = _is_loopback(client_ip(request.scope))
    if not allowed:
        raise Refusal("page.missing")
    return Response(await metrics.text(), media_type=CONTENT_TYPE_LATEST)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


async def _said(name: str, check: Any) -> str:
    try:
        await asyncio.wait_for(check(), _CHECK_SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever is wrong is the answer
        log.warning("not_ready", check=name, kind=type(error).__qualname__, message=str(error).split("\n", 1)[0])
        return "failing"
    return "ok"


async def _database() -> None:
    await db.fetchval("SELECT 1")


async def _migrations() -> None:
    if await migrating.pending():
        raise RuntimeError("migrations are pending: run `yimaban migrate`")


handlers = [healthz, readyz, prometheus]
