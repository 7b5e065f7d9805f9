"""What an import changes: added, changed (field: old → new), unchanged, gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from backend.catalogue.columns import HEADINGS
from shared_schemas.labelled import Labelled
from shared_schemas.matter import Basis, Faq, Limit, Material, Matter

_NAMES = {
    "name": "事项名称", "name_en": "英文名称", "local_code": "实施编码", "department": "部门",
    "current_department": "现实施机关", "type": "事项类型", "kind": "办件类型", "applicants": "服务对象",
    "applicant_codes": "服务对象细类", "statutory": "法定时限", "promised": "承诺时限", "extension": "可延长",
    "approval_mode": "审批方式", "channels": "办理渠道", "kiosk": "自助服务", "online_depth": "网办深度",
    "visits": "跑动次数", "visit_reason": "必须到场原因", "reach": "通办范围", "window": "窗口",
    "has_survey": "现场勘查", "special_procedures": "特别程序", "allows_commitment": "告知承诺",
    "is_automatic": "智能秒办", "groups": "主题分组", "aliases": "群众怎么说", "result": "办理结果",
    "result_sample": "结果样本", "has_fee": "收费", "fee_note": "收费标准", "fee_basis": "收费依据", "basis": "依据",
    "conditions": "受理条件", "steps": "办理流程", "faqs": "常见问题", "inquiry_phone": "咨询电话",
    "complaint_phone": "投诉电话", "confidence": "把握程度", "note": "备注", "has_own_form": "专用表单", "form": "表单",
}  # fmt: skip
_MATERIAL_NAMES = {
    "is_shareable": HEADINGS["share"], "is_required": HEADINGS["required"], "may_follow": HEADINGS["tolerance"],
    "may_commit": HEADINGS["commit"],
    "is_electronic": HEADINGS["electronic"],
}  # fmt: skip


class Change(Struct, frozen=True):
    """One field of one matter, in words."""

    field: str
    old: str
    new: str


class Difference(Struct, frozen=True):
    """All that an import would do to the matters."""

    added: tuple[Matter, ...]
    changed: tuple[tuple[Matter, tuple[Change, ...]], ...]
    unchanged: int
    gone: tuple[Matter, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def difference(old: Mapping[str, Matter], new: Iterable[Matter], gone: Iterable[Matter]) -> Difference:
    """Compare by code, whatever the version numbers say."""
    added, changed, same = [], [], 0
    for matter in new:
        before = old.get(matter.code)
        if before is None:
            added.append(matter)
        elif changes := tuple(between(before, matter)):
            changed.append((matter, changes))
        else:
            same += 1
    return Difference(tuple(added), tuple(changed), same, tuple(gone))


def between(old: Matter, new: Matter) -> Iterable[Change]:
    """Field by field; materials by their key."""
    for name in old.__struct_fields__:
        was, is_now = getattr(old, name), getattr(new, name)
        if name in ("version", "code") or was == is_now:
            continue
        if name == "materials":
            yield from _materials(was, is_now)
        else:
            yield Change(_NAMES[name], _words(was), _words(is_now))


def _materials(old: tuple[Material, ...], new: tuple[Material, ...]) -> Iterable[Change]:
    before, after = {m.key: m for m in old}, {m.key: m for m in new}
    for key, material in after.items():
        if key not in before:
            yield Change("材料", "—", f"加 {material.name}")
    for key, material in before.items():
        if key not in after:
            yield Change("材料", f"删 {material.name}", "—")
        elif after[key] != material:
            for name in material.__struct_fields__:
                was, is_now = getattr(material, name), getattr(after[key], name)
                if was != is_now:
                    heading = _MATERIAL_NAMES.get(name) or HEADINGS.get(name, name)
                    yield Change(f"材料 {material.name} 的{heading}", _words(was), _words(is_now))
    if set(before) == set(after) and list(before) != list(after):
        yield Change("材料顺序", _words(tuple(m.name for m in old)), _words(tuple(m.name for m in new)))


def _words(value: Any) -> str:  # noqa: PLR0911 - a field of a matter can be any of these
    match value:
        case bool():
            return "是" if value else "否"
        case Labelled():
            return value.zh
        case Limit():
            return value.label("zh") or "无"
        case Basis():
            return f"{value.law} {value.articles}".strip()
        case Faq():
            return value.question
        case tuple():
            return "、".join(_words(part) for part in value) or "—"
        case Struct():
            return f"{len(msgspec.json.encode(value))} 字节"
        case _:
            return str(value) or "—"
