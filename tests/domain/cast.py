"""Everybody who may come near a case in the machine: all roles, every tier twice and more, relatives, other departments."""

from decimal import Decimal

from shared_schemas.people import OfficerActor
from shared_schemas.signing import Behalf, BehalfHow
from shared_schemas.vocabulary import ApprovalMode, Role, Tier
from tests.domain.staff import DEPARTMENT, EVERYBODY, MATTER, RELATIVE, approver, letter, officer

ELSEWHERE, THIRD_DEPARTMENT = "hjj", "xfj"
SURVEYORS = tuple(officer(number, Role.SURVEYOR, department=DEPARTMENT) for number in (71, 72, 73))
# One pair of hands for everything: whom the separation of acceptance, survey and decision is about.
JACK = officer(
    74, Role.ACCEPTANCE_CLERK, Role.SURVEYOR, Role.APPROVER, authorities=(letter(Tier.CHIEF),), department=DEPARTMENT
)
SUPERVISOR = officer(81, Role.SUPERVISOR)
DEPARTMENT_OFFICERS = tuple(
    officer(number, Role.DEPARTMENT_OFFICER, department=department)
    for number, department in ((82, ELSEWHERE), (83, THIRD_DEPARTMENT), (84, DEPARTMENT))
)
# Letters that don't fit: another department's, another matter's, one mode's, one that is over.
MISFITS = (
    approver(91, Tier.CHIEF, authorities=(letter(Tier.CHIEF, department=ELSEWHERE),), department=ELSEWHERE),
    approver(92, Tier.CHIEF, authorities=(letter(Tier.CHIEF, matter="scj-99"),), department=DEPARTMENT),
    approver(93, Tier.CHIEF, authorities=(letter(Tier.CHIEF, modes=frozenset({ApprovalMode.SOLE})),)),
    approver(94, Tier.SECOND, authorities=(letter(Tier.SECOND, matter=MATTER),)),
    approver(95, Tier.CHIEF, authorities=()),
)
# In the place of others: a second tier's letter lent to a third, a clerk for an absent clerk, and one up to a cap only.
LENT = Behalf("员21", BehalfHow.DELEGATION)
DEPUTIES = (
    approver(97, Tier.THIRD, authorities=(letter(Tier.THIRD), letter(Tier.SECOND, behalf=LENT)), department=DEPARTMENT),
    officer(98, Role.ACCEPTANCE_CLERK, stands_in=frozenset({1, 2})),
    approver(
        99, Tier.CHIEF, authorities=(letter(Tier.CHIEF, cap_field="area", cap=Decimal(100)),), department=DEPARTMENT
    ),
)
PARTNER = approver(96, Tier.CHIEF, companies=frozenset({"91330402MA00000001"}))
CAST: tuple[OfficerActor, ...] = (
    *EVERYBODY,
    *SURVEYORS,
    JACK,
    SUPERVISOR,
    *DEPARTMENT_OFFICERS,
    *MISFITS,
    *DEPUTIES,
    PARTNER,
)
BY_ID = {each.id: each for each in CAST}
APPLICANTS, COMPANIES = RELATIVE.kin, PARTNER.companies
DEPARTMENTS = (DEPARTMENT, ELSEWHERE, THIRD_DEPARTMENT)


def fresh(number: int) -> tuple[OfficerActor, ...]:
    """Colleagues who have nothing to do with the case yet: a clerk, a surveyor, one of each tier, one of each department."""
    return (
        officer(number, Role.ACCEPTANCE_CLERK),
        officer(number + 1, Role.SUPERVISOR),
        *(approver(number + 2 + place, tier, department=DEPARTMENT) for place, tier in enumerate(Tier)),
        *(
            officer(number + 5 + place, Role.DEPARTMENT_OFFICER, department=department)
            for place, department in enumerate(DEPARTMENTS)
        ),
    )
