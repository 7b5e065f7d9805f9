"""The named world for tests: the demo's people as actors, and a real case of any matter in a few milliseconds.

Everything goes through the product's own actions: what a helper makes could have happened. Needs a database, the
people (`backend.demo.people.load_people`) and a catalogue in force. Imports of the product stay inside the functions:
a conftest may read this module before the run has a database.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared_schemas.case import Case
    from shared_schemas.people import CitizenActor, OfficerActor


async def citizen(key: str) -> CitizenActor:
    """The demo citizen with this key ("wangmin"), as actions take them."""
    from backend.demo import actors

    return (await actors.citizens())[key]


async def officer(key: str) -> OfficerActor:
    """The demo officer with this key ("clerk", "approver_second"), with roles, window and letters."""
    from backend.demo import actors

    return (await actors.officers())[key]


async def wang_min() -> CitizenActor:
    """王敏, who runs a noodle shop."""
    return await citizen("wangmin")


async def li_jianguo() -> CitizenActor:
    """李建国, 74, whose daughter is the clerk at window 1."""
    return await citizen("lijianguo")


async def chen_jie() -> OfficerActor:
    """陈洁, acceptance clerk at window 5."""
    return await officer("clerk")


async def file_case(matter: str, who: str, now: datetime, *, hat: str = "", by_phone: bool = True, **own: Any) -> Case:
    """A case of `matter` filed from `who`'s phone with plausible answers and stored files; `own` answers win.

    `hat` is "company:0", "parent:0" or "child:0"; `by_phone` False: the result is fetched at a window.
    """
    from backend.cases import reading
    from backend.demo.files import Cabinet
    from backend.demo.filings import Clerkship
    from backend.demo.story import scene

    told = scene(who, matter, "m", 0, hat=hat, by_phone=by_phone, own=own)
    case_no = await Clerkship(Cabinet()).from_home(told, await citizen(who), secrets.token_hex(8), now)
    return await reading.by_number(case_no)


async def play(case_no: str, matter: str, who: str, acts: str, now: datetime, *, clerk: str = "clerk") -> Case:
    """Lead a case on by the demo's words: "take accept review grant"; see `backend.demo.acting`."""
    from backend.cases import reading
    from backend.demo import actors
    from backend.demo.acting import Stage
    from backend.demo.files import Cabinet
    from backend.demo.story import scene

    path = " ".join(f"{what}@0:{word}" for what, _, word in (act.partition(":") for act in acts.split()))
    told = scene(who, matter, "m", 0, path, clerk=clerk)
    stage = Stage(await actors.citizens(), await actors.officers(), Cabinet())
    for act in told.acts:
        await stage.play(told, act, case_no, now)
    return await reading.by_number(case_no)
