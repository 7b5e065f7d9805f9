"""From a complete dossier to what receipt needs of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backend.documents.characters import missing_characters
from backend.domain import materials
from backend.domain.forms import OWN
from backend.intake import dossier, profile, whom
from backend.intake.dossier import FORM_FILE, Checked, Dossier
from shared_schemas.case import NewCase, NewMaterial
from shared_schemas.id_kind import IdKind
from shared_schemas.matter import Matter
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Channel, Delivery, GivenHow

_ELECTRONIC = "电子证照"
_MOST_RARE = 60


def new_case(
    whole: Dossier, checked: Checked, by: CitizenActor | OfficerActor, *, key: str, body_hash: bytes, channel: Channel
) -> NewCase:
    """The case that a dossier becomes: who applies, by what the form and the hall know; answers and papers."""
    matter, values = whole.matter, checked.values
    kind = profile.kind_for(whole.filed_for)

    # A matter's own question may be called "name" too and mean a shop's: only the shared groups say who applies.
    shared = {q.path for q in dossier.questions(matter.form) if q.topic != OWN}

    def told(*names: str) -> str | None:
        found = ((values.get(n) if n in shared else None) or whole.known.get(n) for n in names)
        return next((str(value) for value in found if value), None)

    is_company = told("uscc") is not None and whole.filed_for is whole.filed_for.COMPANY
    name = told("org_name", "legal_rep_name") if is_company else told("name", "agent_name", "org_name")
    if "delivery_mode" in values:
        delivery = Delivery.DOWNLOAD if values["delivery_mode"] == _ELECTRONIC else Delivery.WINDOW
    else:
        delivery = whole.delivery
    return NewCase(
        matter=matter.code,
        matter_version=matter.version,
        matter_name=matter.name,
        department=matter.department,
        department_no=department_no(matter),
        mode=matter.approval_mode,
        channel=channel,
        delivery=delivery,
        filed_for=whole.filed_for,
        applicant_kind=kind,
        applicant_name=name or (by.name if isinstance(by, CitizenActor) else ""),
        form=values,
        owner=whole.owner,
        idempotency_key=key,
        body_hash=body_hash,
        materials=_materials(whole, values),
        applicant_id_no=told("agent_id", "legal_rep_id") if is_company else told("id_no", "agent_id"),
        applicant_id_kind=_id_kind("" if is_company else told("id_type") or ""),
        mobile=(mobile := told("mobile", "agent_mobile")),
        told=whom.told(whole.told, whole.citizen, mobile, told("agent_mobile")),
        credit_code=told("uscc") if is_company else None,
        citizen=whole.citizen,
        company=whole.company,
        draft=whole.draft,
        rare_characters="".join(missing_characters("".join(_texts([name, values]))))[:_MOST_RARE],
    )


def department_no(matter: Matter) -> str:
    """The two digits that stand for the matter's department in a case number."""
    return matter.local_code[6:8] if matter.local_code[6:8].isdigit() else "00"


def _id_kind(word: str) -> IdKind:
    """The kind of document the form names (居民身份证 …); company forms don't ask and mean the resident card."""
    return next((kind for kind in IdKind if kind.zh == word), IdKind.RESIDENT)


def _materials(whole: Dossier, values: dict[str, Any]) -> tuple[NewMaterial, ...]:
    given = {each.key: each for each in whole.given}
    found = [
        NewMaterial(m.key, m.name, place, materials.is_needed(m), given[m.key].how, given[m.key].uploads)
        for place, m in enumerate(whole.matter.materials)
        if m.key in given
    ]
    files = dossier.form_files(whole.matter, values)
    titles = {q.path: q.field.zh for q in dossier.questions(whole.matter.form)}
    return (
        *found,
        *(
            NewMaterial(
                f"{FORM_FILE}{key}"[:40],
                titles[key],
                len(whole.matter.materials) + place,
                False,
                GivenHow.UPLOAD,
                tuple(ids),
            )
            for place, (key, ids) in enumerate(files.items())
        ),
    )


def _texts(value: Any) -> Iterator[str]:
    """Every text inside an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
