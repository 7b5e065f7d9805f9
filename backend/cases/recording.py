"""The one gate through which every verb reaches a case: load under a lock, ask the law, write the event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend.cases import facts, following, log, reading, scope
from backend.domain import approval
from backend.domain.case import MOVES, next_step
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from shared_schemas.case import Case
from shared_schemas.people import CitizenActor, OfficerActor, SystemActor
from shared_schemas.signing import Behalf
from shared_schemas.vocabulary import Verb

CHANNEL = "case_changed"


async def load_for(
    verb: Verb, case_no: str, by: CitizenActor | OfficerActor | SystemActor, now: datetime, *, seen: int | None = None
) -> Case:
    """The case, locked until the transaction ends, if `by` may do `verb` to it now.

    `seen` is the `seq` the actor had before their eyes. Raises Refusal("case.not_found"),
    Refusal("case.moved_meanwhile", who, did, at) when somebody was faster, and what `approval.check` raises.
    """
    case = await _locked(case_no, by)
    if seen not in (None, case.seq):
        raise await _moved(case, verb)
    if (case.step, verb) not in MOVES:
        approval.refuse_while_waiting(case.step, verb)
        raise await _moved(case, verb)
    if isinstance(by, CitizenActor):
        approval.check_citizen(await facts.load(case), verb)
    elif isinstance(by, OfficerActor):
        case = msgspec.structs.replace(case, behalf=await _check(case, by, verb, now))
    return case


async def _check(case: Case, officer: OfficerActor, verb: Verb, now: datetime) -> Behalf | None:
    """As `approval.check`; in whose place the officer acts. Who tries what is not his leaves a line in the audit trail."""
    known = await facts.load(case)
    try:
        approval.check(known, officer, verb, now)
    except Refusal as refusal:
        if refusal.code.startswith("approval."):
            why = refusal.code
            await db.when_over(
                lambda: audit(officer, "case.verb_refused", now=now, case_no=case.case_no, verb=verb, why=why)
            )
        if refusal.code == "case.taken_by":
            at = await log.last_at(case.id, Verb.TAKE)
            raise Refusal(refusal.code, **refusal.facts, at=at) from None
        raise
    return approval.behalf_of(known, officer, verb, now)


async def _locked(case_no: str, by: CitizenActor | OfficerActor | SystemActor) -> Case:
    owner = by.id if isinstance(by, CitizenActor) else None
    row = await db.fetchrow(
        f"SELECT {reading.COLUMNS} FROM case_file "
        "WHERE case_no = $1 AND ($2::bigint IS NULL OR citizen = $2) FOR UPDATE",
        case_no,
        owner,
    )
    # Before anything is said of it: a refusal that names step or department would tell that there is such a case.
    if row is None:
        raise Refusal("case.not_found")
    case = reading.case_of(row)
    if isinstance(by, OfficerActor) and not await scope.may_reach(case, by):
        raise Refusal("case.not_found")
    return case


async def _moved(case: Case, verb: Verb) -> Refusal:
    last = await log.last_of(case.id)
    zh, en = {"citizen": ("申请人", "the applicant"), "system": ("系统", "the system")}.get(
        last.by_kind, (last.by_name, last.by_name)
    )
    return Refusal("case.moved_meanwhile", who=zh, who_en=en, did=last.verb, at=last.at, step=case.step, verb=verb)


async def record(
    case: Case,
    verb: Verb,
    *,
    by: CitizenActor | OfficerActor | SystemActor,
    at: datetime,
    particulars: dict[str, Any] | None = None,
    **changes: Any,
) -> Case:
    """Append the event of `verb` and bring the case row up to date; inside the caller's transaction.

    `changes` are columns of the case row by their names in `Case`. `particulars` must hold no personal data: they
    are hashed, shown to auditors and never erased. Returns the case as it now is.
    """
    step = next_step(case.step, verb)
    if verb is Verb.CLOSE:
        changes["ended_as"] = case.step
    if step is not case.step:
        changes["step_since"] = at
    previous = await log.last_of(case.id)
    particulars = dict(particulars or {})
    if case.behalf and isinstance(by, OfficerActor):
        particulars["behalf"] = msgspec.to_builtins(case.behalf)
    event = log.line(case.case_no, case.seq + 1, verb, by, at, particulars, previous.hash)
    await log.append(case, event)
    changed = msgspec.structs.replace(case, step=step, seq=event.seq, **changes)
    names = ["step", "seq", *changes]
    sets = ", ".join(f"{name} = ${i}" for i, name in enumerate(names, start=2))
    await db.execute(f"UPDATE case_file SET {sets} WHERE id = $1", case.id, *(getattr(changed, name) for name in names))
    await following.along(verb, changed, at)
    # One NOTIFY a change and none at filing: nobody can be watching a code that was not printed yet.
    await announce(changed, verb)
    return changed


async def announce(case: Case, act: str) -> None:
    """Tell open pages, once this is committed, that `act` was done to the case: a verb, or what is no line of its log."""
    await db.execute("SELECT pg_notify($1, $2)", CHANNEL, f"{case.id}:{case.seq}:{case.department}:{act}")
