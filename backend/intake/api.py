"""/api/v1 of the slice: drafts, uploads, and filing itself."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Request, Response, post
from msgspec import Meta, Struct

from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.intake import applicants_api, desk_api, draft_api, filing, relay_api, rival_pages, tus, undo_api, undoing
from backend.intake import refusals as _refusals  # noqa: F401 - who refuses brings the sentences along
from backend.people.guards import signed_in_only
from shared_schemas.checking import every_error
from shared_schemas.draft import FilingResult
from shared_schemas.filing import Filing
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Channel

_T = TypeVar("_T", bound=Struct)
_LARGEST = 1_000_000  # bytes of JSON; the files of a filing come by /uploads


class DraftFiling(Struct, frozen=True, forbid_unknown_fields=True):
    """File a draft."""

    draft: Annotated[str, Meta(max_length=36)]
    declared: bool = True


@post(
    "/api/v1/cases",
    guards=[signed_in_only],
    status_code=201,
    tags=["cases"],
    summary="File",
    operation_id="FileCase",
    request_max_body_size=_LARGEST,
    description='A whole `Filing`, or `{"draft": id}`. The header `Idempotency-Key` makes it one case however often it is '
    "sent: 201 for the first, 200 for the same again, 422 for the key with another body. 422 `filing.incomplete` names "
    "every fault of form and papers at once. A bundle (一件事) makes several cases, of which the first is named: GET "
    "/cases/{no}/bundle has all. Until `undo_until` its owner may take it back (POST …/undo).",
)
async def file_case(
    request: Request[Any, Any, Any], actor: CitizenActor | OfficerActor, now: datetime
) -> Response[FilingResult]:
    """Receive a filing."""
    key = filing.checked_key(request.headers.get("idempotency-key"))
    raw = _json(await request.body())
    channel = channel_of(request, actor)
    if isinstance(raw, dict) and "draft" in raw:
        told = _shape(DraftFiling, raw)
        result = await filing.submit(told.draft, actor, key=key, channel=channel, declared=told.declared, now=now)
    else:
        whole = _shape(Filing, raw)
        if not isinstance(actor, CitizenActor):
            raise Refusal("people.citizens_only")
        result = await filing.file(whole, actor, key=key, channel=channel, now=now)
    until = await undoing.offered_until(result.case_no, now)
    return Response(
        msgspec.structs.replace(result, undo_until=until),
        status_code=201 if result.is_new else 200,
        headers={"location": f"/api/v1/cases/{result.case_no}", "cache-control": "no-store"},
    )


def channel_of(request: Request[Any, Any, Any], actor: CitizenActor | OfficerActor) -> Channel:
    """Where this filing comes from: a window, a kiosk, a phone, or any other computer."""
    if isinstance(actor, OfficerActor):
        return Channel.WINDOW
    if actor.only_draft:
        return Channel.KIOSK
    return Channel.MOBILE if "Mobi" in request.headers.get("user-agent", "") else Channel.ONLINE


def _json(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refusal("request.malformed") from None


def _shape(kind: type[_T], raw: Any) -> _T:
    errors = every_error(kind, raw, lang=language())
    if errors:
        raise Refusal("input.invalid", status=400, errors=errors)
    return msgspec.convert(raw, kind)


handlers = [
    *draft_api.handlers,
    *rival_pages.api_handlers,
    *relay_api.handlers,
    *applicants_api.handlers,
    *desk_api.handlers,
    *tus.handlers,
    *undo_api.handlers,
    file_case,
]
