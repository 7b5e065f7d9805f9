"""The demo's living hall: its people, and a fortnight of cases told by the real actions under a moving clock.

Nothing here writes a case by itself. Every act goes through the same gate as a citizen's tap or an officer's, so logs
verify, papers exist and certificates are signed. Told in one transaction: a hall is there whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from msgspec import Struct

from backend import db
from backend.authority import rules
from backend.catalogue import shelf
from backend.demo import actors, inboxes
from backend.demo.acting import Stage
from backend.demo.days import at_hour, day_off_before, hours_of, workday_before
from backend.demo.drawings import DRAWINGS
from backend.demo.files import Cabinet
from backend.demo.filings import Clerkship
from backend.demo.neighbours import load_neighbours
from backend.demo.people import load_people
from backend.demo.scenes import DRAFTS, SCENES
from backend.demo.story import Act, Scene
from backend.domain.calendar import day_of
from shared_schemas.people import OfficerActor
from shared_schemas.signing import CapEffect, NewRule, Rule, RuleKind
from shared_schemas.vocabulary import Channel

_FILE = "file"
_APART = timedelta(minutes=4)
_KNOWN_FOR = timedelta(days=60)


class Moment(Struct, frozen=True, order=True):
    """An act of a scene at its instant; `number` is the scene's place in the story and `seq` the act's in the scene."""

    at: datetime
    number: int
    seq: int


async def load_world(now: datetime) -> int:
    """Everybody and everything, unless there are cases already; how many cases were made (0: the hall was there)."""
    await load_people(now - _KNOWN_FOR)
    async with db.transaction():
        # Two workers may start at once; the second waits and finds the hall furnished.
        await db.execute("SELECT pg_advisory_xact_lock(hashtext('demo world'))")
        if await db.fetchval("SELECT EXISTS (SELECT FROM case_file)"):
            return 0
        await shelf.refresh()
        cabinet = Cabinet()
        cabinet.prepare(DRAWINGS)
        try:
            await load_neighbours(now - _KNOWN_FOR)
            await _tell(SCENES, cabinet, now)
        finally:
            await cabinet.close()
    await inboxes.fill(now)
    return len(SCENES)


async def _tell(scenes: Sequence[Scene], cabinet: Cabinet, now: datetime) -> None:
    citizens, officers = await actors.citizens(), await actors.officers()
    stage, clerkship = Stage(citizens, officers, cabinet), Clerkship(cabinet)
    await _set_rules(officers["security_administrator"], now - _KNOWN_FOR)
    numbers: dict[int, str] = {}
    for moment in sorted(m for number, scene in enumerate(scenes) for m in moments(scene, number, now)):
        scene = scenes[moment.number]
        if moment.seq == 0:
            numbers[moment.number] = await _file(stage, clerkship, scene, f"demo-{moment.number:04d}", moment.at)
        else:
            await stage.play(scene, scene.acts[moment.seq - 1], numbers[moment.number], moment.at)
    for place, scene in enumerate(DRAFTS):
        await clerkship.half_done(scene, citizens[scene.who], now - timedelta(hours=3 + 19 * place))


async def _set_rules(by: OfficerActor, at: datetime) -> None:
    """One rule of signing beside the standard ones: big places of entertainment are decided by the chief."""
    cap = Rule(
        kind=RuleKind.CAP,
        valid_from=day_of(at),
        department="jwt",
        matter="jwt-12",
        field="use_area",
        above=Decimal(3000),
        effect=CapEffect.SUBMIT,
    )
    await rules.set_rule(NewRule(cap, "局务会纪要：面积大的娱乐场所由首席决定"), by=by, now=at)


async def _file(stage: Stage, clerkship: Clerkship, scene: Scene, key: str, at: datetime) -> str:
    citizen = stage.citizens.get(scene.who)
    if scene.channel is Channel.WINDOW or citizen is None:
        return await clerkship.at_window(scene, stage.clerk(scene), citizen, key, at)
    return await clerkship.from_home(scene, citizen, key, at)


def moments(scene: Scene, number: int, now: datetime) -> list[Moment]:
    """When the scene's filing (seq 0) and acts happen: spread over their days, in order, before `now`."""
    chance = Random(number * 7919 + 11)  # noqa: S311 - a story, not a secret
    today = day_of(now)
    found = [Moment(_filed_at(scene, chance, now), number, 0)]
    acts = list(enumerate(scene.acts, start=1))
    for days, group in _by_day(acts):
        opens, closes = hours_of(workday_before(today, days), now)
        start = max(opens, found[-1].at + _APART) if found[-1].at >= opens else opens
        room = max(closes - start, timedelta()) / (len(group) + 1)
        for place, (seq, _act) in enumerate(group, start=1):
            planned = start + room * (place - 0.5 + chance.random() * 0.8)
            found.append(Moment(min(max(planned, found[-1].at + timedelta(seconds=50)), now), number, seq))
    return found


def _by_day(acts: list[tuple[int, Act]]) -> Iterator[tuple[int, list[tuple[int, Act]]]]:
    for days in sorted({act.days for _, act in acts}, reverse=True):
        yield days, [(seq, act) for seq, act in acts if act.days == days]


def _filed_at(scene: Scene, chance: Random, now: datetime) -> datetime:
    if scene.minutes is not None:
        return now - timedelta(minutes=scene.minutes)
    day = workday_before(day_of(now), scene.filed)
    if scene.is_day_off:
        return at_hour(day_off_before(day), scene.hour or 15.0)
    if scene.hour is not None:
        return min(at_hour(day, scene.hour), now)
    opens, closes = hours_of(day, now)
    # Who is served on the same day came in its first half.
    share = 0.45 if any(act.days == scene.filed for act in scene.acts) else 0.95
    return opens + (closes - opens) * (chance.random() * share)
