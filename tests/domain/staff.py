"""The people of the domain tests: three clerks, approvers of every tier twice, and others."""

from datetime import UTC, datetime

from backend import rulebooks
from backend.domain.approval import CaseFacts
from shared_schemas.people import Authority, OfficerActor
from shared_schemas.vocabulary import ApprovalMode, Role, Step, Tier

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
ALL_MODES = frozenset(ApprovalMode)
DEPARTMENT, MATTER = "scj", "scj-18"


def letter(tier: Tier, **changes) -> Authority:
    return Authority(**{"tier": tier, "department": DEPARTMENT, "modes": ALL_MODES, **changes})


def officer(number: int, *roles: Role, **changes) -> OfficerActor:
    return OfficerActor(id=number, name=f"员{number}", staff_no=f"N{number}", roles=frozenset(roles), **changes)


def approver(number: int, tier: Tier, **changes) -> OfficerActor:
    return officer(number, Role.APPROVER, **{"authorities": (letter(tier),), **changes})


CLERK, OTHER_CLERK, THIRD_CLERK = (officer(n, Role.ACCEPTANCE_CLERK) for n in (1, 2, 3))
THIRD, OTHER_THIRD = approver(11, Tier.THIRD), approver(12, Tier.THIRD)
SECOND, OTHER_SECOND = approver(21, Tier.SECOND), approver(22, Tier.SECOND)
CHIEF, OTHER_CHIEF = approver(31, Tier.CHIEF), approver(32, Tier.CHIEF)
# One person with two hats: exactly whom "no self-approval" is about.
CLERK_AND_SECOND = officer(41, Role.ACCEPTANCE_CLERK, Role.APPROVER, authorities=(letter(Tier.SECOND),))
RELATIVE = officer(51, Role.ACCEPTANCE_CLERK, Role.APPROVER, authorities=(letter(Tier.CHIEF),), kin=frozenset({"ab12"}))
OTHERS = tuple(officer(60 + place, role) for place, role in enumerate(Role) if role is not Role.APPROVER)
EVERYBODY = (
    CLERK,
    OTHER_CLERK,
    THIRD_CLERK,
    THIRD,
    OTHER_THIRD,
    SECOND,
    OTHER_SECOND,
    CHIEF,
    OTHER_CHIEF,
    CLERK_AND_SECOND,
    RELATIVE,
    *OTHERS,
)


def facts(step: Step | None, mode: ApprovalMode = ApprovalMode.SUBMIT, **changes) -> CaseFacts:
    return CaseFacts(
        **{
            "step": step,
            "mode": mode,
            "department": DEPARTMENT,
            "matter": MATTER,
            "needs": rulebooks.standard(),
            "applicants": frozenset({"ab12"}),
            **changes,
        }
    )
