"""A draft of a bundle (一件事) taken apart into what each of its matters receives."""

from __future__ import annotations

import msgspec

from backend import catalogue
from backend.bundles.receiving import NewPart
from backend.domain import bundle_parts, bundling
from backend.domain.bundle_parts import Whole
from backend.intake.dossier import Checked, Dossier
from backend.intake.new_case import new_case
from shared_schemas.bundle import BundlePart, PartApplicant
from shared_schemas.case import NewCase
from shared_schemas.matter import Matter
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import ApplicantKind


def cases_of(whole: Dossier, checked: Checked, first: NewCase, by: CitizenActor | OfficerActor) -> tuple[NewPart, ...]:
    """Every part of the bundle that `whole` is a draft of, in order; () for a matter of its own.

    `first` is the bundle as one: its key, draft and channel are the filing's.
    """
    chosen = catalogue.current().whole(whole.matter.code)
    if chosen is None:
        return ()
    places = {part.key: place for place, (part, _matter) in enumerate(chosen.parts)}
    after = bundle_parts.levels(chosen)
    return tuple(
        NewPart(
            part=part,
            after=tuple(places[key] for key in after[part.key]),
            brought={name: places[key] for name, key in part.brought.items() if key in places},
            case=_case(chosen, part, matter, whole, checked, first, by),
        )
        for part, matter in chosen.parts
    )


def _case(
    chosen: Whole,
    part: BundlePart,
    matter: Matter,
    whole: Dossier,
    checked: Checked,
    first: NewCase,
    by: CitizenActor | OfficerActor,
) -> NewCase:
    values = bundling.values_of(chosen, part.key, checked.values)
    own = msgspec.structs.replace(
        whole, matter=matter, values=values, given=bundling.given_of(chosen, part.key, whole.given)
    )
    key = f"{first.idempotency_key[:100]}/{part.key}"
    case = new_case(
        own,
        Checked(values, {}, {}),
        by,
        key=key,
        body_hash=first.body_hash,
        channel=first.channel,
    )
    return _for_company(case, values) if part.applicant is PartApplicant.NEW_COMPANY else case


def _for_company(case: NewCase, values: dict[str, object]) -> NewCase:
    """The company that another part brings into being applies; whoever files it speaks for it."""
    return msgspec.structs.replace(
        case,
        applicant_kind=ApplicantKind.COMPANY,
        applicant_name=str(values.get("org_name") or case.applicant_name),
        applicant_id_no=str(values.get("legal_rep_id") or "") or case.applicant_id_no,
    )
