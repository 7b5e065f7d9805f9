"""空白表 and 样表 of a matter as PDF: made when first asked for, then kept by release, version and language."""

from __future__ import annotations

import tomllib
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from backend.catalogue import organs
from backend.catalogue.blanks import Print, form_of
from backend.catalogue.sample_answers import Teller, company_code
from backend.catalogue.shelf import Catalogue
from backend.documents.rendering import render_form
from backend.domain import publishing
from backend.domain.forms import open_questions
from backend.settings import settings
from shared_schemas.matter import Matter
from shared_schemas.numbers import id_check_character
from shared_schemas.vocabulary import ApplicantKind

KEPT = 128  # about 120 kB each
# A sample is the same whenever it is printed: one day of its own, one person and one company that don't exist.
SAMPLE_DAY = date(2026, 9, 15)
_WHO, _COMPANY, _MOBILE = "沈小样", "嘉兴样例商贸有限公司", "13800000000"
_ADDRESS = "浙江省嘉兴市南湖区样例路 1 号 101 室"
_BODY = "33049919900505002"  # 330499: no such district, so nobody's number

_SOURCE = Path(__file__).parent.parent / "data" / "samples.toml"

_kept: OrderedDict[tuple[str, str, int, bool, str], bytes] = OrderedDict()


async def pdf(stock: Catalogue, matter: Matter, lang: str, *, is_sample: bool) -> bytes:
    """The application form of a version of a matter, blank or filled as a sample; `lang` is that of the small print."""
    key = (stock.digest, matter.code, matter.version, is_sample, lang)
    if key not in _kept:
        what = sample_of(matter, lang) if is_sample else Print(lang)
        form = form_of(
            matter, organs.name_of(matter.department), what, hall=settings.hall_name, phone=settings.hall_phone,
            url=f"{settings.base_url}/matters/{matter.code}", is_demonstration=bool(publishing.faults_of(matter)),
        )  # fmt: skip
        _kept[key] = await render_form(form)
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def forget() -> None:
    """Keep nothing."""
    _kept.clear()


def kept() -> int:
    """How many papers are kept."""
    return len(_kept)


@cache
def fitting() -> dict[str, dict[str, Any]]:
    """Answers of the sample of one matter, by its code and the question's key."""
    return tomllib.loads(_SOURCE.read_text(encoding="utf-8"))


def sample_of(matter: Matter, lang: str) -> Print:
    """Invented answers that would pass the matter's own checks, each where it is asked."""
    answers = sample_answers(matter)
    open_ = open_questions(matter.form, answers, SAMPLE_DAY)
    given = {(q.topic, q.path): answers[q.path] for q in open_ if q.path in answers}
    given |= {(q.topic, q.path): True for q in open_ if q.field.type == "file" and q.field.is_required}
    is_company = ("applicant_legal", "org_name") in given
    return Print(lang, MappingProxyType(given), f"{_COMPANY}（章）" if is_company else _WHO, SAMPLE_DAY)


def sample_answers(matter: Matter) -> dict[str, Any]:
    """Answers by path, as a filing would hold them."""
    kind = "自然人" if ApplicantKind.PERSON in matter.applicants else "法人或其他组织"
    own = {"applicant_kind": kind, "has_agent": False} | fitting().get(matter.code, {})
    known = {
        field.key: _KNOWN[field.key]
        for group in matter.form.groups
        if group.name.startswith("applicant_")
        for field in group.fields
        if field.key in _KNOWN
    }
    return Teller(_WHO, _MOBILE, _ADDRESS, SAMPLE_DAY, own).fill(matter.form, known)


_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "name": _WHO, "id_type": "居民身份证", "id_no": _BODY + id_check_character(_BODY), "mobile": _MOBILE,
        "address": _ADDRESS, "org_name": _COMPANY, "uscc": company_code("91330499MA0000000"), "legal_rep_name": _WHO,
        "legal_rep_id": _BODY + id_check_character(_BODY), "registered_address": _ADDRESS,
    }
)  # fmt: skip
