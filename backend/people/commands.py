"""`yimaban officer …`: the first people of a new hall, before any administrator can sign in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import backend.people.refusals  # noqa: F401 - who refuses brings the sentences along
from backend import clock, db
from backend.domain.refusal import Refusal
from backend.people import enrolment, officers
from backend.problems import sentence_of
from shared_schemas.people import SystemActor
from shared_schemas.vocabulary import Role

_BY = SystemActor("command line")


def add(staff_no: str, name: str, *, department: str | None, phone: str, roles: list[str]) -> int:
    """Add an officer with roles and print the enrolment link. Returns the exit code."""
    return _run(_add(staff_no, name, department, phone, [Role(role) for role in roles]))


def enrol(staff_no: str) -> int:
    """Print a new enrolment link. Returns the exit code."""
    return _run(_enrol(staff_no))


async def _add(staff_no: str, name: str, department: str | None, phone: str, roles: list[Role]) -> str:
    now = clock.now()
    async with db.transaction():
        made = await officers.add(staff_no, name, department=department, phone=phone, by=_BY, now=now)
        for role in roles:
            await officers.grant_role(made, role, by=_BY, now=now)
        return await enrolment.make_link(made, by=_BY, now=now)


async def _enrol(staff_no: str) -> str:
    officer = await db.fetchval("SELECT id FROM officer WHERE staff_no = $1", staff_no)
    return await enrolment.make_link(officer or 0, by=_BY, now=clock.now())


def _run(work: Coroutine[None, None, str], say: Callable[[str], object] = print) -> int:
    async def with_pool() -> str:
        async with db.pool(2):
            return await work

    try:
        link = asyncio.run(with_pool())
    except Refusal as refusal:
        say(sentence_of(refusal))
        return 1
    say(f"登记链接，24 小时内用一次 / Enrolment link, works once within 24 hours:\n  {link}")
    return 0
