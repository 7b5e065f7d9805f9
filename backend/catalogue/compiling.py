"""From the rows of a source to matters: the catalogue's own words in, the code's words out, every fault collected."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct

from backend.catalogue import forms, rows, syllables, wording
from backend.catalogue.faults import ImportFault, Severity
from backend.catalogue.rows import Row, RowReader
from shared_schemas.form import FieldGroup, FormDefinition
from shared_schemas.matter import Basis, Department, Faq, Limit, Material, Matter
from shared_schemas.matter_codes import (
    ApplicantCode,
    Confidence,
    EntryMode,
    KioskService,
    MaterialForm,
    MaterialNeed,
    MaterialSource,
    MaterialType,
    MatterKind,
    MatterType,
    OnlineDepth,
    Reach,
    SpecialProcedure,
    WindowKind,
)
from shared_schemas.vocabulary import ApplicantKind, ApprovalMode, Channel, TimeUnit

_NAMES = Path(__file__).parent.parent / "data" / "material_names_en.toml"
_ENGLISH: dict[str, str] = tomllib.loads(_NAMES.read_text(encoding="utf-8"))["names"]

UNITS = {
    "工作日": TimeUnit.WORKING_DAY,
    "日": TimeUnit.NATURAL_DAY,
    "月": TimeUnit.MONTH,
    "当场": TimeUnit.ON_THE_SPOT,
    "无": TimeUnit.NONE,
}
CHANNELS = {
    "网上": Channel.ONLINE,
    "移动": Channel.MOBILE,
    "自助": Channel.KIOSK,
    "窗口": Channel.WINDOW,
    "邮寄": Channel.POST,
}
APPLICANTS = {"自然人": ApplicantKind.PERSON, "法人": ApplicantKind.COMPANY}
MODES = {mode.zh: mode for mode in ApprovalMode}


class Source(Struct):
    """A file as read: rows with their places. `is_whole`: matters of its departments that it lacks are withdrawn."""

    name: str
    meta: dict[str, Any]
    departments: list[Row]
    field_groups: list[Row]
    matters: list[Row]
    forms: list[Row]
    is_whole: bool = True


class Known(Struct, frozen=True):
    """What the hall has already, for a source that says only a part: departments, field groups, forms by matter."""

    departments: frozenset[str] = frozenset()
    groups: tuple[FieldGroup, ...] = ()
    forms: dict[str, FormDefinition] = {}


class Compiled(Struct, frozen=True):
    """What a source says, in the code's words. `rows` tells where each matter stands in it."""

    meta: dict[str, Any]
    groups: tuple[FieldGroup, ...]
    departments: tuple[Department, ...]
    matters: tuple[Matter, ...]
    rows: dict[str, Row]
    is_whole: bool


def compiled(source: Source, known: Known, faults: list[ImportFault]) -> Compiled:
    """Every row converted; faults are appended to `faults`. Departments and groups may be the file's or known ones."""
    departments = tuple(_department(row, faults) for row in source.departments)
    own_forms = forms.read(source.field_groups, source.forms, known.groups, known.forms, faults)
    allowed = known.departments | {d.code for d in departments}
    matters: list[Matter] = []
    found: dict[str, Row] = {}
    for row in source.matters:
        matter = _matter(row, own_forms, allowed, faults)
        if matter is None:
            continue
        if matter.code in found:
            faults.append(
                ImportFault(
                    row.place,
                    row.headings.get("id", "id"),
                    f"编码 {matter.code} 和 {found[matter.code].place} 重复",
                    "每个事项用自己的编码",
                )
            )
            continue
        found[matter.code] = row
        matters.append(matter)
    listed = {str(row.values.get("id")) for row in source.matters}
    faults += [
        ImportFault(row.place, "matter", f"没有事项 {rows.shown(row.values.get('matter'))}", "改成已有的事项编码")
        for row in own_forms.orphans(listed)
    ]
    _twins([d.code for d in departments], source.departments, faults)
    return Compiled(source.meta, tuple(own_forms.groups.values()), departments, tuple(matters), found, source.is_whole)


def _twins(codes: list[str], found: list[Row], faults: list[ImportFault]) -> None:
    for at, code in enumerate(codes):
        if code and codes.index(code) != at:
            faults.append(ImportFault(found[at].place, "id", f"部门 {code} 重复", "每个部门只写一次"))


def _department(row: Row, faults: list[ImportFault]) -> Department:
    r = RowReader(row, faults)
    r.ignore("matter_count")
    department = Department(
        code=r.take("id", rows.code, "", required=True),
        name=r.take("name", rows.text(60), "", required=True),
        name_en=r.take("name_en", rows.text(120), "", required=True),
        current_name=r.take("current_name", rows.text(60), ""),
        nature=r.take("nature", rows.text(40), ""),
        entry=r.take("entry", rows.label(EntryMode), EntryMode.WHOLE),
        confidence=r.take("confidence", rows.label(Confidence), Confidence.LIKELY),
        phone=r.take("phone", rows.text(40), ""),
    )
    r.finish()
    return department


def _matter(row: Row, own_forms: forms.Forms, departments: set[str], faults: list[ImportFault]) -> Matter | None:
    r = RowReader(row, faults)
    before = _errors(faults)
    r.ignore("type_name", "project_type_name", "form", "materials", "basis", "faqs")
    code = r.take("id", rows.code, "", required=True)
    department = r.take("dept", rows.code, "", required=True)
    if department and department not in departments:
        r.fault("dept", f"没有部门 {department}", "改成已有的部门编码，或先把部门加进来")
    applicants = r.take("object", rows.several(rows.choice(APPLICANTS)), (), required=True)
    if applicants == () and row.values.get("object") is not None:
        r.fault("object", "没有服务对象", "写自然人、法人，或两样都写")
    channels = r.take("channels", rows.several(rows.choice(CHANNELS)), (), required=True)
    matter = Matter(
        code=code or "?",
        name=r.take("name", rows.text(120), "?", required=True),
        name_en=r.take("name_en", rows.text(200), "?", required=True),
        local_code=r.take("local_code", rows.text(50), ""),
        department=department or "?",
        current_department=r.take("current_dept", rows.text(60), ""),
        type=r.take("type", rows.label(MatterType), MatterType.OTHER, required=True),
        kind=r.take("project_type", rows.label(MatterKind), MatterKind.PROMISED, required=True),
        applicants=tuple(sorted(applicants, key=list(ApplicantKind).index)),
        applicant_codes=r.take("object_codes", rows.several(rows.label(ApplicantCode)), ()),
        statutory=_limit(r, "statutory"),
        promised=_limit(r, "promised"),
        extension=_limit(r, "extension"),
        approval_mode=r.take("approval", rows.choice(MODES), ApprovalMode.REVIEW_AND_CHECK, required=True),
        channels=tuple(sorted(channels, key=list(Channel).index)),
        kiosk=tuple(s for s in KioskService if r.take(f"kiosk_{s.value}", rows.flag, False)),
        online_depth=r.take("online_depth", rows.label(OnlineDepth), OnlineDepth.CONSULT),
        visits=r.take("visits", rows.number(0, 20), 0),
        visit_reason=r.take("visit_reason", rows.text(200), ""),
        reach=r.take("scope", rows.label(Reach), Reach.DISTRICT),
        window=r.take("window", rows.label(WindowKind), WindowKind.ANY),
        has_survey=r.take("survey", rows.flag, False),
        special_procedures=r.take("special", rows.several(rows.label(SpecialProcedure)), ()),
        allows_commitment=r.take("commitment", rows.flag, False),
        is_automatic=r.take("auto", rows.flag, False),
        groups=r.take("groups", rows.several(rows.text(40)), ()),
        aliases=r.take("aliases", rows.several(rows.text(60)), ()),
        result=r.take("result", rows.text(120), ""),
        result_sample=r.take("result_sample", rows.text(200), ""),
        has_fee=r.take("fee", rows.flag, False),
        fee_note=r.take("fee_note", rows.text(300), ""),
        fee_basis=r.take("fee_basis", rows.text(300), ""),
        basis=_basis(row, faults),
        conditions=r.take("conditions", rows.several(rows.text(500)), ()),
        steps=r.take("steps", rows.several(rows.text(200)), ()),
        faqs=tuple(_faq(child, faults) for child in row.children.get("faqs", [])),
        inquiry_phone=r.take("inquiry_phone", rows.text(40), ""),
        complaint_phone=r.take("complaint_phone", rows.text(40), ""),
        confidence=r.take("confidence", rows.label(Confidence), Confidence.LIKELY),
        note=r.take("note", rows.text(1000), ""),
        has_own_form=own_forms.has(code),
        form=own_forms.of(code, applicants),
        materials=_materials(row, faults, allows_commitment=row.values.get("commitment") in (True, "是")),
    )
    r.finish()
    if row.values.get("form") is True and not matter.has_own_form and own_forms.is_expected:
        r.fault("form", "写着有表单，但表单里没有它", "补上表单，或改成 false")
    return matter if code and _errors(faults) == before else None


def _errors(faults: list[ImportFault]) -> int:
    return sum(fault.severity is Severity.ERROR for fault in faults)


def _limit(r: RowReader, which: str) -> Limit:
    n = r.take(f"{which}_n", rows.number(0, 400), 0)
    unit = r.take(f"{which}_unit", rows.choice(UNITS), TimeUnit.NONE)
    is_counted = unit in (TimeUnit.WORKING_DAY, TimeUnit.NATURAL_DAY, TimeUnit.MONTH)
    if is_counted and n == 0:
        r.fault(f"{which}_n", "有单位，没有数字", "填天数；当场办的单位选“当场”，没有期限的选“无”")
    if not is_counted and n:
        r.fault(f"{which}_unit", f"有数字 {n}，没有单位", "选工作日、日或月")
    return Limit(n if is_counted else 0, unit)


def _basis(row: Row, faults: list[ImportFault]) -> tuple[Basis, ...]:
    found = []
    for child in row.children.get("basis", []):
        r = RowReader(child, faults)
        law = r.take("law", rows.text(200), "", required=True)
        found.append(Basis(law, r.take("articles", rows.text(120), "")))
        r.finish()
    return tuple(found)


def _faq(row: Row, faults: list[ImportFault]) -> Faq:
    r = RowReader(row, faults)
    faq = Faq(
        question=r.take("question", rows.text(200), "", required=True),
        answer=r.take("answer", rows.text(2000), "", required=True),
    )
    r.finish()
    return faq


def _materials(row: Row, faults: list[ImportFault], *, allows_commitment: bool) -> tuple[Material, ...]:
    found: list[Material] = []
    used: Counter[str] = Counter()
    for child in row.children.get("materials", []):
        r = RowReader(child, faults)
        name = r.take("name", rows.text(120), "?", required=True)
        key = r.take("key", rows.code, "") or material_key(name)
        used[key] += 1
        if used[key] > 1 and child.values.get("key"):
            r.fault("key", f"材料编号 {key} 重复", "同一事项里每份材料用自己的编号")
        found.append(
            Material(
                key=key if used[key] == 1 else f"{key}-{used[key]}",
                name=name,
                name_en=r.take("name_en", rows.text(200), "") or _ENGLISH.get(name, ""),
                type=r.take("type", rows.label(MaterialType), MaterialType.OTHER),
                source=r.take("source", rows.label(MaterialSource), MaterialSource.APPLICANT),
                need=r.take("need", rows.label(MaterialNeed), MaterialNeed.REQUIRED),
                form=r.take("form", rows.label(MaterialForm), MaterialForm.EITHER),
                is_shareable=r.take("share", rows.flag, False),
                is_required=r.take("required", rows.flag, True),
                may_follow=r.take("tolerance", rows.flag, False),
                may_commit=r.take("commit", rows.flag, False),
                is_electronic=r.take("electronic", rows.flag, True),
                copies=r.take("copies", rows.number(0, 20), 1),
                how_to=r.take("how_to", rows.text(500), ""),
                standard=r.take("standard", rows.text(500), ""),
                blank_form=r.take("blank_form", rows.text(200), ""),
                sample=r.take("sample", rows.text(200), ""),
            )
        )
        if found[-1].may_commit and not allows_commitment:
            r.fault("commit", "这件事不适用告知承诺", "事项的“告知承诺”也改成“是”，或者这份材料改成“否”")
        r.finish()
    return tuple(found)


def material_key(name: str) -> str:
    """A readable key that survives reordering: the initials of the name (营业执照 is yyzz), at most 24 letters."""
    sounds = syllables.spell(wording.normal(name))
    return "".join(sound[0] for sound in sounds if sound[0].isascii())[:24] or "m"
