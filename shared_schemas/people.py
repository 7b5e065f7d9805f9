"""Who acts: a citizen, an officer, or the hall's own machinery. The actor is an argument, never ambient."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from shared_schemas.signing import Behalf
from shared_schemas.vocabulary import ApprovalMode, Role, Tier


class Authority(Struct, frozen=True, forbid_unknown_fields=True):
    """What an approver may sign: a tier, for one department, for some modes, in a span of days.

    `matter` None means every matter of the department. Both days count. `cap`: only cases whose form has no number
    `cap_field`, or one that is not more. `behalf`: it was lent, by a delegation or by an absence.
    """

    tier: Tier
    department: str
    modes: frozenset[ApprovalMode]
    matter: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    cap_field: str | None = None
    cap: Decimal | None = None
    behalf: Behalf | None = None


class CitizenActor(Struct, frozen=True, tag="citizen"):
    """A signed-in citizen, perhaps wearing a company's hat.

    `id_index` is the blind index of the ID number (None until real-name verified); it is what
    conflict-of-interest checks compare, never the number. `only_draft`: at a kiosk, for this draft and nothing else.
    """

    id: int
    name: str
    mobile: str
    id_index: str | None = None
    company_id: int | None = None
    company_name: str | None = None
    only_draft: str | None = None

    @property
    def is_verified(self) -> bool:
        """Whether the real name and ID number are on record."""
        return self.id_index is not None


class OfficerActor(Struct, frozen=True, tag="officer"):
    """A signed-in member of staff with roles, department and letters of authority.

    `kin` are blind indexes of the ID numbers of the officer and of declared near relatives,
    `companies` the credit codes in which the officer declared an interest (回避). `stands_in` are the absent officers in
    whose place this one may act by now (AB 岗).
    """

    id: int
    name: str
    staff_no: str
    roles: frozenset[Role]
    department: str | None = None
    window: int | None = None
    phone: str = ""
    authorities: tuple[Authority, ...] = ()
    kin: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    stands_in: frozenset[int] = frozenset()

    def has(self, role: Role) -> bool:
        """Whether the officer holds `role`."""
        return role in self.roles


class SystemActor(Struct, frozen=True, tag="system"):
    """The hall itself: a scheduled job or an automatic step."""

    name: str = "system"


Actor = CitizenActor | OfficerActor | SystemActor
