"""What nobody may ever get past, judged from the log alone: DOMAIN.md's sentences, written without looking at the law's code.

`faults(life)` names what is wrong with the newest deed. Facts are not believed: who accepted, surveyed or reviewed is read
from who did it, what is open from what was begun and not ended.
"""

from __future__ import annotations

from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import ApprovalMode, Role, Tier, Verb
from tests.domain import slow
from tests.domain.life import Deed, Life
from tests.domain.past import Past

_POWER = {Tier.THIRD: 1, Tier.SECOND: 2, Tier.CHIEF: 3}
_GRANTS = {ApprovalMode.SOLE: 1, ApprovalMode.REVIEW_AND_CHECK: 2, ApprovalMode.SUBMIT: 3}
_REFUSES = {ApprovalMode.SOLE: 2, ApprovalMode.REVIEW_AND_CHECK: 2, ApprovalMode.SUBMIT: 3}
CLERKS = {
    Verb.RECEIVE, Verb.TAKE, Verb.ASK_CORRECTION, Verb.ANSWER_CORRECTION, Verb.ACCEPT, Verb.DECLINE, Verb.PROMISE,
    Verb.SUPPLY, Verb.ANSWER_SUPPLEMENT, Verb.MAIL, Verb.HAND_OVER, Verb.ARCHIVE,
}  # fmt: skip
APPROVERS = {
    Verb.REVIEW, Verb.CHECK, Verb.SEND_BACK, Verb.GRANT, Verb.REFUSE, Verb.START_PROCEDURE, Verb.END_PROCEDURE,
    Verb.ASK_EXTENSION, Verb.EXTEND, Verb.DENY_EXTENSION, Verb.TELL_HEARING, Verb.FIX_HEARING, Verb.HOLD_HEARING,
    Verb.ASK_OPINION, Verb.RECORD_MINUTES, Verb.REOPEN,
}  # fmt: skip
CITIZENS = {
    Verb.RECEIVE, Verb.ANSWER_CORRECTION, Verb.ANSWER_SUPPLEMENT, Verb.SUPPLY, Verb.WITHDRAW, Verb.DOWNLOAD, Verb.RATE,
    Verb.ASK_HEARING, Verb.WAIVE_HEARING, Verb.PROMISE,
}  # fmt: skip
JOBS = {Verb.RECEIVE, Verb.DEEM_ACCEPTED, Verb.ISSUE, Verb.CLOSE, Verb.WAIVE_HEARING, Verb.TERMINATE, Verb.ARCHIVE}
# Of officers; what stands here for nobody no officer does.
WHO: dict[Verb, set[Role]] = {
    **{verb: {Role.ACCEPTANCE_CLERK} for verb in CLERKS},
    **{
        verb: {Role.APPROVER}
        for verb in APPROVERS | {Verb.ISSUE, Verb.TERMINATE, Verb.DISPATCH_SURVEY, Verb.RECORD_BREACH}
    },
    Verb.CONCLUDE_SURVEY: {Role.SURVEYOR},
    Verb.HAND_ON: {Role.ACCEPTANCE_CLERK, Role.SUPERVISOR},
    Verb.GIVE_OPINION: {Role.APPROVER, Role.DEPARTMENT_OFFICER},
    Verb.ASK_SUPPLEMENT: {Role.ACCEPTANCE_CLERK, Role.APPROVER},
    Verb.RECUSE: {Role.ACCEPTANCE_CLERK, Role.APPROVER},
    Verb.ANSWER_RECUSAL: {Role.SUPERVISOR, Role.APPROVER},
}
DECISIONS = {Verb.GRANT, Verb.REFUSE}
_ACCEPTED = {Verb.ACCEPT, Verb.DEEM_ACCEPTED, Verb.REOPEN}
_OVER = {Verb.GRANT, Verb.REFUSE, Verb.DECLINE, Verb.WITHDRAW, Verb.TERMINATE}
# Between acceptance and decision, and nowhere else.
_UNDER_WAY = APPROVERS - {Verb.REOPEN} | {
    Verb.SUPPLY, Verb.ASK_SUPPLEMENT, Verb.ANSWER_SUPPLEMENT, Verb.ASK_HEARING, Verb.WAIVE_HEARING,
    Verb.DISPATCH_SURVEY, Verb.CONCLUDE_SURVEY, Verb.GIVE_OPINION,
}  # fmt: skip
_SIGNS = {
    Verb.REVIEW: 1, Verb.CHECK: 2, Verb.SEND_BACK: 2, Verb.START_PROCEDURE: 1, Verb.END_PROCEDURE: 1,
    Verb.ASK_EXTENSION: 1, Verb.EXTEND: 3, Verb.DENY_EXTENSION: 3, Verb.TELL_HEARING: 1, Verb.FIX_HEARING: 2,
    Verb.ASK_OPINION: 1, Verb.RECORD_MINUTES: 2, Verb.TERMINATE: 2, Verb.REOPEN: 3,
}  # fmt: skip


def faults(life: Life) -> list[str]:
    """What is against DOMAIN.md in the newest deed; empty when nothing is."""
    deed, past = life.deeds[-1], Past(life)
    found = [
        *_place(deed, past),
        *_role(deed),
        *_persons(deed, past),
        *_side_ways(deed, past),
        *_ends(deed, past, life),
    ]
    if deed.verb in DECISIONS:
        found += [*_open(deed, past), *_signature(deed, past)]
    return [f"{deed.verb} by {deed.by.id if deed.by else deed.kind}: {fault}" for fault in found]


def _place(deed: Deed, past: Past) -> list[str]:
    """Receipt, acceptance, decision, result, close: in that order."""
    verb = deed.verb
    is_accepted, is_over = bool(past.did(*_ACCEPTED)), bool(past.did(*_OVER))
    found = []
    if verb in _UNDER_WAY and not (is_accepted and not is_over):
        found.append("only between acceptance and decision")
    if verb in {Verb.TAKE, Verb.ASK_CORRECTION, Verb.ACCEPT, Verb.DECLINE, Verb.DEEM_ACCEPTED} and (
        is_accepted or is_over or past.last(Verb.ASK_CORRECTION, Verb.ANSWER_CORRECTION) is Verb.ASK_CORRECTION
    ):
        found.append("only on papers that lie with the organ, before acceptance")
    if verb in {Verb.WITHDRAW, Verb.TERMINATE, Verb.PROMISE} and is_over:
        found.append("only before the decision")
    if verb is Verb.ISSUE and past.last(Verb.GRANT, Verb.ISSUE, *_OVER) is not Verb.GRANT:
        found.append("a certificate of what was not granted")
    if (
        verb in {Verb.HAND_OVER, Verb.DOWNLOAD, Verb.MAIL}
        and past.last(Verb.ISSUE, Verb.HAND_OVER, Verb.DOWNLOAD) is not Verb.ISSUE
    ):
        found.append("nothing to collect, or collected already")
    ends = {Verb.REFUSE, Verb.DECLINE, Verb.WITHDRAW, Verb.TERMINATE, Verb.HAND_OVER, Verb.DOWNLOAD}
    if verb is Verb.CLOSE and (past.last(Verb.CLOSE, *ends) not in ends):
        found.append("closed before its end")
    if verb in {Verb.RATE, Verb.ARCHIVE, Verb.REOPEN} and not past.did(Verb.CLOSE):
        found.append("only of a closed case")
    if (verb is Verb.RATE and past.ever(verb)) or (verb is Verb.ARCHIVE and past.did(verb)):
        found.append("once")
    return found


def _role(deed: Deed) -> list[str]:
    """Who may come near the verb at all."""
    verb, by = deed.verb, deed.by
    if deed.kind == "citizen":
        return [] if verb in CITIZENS else ["no citizen does this"]
    if deed.kind == "law":
        return [] if verb in JOBS else ["no job does this"]
    assert by is not None
    return [] if by.roles & WHO.get(verb, set()) else ["not of this role"]


def _persons(deed: Deed, past: Past) -> list[str]:
    """回避, and acceptance, survey, review, check, decision in different hands."""
    by, verb, facts = deed.by, deed.verb, deed.before
    if by is None:
        return []
    found = []
    if by.kin & facts.applicants or by.companies & facts.companies:
        found.append("a relative, or a company of interest")
    if by.id in past.aside():
        found.append("stepped aside before")
    accepted, surveyed = past.who(Verb.ACCEPT, ever=True), past.who(Verb.CONCLUDE_SURVEY, ever=True)
    if verb in DECISIONS and by.id in accepted | surveyed:
        found.append("accepted or surveyed it")
    if verb in {Verb.REVIEW, Verb.CHECK} and by.id in accepted:
        found.append("accepted it")
    if verb is Verb.CONCLUDE_SURVEY and by.id in accepted:
        found.append("accepted what is surveyed")
    if verb in {Verb.CHECK, *DECISIONS} and by.id == past.standing(Verb.REVIEW):
        found.append("reviewed it")
    if verb in DECISIONS and by.id == past.standing(Verb.CHECK):
        found.append("checked it")
    in_hand = (None, by.id, *by.stands_in)
    if verb in {Verb.ACCEPT, Verb.DECLINE, Verb.ASK_CORRECTION, Verb.TAKE} and facts.handler not in in_hand:
        found.append("another clerk has it in hand")
    return found


def _signature(deed: Deed, past: Past) -> list[str]:
    """The tier of the mode, a tier higher for what surveyors disagree on; reviews and checks before it."""
    facts, by = deed.before, deed.by
    assert by is not None
    needed = (_GRANTS if deed.verb is Verb.GRANT else _REFUSES)[facts.mode]
    surveys = past.did(Verb.CONCLUDE_SURVEY)
    if (surveys and surveys[-1].given.is_conflict) or facts.is_raised:  # or the form's number is above the cap
        needed = min(needed + 1, 3)
    if past.standing(Verb.REVIEW) is not None and facts.mode is ApprovalMode.SOLE:
        needed = max(needed, 2)  # what the third tier handed up is not decided by another third tier
    found = [] if power(by, deed) >= needed else [f"needs tier {needed}"]
    if facts.mode is not ApprovalMode.SOLE and past.standing(Verb.REVIEW) is None:
        found.append("nobody reviewed it")
    if facts.mode is ApprovalMode.SUBMIT and past.standing(Verb.CHECK) is None:
        found.append("nobody checked it")
    return found


def power(by: OfficerActor, deed: Deed) -> int:
    """The highest tier of the letters that cover the case on the day; 0 for none."""
    facts = deed.before
    fitting = [
        _POWER[each.tier]
        for each in by.authorities
        if each.department == facts.department
        and (each.matter is None or each.matter == facts.matter)
        and facts.mode in each.modes
        and not (each.valid_from and deed.on < each.valid_from)
        and not (each.valid_to and deed.on > each.valid_to)
        and not (each.cap and facts.measures.get(each.cap_field or "", 0) > each.cap)
    ]
    return max(fitting, default=0)


def _open(deed: Deed, past: Past) -> list[str]:
    """Never decided with anything open that the decision rests on."""
    facts = deed.before
    found = []
    if past.last(Verb.ASK_SUPPLEMENT, Verb.ANSWER_SUPPLEMENT) is Verb.ASK_SUPPLEMENT:
        found.append("a correction is open")
    if past.last(Verb.START_PROCEDURE, Verb.END_PROCEDURE) is Verb.START_PROCEDURE:
        found.append("a special procedure is open")
    hearing = (Verb.TELL_HEARING, Verb.ASK_HEARING, Verb.WAIVE_HEARING, Verb.FIX_HEARING, Verb.HOLD_HEARING)
    if past.last(*hearing) in {Verb.TELL_HEARING, Verb.ASK_HEARING, Verb.FIX_HEARING}:
        found.append("a hearing is open")
    if deed.verb is Verb.REFUSE and facts.needs_hearing and not past.ever(Verb.TELL_HEARING):
        found.append("the applicant was not told of the hearing")
    survey = past.last(Verb.DISPATCH_SURVEY, Verb.CONCLUDE_SURVEY)
    if survey is Verb.DISPATCH_SURVEY or (facts.needs_survey and not past.ever(Verb.CONCLUDE_SURVEY)):
        found.append("a survey is missing")
    asked = [each.given.department for each in past.did(Verb.ASK_OPINION)]
    given = {each.given.department: place for place, each in enumerate(past.round) if each.verb is Verb.GIVE_OPINION}
    waiting = [
        each.given.department
        for place, each in enumerate(past.round)
        if each.verb is Verb.ASK_OPINION and given.get(each.given.department, -1) < place
    ]
    if asked and waiting:
        found.append("an opinion is waited for")
    by_rule = facts.step is not None and facts.needs[facts.mode, facts.step, deed.verb].needs_minutes
    if (facts.needs_minutes or by_rule) and not past.did(Verb.RECORD_MINUTES):
        found.append("no minutes of the collective decision")
    if deed.verb is Verb.GRANT and facts.lacks_materials:
        found.append("materials are still to follow")
    return found


def _side_ways(deed: Deed, past: Past) -> list[str]:
    """Tiers of the side ways; what is begun once, ended once, and in whose order."""
    verb, by = deed.verb, deed.by
    found = []
    needed = 3 if verb is Verb.SEND_BACK and past.standing(Verb.CHECK) is not None else _SIGNS.get(verb, 0)
    if by is not None and power(by, deed) < needed:
        found.append(f"needs tier {needed}")
    if verb is Verb.ASK_EXTENSION and past.did(verb):
        found.append("an extension is asked for once")
    if verb in {Verb.EXTEND, Verb.DENY_EXTENSION}:
        asked = past.did(Verb.ASK_EXTENSION)
        if not asked or past.did(Verb.EXTEND, Verb.DENY_EXTENSION):
            found.append("no extension waits for an answer")
        elif by is not None and asked[-1].by is not None and asked[-1].by.id == by.id:
            found.append("answers his own request")
    if verb is Verb.START_PROCEDURE:
        if past.last(Verb.START_PROCEDURE, Verb.END_PROCEDURE) is verb:
            found.append("one special procedure at a time")
        if str(deed.given.kind) not in slow.ARTICLE_45:
            found.append("not in §45")
    if verb is Verb.END_PROCEDURE and past.last(Verb.START_PROCEDURE, verb) is not Verb.START_PROCEDURE:
        found.append("nothing to end")
    return [*found, *_hearing(deed, past)]


_AFTER = {
    Verb.ASK_HEARING: {Verb.TELL_HEARING},
    Verb.WAIVE_HEARING: {Verb.TELL_HEARING},
    Verb.FIX_HEARING: {Verb.ASK_HEARING, Verb.FIX_HEARING},
    Verb.HOLD_HEARING: {Verb.FIX_HEARING},
}


def _hearing(deed: Deed, past: Past) -> list[str]:
    """§46 to §48: told once, chosen within five days by the applicant and nobody else, one thing after the other."""
    verb = deed.verb
    told = past.ever(Verb.TELL_HEARING)
    if verb is Verb.TELL_HEARING:
        return ["told once"] if past.did(verb) else []
    found = []
    if verb in _AFTER:
        so_far = past.ever(Verb.TELL_HEARING, *_AFTER)[-1].verb if told else None
        found += [] if so_far in _AFTER[verb] else [f"after {so_far}"]
    if verb in {Verb.ASK_HEARING, Verb.WAIVE_HEARING} and told:
        is_late = deed.on > slow.open_days(told[-1].on, 5)
        if deed.kind == "citizen" and is_late:
            found.append("after the five days of §47")
        if deed.kind == "law" and not is_late:
            found.append("within the five days, which are the applicant's")
    return [*found, *_presider(deed, past)]


def _presider(deed: Deed, past: Past) -> list[str]:
    """§48: who presides has not judged the case and will not."""
    fixed, by = past.ever(Verb.FIX_HEARING), deed.by
    if not fixed or by is None:
        return []
    presides = by.id == fixed[-1].given.presider
    found = []
    if deed.verb is Verb.HOLD_HEARING and not presides:
        found.append("not the presider")
    judged = past.who(Verb.ACCEPT, Verb.CONCLUDE_SURVEY) | {past.standing(Verb.REVIEW), past.standing(Verb.CHECK)}
    if deed.verb is Verb.HOLD_HEARING and by.id in judged:
        found.append("presides over what he worked on himself")
    if deed.verb in {Verb.REVIEW, Verb.CHECK, *DECISIONS} and presides:
        found.append("presides and judges")
    return found


def _ends(deed: Deed, past: Past, life: Life) -> list[str]:
    """Deemed acceptance, termination, handing on, archiving, reopening, the owner's last words."""
    verb, by, facts = deed.verb, deed.by, deed.before
    found = []
    if verb is Verb.DEEM_ACCEPTED:
        brought = past.ever(Verb.RECEIVE, Verb.ANSWER_CORRECTION)[-1].on
        if not slow.is_deemed(brought, deed.on):
            found.append("the organ may still speak")
        if life.accepted_on != brought:
            found.append("not dated back to receipt")
    if verb in {Verb.RECORD_BREACH, Verb.GRANT} and past.did(Verb.RECORD_BREACH):
        found.append("the commitment was found untrue before")
    if verb is Verb.TERMINATE and not (past.did(Verb.RECORD_BREACH) or (facts.owed_by and deed.on > facts.owed_by)):
        found.append("nothing of the applicant's is late")
    is_his = by is None or by.id == facts.first_handler or (verb is Verb.HAND_ON and by.has(Role.SUPERVISOR))
    is_anybodys = verb is Verb.ARCHIVE and facts.first_handler is None  # one that nobody ever took
    if verb in {Verb.HAND_ON, Verb.ARCHIVE} and not (is_his or is_anybodys):
        found.append("not the first handler")
    if verb is Verb.REOPEN and past.last(*_OVER) is Verb.WITHDRAW:
        found.append("nothing was decided")
    return found
