"""What a certificate says: the matter's result, filled from the filed form."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from backend import catalogue
from backend.cases import reading
from backend.catalogue import organs
from backend.documents import shapes
from backend.domain.forms import Question, questions
from backend.settings import settings
from shared_schemas.case import Case
from shared_schemas.matter import Matter
from shared_schemas.vocabulary import ApplicantKind

_VALIDITY = Path(__file__).parent.parent / "data" / "validity.toml"
_MOST = 8
# More lines than this stand better on an upright page.
_WIDE = 4
# Kinds of answers a certificate may carry. Numbers of people's documents, phones and files never are.
_SHOWN = frozenset({"text", "enum", "multi", "int", "decimal", "address", "date", "daterange", "money"})
_FROM_GROUPS = {"legal_rep_name": "法定代表人（负责人）", "registered_address": "住所"}
_LONG = 60


def verify_url(number: str) -> str:
    """What the certificate's QR code opens."""
    return f"{settings.base_url}/verify/{quote(number)}"


@cache
def _years() -> dict[str, int]:
    return tomllib.loads(_VALIDITY.read_text("utf-8"))


def title_of(matter: Matter) -> str:
    """证照名称: the result's own name, without what a form adds in brackets."""
    return (matter.result or matter.name).partition("（")[0].partition("、")[0][:40]


def valid_until(title: str, issued_on: date) -> date | None:
    """The last day, or None for no end: the day before the same day so many years on."""
    years = next((years for name, years in _years().items() if name in title), None)
    if years is None:
        return None
    try:
        same_day = issued_on.replace(year=issued_on.year + years)
    except ValueError:
        return date(issued_on.year + years, 2, 28)
    return date.fromordinal(same_day.toordinal() - 1)


async def compose(case: Case, number: str, issued_on: date) -> shapes.CertificateSheet:
    """The facts of the certificate."""
    matter = await catalogue.version(case.matter, case.matter_version)
    organ = organs.name_of(case.department)
    title = title_of(matter)
    form = await reading.form_of(case)
    entries = tuple(_entries(matter, form, case))
    return shapes.CertificateSheet(
        name=title,
        number=number,
        holder=await reading.applicant_name(case),
        entries=entries,
        organ=organ,
        issued_on=issued_on,
        verify_url=verify_url(number),
        legal_basis="、".join(f"《{basis.law.strip('《》')}》" for basis in matter.basis[:2]),
        holder_label="名称" if case.applicant_kind is ApplicantKind.COMPANY else "持证人",
        seal_name=organ,
        valid_from=issued_on,
        valid_until=valid_until(title, issued_on),
        is_portrait=len(entries) > _WIDE,
        is_demo=settings.demo,
    )


def _entries(matter: Matter, form: dict[str, Any], case: Case) -> Iterator[shapes.Entry]:
    if case.credit_code:
        yield shapes.Entry("统一社会信用代码", case.credit_code)
    for key, label in _FROM_GROUPS.items():
        if case.credit_code and isinstance(form.get(key), str) and form[key]:
            yield shapes.Entry(label, form[key])
    left = _MOST
    for question in questions(matter.form):
        said = _said(question, form.get(question.path))
        if question.topic == "own" and said and left:
            left -= 1
            yield shapes.Entry(question.field.zh, said)


def _said(question: Question, value: Any) -> str:
    if question.field.type not in _SHOWN or value in (None, "", [], {}):
        return ""
    if isinstance(value, dict):
        said = " 至 ".join(str(part) for part in value.values())
    elif isinstance(value, list):
        said = "、".join(map(str, value))
    else:
        said = str(value)
    return said if len(said) <= _LONG else ""
