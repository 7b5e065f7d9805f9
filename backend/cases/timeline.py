"""What a citizen reads of the log: one plain line an event, the same words for a public scan and for the owner.

Nothing here names a person, a material or a defect, so a public scan may show every line.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from types import MappingProxyType

from msgspec import Struct

from shared_schemas.case import Event
from shared_schemas.vocabulary import Step, Verb


class Line(Struct, frozen=True):
    """One line. `tone` is "done", "you" (your move), "wait" or "bad"; `icon` names a sprite icon."""

    zh: str
    en: str
    at: datetime
    tone: str
    icon: str
    seq: int
    verb: Verb


class _Said(Struct, frozen=True):
    zh: str
    en: str
    tone: str = "done"
    icon: str = "check-circle"


# TAKE is the hall's own business: a citizen sees it as "somebody is looking at it".
SAID = MappingProxyType(
    {
        Verb.RECEIVE: _Said("收到您的申请", "We received your application", icon="tray"),
        Verb.TAKE: _Said("窗口开始看材料", "A clerk is looking at the documents", icon="eye"),
        Verb.ASK_CORRECTION: _Said("材料要补正", "Corrections are needed", "you", "note-pencil"),
        Verb.ANSWER_CORRECTION: _Said("补正的材料收到了", "Corrections received", icon="tray"),
        Verb.ACCEPT: _Said("正式受理，开始计时", "Accepted; the clock is running", icon="stamp"),
        Verb.DEEM_ACCEPTED: _Said(
            "五个工作日没答复，依法算受理了", "No answer in five working days: accepted by law", icon="stamp"
        ),
        Verb.DECLINE: _Said("不予受理，决定书已发", "Not accepted; the decision was sent", "bad", "x-circle"),
        Verb.ASK_SUPPLEMENT: _Said("还要补一点材料", "A few more documents are needed", "you", "note-pencil"),
        Verb.ANSWER_SUPPLEMENT: _Said("补充的材料收到了", "More documents received", icon="tray"),
        Verb.REVIEW: _Said("审过一遍，送下一步", "Reviewed and passed on", icon="eye"),
        Verb.CHECK: _Said("复核过了，送领导决定", "Checked and passed on for decision", icon="eye"),
        Verb.SEND_BACK: _Said("退回上一步再看", "Sent back for another look", "wait", "arrow-u-up-left"),
        Verb.GRANT: _Said("批准了", "Granted", icon="seal-check"),
        Verb.REFUSE: _Said("不予许可，决定书已发", "Refused; the decision was sent", "bad", "x-circle"),
        Verb.ISSUE: _Said("证做好了，可以领", "The certificate is ready to collect", "you", "seal-check"),
        Verb.HAND_OVER: _Said("已在窗口领走", "Collected at a window", icon="hand-heart"),
        Verb.MAIL: _Said("证寄出了", "The certificate is in the post", "wait", "envelope-simple"),
        Verb.DOWNLOAD: _Said("已下载电子证照", "The electronic certificate was downloaded", icon="hand-heart"),
        Verb.WITHDRAW: _Said("申请人撤回了申请", "The applicant withdrew", "wait", "arrow-u-up-left"),
        Verb.CLOSE: _Said("办结", "Closed", icon="check-circle"),
        Verb.RATE: _Said("收到评价，谢谢", "Rated; thank you", icon="check-circle"),
        Verb.PROMISE: _Said("签了承诺书", "The promise was signed", icon="note-pencil"),
        Verb.RECORD_BREACH: _Said("核查发现承诺不实", "The commitment was found untrue", "bad", "warning-circle"),
        Verb.SUPPLY: _Said("容缺的材料补来了", "The papers that were to follow are in", icon="tray"),
        Verb.START_PROCEDURE: _Said(
            "停表：进入特别程序", "Clock stopped: a special procedure began", "wait", "pause-circle"
        ),
        Verb.END_PROCEDURE: _Said(
            "特别程序结束，接着计时", "The special procedure is over; the clock runs on", icon="clock"
        ),
        Verb.ASK_EXTENSION: _Said("经办部门请求延长办理时间", "The department asked for more time", "wait", "clock"),
        Verb.EXTEND: _Said(
            "办理时间延长了，理由在通知书里", "The limit was extended; the notice says why", "wait", "clock"
        ),
        Verb.DENY_EXTENSION: _Said("没有延长，按原来的时间办", "Not extended; the limit stands", icon="clock"),
        Verb.TELL_HEARING: _Said("您可以要求听证", "You may ask for a hearing", "you", "chat-circle-dots"),
        Verb.ASK_HEARING: _Said("申请人要求听证", "The applicant asked for a hearing", icon="chat-circle-dots"),
        Verb.WAIVE_HEARING: _Said("不举行听证", "No hearing will be held", icon="chat-circle-dots"),
        Verb.FIX_HEARING: _Said("听证的时间定了", "The hearing was fixed", "wait", "chat-circle-dots"),
        Verb.HOLD_HEARING: _Said("听证开过了", "The hearing was held", icon="chat-circle-dots"),
        Verb.DISPATCH_SURVEY: _Said("安排上门看现场", "A site survey is being arranged", "wait", "map-pin"),
        Verb.CONCLUDE_SURVEY: _Said("现场看过了", "The site was surveyed", icon="map-pin"),
        Verb.ASK_OPINION: _Said(
            "在征求别的部门意见", "Another department was asked for its opinion", "wait", "chat-circle-dots"
        ),
        Verb.GIVE_OPINION: _Said("别的部门回了意见", "The other department answered", icon="chat-circle-dots"),
        Verb.RECORD_MINUTES: _Said("集体讨论过了", "Discussed collectively", icon="users"),
        Verb.HAND_ON: _Said("换了首办责任人，接着办", "Another first handler goes on with it", icon="users"),
        Verb.RECUSE: _Said("有经办人回避，换人办", "An officer stepped aside; somebody else goes on", icon="users"),
        Verb.ANSWER_RECUSAL: _Said("回避的事定了，接着办", "That was decided; your case goes on", icon="users"),
        Verb.TERMINATE: _Said("终止办理，通知书已发", "Terminated; the notice was sent", "bad", "x-circle"),
        Verb.ARCHIVE: _Said("归档", "Archived", icon="check-circle"),
        Verb.REOPEN: _Said("重新办理", "Reopened", "wait", "arrow-clockwise"),
    }
)

_LAPSED = _Said(
    "别的部门到期没回意见，接着办", "The other department did not answer in time; your case goes on", icon="clock"
)
_UNDONE = _Said("申请人撤回去改", "Taken back by the applicant to change it", "wait", "arrow-u-up-left")

# One line on top of the page: what is going on, in the words of LOOK.md.
STANDS = MappingProxyType(
    {
        Step.RECEIVED: ("收到了，窗口会尽快看", "Received; a clerk will look at it soon"),
        Step.CORRECTING: ("轮到您了：材料要补正", "Your turn: corrections are needed"),
        Step.NOT_ACCEPTED: ("没有受理，看看为什么", "Not accepted; see why"),
        Step.ACCEPTED: ("正在审查", "Under review"),
        Step.SUPPLEMENTING: ("轮到您了：还要补一点材料", "Your turn: more documents are needed"),
        Step.REVIEWED: ("正在审查", "Under review"),
        Step.CHECKED: ("等待决定", "Waiting for the decision"),
        Step.GRANTED: ("批准了，正在做证", "Granted; the certificate is being made"),
        Step.REFUSED: ("没有批准，看看为什么", "Refused; see why"),
        Step.ISSUED: ("轮到您了：来领证", "Your turn: collect your certificate"),
        Step.COLLECTED: ("证领走了", "Collected"),
        Step.WITHDRAWN: ("申请已撤回", "Withdrawn"),
        Step.TERMINATED: ("终止办理，看看为什么", "Terminated; see why"),
        Step.CLOSED: ("办完了", "Done"),
        Step.ARCHIVED: ("办完了，已归档", "Done and archived"),
    }
)

# A closed case is "done" only when it ended as it was meant to; else its line says how it ended.
ENDED = MappingProxyType(
    {
        Step.NOT_ACCEPTED: ("没有受理，已办结", "Not accepted; closed"),
        Step.REFUSED: ("没有批准，已办结", "Refused; closed"),
        Step.WITHDRAWN: ("申请已撤回，已办结", "Withdrawn; closed"),
        Step.TERMINATED: ("已终止办理", "Terminated; closed"),
    }
)

# The same for a stranger who scanned the code: it is not his turn.
STANDS_PUBLIC = MappingProxyType(
    {
        **STANDS,
        Step.CORRECTING: ("等申请人补正材料", "Waiting for the applicant's corrections"),
        Step.SUPPLEMENTING: ("等申请人补充材料", "Waiting for more documents from the applicant"),
        Step.ISSUED: ("证做好了，等申请人来领", "The certificate waits to be collected"),
    }
)


def _said(event: Event) -> _Said:
    if event.particulars.get("undone"):
        return _UNDONE
    return _LAPSED if event.particulars.get("lapsed") else SAID[event.verb]


def lines(events: Iterable[Event]) -> list[Line]:
    """The citizen's timeline, newest first. Several takes in a row are one line: who looks is not his concern."""
    told: list[Line] = []
    previous: Verb | None = None
    for event in events:
        if not (event.verb is Verb.TAKE and previous is Verb.TAKE):
            said = _said(event)
            told.append(Line(said.zh, said.en, event.at, said.tone, said.icon, event.seq, event.verb))
        previous = event.verb
    return told[::-1]
