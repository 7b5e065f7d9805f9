"""Termination, archiving and reopening, as the desk asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from backend.desk.ways import Field, SideWay
from backend.i18n import gettext as _
from backend.i18n import language
from backend.procedures import archiving, breaching, reopening, terminating
from shared_schemas.ending import Archiving, Reopening, SetAsideBy, Termination
from shared_schemas.promise import Breach
from shared_schemas.vocabulary import Verb


def _terminate() -> tuple[Field, ...]:
    return (Field("reason", "textarea", _("为什么终止"), _("原样写进终止办理通知书")),)


def _breach() -> tuple[Field, ...]:
    return (
        Field("facts", "textarea", _("查明的事实"), _("原样写进文书")),
        Field("reasons", "textarea", _("为什么是不实承诺")),
    )


def _archive() -> tuple[Field, ...]:
    return (Field("place", "input", _("纸质档案放在哪"), _("比如：3 号柜 2 层 17 盒"), is_optional=True),)


def _reopen() -> tuple[Field, ...]:
    grounds = tuple((ground.value, ground.label(language())) for ground in SetAsideBy)
    return (
        Field("set_aside_by", "select", _("被什么撤销"), options=grounds),
        Field("instrument", "input", _("文书和文号"), _("比如：南政复〔2026〕8号行政复议决定书")),
        Field("reason", "textarea", _("为什么重新办理"), _("原样写进重新办理通知书")),
    )


ENDING_WAYS: Mapping[Verb, SideWay] = MappingProxyType(
    {
        Verb.TERMINATE: SideWay(
            Termination, terminating.terminate, _terminate,
            lambda: _("申请人逾期没补。出终止办理通知书，送达后这件就办结了。"), "x-circle", is_signed=True,
        ),
        Verb.RECORD_BREACH: SideWay(
            Breach, breaching.record, _breach,
            lambda: _("在办的不能再准予，可以终止；已经发的证撤销，出撤销许可决定书。"), "warning-circle", is_signed=True,
        ),
        Verb.REOPEN: SideWay(
            Reopening, reopening.reopen, _reopen,
            lambda: _("从受理起重新审、重新计时；已经发的证同时作废，并书面告诉申请人。"), "gavel", is_signed=True,
        ),
        Verb.ARCHIVE: SideWay(
            Archiving, archiving.archive, _archive, lambda: _("文书和材料清点入档，以后仍然查得到。"), "archive",
        ),
    }
)  # fmt: skip
