"""From a matter to its guide: the beads of its way and the words that need a rule to choose them."""

from __future__ import annotations

from backend.catalogue import blanks
from backend.catalogue.shelf import Catalogue
from backend.domain import publishing
from shared_schemas.matter import Guide, GuideStage, Material, Matter
from shared_schemas.matter_codes import MaterialForm, MaterialType, MatterKind, SpecialProcedure
from shared_schemas.vocabulary import ApprovalMode, Channel

# 行政许可法 §45: these don't count towards the limit, once the applicant has been told in writing how long they take.
CLOCK_STOPS = frozenset({SpecialProcedure.EXPERT_REVIEW, SpecialProcedure.TESTING, SpecialProcedure.HEARING})

_DECIDES = {
    ApprovalMode.SOLE: ("一人审定", "One officer decides", "审批员独任审核", "One approver, alone"),
    ApprovalMode.REVIEW_AND_CHECK: (
        "一人审，一人核", "One reviews, one checks", "初审和复核是两个人", "Two different officers",
    ),
    ApprovalMode.SUBMIT: (
        "初审、复核，再报首席定", "Reviewed, checked, decided by the chief", "三个人，各看一遍", "Three officers, one after the other",
    ),
}  # fmt: skip


def guide_of(stock: Catalogue, matter: Matter) -> Guide:
    """The guide of a matter in force or of an old version."""
    fields = {name: getattr(matter, name) for name in matter.__struct_fields__}
    written = blanks.form_material(matter)
    form_pdf, sample_pdf = blanks.addresses(matter, stock.matters.get(matter.code))
    return Guide(
        **fields,
        organ=stock.department(matter.department),
        stages=tuple(stages(matter)),
        is_demonstration=bool(publishing.faults_of(matter)),
        form_pdf=form_pdf,
        sample_pdf=sample_pdf,
        form_material=written.key if written else "",
    )


def stages(matter: Matter) -> list[GuideStage]:
    """Who does what by when, from the citizen's first step to the result in hand."""
    beads = [_filing(matter)]
    if matter.kind is MatterKind.ON_THE_SPOT:
        beads.append(GuideStage("stamp", "当场办好", "Done on the spot", *_decides(matter)))
    else:
        beads.append(
            GuideStage(
                "tray",
                "收件、受理",
                "Received and accepted",
                "首办责任人一管到底",
                "One first handler, to the end",
                "缺什么一次说清",
                "Told once if anything is missing",
            )
        )
        if matter.has_survey:
            beads.append(
                GuideStage(
                    "map-pin", "上门看现场", "Site survey", "至少两个人，一次看完", "At least two inspectors, one visit"
                )
            )
        beads += [_special(kind) for kind in matter.special_procedures if kind is not SpecialProcedure.SURVEY]
        zh, en, who_zh, who_en = _DECIDES[matter.approval_mode]
        beads.append(GuideStage("list-checks", zh, en, who_zh, who_en, _within(matter, "zh"), _within(matter, "en")))
    if matter.result:
        beads.append(_result(matter))
    return beads


def _decides(matter: Matter) -> tuple[str, str]:
    _, _, who_zh, who_en = _DECIDES[matter.approval_mode]
    return who_zh, who_en


def _filing(matter: Matter) -> GuideStage:
    ways = [way for way in matter.channels if way is not Channel.POST] or list(matter.channels)
    zh = "、".join(way.zh for way in ways)
    *some, last = [way.en.lower() for way in ways]
    en = (f"{', '.join(some)} or {last}" if some else last).capitalize()
    if len(matter.channels) > 1:
        return GuideStage("note-pencil", "您提交", "You file", f"{zh}都行，材料一样", f"{en}: the papers are the same")
    return GuideStage("note-pencil", "您提交", "You file", f"{zh}办", en)


def _within(matter: Matter, lang: str) -> str:
    limit = matter.promised.label(lang)
    if not limit:
        return ""
    return f"{limit}内" if lang == "zh" else f"Within {limit}"


def _special(kind: SpecialProcedure) -> GuideStage:
    if kind in CLOCK_STOPS:
        return GuideStage(
            "hourglass-medium",
            kind.zh,
            kind.en,
            "要多久先书面告诉您，不占办理时间",
            "You are told how long in writing; the clock stops",
        )
    return GuideStage("megaphone" if kind is SpecialProcedure.PUBLICITY else "clock", kind.zh, kind.en)


def _result(matter: Matter) -> GuideStage:
    if matter.may_file_online and matter.visits == 0:
        return GuideStage(
            "seal-check", "拿结果", "Your result", "手机上下载，也能到窗口领", "Download it, or collect at a window"
        )
    return GuideStage("seal-check", "拿结果", "Your result", "任一窗口领", "Collect at any window")


def minutes_to_fill(matter: Matter) -> int:
    """About how long filing takes: a third of a minute a required question, a minute and a half a paper to give."""
    groups = [group for group in matter.form.groups if group.name not in ("agent", "applicant_legal")]
    questions = sum(field.is_required for part in (*groups, matter.form) for field in part.fields)
    papers = sum(not material.is_shareable for material in matter.materials)
    return max(2, round(questions / 3 + papers * 1.5))


def how_to_give(material: Material) -> tuple[str, str]:
    """One plain line on a material, in both languages: its own text, or what goes for its kind."""
    if material.how_to:
        return material.how_to, ""
    if material.is_shareable:
        return "我们替您调取，不用您交", "We fetch it for you; nothing to bring"
    if material.form is MaterialForm.PAPER or not material.is_electronic:
        return "带纸质原件到窗口", "Bring the paper original to a window"
    if material.type is MaterialType.CERTIFICATE:
        return "拍原件，四个角都在，字看得清", "A photo of the original: all four corners, readable"
    if material.type is MaterialType.FORM:
        return "填好签字或盖章，拍照或传 PDF", "Filled in and signed or sealed; photo or PDF"
    return "拍照或传 PDF，看得清就行", "A photo or PDF; it only has to be readable"
