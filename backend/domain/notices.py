"""What a citizen is told: which act, to whom and how loudly. The words are in `notice_words`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from msgspec import Struct

from backend.domain import clock
from backend.domain.calendar import Calendar
from shared_schemas.notice import ChannelName, NoticeKind, NoticeTopic, Party, WhoIsTold
from shared_schemas.vocabulary import Verb

Facts = dict[str, str | int]

_REMIND_BEFORE = timedelta(days=1)  # [L] the day before a correction is due
# [L] what happened longer ago stands in the inbox and rings nobody: a restored or newly furnished hall stays silent.
OLD_NEWS = timedelta(days=1)

# What an act makes known. None: the hall's own business, or what its doer has just read on the page.
TELLS: Mapping[Verb, NoticeKind | None] = MappingProxyType(
    {
        Verb.RECEIVE: NoticeKind.RECEIVED,
        Verb.TAKE: None,
        Verb.ASK_CORRECTION: NoticeKind.CORRECTION_ASKED,
        Verb.ANSWER_CORRECTION: NoticeKind.ANSWERED,
        Verb.ACCEPT: NoticeKind.ACCEPTED,
        Verb.DEEM_ACCEPTED: NoticeKind.DEEMED_ACCEPTED,
        Verb.DECLINE: NoticeKind.DECLINED,
        Verb.ASK_SUPPLEMENT: NoticeKind.SUPPLEMENT_ASKED,
        Verb.ANSWER_SUPPLEMENT: NoticeKind.SUPPLEMENT_ANSWERED,
        Verb.REVIEW: None,
        Verb.CHECK: None,
        Verb.SEND_BACK: None,
        Verb.GRANT: NoticeKind.GRANTED,
        Verb.REFUSE: NoticeKind.REFUSED,
        Verb.ISSUE: NoticeKind.CERTIFICATE_READY,
        Verb.MAIL: NoticeKind.MAILED,
        Verb.HAND_OVER: NoticeKind.COLLECTED,
        Verb.DOWNLOAD: NoticeKind.COLLECTED,
        Verb.WITHDRAW: NoticeKind.WITHDRAWN,
        Verb.CLOSE: NoticeKind.CLOSED,
        Verb.RATE: None,
        Verb.PROMISE: None,
        Verb.SUPPLY: None,
        Verb.RECORD_BREACH: NoticeKind.BREACH,
        Verb.START_PROCEDURE: NoticeKind.PROCEDURE_STARTED,
        Verb.END_PROCEDURE: NoticeKind.PROCEDURE_ENDED,
        Verb.ASK_EXTENSION: None,
        Verb.EXTEND: NoticeKind.EXTENDED,
        Verb.DENY_EXTENSION: None,
        Verb.TELL_HEARING: NoticeKind.HEARING_TOLD,
        Verb.ASK_HEARING: None,
        Verb.WAIVE_HEARING: None,
        Verb.FIX_HEARING: NoticeKind.HEARING_FIXED,
        Verb.HOLD_HEARING: None,
        Verb.DISPATCH_SURVEY: NoticeKind.SURVEY_OFFERED,
        Verb.CONCLUDE_SURVEY: NoticeKind.SURVEYED,
        Verb.ASK_OPINION: None,
        Verb.GIVE_OPINION: None,
        Verb.RECORD_MINUTES: None,
        Verb.HAND_ON: None,
        Verb.RECUSE: None,
        Verb.ANSWER_RECUSAL: None,
        Verb.TERMINATE: NoticeKind.TERMINATED,
        Verb.ARCHIVE: None,
        Verb.REOPEN: NoticeKind.REOPENED,
    }
)

# What is switched on until a person chooses otherwise. [L] A text message costs and interrupts: not for mere progress.
_BY_DEFAULT: Mapping[NoticeTopic, frozenset[ChannelName]] = MappingProxyType(
    {
        NoticeTopic.YOUR_MOVE: frozenset(ChannelName),
        NoticeTopic.RESULT: frozenset(ChannelName),
        NoticeTopic.PROGRESS: frozenset({ChannelName.PUSH}),
    }
)
# Never on a locked screen: the certificate's page, or a closing that follows a decision, says it already.
_INBOX_ONLY = frozenset({NoticeKind.CLOSED})


# Under which name an event keeps the day that its notice is about; a survey has none while the applicant may choose.
_DAY_IN: Mapping[NoticeKind, str] = MappingProxyType(
    {
        NoticeKind.HEARING_TOLD: "choose_by",
        NoticeKind.HEARING_FIXED: "held_on",
        NoticeKind.SURVEY_OFFERED: "visit_on",
    }
)


def is_wanted(topic: NoticeTopic, channel: ChannelName, chosen: Mapping[tuple[str, str], bool]) -> bool:
    """Whether a person hears of `topic` through `channel`; `chosen` holds what they decided by (topic, channel)."""
    return chosen.get((topic, channel), channel in _BY_DEFAULT[topic])


def is_loud(kind: NoticeKind, verb: Verb | None, *, is_own_act: bool, age: timedelta) -> bool:
    """Whether a notice leaves the inbox at all.

    What a person has just done rings no bell, but that the hall has a filing does: it may have left a phone by itself,
    hours after it was written.
    """
    if kind in _INBOX_ONLY or age > OLD_NEWS:
        return False
    return not is_own_act or verb is Verb.RECEIVE


class Addressee(Struct, frozen=True):
    """One who is told: by account (`citizen`), or as the applicant by the number of the form (None).

    `is_loud` False: it stands in the inbox, and somebody else is told through the channels.
    """

    party: Party
    citizen: int | None
    is_loud: bool


def addressees(
    who: WhoIsTold,
    owner: int | None,
    applicant: int | None,
    *,
    has_own_number: bool,
    has_helper_number: bool = False,
) -> list[Addressee]:
    """Who is told of a case.

    `owner` is the account that filed, `applicant` that of the person it was filed for, if they have one.
    `has_own_number`: the form names a number that is not the owner's. `has_helper_number`: somebody without an account
    filed at a window and left another number.
    """
    other = None if applicant == owner else applicant
    tells_applicant = (other is not None or has_own_number) and (who is not WhoIsTold.HELPER or owner is None)
    found: list[Addressee] = []
    if owner is None and has_helper_number and who is not WhoIsTold.APPLICANT:
        found.append(Addressee(Party.OWNER, None, is_loud=True))
        tells_applicant = tells_applicant and who is WhoIsTold.BOTH
    if owner is not None:
        found.append(Addressee(Party.OWNER, owner, who is not WhoIsTold.APPLICANT or not tells_applicant))
    if tells_applicant:
        found.append(Addressee(Party.APPLICANT, other, is_loud=True))
    return found


def facts_of(
    kind: NoticeKind, particulars: Mapping[str, object], on: date, promised_due_on: date | None, calendar: Calendar
) -> Facts:
    """What the words of a notice need, from its event: `due` as an ISO day, `n` a count. Nothing of a person."""
    match kind:
        case NoticeKind.RECEIVED | NoticeKind.ANSWERED:
            return {"due": clock.told_by(on, calendar).day.isoformat()}
        case NoticeKind.CORRECTION_ASKED | NoticeKind.SUPPLEMENT_ASKED:
            return {"due": str(particulars["due_on"]), "n": int(str(particulars["defects"]))}
        case NoticeKind.HEARING_TOLD | NoticeKind.HEARING_FIXED | NoticeKind.SURVEY_OFFERED:
            day = particulars.get(_DAY_IN[kind])
            return {"due": str(day)} if day else {}
        case (
            NoticeKind.ACCEPTED
            | NoticeKind.DEEMED_ACCEPTED
            | NoticeKind.SUPPLEMENT_ANSWERED
            | NoticeKind.PROCEDURE_ENDED
            | NoticeKind.EXTENDED
            | NoticeKind.REOPENED
        ):
            return {"due": promised_due_on.isoformat()} if promised_due_on else {}
        case _:
            return {}


def is_told(kind: NoticeKind | None, particulars: Mapping[str, object]) -> bool:
    """Whether an act is told at all: of one visit for several cases the applicant hears once."""
    return kind is not None and not (kind is NoticeKind.SURVEY_OFFERED and particulars.get("along"))


def correction_reminder(due_on: date, today: date) -> NoticeKind | None:
    """What is said on `today` of a correction nobody answered yet."""
    if today > due_on:
        return NoticeKind.CORRECTION_OVER
    return NoticeKind.CORRECTION_DUE if due_on - today <= _REMIND_BEFORE else None
