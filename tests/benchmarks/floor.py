"""The floor: what Litestar and asyncpg cost when a handler does nothing but the indispensable.

Scan: one indexed query for the version, then bytes from a dict, or 304. Filing: the one statement that receipt runs,
with parameters made beforehand. Verb: its rows in one statement, without session, law or chain. The pool is as good as
the product's own (no reset query when a connection returns), so that the floor is not made lower than it is.
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

from backend import clock
from tests.benchmarks import one_statement

# A verb's rows (event, case, sealed opinion) and its notification, in one statement.
VERB = """
WITH moved AS (
  UPDATE case_file SET step = $2, seq = seq + 1 WHERE case_no = $1 RETURNING id, seq
), event AS (
  INSERT INTO case_event (case_id, seq, verb, by_kind, by_id, by_name, at, particulars, previous_hash, hash)
  SELECT id, seq, 'review', 'officer', 1, '周立', $3, '{}'::jsonb, $4, $4 FROM moved
), remark AS (
  INSERT INTO case_remark (case_id, seq, text_sealed) SELECT id, seq, $5 FROM moved
)
SELECT seq, pg_notify('bench', id || ':' || seq) FROM moved
"""
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
    digest, sealed = os.urandom(32), os.urandom(120)
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

    @post(["/api/v1/cases/{case_no:str}/reviews", "/api/v1/cases/{case_no:str}/returns"], status_code=201)
    async def verb(request: Request[Any, Any, Any], case_no: str) -> dict[str, Any]:
        await request.body()
        step = "reviewed" if request.url.path.endswith("reviews") else "accepted"
        row = await request.app.state.pool.fetchrow(VERB, case_no, step, clock.now(), digest, sealed)
        return {"case_no": case_no, "seq": row[0]}

    return Litestar([scan, file, verb], lifespan=[lifespan], logging_config=None, openapi_config=None)
