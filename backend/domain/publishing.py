"""Publish checks of a matter (DOMAIN.md, "Matter"): every fault with its place, in words that say how to mend it.

A fault that blocks is a contradiction citizens would be hurt by; the others mark a guide as unfinished. How grave
each is for an import is the catalogue's data (backend/data/publish_checks.toml).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from backend.domain.rules import rules_of
from backend.domain.values import KNOWN_TYPES
from shared_schemas.matter import Limit, Matter
from shared_schemas.matter_codes import KioskService, MatterKind, MatterType, OnlineDepth
from shared_schemas.vocabulary import Channel, TimeUnit

# Online acceptance (4) still allows papers or a result at a window; from handling (5) on nothing is left to come for.
FULLY_ONLINE = frozenset({OnlineDepth.HANDLE, OnlineDepth.RESULT, OnlineDepth.E_CERTIFICATE})
# The longest run of days off is nine (Spring Festival 2026), so n workdays last at most this many natural days more.
_LONGEST_HOLIDAYS = 9
_COUNTED = frozenset({TimeUnit.WORKING_DAY, TimeUnit.NATURAL_DAY, TimeUnit.MONTH})


class PublishFault(Struct, frozen=True):
    """What is wrong at `place` ("promised", "materials.2.name") of a matter."""

    code: str
    place: str
    zh: str
    en: str
    is_blocking: bool = True


def faults_of(matter: Matter) -> tuple[PublishFault, ...]:
    """Every publish fault of one matter, in the order of its elements."""
    return tuple(fault for check in _CHECKS for fault in check(matter))


def may_publish(matter: Matter) -> bool:
    """Whether no fault blocks."""
    return not any(fault.is_blocking for fault in faults_of(matter))


def _names(matter: Matter) -> Iterator[PublishFault]:
    for place in ("code", "name", "name_en", "department"):
        if not getattr(matter, place).strip():
            yield PublishFault("publish.empty", place, "这项不能空", "Must not be empty")
    if not matter.basis and matter.type is MatterType.LICENCE:
        yield PublishFault("publish.no_basis", "basis", "许可要写法律依据", "A licence needs its legal basis")
    if not matter.channels:
        yield PublishFault("publish.no_channel", "channels", "至少写一个办理渠道", "Name at least one channel")
    if not matter.applicants:
        yield PublishFault("publish.no_applicant", "applicants", "写明谁能申请", "Say who may apply")


def _limits(matter: Matter) -> Iterator[PublishFault]:
    is_on_the_spot = matter.promised.unit is TimeUnit.ON_THE_SPOT
    if is_on_the_spot and matter.kind is not MatterKind.ON_THE_SPOT:
        yield PublishFault(
            "publish.on_the_spot",
            "promised",
            "当场办结的，办件类型要是即办件",
            "What is done on the spot is of that kind",
        )
    if matter.kind is MatterKind.PROMISED and not matter.promised:
        yield PublishFault("publish.no_promise", "promised", "承诺件要写承诺时限", "A promised matter needs its limit")
    for place in ("promised", "statutory", "extension"):
        limit: Limit = getattr(matter, place)
        if limit.n < 0 or (limit.n == 0 and limit.unit in _COUNTED):
            yield PublishFault("publish.limit", place, "时限要大于 0", "The limit must be more than 0")
    if is_surely_longer(matter.promised, matter.statutory):
        yield PublishFault(
            "publish.promise_over_law",
            "promised",
            "承诺时限不能超过法定时限",
            "The promise can't exceed the legal limit",
        )


def _visits(matter: Matter) -> Iterator[PublishFault]:
    if matter.visits < 0:
        yield PublishFault("publish.visits", "visits", "跑动次数不能是负数", "Visits can't be negative")
    if matter.visits > 0 and matter.online_depth in FULLY_ONLINE:
        yield PublishFault(
            "publish.online_visits", "visits", "全程网办的跑动次数要是 0", "Fully online means 0 visits", False
        )
    if matter.visits > 0 and not matter.visit_reason.strip():
        yield PublishFault(
            "publish.visit_reason", "visit_reason", "要跑腿就写明为什么", "Say why a visit is needed", False
        )
    if matter.online_depth.is_accepted_online and not {Channel.ONLINE, Channel.MOBILE} & set(matter.channels):
        yield PublishFault(
            "publish.online_channel",
            "channels",
            "网上能受理就要有网上或手机渠道",
            "Accepted online needs an online channel",
        )
    files_at_kiosk = {KioskService.APPLY, KioskService.PRINT} & set(matter.kiosk)
    if bool(files_at_kiosk) != (Channel.KIOSK in matter.channels):
        yield PublishFault(
            "publish.kiosk_channel",
            "channels",
            "自助渠道要和自助申办、自助打印一致",
            "The kiosk channel must match its services",
            False,
        )


def _fee(matter: Matter) -> Iterator[PublishFault]:
    # 行政许可法 §58: no fee unless law provides.
    if matter.has_fee and not matter.fee_basis.strip():
        yield PublishFault("publish.fee_basis", "fee_basis", "收费要写依据", "A fee needs its legal basis", False)
    if matter.has_fee and not matter.fee_note.strip():
        yield PublishFault("publish.fee_standard", "fee_note", "收费要写标准", "A fee needs its standard", False)
    if not matter.has_fee and matter.fee_basis:
        yield PublishFault("publish.no_fee", "fee_basis", "不收费就不要写收费依据", "No fee, so no fee basis", False)


def _guide(matter: Matter) -> Iterator[PublishFault]:
    if matter.result.strip() and not matter.result_sample.strip():
        yield PublishFault(
            "publish.result_sample", "result_sample", "给结果配一张样本", "Add a sample of the result", False
        )
    if matter.type is MatterType.LICENCE and not matter.faqs:
        yield PublishFault("publish.faq", "faqs", "许可至少写一条常见问题", "A licence needs at least one FAQ", False)
    if matter.type is MatterType.LICENCE and not matter.steps:
        yield PublishFault("publish.steps", "steps", "许可要写办理步骤", "A licence needs its steps", False)
    if matter.inquiry_phone and matter.inquiry_phone == matter.complaint_phone:
        yield PublishFault(
            "publish.phones",
            "complaint_phone",
            "咨询和投诉不能是同一个电话",
            "Inquiry and complaint need different numbers",
        )


def _materials(matter: Matter) -> Iterator[PublishFault]:
    seen: set[str] = set()
    for place, material in enumerate(matter.materials):
        at = f"materials.{place}"
        if not material.key or material.key in seen:
            yield PublishFault(
                "publish.material_key", f"{at}.key", "材料编号要有且不重复", "Material keys must be unique"
            )
        seen.add(material.key)
        if not material.name.strip():
            yield PublishFault("publish.empty", f"{at}.name", "这项不能空", "Must not be empty")
        if material.copies < 0:
            yield PublishFault("publish.copies", f"{at}.copies", "份数不能是负数", "Copies can't be negative")


def _form(matter: Matter) -> Iterator[PublishFault]:
    form = matter.form
    parts = [(f"form.groups.{group.name}", group.fields) for group in form.groups] + [("form.fields", form.fields)]
    for at, fields in parts:
        seen: set[str] = set()
        for place, field in enumerate(fields):
            if field.key in seen:
                yield PublishFault(
                    "publish.field_key", f"{at}.{place}.key", "字段重复了", "The field key is used twice"
                )
            seen.add(field.key)
            if field.type not in KNOWN_TYPES:
                yield PublishFault("publish.field_type", f"{at}.{place}.type", "没有这种字段类型", "Unknown field type")
            lengths = [rule.args for rule in rules_of(field.rule, field.type) if rule.name == "length" and rule.args[1]]
            if any(int(least) > int(most) for least, most in lengths):
                yield PublishFault(
                    "publish.field_rule", f"{at}.{place}.rule", "长度上下限写反了", "Length limits are swapped"
                )


_CHECKS: tuple[Callable[[Matter], Iterator[PublishFault]], ...] = (
    _names, _limits, _visits, _fee, _guide, _materials, _form,
)  # fmt: skip


def is_surely_longer(promised: Limit, statutory: Limit) -> bool:
    """Whether the promise is over the law: exactly in the same unit, else only when no calendar could save it."""
    if not promised or not statutory:
        return False
    if promised.unit is statutory.unit:
        return promised.n > statutory.n
    return _shortest(promised) > _longest(statutory)


def _shortest(limit: Limit) -> int:
    """The fewest natural days the limit can last."""
    match limit.unit:
        case TimeUnit.MONTH:
            return limit.n * 28
        case TimeUnit.WORKING_DAY | TimeUnit.NATURAL_DAY:
            return limit.n
        case _:
            return 0


def _longest(limit: Limit) -> int:
    """The most natural days it can last, weekends and a long holiday included."""
    match limit.unit:
        case TimeUnit.MONTH:
            return limit.n * 31
        case TimeUnit.WORKING_DAY:
            return limit.n + 2 * (limit.n // 5 + 1) + _LONGEST_HOLIDAYS
        case TimeUnit.NATURAL_DAY:
            return limit.n
        case _:
            return 0
