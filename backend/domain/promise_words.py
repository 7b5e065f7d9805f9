"""What is told of papers that follow, of a day that moved, of a certificate in the post, of a case made anew."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from backend.domain.notice_shapes import Notice, Words
from shared_schemas.notice import NoticeKind, NoticeTopic

_YOURS, _RESULT, _PROGRESS = NoticeTopic.YOUR_MOVE, NoticeTopic.RESULT, NoticeTopic.PROGRESS
_SEE = ("看进度", "See progress")

_WORDS: dict[NoticeKind, Notice] = {
    NoticeKind.BREACH: Notice(
        topic=_RESULT,
        zh=Words("承诺核查没通过", "承诺的条件查下来不符，看看文书里怎么说。有异议就打大厅电话，也可以复议。", "看文书"),
        en=Words(
            "The commitment was found untrue", "The papers say what was found. Call the hall, or ask for a review.",
            "See the papers",
        ),
        leads="papers",
        is_worth_sms=True,
    ),
    NoticeKind.REOPENED: Notice(
        topic=_RESULT,
        zh=Words("重新办理了", "原来的结果撤销了，最迟{due}出新的结果。您不用做什么。", "看通知书", "原来的结果撤销了。"),
        en=Words(
            "Your case was reopened", "The first result was set aside; a new one comes by {due}. Nothing to do.",
            "See the notice", "The first result was set aside.",
        ),
        leads="papers",
        is_worth_sms=True,
    ),
    NoticeKind.SUPPLY_DUE: Notice(
        topic=_YOURS,
        zh=Words("轮到您了：容缺的材料该交了", "{due}前交齐，过了就终止办理。", "去交"),
        en=Words("Your turn: papers to follow", "Hand them in by {due}; after that the case is terminated.", "Hand in"),
        leads="supply",
        is_urgent=True,
        is_worth_sms=True,
    ),
    NoticeKind.DUE_MOVED: Notice(
        topic=_PROGRESS,
        zh=Words("出结果的日子重新算了", "放假安排公布了，最迟{due}出结果。您不用做什么。", _SEE[0]),
        en=Words(
            "The promised day was reckoned anew",
            "The holidays were published: decided by {due} at the latest. Nothing to do.",
            _SEE[1],
        ),
    ),
    NoticeKind.MAILED: Notice(
        topic=_RESULT,
        zh=Words("证寄出了", "快递单号在进度页里，签收时请看一眼名字。", _SEE[0]),
        en=Words("Your certificate is in the post", "The tracking number is on the progress page.", _SEE[1]),
        is_worth_sms=True,
    ),
}  # fmt: skip
PROMISE_WORDS: Mapping[NoticeKind, Notice] = MappingProxyType(_WORDS)
