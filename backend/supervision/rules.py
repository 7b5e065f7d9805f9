"""The rules in force: the hall's defaults, each as a supervisor changed it."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from backend import db
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from shared_schemas.people import OfficerActor
from shared_schemas.supervision import Audience, RuleChanged, WatchRule

_FILE = Path(__file__).parent.parent / "data" / "watching.toml"


class _Defaults(Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[WatchRule, ...]


@cache
def defaults() -> tuple[WatchRule, ...]:
    """The rules the hall starts with [L]. Raises msgspec.ValidationError naming what is wrong in the file."""
    return msgspec.convert(tomllib.loads(_FILE.read_text(encoding="utf-8")), _Defaults).rules


async def current() -> tuple[WatchRule, ...]:
    """Every rule as it stands now, in the order of the file."""
    rows = await db.fetch("SELECT key, audience, days, again_every, is_on FROM watch_rule")
    changed = {row["key"]: row for row in rows}
    return tuple(_laid_over(rule, changed.get(rule.key)) for rule in defaults())


def _laid_over(rule: WatchRule, row: db.Record | None) -> WatchRule:
    if row is None:
        return rule
    return msgspec.structs.replace(
        rule,
        audience=tuple(Audience(each) for each in row["audience"]),
        days=row["days"],
        again_every=row["again_every"],
        is_on=row["is_on"],
    )


async def change(key: str, given: RuleChanged, *, by: OfficerActor, now: datetime) -> None:
    """Set one rule; it holds from the next round on. Raises Refusal("supervision.no_such_rule")."""
    if key not in {rule.key for rule in defaults()}:
        raise Refusal("supervision.no_such_rule")
    audience = [each for each in Audience if each in given.audience]
    async with db.transaction():
        await db.execute(
            "INSERT INTO watch_rule (key, audience, days, again_every, is_on, changed_by, changed_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key) DO UPDATE SET audience = $2, days = $3, "
            "again_every = $4, is_on = $5, changed_by = $6, changed_at = $7",
            key,
            audience,
            given.days,
            given.again_every,
            given.is_on,
            by.id,
            now,
        )
        more = {"days": given.days, "again_every": given.again_every, "is_on": given.is_on}
        await audit(by, "supervision.rule_changed", now=now, rule=key, audience=audience, **more)
