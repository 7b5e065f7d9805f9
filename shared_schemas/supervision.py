"""The words and shapes of supervision: what makes a case stall, who is told, reminders, 督办, handing on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.clock import Light
from shared_schemas.labelled import Labelled
from shared_schemas.review import MaybeSaid, Said, Seen
from shared_schemas.vocabulary import Stage, Step


class Trigger(Labelled):
    """What a rule of supervision watches for."""

    AMBER = "amber", "承诺时限用了八成", "80 % of the promised limit used"
    RED = "red", "超过承诺时限", "Over the promised limit"
    LAW_AMBER = "law_amber", "法定时限用了八成", "80 % of the limit set by law used"
    LAW_RED = "law_red", "超过法定时限", "Over the limit set by law"
    WAITING = "waiting", "一步停得太久", "Too long at one step"
    RETURNED = "returned", "被退回或要求再补", "Sent back, or more was asked for"
    ANSWER_LATE = "answer_late", "申请人到期没补", "The applicant's answer is late"
    SURVEY_LATE = "survey_late", "勘查到期没结论", "The survey is late"
    OPINION_LATE = "opinion_late", "别的部门到期没回意见", "An opinion is late"
    HEARING_LATE = "hearing_late", "听证到期没开", "The hearing is late"
    OVERSIGHT_LATE = "oversight_late", "督办到期没回", "An answer to the supervisor is late"


class Audience(Labelled):
    """Whom a rule tells."""

    HOLDER = "holder", "手上有这件的人", "Whoever has it"
    FIRST_HANDLER = "first_handler", "首办责任人", "The first handler"
    SUPERIOR = "superior", "上一级", "The tier above"
    SUPERVISOR = "supervisor", "效能监督", "The supervisors"


class Holder(Labelled):
    """With whom a case is."""

    POOL = "pool", "等人接手", "Nobody took it yet"
    CLERK = "clerk", "窗口", "The clerk"
    APPLICANT = "applicant", "申请人", "The applicant"
    APPROVERS = "approvers", "审批", "The approvers"
    DECIDER = "decider", "制证", "Whoever decided; the certificate is being made"
    COLLECTION = "collection", "等申请人来领", "The applicant, who collects"
    NOBODY = "nobody", "已经办完", "Nobody; it is done"


class Reason(Labelled):
    """Why a first handler hands a case on."""

    LEAVE = "leave", "请假或离岗", "Leave"
    TRANSFER = "transfer", "调岗", "Transfer"
    OTHER = "other", "其他", "Other"


class Dimension(Labelled):
    """How the board counts."""

    DEPARTMENT = "department", "部门", "Department"
    MATTER = "matter", "事项", "Matter"
    OFFICER = "officer", "首办责任人", "First handler"
    STAGE = "stage", "环节", "Stage"


class WatchRule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule: when it begins, whom it tells, how often again (in working days; 0 = once).

    `days`: for a wait at `step`, an opinion, a survey or a hearing, the working days it may take.
    """

    key: str
    trigger: Trigger
    audience: tuple[Audience, ...]
    days: Annotated[int, Meta(ge=0, le=250)] = 0
    step: Step | None = None
    again_every: Annotated[int, Meta(ge=0, le=60)] = 0
    is_on: bool = True


class RuleChanged(Struct, frozen=True, forbid_unknown_fields=True):
    """What a supervisor sets on a rule."""

    audience: Annotated[tuple[Audience, ...], Meta(min_length=1, max_length=4)]
    days: Annotated[int, Meta(ge=0, le=250)] = 0
    again_every: Annotated[int, Meta(ge=0, le=60)] = 0
    is_on: bool = True


class HandedOn(Struct, frozen=True, forbid_unknown_fields=True):
    """移交首办: to whom (staff number), why, and a word to the successor (may be empty)."""

    successor: Annotated[str, Meta(min_length=1, max_length=20)]
    reason: Reason
    word: MaybeSaid = ""
    seen: Seen | None = None


class AllHandedOn(Struct, frozen=True, forbid_unknown_fields=True):
    """移交 of every open case of one first handler (staff number; empty: one's own)."""

    successor: Annotated[str, Meta(min_length=1, max_length=20)]
    reason: Reason
    word: MaybeSaid = ""
    first_handler: Annotated[str, Meta(max_length=20)] = ""


class LeftBehind(Struct, frozen=True):
    """A case that could not go along, and why (a refusal's code)."""

    case_no: str
    why: str


class AllMoved(Struct, frozen=True):
    """What became of all of them."""

    moved: tuple[str, ...]
    left: tuple[LeftBehind, ...]


class Reminded(Struct, frozen=True, forbid_unknown_fields=True):
    """催办: a word to whoever has the case."""

    word: Said


class Overseen(Struct, frozen=True, forbid_unknown_fields=True):
    """督办: what the supervisor wants to know, and by when."""

    word: Said
    answer_by: date


class OversightAnswered(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to a 督办."""

    answer: Said


class Group(Struct, frozen=True):
    """One line of the board: open cases of a department, matter, officer or stage. `law_red`: over the legal limit.

    `key` is what the list is asked with.
    """

    key: str
    zh: str
    en: str
    count: int
    amber: int
    red: int
    law_red: int
    stopped: int


class WatchedCase(Struct, frozen=True, kw_only=True):
    """A line of a list of open cases. `since`: from when it is where it is; `left`: days of the promised limit, or None."""

    case_no: str
    matter_zh: str
    matter_en: str
    department_zh: str
    department_en: str
    step: Step
    stage: Stage
    light: Light
    is_law_red: bool
    is_stopped: bool
    holder: Holder
    holder_zh: str
    holder_en: str
    since: datetime
    first_handler: str
    promised_due_on: date | None
    statutory_due_on: date | None
    is_stalled: bool
    left: int | None = None


class CaseList(Struct, frozen=True):
    """A page of open cases, the nearest day first; `next` goes on from its end ("" at the end)."""

    items: list[WatchedCase]
    next: str = ""
