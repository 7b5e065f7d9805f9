"""What another slice does right after a verb was recorded, so that slices of one height need not know each other.

A follower runs after the commit and may fail: the verb stands, the follower's own job tries again. A companion belongs to
the verb itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.vocabulary import Verb

Follower = Callable[[str, datetime], Awaitable[object]]
Companion = Callable[[Case, datetime], Awaitable[object]]

log = structlog.get_logger(__name__)
_followers: dict[Verb, list[Follower]] = {}
_companions: dict[Verb, list[Companion]] = {}


def after(verb: Verb) -> Callable[[Follower], Follower]:
    """Decorator: call the function with (case number, now) after `verb`."""

    def add(follower: Follower) -> Follower:
        _followers.setdefault(verb, []).append(follower)
        return follower

    return add


def with_(*verbs: Verb) -> Callable[[Companion], Companion]:
    """Decorator: call the function with (case, now) in the very transaction of one of `verbs`; both stand or neither."""

    def add(companion: Companion) -> Companion:
        for verb in verbs:
            _companions.setdefault(verb, []).append(companion)
        return companion

    return add


async def along(verb: Verb, case: Case, now: datetime) -> None:
    """Run the companions of `verb`; what one of them raises takes the verb back."""
    for companion in _companions.get(verb, ()):
        await companion(case, now)


async def follow(verb: Verb, case_no: str, now: datetime) -> None:
    """Run the followers of `verb`, each in a transaction of its own (a savepoint): what fails takes nothing back."""
    for follower in _followers.get(verb, ()):
        try:
            await follower(case_no, now)
        except Refusal as refusal:
            log.warning("follower.refused", verb=verb, code=refusal.code)
        except Exception as error:  # noqa: BLE001 - the verb stands whatever breaks here; the job tries again
            log.error("follower.failed", verb=verb, kind=type(error).__name__)
