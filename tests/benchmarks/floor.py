"""The floor: what Litestar and asyncpg cost when a handler does nothing but the indispensable.

Scan: one indexed query for the version, then bytes from a dict, or 304. Filing: the one statement that receipt runs,
with parameters made beforehand. The pool is as good as the product's own (no reset query when a connection returns), so
that the floor is not made lower than it is.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
from litestar import Litestar, Request, Response, get, post

from tests.benchmarks import one_statement

VERSION = "SELECT id, seq FROM case_file WHERE tracking_hash = $1 AND tracking_revoked_at IS NULL"


class Connection(asyncpg.Connection):
    """Returns to the pool without a round trip, as the product's connections do."""

    def get_reset_query(self) -> str:
        """Nothing to reset."""
        return ""


async def prepare(connection: asyncpg.Connection) -> None:
    """JSON parameters as text."""
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=lambda value: msgspec.json.encode(value).decode(),
        decoder=msgspec.json.decode, format="text",
    )  # fmt: skip


def pool(size: int = 8) -> asyncpg.Pool:
    """A pool on the database under test."""
    return asyncpg.create_pool(
        os.environ["YIMABAN_DATABASE_URL"], min_size=4, max_size=size, connection_class=Connection, init=prepare
    )


def create_app() -> Litestar:
    """The bare application."""
    key = Path(os.environ["BENCH_SECRET"]).read_bytes()
    page = Path(os.environ["BENCH_PAGE"]).read_bytes()
    kept: dict[tuple[int, int], bytes] = {}
    numbers = itertools.count(int.from_bytes(os.urandom(4), "big"))
    values = one_statement.kept(Path(os.environ["BENCH_FILING"])).values

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with pool() as app.state.pool:
            yield

    @get("/t/{code:str}")
    async def scan(request: Request[Any, Any, Any], code: str) -> Response[bytes]:
        digest = hmac.digest(key, f"token\0{code}".encode(), hashlib.sha256)
        row = await request.app.state.pool.fetchrow(VERSION, digest)
        if row is None:
            return Response(b"", status_code=404)
        version = (row[0], row[1])
        tag = f'W/"{row[0]:x}-{row[1]}"'
        if request.headers.get("if-none-match") == tag:
            return Response(b"", status_code=304, headers={"etag": tag})
        body = kept.get(version) or kept.setdefault(version, page)
        return Response(body, media_type="text/html", headers={"etag": tag, "content-encoding": "br"})

    @post("/api/v1/cases", status_code=201)
    async def file(request: Request[Any, Any, Any]) -> dict[str, str]:
        await request.body()
        number = next(numbers)
        await request.app.state.pool.execute(one_statement.SQL, *one_statement.unique(values, number))
        return {"case_no": f"B{number}"}

    return Litestar([scan, file], lifespan=[lifespan], logging_config=None, openapi_config=None)
