"""A food permit filed by 王敏, and the people who scan its code."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from types import ModuleType
from typing import Any

import httpx
import msgspec
import pytest_asyncio

from shared_schemas.case import Receipt
from tests.cases.conftest import PLAIN
from tests.intake.conftest import clerk, li, matters, starter, visitors, wang  # noqa: F401 - fixtures used by name


@pytest_asyncio.fixture(loop_scope="session")
async def filed(db: ModuleType, now: datetime, wang: httpx.AsyncClient) -> Receipt:  # noqa: F811 - the fixture
    """王敏's case, just received."""
    from backend.cases.receiving import body_hash, receive
    from backend.people import citizens
    from shared_schemas.people import CitizenActor

    del db, wang
    citizen = (await citizens.by_mobile("13812341234"))["id"]
    new = msgspec.structs.replace(
        PLAIN, idempotency_key=secrets.token_hex(8), body_hash=body_hash(PLAIN.form), citizen=citizen,
        owner=f"citizen:{citizen}",
    )  # fmt: skip
    return await receive(new, by=CitizenActor(citizen, "王敏", "13812341234"), now=now)


@pytest_asyncio.fixture(loop_scope="session")
async def taken(db: ModuleType, now: datetime) -> Callable[[Receipt], Awaitable[Any]]:
    """`await taken(receipt)`: a clerk begins to look at the case."""
    from backend.cases import reading, recording
    from shared_schemas.people import OfficerActor
    from shared_schemas.vocabulary import Role, Verb

    officer = OfficerActor(7, "陈洁", "W05", frozenset({Role.ACCEPTANCE_CLERK}))

    async def take(receipt: Receipt) -> Any:
        async with db.transaction():
            case = await reading.by_number(receipt.case_no)
            return await recording.record(case, Verb.TAKE, by=officer, at=now, handler=7, first_handler=7)

    return take
