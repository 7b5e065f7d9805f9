"""A genuine credit code may fail its check digit (DOMAIN.md, "Validators"): a clerk with the licence in hand says so.

The clerk vouches for one code, not for a field: when the answer changes, it is judged again. Every such word is in the
audit trail, by draft when it was given and by case when it was filed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from backend import catalogue, db
from backend.domain.forms import overridable
from backend.domain.refusal import Refusal
from backend.intake import actions
from backend.intake.owners import owner_of
from backend.people.audit import audit
from backend.people.sessions import Visitor
from shared_schemas.draft import Draft
from shared_schemas.people import OfficerActor

WHAT = "credit_code.overridden"


async def override(
    draft_id: str, path: str, *, by: OfficerActor, now: datetime, visitor: Visitor | None = None
) -> None:
    """Vouch for the credit code that now stands at `path` of the officer's own draft.

    Raises Refusal("draft.nothing_to_override") unless that answer is a credit code that only fails its check digit.
    """
    async with db.transaction():
        draft, codes = await _open(draft_id, by)
        if path not in codes:
            raise Refusal("draft.nothing_to_override")
        await _keep(draft, {**draft.overrides, path: codes[path]}, by, now, visitor)


async def take_back(draft_id: str, path: str, *, by: OfficerActor, now: datetime) -> None:
    """The code at `path` is judged in full again."""
    async with db.transaction():
        draft, _codes = await _open(draft_id, by)
        await _keep(draft, {key: code for key, code in draft.overrides.items() if key != path}, by, now, None)


async def tick(draft_id: str, ticked: Iterable[str], shown: Iterable[str], *, by: OfficerActor, now: datetime) -> None:
    """What a page says: of the questions `shown` on it, the codes of those in `ticked` are vouched for, no others."""
    async with db.transaction():
        draft, codes = await _open(draft_id, by)
        on_page = set(shown)
        kept = {key: code for key, code in draft.overrides.items() if key not in on_page}
        kept |= {path: codes[path] for path in ticked if path in codes and path in on_page}
        await _keep(draft, kept, by, now, None)


async def tell_filed(by: OfficerActor, case_no: str, paths: Iterable[str], now: datetime) -> None:
    """The audit line of a case that was filed with such a code."""
    for path in paths:
        await audit(by, WHAT, now=now, case_no=case_no, field=path)


async def _open(draft_id: str, by: OfficerActor) -> tuple[Draft, dict[str, str]]:
    draft = await actions.open_draft(draft_id, owner_of(by))
    matter = await catalogue.version(draft.matter, draft.matter_version)
    return draft, overridable(matter.form, draft.values)


async def _keep(
    draft: Draft, overrides: dict[str, str], by: OfficerActor, now: datetime, visitor: Visitor | None
) -> None:
    if overrides == draft.overrides:
        return
    answers = actions.answers_of(draft)
    answers.overrides = overrides
    done = list(draft.topics_done)
    await actions.store(draft.id, answers, now, revision=draft.revision, delivery=draft.delivery, done=done)
    for path in [path for path, code in overrides.items() if draft.overrides.get(path) != code]:
        await audit(by, WHAT, now=now, visitor=visitor, draft=draft.id, field=path)
