"""谁能办下一步: for every act the case's step knows, who may do it now, and of the others why not, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from msgspec import Struct

from backend.domain import approval, beside
from backend.domain.authority import CaseFacts
from backend.domain.case import BESIDE, verbs_from
from backend.domain.refusal import Refusal
from backend.i18n import gettext as _
from backend.i18n import language
from backend.problems import problem_of
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role, Verb

_HALLS_OWN = frozenset({Verb.CLOSE, Verb.DEEM_ACCEPTED})
# What stands in everybody's way is where the case stands, whoever asks; these two say so too.
_OF_THE_CASE = frozenset({"approval.wrong_mode", "approval.not_asked"})
_ONWARD = frozenset({Verb.REVIEW, Verb.CHECK, Verb.GRANT, Verb.REFUSE})
# What every officer is told of an act that is no officer's.
_NOBODYS = frozenset({"approval.wrong_role", "approval.conflict_of_interest"})


class Reason(Struct, frozen=True):
    """Why some may not, and who they are; `code` is that of the refusal."""

    code: str
    said: str
    officers: tuple[str, ...]


class Power(Struct, frozen=True):
    """One act. `who` is officer, applicant or hall; `behalf` says with whose authority, by name of who may.

    `is_blocked`: nobody may, because of where the case stands; `is_idle`: and nobody waits for it.
    """

    verb: Verb
    who: str
    may: tuple[str, ...] = ()
    behalf: dict[str, str] = {}
    may_not: tuple[Reason, ...] = ()
    is_blocked: bool = False
    is_idle: bool = False


def _words() -> Mapping[str, Callable[[], str]]:
    """What stands in an officer's way, said of somebody else; everything else is said by the refusal itself."""
    return MappingProxyType(
        {
            "approval.wrong_mode": lambda: _("这种审批方式不在这一步办"),
            "approval.wrong_role": lambda: _("岗位不办这一步"),
            "approval.out_of_scope": lambda: _("授权书不包括这件：部门、事项、审批方式或日期对不上"),
            "approval.above_cap": lambda: _("授权书有限额，这件超了"),
            "approval.tier_too_low": lambda: _("层级不够"),
            "approval.conflict_of_interest": lambda: _("要回避"),
            "approval.accepted_it_yourself": lambda: _("这件是他受理的，审查和决定要换人"),
            "approval.surveyed_it_yourself": lambda: _("这件是他去勘查的，决定要换人"),
            "approval.reviewer_is_checker": lambda: _("这件是他初审的，后面要换人"),
            "approval.checker_is_decider": lambda: _("这件是他复核的，决定要换人"),
            "approval.asked_it_yourself": lambda: _("是他请求的，批不批由别人定"),
            "approval.not_the_decider": lambda: _("谁决定谁制证"),
            "approval.not_the_presider": lambda: _("不是指定的主持人"),
            "approval.not_your_survey": lambda: _("这次勘查没派他"),
            "approval.not_asked": lambda: _("没有征求他们部门的意见"),
            "approval.not_the_handler": lambda: _("不是首办责任人"),
            "case.taken_by": lambda: _("别人接手了"),
            "case.already_yours": lambda: _("已经在他手上"),
        }
    )


def of(case: CaseFacts, officers: list[OfficerActor], now: datetime) -> list[Power]:
    """Every act of the step, those that somebody may do first."""
    found = [_power(case, verb, officers, now) for verb in verbs_from(case.step) if _exists(verb)]
    return sorted(
        [power for power in found if power is not None],
        key=lambda power: (power.verb in BESIDE, not power.may and power.who == "officer"),
    )


def _exists(verb: Verb) -> bool:
    """Whether anybody can do it at all: a side way without a check has no action yet."""
    is_side_way = verb in BESIDE or verb in (Verb.TERMINATE, Verb.ARCHIVE, Verb.REOPEN)
    return not is_side_way or verb in beside.CHECKS or verb in beside.CITIZENS


def _power(case: CaseFacts, verb: Verb, officers: list[OfficerActor], now: datetime) -> Power | None:
    """None for an act of the applicant's that is not open to him either."""
    if verb in _HALLS_OWN:
        return Power(verb, "hall")
    may: dict[str, str] = {}
    refused: dict[str, tuple[Refusal, list[str]]] = {}
    for officer in officers:
        try:
            approval.check(case, officer, verb, now)
        except Refusal as refusal:
            if _concerns(officer, case, refusal):
                refused.setdefault(refusal.code, (refusal, []))[1].append(_name(officer))
        else:
            behalf = approval.behalf_of(case, officer, verb, now)
            may[_name(officer)] = behalf.label(language()) if behalf else ""
    if _is_applicants(case, verb) and not may:
        return Power(verb, "applicant")
    if not may and set(refused) <= _NOBODYS:
        return None
    reasons = tuple(Reason(code, _said(refusal), tuple(names)) for code, (refusal, names) in refused.items())
    of_the_case = {code for code in refused if code.startswith("case.") or code in _OF_THE_CASE}
    is_blocked = not may and bool(of_the_case)
    is_idle = is_blocked and not (verb in _ONWARD and of_the_case - _OF_THE_CASE)
    behalf = {name: how for name, how in may.items() if how}
    return Power(verb, "officer", tuple(may), behalf, reasons, is_blocked, is_idle)


def _is_applicants(case: CaseFacts, verb: Verb) -> bool:
    return verb in approval.citizen_verbs(case, is_owner=True)


def _concerns(officer: OfficerActor, case: CaseFacts, refusal: Refusal) -> bool:
    """Twenty clerks who may not sign tell nothing; people of the department, and whoever holds a letter for it, do."""
    is_ours = officer.department == case.department or any(
        letter.department == case.department for letter in officer.authorities
    )
    return refusal.code != "approval.wrong_role" or (is_ours and not officer.has(Role.SUPERVISOR))


def _name(officer: OfficerActor) -> str:
    return f"{officer.name} {officer.staff_no}"


def _said(refusal: Refusal) -> str:
    words = _words().get(refusal.code)
    return words() if words else problem_of(refusal).detail
