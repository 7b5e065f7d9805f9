"""Who stands at the window, as a clerk takes them down."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from shared_schemas.draft import DraftId
from shared_schemas.id_kind import IdKind

Typed = Annotated[str, Meta(max_length=200)]


class WalkIn(Struct, frozen=True, forbid_unknown_fields=True):
    """What begins an intake at the window. `org_name` and `uscc` count only for a company. `id` is as in `DraftStart`.

    `is_uscc_checked`: the clerk compared the credit code with the licence, so that its check digit does not matter.
    """

    matter: Annotated[str, Meta(min_length=1, max_length=50)]
    name: Typed
    id_number: Typed
    mobile: Typed
    filed_for: Literal["self", "company"] = "self"
    id_kind: IdKind = IdKind.RESIDENT
    org_name: Typed = ""
    uscc: Typed = ""
    is_uscc_checked: bool = False
    id: DraftId | None = None
