"""The side ways of what several decide together: opinions, minutes, stepping aside."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from backend import catalogue
from backend.authority import minutes, opinions, recusals
from backend.desk.ways import Field, SideWay
from backend.i18n import gettext as _
from backend.i18n import language
from shared_schemas.collegial import (
    MinutesRecorded,
    OpinionAsked,
    OpinionGiven,
    RecusalAnswer,
    RecusalAnswered,
    RecusalDeclared,
    Stance,
)
from shared_schemas.labelled import Labelled
from shared_schemas.review import Proposal
from shared_schemas.vocabulary import Verb


def _choices(kind: type[Labelled]) -> tuple[tuple[str, str], ...]:
    return tuple((each.value, each.label(language())) for each in kind)


def _ask() -> tuple[Field, ...]:
    departments = sorted(catalogue.current().departments.values(), key=lambda each: each.code)
    return (
        Field(
            "department", "select", _("征求谁的意见"), options=tuple((d.code, d.label(language())) for d in departments)
        ),
        Field("question", "textarea", _("要他们看什么"), _("写清要对方判断的一件事；不要抄证件号和电话")),
        Field("due_on", "day", _("哪天前回"), _("到这天还没回，视为没有意见，接着办")),
    )


def _give() -> tuple[Field, ...]:
    return (
        Field("stance", "select", _("您部门的意见"), options=_choices(Stance)),
        Field("opinion", "textarea", _("理由或条件")),
    )


def _record() -> tuple[Field, ...]:
    return (
        Field("held_on", "day", _("哪天讨论的")),
        Field("place", "input", _("在哪里")),
        Field("present", "input", _("到场的人"), _("至少两位，名字用“、”隔开")),
        Field("record", "textarea", _("讨论记录"), _("谁说了什么")),
        Field("resolution", "select", _("讨论结果"), options=_choices(Proposal)),
    )


def _recuse() -> tuple[Field, ...]:
    return (Field("reason", "textarea", _("为什么要回避"), _("比如：申请人是我表弟")),)


def _answer() -> tuple[Field, ...]:
    return (
        Field("answer", "select", _("您的决定"), options=_choices(RecusalAnswer)),
        Field("successor", "input", _("谁接着当首办责任人（工号）"), _("他是首办责任人时才要写"), is_optional=True),
        Field("opinion", "textarea", _("意见"), is_optional=True),
    )


COLLEGIAL_WAYS: Mapping[Verb, SideWay] = MappingProxyType(
    {
        Verb.ASK_OPINION: SideWay(
            OpinionAsked, opinions.ask, _ask, lambda: _("对方回了，或到期了，才能决定；计时照走。"), "chat-circle-dots",
        ),
        Verb.GIVE_OPINION: SideWay(
            OpinionGiven, opinions.give, _give, lambda: _("只回给经办部门，申请人看不到内容。"), "chat-circle-dots",
        ),
        Verb.RECORD_MINUTES: SideWay(
            MinutesRecorded, minutes.record, _record, lambda: _("一件事记一次，记了才能决定。"), "users-three",
        ),
        Verb.RECUSE: SideWay(
            RecusalDeclared, recusals.declare, _recuse,
            lambda: _("提交后您马上不能再看、再办这件；由上级来定。"), "users",
        ),
        Verb.ANSWER_RECUSAL: SideWay(
            RecusalAnswered, recusals.answer, _answer, lambda: _("定了要回避，就换人办；不用回避，他接着办。"),
            "scales", is_signed=True,
        ),
    }
)  # fmt: skip
