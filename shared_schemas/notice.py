"""What a citizen is told: kinds of notices, the channels they leave by, and what became of each."""

from __future__ import annotations

from msgspec import Struct

from shared_schemas.labelled import Labelled


class NoticeTopic(Labelled):
    """What a person chooses channels for: few enough to be read at a glance."""

    YOUR_MOVE = "your_move", "轮到您做的", "Your move"
    RESULT = "result", "受理和结果", "Acceptance and result"
    PROGRESS = "progress", "一般进展", "Progress"


class NoticeKind(Labelled):
    """One kind of notice; its words stand in `backend.domain.notices`."""

    RECEIVED = "received", "收到申请", "Received"
    CORRECTION_ASKED = "correction_asked", "要补正", "Correction asked"
    CORRECTION_DUE = "correction_due", "补正快到期", "Correction due soon"
    CORRECTION_OVER = "correction_over", "补正过期了", "Correction overdue"
    ANSWERED = "answered", "收到补正", "Correction received"
    ACCEPTED = "accepted", "受理", "Accepted"
    DEEMED_ACCEPTED = "deemed_accepted", "视为受理", "Deemed accepted"
    DECLINED = "declined", "不予受理", "Not accepted"
    SUPPLEMENT_ASKED = "supplement_asked", "要补材料", "More documents asked"
    SUPPLEMENT_ANSWERED = "supplement_answered", "收到补充材料", "Documents received"
    GRANTED = "granted", "准予", "Granted"
    REFUSED = "refused", "不予许可", "Refused"
    TERMINATED = "terminated", "终止办理", "Terminated"
    BREACH = "breach", "承诺不实", "Commitment found untrue"
    REOPENED = "reopened", "重新办理", "Reopened"
    SUPPLY_DUE = "supply_due", "容缺材料快到期", "Papers to follow due soon"
    DUE_MOVED = "due_moved", "办结日期变了", "Promised day moved"
    PROMISE_OVER = "promise_over", "超过承诺日", "Promised day over"
    PROCEDURE_STARTED = "procedure_started", "停表", "Clock stopped"
    PROCEDURE_ENDED = "procedure_ended", "接着计时", "Clock runs on"
    EXTENDED = "extended", "延期", "Extended"
    HEARING_TOLD = "hearing_told", "可以听证", "Right to a hearing"
    HEARING_FIXED = "hearing_fixed", "听证时间", "Hearing fixed"
    SURVEY_OFFERED = "survey_offered", "约上门时间", "Survey to be arranged"
    SURVEY_TIMES = "survey_times", "换了上门时间", "Other times for the survey"
    SURVEY_SOON = "survey_soon", "明天上门", "Survey tomorrow"
    SURVEYED = "surveyed", "现场看过了", "Site surveyed"
    CERTIFICATE_READY = "certificate_ready", "可以领证", "Certificate ready"
    MAILED = "mailed", "证寄出了", "Certificate posted"
    BUNDLE_READY = "bundle_ready", "一件事都好了", "All of it ready"
    BUNDLE_ENDED = "bundle_ended", "后面的不办了", "What waited ended"
    COLLECTED = "collected", "已领证", "Collected"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn"
    CLOSED = "closed", "办结", "Closed"


class ChannelName(Labelled):
    """A way out of the hall. The inbox is none of them: it is the record and can't be switched off."""

    PUSH = "push", "手机推送", "Push"
    SMS = "sms", "短信", "SMS"
    WECHAT = "wechat", "微信", "WeChat"
    ALIPAY = "alipay", "支付宝", "Alipay"


class DeliveryState(Labelled):
    """What became of one notice on one channel."""

    QUEUED = "queued", "等着发", "Waiting to be sent"
    SENT = "sent", "已发出", "Sent"
    DELIVERED = "delivered", "已送到", "Delivered"
    FAILED = "failed", "没有送到", "Not delivered"
    GIVEN_UP = "given_up", "没有发成", "Given up"


class Party(Labelled):
    """Whose notice it is: of whoever filed, or of whoever it was filed for."""

    OWNER = "owner", "替人办的人", "Whoever filed"
    APPLICANT = "applicant", "申请人", "The applicant"


class WhoIsTold(Labelled):
    """Chosen before filing for somebody else."""

    HELPER = "helper", "告诉我", "Tell me"
    APPLICANT = "applicant", "告诉申请人", "Tell the applicant"
    BOTH = "both", "两边都告诉", "Tell both"


class Told(Struct, frozen=True):
    """Whom the notices of a case go to: kept sealed with it.

    `mobile` is the applicant's, from the form; `helper` that of somebody at the window who has no account.
    """

    who: WhoIsTold = WhoIsTold.HELPER
    mobile: str = ""
    helper: str = ""
    lang: str = "zh"

    def number_of(self, party: Party) -> str:
        """The number under which one without an account is told."""
        return self.helper if party is Party.OWNER else self.mobile


class ToldBy(Struct, frozen=True):
    """One way in which one of them is told; `to` is a masked number, "" for the inbox and for devices."""

    who: Party
    channel: ChannelName | None
    to: str = ""


class ToldShown(Struct, frozen=True):
    """Who is told of a filing, and how. `channel` None is the inbox. `may_choose`: it is filed for somebody else.

    `is_same_number`: the form's mobile number is that of who files, so that the applicant can't be told by it.
    """

    who: WhoIsTold
    may_choose: bool
    channels: tuple[ToldBy, ...] = ()
    is_same_number: bool = False
