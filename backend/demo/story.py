"""A scene of the demo's story as data, and the acts it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from shared_schemas.vocabulary import Channel


class Act(Struct, frozen=True):
    """One act: what, how many working days ago, and a word for it (which defect, which grade, whose hand)."""

    what: str
    days: int
    word: str = ""


class Scene(Struct, frozen=True, kw_only=True):
    """One case from receipt to where it stands.

    `who` is the key of a citizen, or for a walk-in without an account the applicant's name. `hat` is "company",
    "parent" or "child" with its place in the profile ("company:0"). `filed` is how many working days ago; `hour` an
    hour of that day for filings from home, `is_day_off` the day off before it, `minutes` ago for those that just came.
    `brings` puts a drawing of one's own under a material whose name has that word, `follows` leaves it for later (容缺).
    `deputies`: the B posts of market regulation review and decide.
    """

    who: str
    matter: str
    channel: Channel
    filed: int
    acts: tuple[Act, ...] = ()
    clerk: str = "clerk"
    hat: str = ""
    hour: float | None = None
    is_day_off: bool = False
    minutes: int | None = None
    by_phone: bool = True
    own: Mapping[str, Any] = field(default_factory=dict)
    brings: Mapping[str, str] = field(default_factory=dict)
    follows: tuple[str, ...] = ()
    deputies: bool = False


_CHANNELS = {"m": Channel.MOBILE, "o": Channel.ONLINE, "k": Channel.KIOSK, "w": Channel.WINDOW}


def scene(who: str, matter: str, how: str, filed: int, path: str = "", **more: Any) -> Scene:
    """A scene from short words: `how` is m(obile), o(nline), k(iosk) or w(indow); `path` is "take@3 ask@2:plan …"."""
    return Scene(who=who, matter=matter, channel=_CHANNELS[how], filed=filed, acts=_acts(path), **more)


def _acts(path: str) -> tuple[Act, ...]:
    acts = []
    for part in path.split():
        rest, _, word = part.partition(":")
        what, _, days = rest.partition("@")
        acts.append(Act(what, int(days), word))
    return tuple(acts)
