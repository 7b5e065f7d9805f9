"""`yimaban officer …` and `yimaban kiosk …`: the first people and machines of a new hall, before anybody can sign in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import backend.people.refusals  # noqa: F401 - who refuses brings the sentences along
from backend import clock, db, formats
from backend.domain.refusal import Refusal
from backend.people import enrolment, kiosks, officers
from backend.problems import sentence_of
from backend.settings import settings
from shared_schemas.people import SystemActor
from shared_schemas.vocabulary import Role

_BY = SystemActor("command line")
_LINK = "登记链接，24 小时内用一次 / Enrolment link, works once within 24 hours:\n  {}"
_CODE = "自助机 {id}：在机器上打开 {address}，输登记码，24 小时内用一次 / on the machine, enter this code once within 24 hours:\n  {code}"


def add(staff_no: str, name: str, *, department: str | None, phone: str, roles: list[str]) -> int:
    """Add an officer with roles and print the enrolment link. Returns the exit code."""
    return _run(_add(staff_no, name, department, phone, [Role(role) for role in roles]))


def enrol(staff_no: str) -> int:
    """Print a new enrolment link. Returns the exit code."""
    return _run(_enrol(staff_no))


def add_kiosk(name: str, name_en: str) -> int:
    """Add a kiosk at this place and print the code that enrols it. Returns the exit code."""
    return _run(_add_kiosk(name.strip(), name_en.strip()))


def list_kiosks() -> int:
    """Print every kiosk: id, place, and since when it is one, or is no more. Returns the exit code."""
    return _run(_list_kiosks())


def revoke_kiosk(kiosk: int) -> int:
    """From its next request on it is no kiosk. Returns the exit code."""
    return _run(_revoke_kiosk(kiosk))


async def _add(staff_no: str, name: str, department: str | None, phone: str, roles: list[Role]) -> str:
    now = clock.now()
    async with db.transaction():
        made = await officers.add(staff_no, name, department=department, phone=phone, by=_BY, now=now)
        for role in roles:
            await officers.grant_role(made, role, by=_BY, now=now)
        return _LINK.format(await enrolment.make_link(made, by=_BY, now=now))


async def _enrol(staff_no: str) -> str:
    officer = await db.fetchval("SELECT id FROM officer WHERE staff_no = $1", staff_no)
    return _LINK.format(await enrolment.make_link(officer or 0, by=_BY, now=clock.now()))


async def _add_kiosk(name: str, name_en: str) -> str:
    made, code = await kiosks.add(name[:40], name_en[:60], by=_BY, now=clock.now())
    return _CODE.format(id=made, code=code, address=f"{settings.base_url}/kiosk")


async def _list_kiosks() -> str:
    return "\n".join(_line(each) for each in await kiosks.every()) or "还没有自助机 / no kiosk yet"


def _line(each: kiosks.Kiosk) -> str:
    since = each.revoked_at or each.enrolled_at or each.made_at
    state = "停用 revoked" if each.revoked_at else "在用 enrolled" if each.enrolled_at else "等登记 waiting"
    return f"{each.id:>4}  {each.name}  {state}  {formats.moment(since)}"


async def _revoke_kiosk(kiosk: int) -> str:
    await kiosks.revoke(kiosk, by=_BY, now=clock.now())
    return f"停用了 / revoked: {kiosk}"


def _run(work: Coroutine[None, None, str], say: Callable[[str], object] = print) -> int:
    async def with_pool() -> str:
        async with db.pool(2):
            return await work

    try:
        said = asyncio.run(with_pool())
    except Refusal as refusal:
        say(sentence_of(refusal))
        return 1
    say(said)
    return 0
