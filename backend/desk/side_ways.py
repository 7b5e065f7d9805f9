"""What a side way asks of the officer who takes it: its fields, the shape they become, and the action."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from backend.desk.collegial_ways import COLLEGIAL_WAYS
from backend.desk.ending_ways import ENDING_WAYS
from backend.desk.ways import Field, Options, SideWay
from backend.formats import hall_instant
from backend.i18n import gettext as _
from backend.i18n import language
from backend.procedures import extending, hearings, special
from backend.supervision import handing_on, staff
from shared_schemas.hearing import HearingFixed, HearingHeld, HearingTold
from shared_schemas.procedure import ExtensionAnswered, ExtensionAsked, ProcedureEnded, ProcedureStarted
from shared_schemas.supervision import HandedOn, Reason
from shared_schemas.vocabulary import Verb


async def _successors(first_handler: int | None) -> Options:
    return await staff.clerks(but=first_handler)


def _hand_on() -> tuple[Field, ...]:
    reasons = tuple((reason.value, reason.label(language())) for reason in Reason)
    return (
        Field("successor", "select", _("移交给谁")),
        Field("reason", "select", _("为什么"), options=reasons),
        Field("word", "textarea", _("交代几句"), _("接手的人看得到，申请人看不到"), is_optional=True),
    )


def _start() -> tuple[Field, ...]:
    kinds = sorted(special.KINDS, key=list(type(next(iter(special.KINDS)))).index)
    return (
        Field("kind", "select", _("哪种程序"), options=tuple((kind.value, kind.label(language())) for kind in kinds)),
        Field("basis", "input", _("法律依据"), _("写到哪部法的第几条")),
        Field("reason", "textarea", _("为什么需要"), _("原样写进告知书")),
        Field("needed_days", "number", _("要多少天")),
    )


def _end() -> tuple[Field, ...]:
    return (Field("result", "textarea", _("结果")),)


def _ask() -> tuple[Field, ...]:
    return (Field("reason", "textarea", _("为什么要延长"), _("批准后，这句话原样告诉申请人")),)


def _answer() -> tuple[Field, ...]:
    return (Field("opinion", "textarea", _("意见"), is_optional=True),)


def _tell() -> tuple[Field, ...]:
    return (
        Field("intended", "input", _("拟作的决定"), _("比如：不予许可")),
        Field("facts", "textarea", _("事实和理由"), _("原样写进告知书")),
    )


def _fix() -> tuple[Field, ...]:
    return (
        Field("held_at", "moment", _("哪天几点")),
        Field("place", "input", _("在哪里")),
        Field("presider", "input", _("主持人的工号"), _("受理、审查、勘查过这件的人不能主持")),
    )


def _hold() -> tuple[Field, ...]:
    return (
        Field("present", "input", _("到场的人")),
        Field("record", "textarea", _("笔录"), _("谁说了什么、出示了什么")),
    )


SIDE_WAYS: Mapping[Verb, SideWay] = MappingProxyType(
    {
        Verb.START_PROCEDURE: SideWay(
            ProcedureStarted, special.start, _start,
            lambda: _("出特别程序告知书；从送达那天起停表，期间不能作决定。"), "pause-circle",
        ),
        Verb.END_PROCEDURE: SideWay(
            ProcedureEnded, special.end, _end, lambda: _("从明天起接着计时，新的办结日期马上算好。"), "clock",
        ),
        Verb.ASK_EXTENSION: SideWay(
            ExtensionAsked, extending.ask, _ask, lambda: _("交首席批。一件事只能延一次，期限过了不能再延。"), "clock",
        ),
        Verb.EXTEND: SideWay(
            ExtensionAnswered, extending.grant, _answer,
            lambda: _("出延期通知书，把延长的理由告诉申请人。"), "clock", is_signed=True,
        ),
        Verb.DENY_EXTENSION: SideWay(
            ExtensionAnswered, extending.deny, _answer, lambda: _("按原来的期限办。"), "x-circle", is_signed=True,
        ),
        Verb.TELL_HEARING: SideWay(
            HearingTold, hearings.tell, _tell,
            lambda: _("出听证告知书；申请人有五个工作日选要不要听证，期间不能作决定。"), "chat-circle-dots",
        ),
        Verb.FIX_HEARING: SideWay(
            HearingFixed, hearings.fix, _fix,
            lambda: _("提前七个工作日通知，从通知送达那天起停表。"), "chat-circle-dots",
        ),
        Verb.HOLD_HEARING: SideWay(
            HearingHeld, hearings.hold, _hold, lambda: _("出听证笔录，请到场的人签字；决定要根据笔录来作。"), "note-pencil",
        ),
        **COLLEGIAL_WAYS,
        **ENDING_WAYS,
        Verb.HAND_ON: SideWay(
            HandedOn, handing_on.hand_on, _hand_on,
            lambda: _("接手的人从现在起是首办责任人，负责到办完；双方都会收到消息。"), "users", people=_successors,
        ),
    }
)  # fmt: skip


def offered(verbs: tuple[Verb, ...]) -> list[tuple[Verb, SideWay]]:
    """Those of the open verbs that are side ways, in the order of the table."""
    return [(verb, way) for verb, way in SIDE_WAYS.items() if verb in verbs]


def raw_of(way: SideWay, form: Mapping[str, str], seen: int | None) -> dict[str, Any]:
    """The posted fields as the shape takes them; what is empty and may be is left out."""
    typed = {field.name: form.get(field.name, "").strip() for field in way.fields()}
    typed |= {f.name: hall_instant(typed[f.name]) for f in way.fields() if f.widget == "moment" and typed[f.name]}
    optional = {field.name for field in way.fields() if field.is_optional}
    return {name: text for name, text in typed.items() if text or name not in optional} | {"seen": seen}
