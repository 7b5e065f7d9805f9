"""What the hall knows already: the values a new draft starts with, and which of them are not typed but proved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from backend.domain.forms import questions
from backend.domain.refusal import Refusal
from backend.people import companies, family
from backend.people import profile as people
from shared_schemas.draft import DraftStart
from shared_schemas.form import FormDefinition
from shared_schemas.id_kind import IdKind
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import ApplicantKind, FiledFor

PERSON_OPTION = "自然人"
COMPANY_OPTION = "法人或其他组织"


class Prefill(Struct, frozen=True):
    """Answers to start with; `locked` ones come from a proved identity and can't be typed over.

    `overrides` are credit codes that a clerk compared with the licence, by question.
    """

    values: dict[str, Any]
    locked: tuple[str, ...] = ()
    overrides: dict[str, str] = {}


class _Person(Struct, frozen=True):
    name: str
    id_kind: IdKind
    id_number: str


def kind_for(filed_for: FiledFor) -> ApplicantKind:
    """Whether a person or a company applies."""
    return ApplicantKind.COMPANY if filed_for is FiledFor.COMPANY else ApplicantKind.PERSON


async def of_citizen(citizen: CitizenActor, start: DraftStart, now: datetime) -> Prefill:
    """The values for a citizen who files for themselves, for a company or for a parent or child.

    Raises Refusal("people.identity_needed"), "people.hat_unknown", "people.relative_unknown": whoever it is filed
    for must be in the citizen's own profile.
    """
    record = await people.person(citizen.id)
    if record.id_kind is None or not record.id_number:
        raise Refusal("people.identity_needed")
    own = _Person(record.name, record.id_kind, record.id_number)
    match start.filed_for:
        case FiledFor.COMPANY:
            return await _company(citizen, own, start.company, now)
        case FiledFor.PARENT | FiledFor.CHILD:
            return await _relative(citizen, own, start)
        case FiledFor.SELF:
            return _person(own, citizen.mobile, record.address)
        case _:
            other: dict[str, Any] = {"applicant_kind": PERSON_OPTION, "has_agent": True}
            return Prefill(
                other | _agent(own, citizen.mobile),
                ("has_agent", "agent_name", "agent_id"),
            )


def of_walk_in(filed_for: FiledFor, name: str, id_kind: IdKind, id_number: str, mobile: str) -> Prefill:
    """The values a clerk has just taken down at the window; nothing is locked, the clerk has the card in hand."""
    if filed_for is FiledFor.COMPANY:
        return Prefill(
            {"applicant_kind": COMPANY_OPTION, "has_agent": True, "mobile": mobile}
            | {"agent_name": name, "agent_id": id_number, "agent_mobile": mobile}
        )
    return Prefill(_person(_Person(name, id_kind, id_number), mobile, "").values)


def only_asked(prefill: Prefill, form: FormDefinition) -> Prefill:
    """Of `prefill`, what this form asks for."""
    asked = {question.path for question in questions(form)}
    values = {key: value for key, value in prefill.values.items() if key in asked and value not in ("", None)}
    return Prefill(values, tuple(key for key in prefill.locked if key in values))


def _person(person: _Person, mobile: str, address: str) -> Prefill:
    return Prefill(
        {
            "applicant_kind": PERSON_OPTION,
            "name": person.name,
            "id_type": person.id_kind.label("zh"),
            "id_no": person.id_number,
            "mobile": mobile,
            "address": address,
            "has_agent": False,
        },
        ("applicant_kind", "name", "id_type", "id_no", "has_agent"),
    )


def _agent(own: _Person, mobile: str) -> dict[str, Any]:
    return {"agent_name": own.name, "agent_id": own.id_number, "agent_mobile": mobile}


async def _relative(citizen: CitizenActor, own: _Person, start: DraftStart) -> Prefill:
    relative = next((r for r in await family.of(citizen.id) if r.id == start.dependent), None)
    if relative is None or relative.kind is not start.filed_for:
        raise Refusal("people.relative_unknown")
    person = _person(_Person(relative.name, relative.id_kind, relative.id_number), citizen.mobile, "")
    if start.filed_for is FiledFor.CHILD:  # a parent acts by law, not by a letter of authority (民法典 §27)
        return person
    return Prefill(
        {**person.values, "has_agent": True, **_agent(own, citizen.mobile)},
        (*person.locked, "agent_name", "agent_id"),
    )


async def _company(citizen: CitizenActor, own: _Person, company: int | None, now: datetime) -> Prefill:
    hat = next((h for h in await companies.hats(citizen.id, now) if h.id == company), None)
    if hat is None:
        raise Refusal("people.hat_unknown")
    is_chief = hat.capacity is companies.Capacity.LEGAL_REPRESENTATIVE
    values: dict[str, Any] = {
        "applicant_kind": COMPANY_OPTION,
        "org_name": hat.name,
        "uscc": hat.credit_code,
        "legal_rep_name": hat.legal_representative or "",
        "mobile": citizen.mobile,
        "has_agent": not is_chief,
    }
    if is_chief:
        values |= {"legal_rep_id": own.id_number}
    else:
        values |= _agent(own, citizen.mobile)
    locked = ("applicant_kind", "org_name", "uscc", "has_agent", *(("legal_rep_id",) if is_chief else ()))
    return Prefill(values, locked)
