"""现场收件: a clerk begins a filing for somebody at the window, who needs no account."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.domain.calendar import day_of
from backend.domain.forms import OVERRIDABLE
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.intake import actions, overriding, profile
from backend.people import citizens
from backend.people.audit import audit
from backend.people.sealing import id_index
from backend.people.sessions import Visitor
from shared_schemas.draft import Draft, DraftStart
from shared_schemas.faults import Fault
from shared_schemas.identity import (
    fault_in_credit_code,
    fault_in_id_document,
    fault_in_mobile,
    fault_in_name,
    plain_name,
    plain_number,
)
from shared_schemas.people import OfficerActor
from shared_schemas.reasons import sentence
from shared_schemas.vocabulary import FiledFor
from shared_schemas.walk_in import WalkIn


async def begin(told: WalkIn, *, by: OfficerActor, now: datetime, visitor: Visitor | None = None) -> Draft:
    """A draft of the officer's for any matter, online or not. An existing account of the person gets the case too.

    Raises Refusal("input.invalid") with every fault by field, "approval.conflict_of_interest" (回避: seen before
    anything is typed, not when the case is there), and those of `actions.begin_walk_in`.
    """
    name, number, mobile = plain_name(told.name), plain_number(told.id_number), plain_number(told.mobile)
    filed_for, code = FiledFor(told.filed_for), plain_number(told.uscc)
    faults = _faults(told, name, number, mobile, code, now)
    is_overridden = told.is_uscc_checked and _is_overridable(faults.get("uscc"))
    if is_overridden:
        del faults["uscc"]
    if faults:
        raise Refusal("input.invalid", errors={field: sentence(fault, language()) for field, fault in faults.items()})
    index = id_index(told.id_kind, number)
    is_company = filed_for is FiledFor.COMPANY
    if index.hex() in by.kin or (is_company and code in by.companies):
        raise Refusal("approval.conflict_of_interest")
    known = profile.of_walk_in(filed_for, name, told.id_kind, number, mobile)
    if is_company:
        values = {**known.values, "org_name": told.org_name.strip(), "uscc": code}
        known = profile.Prefill(values, known.locked, {"uscc": code} if is_overridden else {})
    account = await citizens.by_id_index(index)
    async with db.transaction():
        draft = await actions.begin_walk_in(
            by, DraftStart(told.matter, filed_for, id=told.id), known, now, citizen=account
        )
        await audit(by, "intake.begun", now=now, citizen=account, visitor=visitor, matter=told.matter)
        if is_overridden:
            await audit(by, overriding.WHAT, now=now, visitor=visitor, draft=draft.id, field="uscc")
    return draft


def _faults(told: WalkIn, name: str, number: str, mobile: str, code: str, now: datetime) -> dict[str, Fault]:
    missing = Fault("field.missing")
    found: dict[str, Fault | None] = {
        "id_number": fault_in_id_document(told.id_kind, number, day_of(now)) if number else missing,
        "name": fault_in_name(name),
        "mobile": fault_in_mobile(mobile) if mobile else missing,
    }
    if told.filed_for == FiledFor.COMPANY:
        found["org_name"] = None if 2 <= len(told.org_name.strip()) <= 100 else missing
        found["uscc"] = fault_in_credit_code(code) if code else missing
    return {field: fault for field, fault in found.items() if fault is not None}


def _is_overridable(fault: Fault | None) -> bool:
    return fault is not None and fault.code in OVERRIDABLE


def may_override(code: str) -> bool:
    """Whether this credit code fails nothing but its check digit, so that the page offers the clerk's tick."""
    return _is_overridable(fault_in_credit_code(plain_number(code)))
