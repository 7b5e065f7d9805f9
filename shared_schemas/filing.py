"""What a person files: the matter, the form's answers, and how each material is given."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from shared_schemas.notice import WhoIsTold
from shared_schemas.vocabulary import Delivery, FiledFor, GivenHow


class GivenMaterial(Struct, frozen=True, forbid_unknown_fields=True):
    """One material of the matter, by its key, and the uploads given for it (upload ids, in page order)."""

    key: Annotated[str, Meta(max_length=40)]
    how: GivenHow
    uploads: Annotated[tuple[Annotated[str, Meta(max_length=36)], ...], Meta(max_length=30)] = ()


class Filing(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole filing in one piece, as the JSON API takes it and as a draft becomes.

    `form` maps field keys of the matter's form to values. `matter_version` is the version the form was
    filled for; None means "the current one". `declared` is the applicant's declaration of truth.
    `company` and `dependent` are ids from the citizen's own profile.
    """

    matter: Annotated[str, Meta(max_length=50)]
    form: dict[str, Any]
    materials: Annotated[tuple[GivenMaterial, ...], Meta(max_length=60)] = ()
    filed_for: FiledFor = FiledFor.SELF
    company: int | None = None
    dependent: int | None = None
    delivery: Delivery = Delivery.DOWNLOAD
    matter_version: int | None = None
    declared: bool = False
    told: WhoIsTold = WhoIsTold.HELPER
