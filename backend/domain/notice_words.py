"""What a citizen is told, in words: what happened, what to do about it and by when.

The words name no person, no material and no defect, so that the same may leave the hall through other people's
computers. `{due}` is a day, `{n}` a count; both come from the facts of the notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from backend.domain.notice_shapes import Notice, Words
from backend.domain.promise_words import PROMISE_WORDS
from backend.domain.survey_words import OF_SURVEYS
from shared_schemas.notice import NoticeKind, NoticeTopic

# Where one tap leads; `{no}` is the case number.
LEADS = MappingProxyType(
    {
        "case": "/cases/{no}",
        "papers": "/cases/{no}#papers",
        "correction": "/cases/{no}/correction",
        "certificate": "/cases/{no}/certificate",
        "rating": "/cases/{no}/rating",
        "hearing": "/cases/{no}#hearing",
        "supply": "/cases/{no}/supply",
        "bundle": "/cases/{no}/bundle",
        "survey": "/cases/{no}/survey",
    }
)

_YOURS, _RESULT, _PROGRESS = NoticeTopic.YOUR_MOVE, NoticeTopic.RESULT, NoticeTopic.PROGRESS
_SEE = ("看进度", "See progress")

_NOTICES: dict[NoticeKind, Notice] = {
    **PROMISE_WORDS,
    NoticeKind.RECEIVED: Notice(
        topic=_PROGRESS,
        zh=Words("收到您的申请", "您不用做什么。{due}前告诉您受不受理、缺不缺材料。", _SEE[0]),
        en=Words("We received your application", "Nothing to do. By {due} you hear whether it is complete.", _SEE[1]),
        is_worth_sms=True,
    ),
    NoticeKind.CORRECTION_ASKED: Notice(
        topic=_YOURS,
        zh=Words("轮到您了：材料要补正", "有 {n} 处要补，{due}前补好。补好之前不计办理时间。", "去补"),
        en=Words(
            "Your turn: corrections are needed",
            "To correct: {n}, by {due}. No time is counted until then.",
            "Correct it",
        ),
        leads="correction",
        is_urgent=True,
        is_worth_sms=True,
    ),
    NoticeKind.CORRECTION_DUE: Notice(
        topic=_YOURS,
        zh=Words("提醒：还没补，快到期了", "{due}是最后一天。几分钟就能补好。", "去补"),
        en=Words("Reminder: due soon", "{due} is the last day. It takes a few minutes.", "Correct it"),
        leads="correction",
        is_urgent=True,
        is_worth_sms=True,
    ),
    NoticeKind.CORRECTION_OVER: Notice(
        topic=_YOURS,
        zh=Words("过了补正的日子", "说好{due}前补。现在还能补，越早越好；有难处打大厅电话。", "去补"),
        en=Words(
            "The day to correct is over",
            "It was due by {due}. You can still do it, the sooner the better; call the hall if you can't.",
            "Correct it",
        ),
        leads="correction",
        is_urgent=True,
        is_worth_sms=True,
    ),
    NoticeKind.ANSWERED: Notice(
        topic=_PROGRESS,
        zh=Words("补正的材料收到了", "您不用做什么。{due}前告诉您受不受理。", _SEE[0]),
        en=Words("Corrections received", "Nothing to do. By {due} you hear whether it is accepted.", _SEE[1]),
    ),
    NoticeKind.ACCEPTED: Notice(
        topic=_RESULT,
        zh=Words("正式受理了", "开始计时，最迟{due}出结果。您等着就行。", _SEE[0], "开始审查了。您等着就行。"),
        en=Words(
            "Accepted", "The clock runs: decided by {due} at the latest. Nothing to do.", _SEE[1],
            "It is under review. Nothing to do.",
        ),
        is_worth_sms=True,
    ),
    NoticeKind.DEEMED_ACCEPTED: Notice(
        topic=_RESULT,
        zh=Words(
            "我们没按时答复，依法算受理了",
            "从收件那天起算，最迟{due}出结果。您等着就行。",
            _SEE[0],
            "从收件那天起算，开始审查了。您等着就行。",
        ),
        en=Words(
            "We were late; by law it is accepted",
            "It counts from the day of receipt: decided by {due} at the latest. Nothing to do.",
            _SEE[1],
            "It counts from the day of receipt and is under review. Nothing to do.",
        ),
        is_worth_sms=True,
    ),
    NoticeKind.DECLINED: Notice(
        topic=_RESULT,
        zh=Words(
            "没有受理",
            "决定书写了为什么、该找谁。不服：60 日内可以申请复议，6 个月内可以起诉。",
            "看决定书",
        ),
        en=Words(
            "Not accepted",
            "The decision says why and who is competent. You may ask for review within 60 days or sue within 6 months.",
            "See the decision",
        ),
        leads="papers",
        is_worth_sms=True,
    ),
    NoticeKind.SUPPLEMENT_ASKED: Notice(
        topic=_YOURS,
        zh=Words("轮到您了：还要补材料", "有 {n} 处要补，{due}前补好。这次不停表，早补早出结果。", "去补"),
        en=Words(
            "Your turn: more documents",
            "To send: {n}, by {due}. The clock goes on: the sooner, the earlier the result.",
            "Send them",
        ),
        leads="correction",
        is_urgent=True,
        is_worth_sms=True,
    ),
    NoticeKind.SUPPLEMENT_ANSWERED: Notice(
        topic=_PROGRESS,
        zh=Words("补充的材料收到了", "接着审。最迟{due}出结果。", _SEE[0], "接着审。您等着就行。"),
        en=Words(
            "Documents received", "The review goes on: decided by {due} at the latest.", _SEE[1],
            "The review goes on. Nothing to do.",
        ),
    ),
    NoticeKind.GRANTED: Notice(
        topic=_RESULT,
        zh=Words("批准了", "正在做证，做好马上告诉您。", "看决定书"),
        en=Words("Granted", "The certificate is being made; you hear as soon as it is ready.", "See the decision"),
        leads="papers",
        is_worth_sms=True,
    ),
    NoticeKind.REFUSED: Notice(
        topic=_RESULT,
        zh=Words(
            "没有批准",
            "决定书写了理由。不服：60 日内可以申请复议，6 个月内可以起诉；补齐条件也可以重新申请。",
            "看决定书",
        ),
        en=Words(
            "Refused",
            "The decision says why. You may ask for review within 60 days or sue within 6 months; once the conditions "
            "are met you may apply again.",
            "See the decision",
        ),
        leads="papers",
        is_worth_sms=True,
    ),
    NoticeKind.PROCEDURE_STARTED: Notice(
        topic=_PROGRESS,
        zh=Words("停表了，不占办理时间", "依法要做特别程序，告知书里写了要多久。您不用做什么。", "看告知书"),
        en=Words("The clock is stopped", "The law asks for a special procedure; the notice says how long.", "See the notice"),
        leads="papers",
    ),
    NoticeKind.PROCEDURE_ENDED: Notice(
        topic=_PROGRESS,
        zh=Words("接着计时了", "特别程序结束了，最迟{due}出结果。", _SEE[0], "特别程序结束了。"),
        en=Words(
            "The clock runs on", "The special procedure is over: decided by {due} at the latest.", _SEE[1],
            "The special procedure is over.",
        ),
    ),
    NoticeKind.EXTENDED: Notice(
        topic=_RESULT,
        zh=Words("办理时间延长了", "最迟改到{due}出结果，理由在延期通知书里。", "看通知书", "理由在延期通知书里。"),
        en=Words(
            "The limit was extended", "Decided by {due} at the latest; the notice says why.", "See the notice",
            "The notice says why.",
        ),
        leads="papers",
        is_worth_sms=True,
    ),
    NoticeKind.HEARING_TOLD: Notice(
        topic=_YOURS,
        zh=Words("轮到您了：要不要听证", "{due}前选。不收费；到期没选，就当不要。", "去选"),
        en=Words("Your turn: do you want a hearing?", "Choose by {due}. It is free; silence means no.", "Choose"),
        leads="hearing",
        is_urgent=True,
        is_worth_sms=True,
    ),
    NoticeKind.HEARING_FIXED: Notice(
        topic=_YOURS,
        zh=Words("听证的时间定了", "{due}举行，地点和主持人在通知书里。", "看通知书"),
        en=Words("Your hearing is fixed", "It is held on {due}; place and presider are in the notice.", "See the notice"),
        leads="papers",
        is_worth_sms=True,
    ),
    NoticeKind.TERMINATED: Notice(
        topic=_RESULT,
        zh=Words("终止办理了", "文书里写了为什么。以后想办，随时可以重新申请；不明白就打大厅电话。", "看为什么"),
        en=Words("Terminated", "The papers say why. You may apply again at any time; call the hall to ask.", "See why"),
        leads="papers",
        is_worth_sms=True,
    ),
    NoticeKind.PROMISE_OVER: Notice(
        topic=_RESULT,
        zh=Words("过了说好的日子，对不起", "说好{due}出结果，还没办完。您不用做什么；想问就打大厅电话。", _SEE[0]),
        en=Words(
            "Past the promised day. We are sorry",
            "The result was promised by {due} and is not there yet. Nothing to do; call the hall to ask.",
            _SEE[1],
        ),
    ),
    NoticeKind.CERTIFICATE_READY: Notice(
        topic=_YOURS,
        zh=Words("证做好了，可以领", "手机上下载，或者到任何一个窗口领。", "去领"),
        en=Words("Your certificate is ready", "Download it, or collect it at any window.", "Collect it"),
        leads="certificate",
        is_worth_sms=True,
    ),
    NoticeKind.BUNDLE_READY: Notice(
        topic=_YOURS,
        zh=Words("一件事都办好了，可以一起领", "{n} 样东西，到任何一个窗口一次领走，手机上也能下载。", "去领"),
        en=Words("All of it is ready", "Results to collect: {n}. Any window, in one go, or download them.", "Collect"),
        leads="bundle",
        is_worth_sms=True,
    ),
    NoticeKind.BUNDLE_ENDED: Notice(
        topic=_RESULT,
        zh=Words("前一件没办成，等它的也不办了", "没开始的有 {n} 件，不占您的申请机会。点开看接下来怎么办。", "看怎么办"),
        en=Words("What waited for it ended too", "Not begun: {n}. You may apply again at any time.", "See what to do"),
        leads="bundle",
        is_worth_sms=True,
    ),
    NoticeKind.COLLECTED: Notice(
        topic=_PROGRESS,
        zh=Words("证领走了", "不是您领的？马上打大厅电话。", _SEE[0]),
        en=Words("The certificate was collected", "Not by you? Call the hall at once.", _SEE[1]),
        is_worth_sms=True,
    ),
    NoticeKind.WITHDRAWN: Notice(
        topic=_PROGRESS,
        zh=Words("申请撤回了", "以后想办，随时可以重新申请。", _SEE[0]),
        en=Words("The application was withdrawn", "You may apply again at any time.", _SEE[1]),
    ),
    NoticeKind.CLOSED: Notice(
        topic=_PROGRESS,
        zh=Words("办完了", "这次办得怎么样？点一下就行，看不到是谁评的。", "评一评"),
        en=Words("Done", "How was it? One tap; nobody sees who rated.", "Rate it"),
        leads="rating",
    ),
    **OF_SURVEYS,
}  # fmt: skip
NOTICES: Mapping[NoticeKind, Notice] = MappingProxyType(_NOTICES)
