"""The phone judges a form as the hall does: the same questions, values, faults and sentences, for every matter.

LAW_ROUNDS=20 makes more drafts than the usual one of every matter (twelve where it has questions of its own), and
LAW_SEED others.
"""

from __future__ import annotations

import os
from typing import Any

from backend.catalogue.shelf import Catalogue
from shared_schemas.matter import Matter
from tests.law import hall
from tests.law.drafts import Case, cases
from tests.law.phone import Phone

ROUNDS = int(os.environ.get("LAW_ROUNDS", "1"))
SEED = os.environ.get("LAW_SEED", "南湖")


def _apart(ours: Any, theirs: Any, path: str = "") -> list[str]:
    """Where two judgements differ, as sentences."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [line for key in {**ours, **theirs} for line in _apart(ours.get(key), theirs.get(key), f"{path}.{key}")]
    return [] if ours == theirs else [f"{path}: the hall {ours!r}, the phone {theirs!r}"]


def _every(stock: Catalogue) -> list[Matter]:
    """Every matter, and every bundle as one."""
    return [*stock.matters.values(), *stock.composed.values()]


def _differences(drafts: list[Case], ours: list[Any], theirs: list[Any]) -> list[str]:
    return [
        f"{case.matter.code} {case.today} {line}"
        for case, one, other in zip(drafts, ours, theirs, strict=True)
        for line in _apart(hall.plain(one), other)
    ]


async def test_every_draft_is_judged_the_same(phone_: Phone, catalogue_: Catalogue) -> None:
    drafts = list(cases(_every(catalogue_), ROUNDS, SEED))
    ours = [hall.judged(case) for case in drafts]
    theirs = await phone_.ask("judged", [hall.sent(case) for case in drafts])
    assert _differences(drafts, ours, theirs)[:20] == []
    said = {fault[0] for each in ours for fault in each["faults"].values()}
    assert len(said) > 40, "the drafts were broken in many ways"


async def test_every_matter_has_the_same_pages_and_questions(phone_: Phone, catalogue_: Catalogue) -> None:
    drafts = list(cases(_every(catalogue_), 1, SEED))
    firsts = list({case.matter.code: case for case in drafts}.values())
    ours = [hall.drawn(case.matter, case) for case in firsts]
    theirs = await phone_.ask(
        "drawn", [{"matter": case.matter.code, "today": case.today.isoformat()} for case in firsts]
    )
    assert _differences(firsts, ours, theirs)[:20] == []
