"""JSON of the catalogue: public, the same for everybody, cached by the release's ETag."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get
from litestar.datastructures import ResponseHeader
from litestar.params import Parameter
from msgspec import Struct

from backend import catalogue
from backend.catalogue import bundle_api, guiding, listing, pack_api
from backend.catalogue.shelf import Catalogue
from backend.domain.refusal import Refusal
from shared_schemas.life_event import LifeEvent
from shared_schemas.matter import Department, Guide, MatterHit
from shared_schemas.vocabulary import ApplicantKind, Channel

_ETAG = ResponseHeader(name="etag", description="Changes with every import", documentation_only=True)
_PUBLIC: dict[str, Any] = {"opt": {"public": True}, "tags": ["catalogue"], "response_headers": [_ETAG]}


class MatterList(Struct, frozen=True):
    """A page of matters. `total` counts every match; `read_as` is what a misspelt query was taken for."""

    items: tuple[MatterHit, ...]
    total: int
    read_as: str = ""


class DepartmentRow(Struct, frozen=True):
    """A department with how many matters it has in the hall."""

    code: str
    name: str
    current_name: str
    name_en: str
    entry: str
    count: int


class Departments(Struct, frozen=True):
    """Every department of the hall."""

    items: tuple[DepartmentRow, ...]
    total: int


class LifeEvents(Struct, frozen=True):
    """Every life event; the first eight are the home page's."""

    items: tuple[LifeEvent, ...]
    total: int


@get(
    "/matters",
    **_PUBLIC,
    operation_id="ListMatters",
    summary="Search and browse matters",
    sync_to_thread=False,
    description="As people talk: everyday words, misspelt words, pinyin, initials, English. Without `q` everything "
    "that the filters leave. Best match first; `name_ranges`, `alias` and `alias_ranges` say why it matched.",
)
def list_matters(
    request: Request[Any, Any, Any],
    q: Annotated[
        str, Parameter(description="What somebody wants to do, e.g. 开饭店, yyzz, passport", max_length=200)
    ] = "",
    limit: Annotated[int, Parameter(description="Rows of this page", ge=1, le=listing.MOST)] = 20,
    offset: Annotated[int, Parameter(description="Rows to pass over", ge=0, le=100_000)] = 0,
    department: Annotated[str, Parameter(description="Department code, e.g. scj", max_length=50)] = "",
    life_event: Annotated[str, Parameter(description="Life event code, e.g. business", max_length=50)] = "",
    applicant: Annotated[ApplicantKind | None, Parameter(description="Who applies")] = None,
    channel: Annotated[Channel | None, Parameter(description="Where it can be done")] = None,
) -> Response[MatterList]:
    """A page of matters."""
    stock = catalogue.current()
    if unchanged := _unchanged(request, stock):
        return unchanged
    wish = listing.Wish(q, department, life_event, applicant, channel, limit, offset)
    found = listing.listing(stock, wish)
    return _answer(MatterList(found.items, found.total, found.read_as), stock)


@get(
    "/matters/{code:str}",
    **_PUBLIC,
    operation_id="ReadMatter",
    summary="The guide of one matter",
    description="Everything a citizen needs: conditions, materials with their keys, limits, fee, the way it goes, the "
    "form's fields, basis; `form_pdf` and `sample_pdf` are the blank form and a filled sample. `version` names an older "
    "version than the one in force. Unknown: 404 `matter.unknown`.",
)
async def read_matter(
    request: Request[Any, Any, Any],
    code: Annotated[str, Parameter(description="The catalogue's id, e.g. scj-18", max_length=50)],
    version: Annotated[int | None, Parameter(description="An older version", ge=1, le=1_000_000)] = None,
) -> Response[Guide]:
    """One guide. Its bytes are made once a release."""
    stock = catalogue.current()
    if version is not None:
        return _answer(guiding.guide_of(stock, await catalogue.version(code, version)), stock)
    matter = stock.matter(code)
    if unchanged := _unchanged(request, stock):
        return unchanged
    if code not in stock.guides:
        stock.guides[code] = msgspec.json.encode(guiding.guide_of(stock, matter))
    return _answer(msgspec.Raw(stock.guides[code]), stock)


@get(
    "/departments",
    **_PUBLIC,
    operation_id="ListDepartments",
    summary="The departments of the hall",
    sync_to_thread=False,
    description="In the hall's order, each with the number of its matters.",
)
def list_departments(request: Request[Any, Any, Any]) -> Response[Departments]:
    """Every department."""
    stock = catalogue.current()
    if unchanged := _unchanged(request, stock):
        return unchanged
    rows = tuple(_department(d, stock) for d in stock.departments.values())
    return _answer(Departments(rows, len(rows)), stock)


@get(
    "/departments/{code:str}",
    **_PUBLIC,
    operation_id="ReadDepartment",
    summary="One department",
    sync_to_thread=False,
    description="By its code. Unknown: 404 `department.unknown`.",
)
def read_department(
    request: Request[Any, Any, Any],
    code: Annotated[str, Parameter(description="Department code, e.g. scj", max_length=50)],
) -> Response[DepartmentRow]:
    """One department."""
    stock = catalogue.current()
    if code not in stock.departments:
        raise Refusal("department.unknown", code=code)
    if unchanged := _unchanged(request, stock):
        return unchanged
    return _answer(_department(stock.departments[code], stock), stock)


@get(
    "/life-events",
    **_PUBLIC,
    operation_id="ListLifeEvents",
    summary="What happened to you",
    sync_to_thread=False,
    description="Life events with the number of matters each leads to; the code is the filter `life_event`.",
)
def list_life_events(request: Request[Any, Any, Any]) -> Response[LifeEvents]:
    """Every life event."""
    stock = catalogue.current()
    if unchanged := _unchanged(request, stock):
        return unchanged
    return _answer(LifeEvents(stock.life_events, len(stock.life_events)), stock)


def _department(department: Department, stock: Catalogue) -> DepartmentRow:
    return DepartmentRow(
        department.code, department.name, department.current_name, department.name_en, department.entry,
        len(stock.facets.department.get(department.code, ())),
    )  # fmt: skip


def _headers(stock: Catalogue) -> dict[str, str]:
    return {"etag": stock.etag, "cache-control": "public, no-cache"}


def _unchanged(request: Request[Any, Any, Any], stock: Catalogue) -> Response[Any] | None:
    if request.headers.get("if-none-match") != stock.etag:
        return None
    return Response(None, status_code=304, headers=_headers(stock))


def _answer(content: Any, stock: Catalogue) -> Response[Any]:
    return Response(content, headers=_headers(stock), media_type="application/json")


handlers = [
    list_matters,
    read_matter,
    list_departments,
    read_department,
    list_life_events,
    *pack_api.handlers,
    *bundle_api.handlers,
]
