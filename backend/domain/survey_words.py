"""What a citizen is told of a survey: when we come, which times there are, that it was seen."""

from __future__ import annotations

from backend.domain.notice_shapes import Notice, Words
from shared_schemas.notice import NoticeKind, NoticeTopic

_YOURS, _PROGRESS = NoticeTopic.YOUR_MOVE, NoticeTopic.PROGRESS

OF_SURVEYS: dict[NoticeKind, Notice] = {
    NoticeKind.SURVEY_OFFERED: Notice(
        topic=_YOURS,
        zh=Words(
            "要上门看现场",
            "说好{due}来，请安排人在场。要改时间，点进去说一声。",
            "看时间",
            "给了几个时间，挑一个方便的；都不方便就说一声。",
        ),
        en=Words(
            "We come to see the place",
            "It is on {due}; somebody should be there. To change it, open and say so.",
            "See the time",
            "Choose one of the times that we offer, or say when it suits you.",
        ),
        leads="survey",
        is_urgent=True,
        is_worth_sms=True,
    ),
    NoticeKind.SURVEY_TIMES: Notice(
        topic=_YOURS,
        zh=Words("上门换了几个时间", "再挑一个方便的；都不方便就说一声。", "选时间"),
        en=Words("Other times for our visit", "Please choose again, or say when it suits you.", "Choose a time"),
        leads="survey",
        is_urgent=True,
        is_worth_sms=True,
    ),
    NoticeKind.SURVEY_SOON: Notice(
        topic=_YOURS,
        zh=Words("提醒：明天上门看现场", "{due}来，请安排人在场。", "看谁来"),
        en=Words("Reminder: we come tomorrow", "It is on {due}; somebody should be there.", "See who comes"),
        leads="survey",
        is_urgent=True,
        is_worth_sms=True,
    ),
    NoticeKind.SURVEYED: Notice(
        topic=_PROGRESS,
        zh=Words("现场看过了", "您不用做什么。笔录在文书里，结果一起送去审查了。", "看笔录"),
        en=Words(
            "The site was surveyed",
            "Nothing to do. The record is with your papers; it is under review.",
            "See the record",
        ),
        leads="papers",
    ),
}
