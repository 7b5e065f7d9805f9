"""A matter's form as paper: every question of its definition with room for the answer, by topic."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from backend.catalogue import rooms
from backend.documents.application import ApplicationForm, Entry, Part, Room, Section
from backend.domain.forms import OWN, Question, is_ours, questions
from backend.i18n import gettext as _
from backend.i18n import speaking
from shared_schemas.matter import Material, Matter
from shared_schemas.matter_codes import MaterialType

_TITLES = {
    "applicant_any": ("谁来申请", "Who applies"),
    "applicant_natural": ("申请人", "Applicant"),
    "applicant_legal": ("申请单位", "Organisation"),
    "agent": ("代办人", "Agent"),
    "delivery": ("结果怎么给您", "How you get the result"),
    OWN: ("申请内容", "Your application"),
}
_NOTES = {
    "applicant_natural": ("个人申请的填", "for a person"),
    "applicant_legal": ("单位申请的填", "for an organisation"),
    "agent": ("别人替您办的填", "only if somebody files for you"),
}
# A paper of type "form" is the application itself when its name says so, and otherwise when it is some form and no list
# or statement beside it. What stands in brackets (在线, 法定代表人签署) does not count.
_IS_FORM = ("申请表", "申请书", "申报表", "申报书", "登记表", "备案表")
_ENDS_AS_FORM = ("表", "申请", "申报单", "备案书", "登记书", "注册书", "信息")
_IS_BESIDE = ("声明", "承诺", "章程", "说明", "名册", "名单", "一览", "财务", "清单", "图表", "推荐")
_BRACKETS = re.compile("（[^（）]*）")
DECLARATION = (
    ("上面填的和交的材料都是真的，和原件一致；如有不实，愿承担法律责任（行政许可法第三十一条、第七十八条）。",
     "What is written above and the papers given are true and match the originals."),
    ("同意大厅向有关部门核对这些信息，能调取的材料由大厅去调。",
     "The hall may check these facts with other departments and fetch papers from them."),
)  # fmt: skip


class Print(Struct, frozen=True):
    """What differs between one print of a form and another: the answers of a sample, the language of the small print.

    `answers` by topic and path, None for a blank form. `signed` and `day` stand on the signature lines of a sample.
    """

    lang: str
    answers: Mapping[tuple[str, str], Any] | None = None
    signed: str = ""
    day: date | None = None

    def both(self, zh: str, en: str) -> str:
        """The Chinese line of an official paper, with the English after it for who reads English."""
        return f"{zh} {en}" if self.lang == "en" else zh

    def en(self, words: str) -> str:
        """`words` for who reads English, else nothing."""
        return words if self.lang == "en" else ""


def form_of(
    matter: Matter, organ: str, what: Print, *, hall: str, phone: str, url: str, is_demonstration: bool
) -> ApplicationForm:
    """The paper of `matter`: blank, or filled with the answers of `what`."""
    with speaking(what.lang):
        every = questions(matter.form)
        return ApplicationForm(
            matter_name=matter.name, matter_code=matter.code, version=matter.version, organ=organ, hall=hall, phone=phone,
            url=url, sections=tuple(_sections(matter, every, what)),
            declaration=tuple(what.both(zh, en) for zh, en in DECLARATION), signatures=_signatures(what),
            words=_words(matter, what, hall, phone), office=_office(every, what),
            matter_name_en=what.en(matter.name_en), watermark="" if what.answers is None else "样表",
            mark=_mark(what, is_demonstration=is_demonstration),
        )  # fmt: skip


def form_material(matter: Matter) -> Material | None:
    """The material that is the application form itself; None where the matter lists none."""
    written = (material for material in matter.materials if material.type is MaterialType.FORM)
    return next((material for material in written if _is_form(_BRACKETS.sub("", material.name))), None)


def _is_form(name: str) -> bool:
    if any(word in name for word in _IS_FORM):
        return True
    return name.endswith(_ENDS_AS_FORM) and not any(word in name for word in _IS_BESIDE)


def addresses(matter: Matter, in_force: Matter | None) -> tuple[str, str]:
    """Where 空白表 and 样表 of this version are; the version in force needs no number."""
    is_old = in_force is None or in_force.version != matter.version
    tail = f"?version={matter.version}" if is_old else ""
    return f"/matters/{matter.code}/form.pdf{tail}", f"/matters/{matter.code}/sample.pdf{tail}"


def _sections(matter: Matter, every: Sequence[Question], what: Print) -> list[Section]:
    topics = [group.name for group in matter.form.groups]
    if OWN not in topics:
        # The matter's own questions stand before the way the result comes home.
        topics.insert(topics.index("delivery") if "delivery" in topics else len(topics), OWN)
    is_either = "applicant_any" in topics
    made = []
    for topic in topics:
        asked = [q for q in every if q.topic == topic and not is_ours(q.field)]
        if asked:
            zh, en = _TITLES.get(topic, ("基本情况", "General"))
            note = _NOTES.get(topic) if is_either or topic == "agent" else None
            entries = tuple(_entry(q, every, what) for q in asked)
            made.append(Section(zh, entries, what.both(*note) if note else "", what.en(en)))
    return made


def _entry(question: Question, every: Sequence[Question], what: Print) -> Entry:
    value = None if what.answers is None else what.answers.get((question.topic, question.path))
    return rooms.entry_of(question, every, value, what.lang)


def _office(every: Sequence[Question], what: Print) -> tuple[Entry, ...]:
    ours = tuple(rooms.entry_of(q, every, None, what.lang) for q in every if is_ours(q.field))
    received = (
        Entry("收件编号", label_en=what.en("Case no."), is_wide=False),
        Entry("收件人", label_en=what.en("Received by"), is_wide=False),
    )
    return (*ours, *received)


def _signatures(what: Print) -> tuple[Entry, ...]:
    year, month, day = (str(what.day.year), str(what.day.month), str(what.day.day)) if what.day else ("", "", "")
    when = (Part(13, "年", year), Part(9, "月", month), Part(9, "日", day))
    return (
        Entry("申请人（签名或盖章）", label_en=what.en("Applicant: signature or seal"), value=what.signed),
        Entry("日期", Room.PARTS, label_en=what.en("Date"), parts=when),
        Entry("代办人（签名）", label_en=what.en("Agent: signature")),
    )


def _words(matter: Matter, what: Print, hall: str, phone: str) -> dict[str, str]:
    is_blank = what.answers is None
    return {
        "title": "申请表" if is_blank else "申请表（样表）",
        "title_en": what.en("Application form" if is_blank else "Application form (sample)"),
        "edition": what.both(f"{matter.code} · 第 {matter.version} 版", f"· version {matter.version}"),
        "scan": _("扫码网上办"),
        "how": what.both(
            "用黑色水笔填，字写端正。带 * 的必填，□ 里打 ✓。写不下另附纸。手机上填不用写这张：扫右上的码。",
            "Fill in in Chinese, in black ink. * must be filled in; tick the □. Or scan the code and file online.",
        ),
        "declaration": "声明", "declaration_en": what.en("Declaration"),
        "office": "大厅填写", "office_en": what.en("For the hall"),
        "office_note": what.both("申请人不用填", "leave blank"),
        "foot": f"{hall}　{phone}　{matter.code} 第 {matter.version} 版",
        "page": _("第 {n} 页，共 {of} 页"),
    }  # fmt: skip


def _mark(what: Print, *, is_demonstration: bool) -> str:
    said = []
    if what.answers is not None:
        said.append(what.both("样表 · 示例：内容都是编的，照自己的情况填", "(sample, invented)"))
    if is_demonstration:
        said.append(what.both("演示目录的表，正式格式以主管部门公布的为准", "(demonstration)"))
    return "　".join(said)
