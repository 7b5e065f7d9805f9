"""The words of the hall. One concept, one name, on every floor (see the glossary in docs/house.md)."""

from __future__ import annotations

from shared_schemas.labelled import Labelled


class Step(Labelled):
    """Where a case stands. The step on the case row is a cache of `replay(events)`."""

    RECEIVED = "received", "已收件", "Received"
    CORRECTING = "correcting", "待补正", "Waiting for your correction"
    NOT_ACCEPTED = "not_accepted", "不予受理", "Not accepted"
    ACCEPTED = "accepted", "已受理", "Accepted"
    SUPPLEMENTING = "supplementing", "待补充材料", "Waiting for more documents"
    REVIEWED = "reviewed", "已初审", "Reviewed"
    CHECKED = "checked", "已复核", "Checked"
    GRANTED = "granted", "准予", "Granted"
    REFUSED = "refused", "不予许可", "Refused"
    ISSUED = "issued", "待领证", "Ready to collect"
    COLLECTED = "collected", "已领证", "Collected"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn"
    TERMINATED = "terminated", "已终止", "Terminated"
    CLOSED = "closed", "已办结", "Closed"
    ARCHIVED = "archived", "已归档", "Archived"


class Verb(Labelled):
    """What can be done to a case. One verb names the action, the route, the template and the test."""

    RECEIVE = "receive", "收件", "Receive"
    TAKE = "take", "接手", "Take"
    ASK_CORRECTION = "ask_correction", "一次性告知补正", "Ask for correction"
    ANSWER_CORRECTION = "answer_correction", "补正", "Answer the correction"
    ACCEPT = "accept", "受理", "Accept"
    DEEM_ACCEPTED = "deem_accepted", "视为受理", "Deemed accepted"
    DECLINE = "decline", "不予受理", "Decline to accept"
    ASK_SUPPLEMENT = "ask_supplement", "要求补充材料", "Ask for more documents"
    ANSWER_SUPPLEMENT = "answer_supplement", "补充材料", "Send more documents"
    REVIEW = "review", "初审", "Review"
    CHECK = "check", "复核", "Check"
    SEND_BACK = "send_back", "退回", "Send back"
    GRANT = "grant", "准予", "Grant"
    REFUSE = "refuse", "不予许可", "Refuse"
    ISSUE = "issue", "制证", "Issue"
    HAND_OVER = "hand_over", "窗口发证", "Hand over"
    MAIL = "mail", "邮寄证照", "Send by post"
    DOWNLOAD = "download", "下载领证", "Download"
    WITHDRAW = "withdraw", "撤回", "Withdraw"
    CLOSE = "close", "办结", "Close"
    RATE = "rate", "评价", "Rate"
    # Beside the path: they leave the case where it stands.
    PROMISE = "promise", "签承诺书", "Sign the promise"
    SUPPLY = "supply", "补交容缺材料", "Hand in what was to follow"
    RECORD_BREACH = "record_breach", "记录承诺不实", "Record a broken commitment"
    START_PROCEDURE = "start_procedure", "启动特别程序", "Start a special procedure"
    END_PROCEDURE = "end_procedure", "结束特别程序", "End the special procedure"
    ASK_EXTENSION = "ask_extension", "请求延期", "Ask for an extension"
    EXTEND = "extend", "批准延期", "Grant the extension"
    DENY_EXTENSION = "deny_extension", "不批准延期", "Deny the extension"
    TELL_HEARING = "tell_hearing", "告知听证权利", "Tell of the right to a hearing"
    ASK_HEARING = "ask_hearing", "要求听证", "Ask for a hearing"
    WAIVE_HEARING = "waive_hearing", "放弃听证", "Waive the hearing"
    FIX_HEARING = "fix_hearing", "确定听证", "Fix the hearing"
    HOLD_HEARING = "hold_hearing", "举行听证", "Hold the hearing"
    DISPATCH_SURVEY = "dispatch_survey", "派出勘查", "Send out a survey"
    CONCLUDE_SURVEY = "conclude_survey", "勘查结论", "Conclude the survey"
    ASK_OPINION = "ask_opinion", "征求意见", "Ask for an opinion"
    GIVE_OPINION = "give_opinion", "回复意见", "Give an opinion"
    RECORD_MINUTES = "record_minutes", "记录集体讨论", "Record the collective decision"
    HAND_ON = "hand_on", "移交首办", "Hand on to a successor"
    RECUSE = "recuse", "申请回避", "Step aside"
    ANSWER_RECUSAL = "answer_recusal", "决定回避", "Decide on stepping aside"
    # Other ends, and what comes after one.
    TERMINATE = "terminate", "终止办理", "Terminate"
    ARCHIVE = "archive", "归档", "Archive"
    REOPEN = "reopen", "重新办理", "Reopen"


class Stage(Labelled):
    """The five beads a citizen sees; several steps share one."""

    RECEIPT = "receipt", "收件", "Received"
    ACCEPTANCE = "acceptance", "受理", "Accepted"
    REVIEW = "review", "审查", "Review"
    DECISION = "decision", "决定", "Decision"
    COLLECTION = "collection", "领证", "Collect"


class Tier(Labelled):
    """Approval tiers, lowest signing power last (DOMAIN: tiers are internal authorisation)."""

    CHIEF = "chief", "首席审批员", "Chief approver"
    SECOND = "second", "二级审批员", "Second-tier approver"
    THIRD = "third", "三级审批员", "Third-tier approver"


class ApprovalMode(Labelled):
    """How a matter is decided."""

    SOLE = "sole", "独任审核", "Sole review"
    REVIEW_AND_CHECK = "review_and_check", "一审一核", "Review and check"
    SUBMIT = "submit", "报批审核", "Submitted for approval"


class Role(Labelled):
    """What an officer is in the hall. The three administrators are kept apart (GB/T 22239)."""

    HALL_GUIDE = "hall_guide", "大厅引导专员", "Hall guide"
    SMART_GUIDE = "smart_guide", "智慧专员", "Smart guide"
    ACCEPTANCE_CLERK = "acceptance_clerk", "受理专员", "Acceptance clerk"
    SURVEYOR = "surveyor", "勘查员", "Surveyor"
    APPROVER = "approver", "审批员", "Approver"
    DEPARTMENT_OFFICER = "department_officer", "委办局经办", "Department officer"
    SUPERVISOR = "supervisor", "效能监督", "Supervisor"
    SYSTEM_ADMINISTRATOR = "system_administrator", "系统管理员", "System administrator"
    SECURITY_ADMINISTRATOR = "security_administrator", "安全管理员", "Security administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator", "审计管理员", "Audit administrator"


class Channel(Labelled):
    """Where a matter can be done."""

    ONLINE = "online", "网上", "Online"
    MOBILE = "mobile", "手机", "Phone"
    KIOSK = "kiosk", "自助", "Kiosk"
    WINDOW = "window", "窗口", "Window"
    POST = "post", "邮寄", "Post"


class ApplicantKind(Labelled):
    """Who applies (GB/T 39046-2020 A.4, folded to what a citizen chooses between)."""

    PERSON = "person", "个人", "Person"
    COMPANY = "company", "企业或单位", "Company or organisation"


class FiledFor(Labelled):
    """On whose behalf a citizen files."""

    SELF = "self", "本人", "Myself"
    PARENT = "parent", "父母", "My parent"
    CHILD = "child", "子女", "My child"
    OTHER_PERSON = "other_person", "其他人（代办）", "Another person"
    COMPANY = "company", "企业或单位", "A company"


class GivenHow(Labelled):
    """How a required material comes to the case."""

    UPLOAD = "upload", "上传", "Uploaded"
    REUSE = "reuse", "用以前交过的", "Reused"
    FETCH = "fetch", "由我们调取", "We fetch it"
    PAPER = "paper", "窗口交纸质", "Paper at the window"
    LATER = "later", "容缺后补", "To follow"
    COMMIT = "commit", "告知承诺", "Committed to in writing"


class Delivery(Labelled):
    """How the result reaches the citizen."""

    DOWNLOAD = "download", "电子证照", "Electronic"
    WINDOW = "window", "窗口领取", "Collect at a window"


class MaterialVerdict(Labelled):
    """A clerk's tick on one material."""

    FITS = "fits", "对", "Fits"
    FIX = "fix", "要补", "Needs fixing"
    UNNEEDED = "unneeded", "不用", "Not needed"


class DocumentKind(Labelled):
    """文书: the formal documents of the main path."""

    RECEIPT = "receipt", "收件凭证", "Receipt"
    ACCEPTANCE_NOTICE = "acceptance_notice", "受理通知书", "Notice of acceptance"
    ONE_TIME_NOTICE = "one_time_notice", "一次性告知书", "One-time notice of corrections"
    DECLINE_DECISION = "decline_decision", "不予受理决定书", "Decision not to accept"
    GRANT_DECISION = "grant_decision", "准予许可决定书", "Decision to grant"
    REFUSE_DECISION = "refuse_decision", "不予许可决定书", "Decision to refuse"
    COLLECTION_NOTICE = "collection_notice", "领证通知书", "Notice to collect"
    DELIVERY_RECEIPT = "delivery_receipt", "送达回证", "Proof of service"
    PROCEDURE_NOTICE = "procedure_notice", "特别程序告知书", "Notice of a special procedure"
    EXTENSION_NOTICE = "extension_notice", "延期通知书", "Notice of extension"
    HEARING_RIGHT = "hearing_right", "听证告知书", "Notice of the right to a hearing"
    HEARING_NOTICE = "hearing_notice", "听证通知书", "Notice of the hearing"
    HEARING_RECORD = "hearing_record", "听证笔录", "Record of the hearing"
    COMMITMENT_LETTER = "commitment_letter", "告知承诺书", "Letter of commitment"
    PROMISE_LETTER = "promise_letter", "容缺受理承诺书", "Promise of papers to follow"
    TERMINATION_NOTICE = "termination_notice", "终止办理通知书", "Notice of termination"
    REVOCATION_DECISION = "revocation_decision", "撤销许可决定书", "Decision to revoke"
    REOPENING_NOTICE = "reopening_notice", "重新办理通知书", "Notice of reopening"
    SURVEY_RECORD = "survey_record", "勘查笔录", "Record of the survey"
    CERTIFICATE = "certificate", "证照", "Certificate"


class Rating(Labelled):
    """好差评, five levels, never pre-filled."""

    EXCELLENT = "1", "非常满意", "Very satisfied"
    GOOD = "2", "满意", "Satisfied"
    FAIR = "3", "基本满意", "Fairly satisfied"
    POOR = "4", "不满意", "Dissatisfied"
    BAD = "5", "非常不满意", "Very dissatisfied"


class TimeUnit(Labelled):
    """The unit of a limit. A bare 日 in a law is read as natural days (see the catalogue's unit_note)."""

    WORKING_DAY = "working_day", "个工作日", "working days"
    NATURAL_DAY = "natural_day", "日", "days"
    MONTH = "month", "个月", "months"
    ON_THE_SPOT = "on_the_spot", "当场", "on the spot"
    NONE = "none", "无", "none"
