"""From whatever went wrong to one answer in the reader's language and format; nothing of the inside leaks."""

from __future__ import annotations

import traceback
from types import TracebackType
from typing import Any

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, MethodNotAllowedException, ValidationException
from litestar.types import ExceptionHandlersMap
from markupsafe import escape

from backend import views
from backend.domain.refusal import Refusal
from backend.formats import file_size
from backend.i18n import gettext as _
from backend.i18n import language
from backend.problems import Problem, problem_of
from backend.settings import settings
from shared_schemas.checking import told
from shared_schemas.reasons import sentence

log = structlog.get_logger("yimaban")

_BY_STATUS = {
    400: "request.malformed", 401: "auth.needed", 403: "auth.forbidden", 404: "page.missing",
    405: "request.method", 413: "request.too_large", 415: "request.unsupported_type", 429: "rate.limited",
    503: "server.unavailable",
}  # fmt: skip
_READING = ("/litestar/_kwargs/", "/litestar/connection/", "/litestar/_multipart.py", "/litestar/_parsers.py")
# Text that PostgreSQL can't keep (U+0000, half a surrogate pair) or a number beyond its column: whoever sent it.
_UNKEEPABLE = (
    asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError, asyncpg.NumericValueOutOfRangeError,
    asyncpg.DataError, UnicodeEncodeError,
)  # fmt: skip
_UNREACHABLE = (
    asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError,
    asyncpg.DiskFullError, asyncpg.InterfaceError, ConnectionError,
)  # fmt: skip


def on_refusal(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    """A refusal by name."""
    return answer(request, problem_of(refusal))


def on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """What the framework itself refuses: unknown address, wrong method, unreadable or oversized body."""
    if error.status_code >= 500 and error.status_code != 503:
        return on_unknown(request, error)
    code = _BY_STATUS.get(error.status_code, "request.malformed")
    facts: dict[str, object] = {}
    headers = dict(error.headers or {})
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        facts["errors"] = _said_of_fields(error.extra)
    if isinstance(error, MethodNotAllowedException):
        facts["allow"] = headers.get("allow") or headers.get("Allow") or "GET"
    if error.status_code == 413:
        limit = request.route_handler.resolve_request_max_body_size()
        facts["limit"] = file_size(limit if isinstance(limit, int) else settings.max_upload_bytes)
    problem = problem_of(Refusal(code, **facts))
    return answer(request, problem, headers)


def _said_of_fields(extra: list[Any]) -> dict[str, str]:
    """Field -> what is wrong with it, in the reader's words; what the framework says of other things stays as it is."""
    said: dict[str, str] = {}
    for item in extra:
        key, message = str(item.get("key", "")), str(item.get("message", ""))
        if item.get("source") not in {None, "body"}:
            said[key] = message
            continue
        place, fault = told(key, message)
        said[place] = sentence(fault, language())
    return said


def on_unknown(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Anything else: the visitor's unreadable bytes (400), a database that is away (503), or our mistake (500)."""
    if isinstance(error, RecursionError | UnicodeError | LookupError) and _while_reading(error.__traceback__):
        return on_refusal(request, Refusal("request.malformed"))
    if type(error) in _UNKEEPABLE:
        log.warning("unkeepable", kind=type(error).__qualname__, route=request.scope.get("path_template", "-"))
        return on_refusal(request, Refusal("request.malformed"))
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    log.error(
        "unhandled", kind=type(error).__qualname__, message=str(error).split("\nDETAIL", 1)[0],
        at=[f"{frame.filename.rsplit('/', 3)[-1]}:{frame.lineno} {frame.name}" for frame in frames],
    )  # fmt: skip
    code = "server.unavailable" if isinstance(error, _UNREACHABLE) else "server.error"
    return on_refusal(request, Refusal(code))


HANDLERS: ExceptionHandlersMap = {Refusal: on_refusal, HTTPException: on_http, Exception: on_unknown}  # type: ignore[dict-item]


def answer(request: Request[Any, Any, Any], problem: Problem, headers: dict[str, str] | None = None) -> Response[Any]:
    """The problem as JSON for programs, as a fragment for htmx, as a page for people."""
    sent = {"cache-control": "no-store", **(headers or {})}
    if problem.retry_after is not None:
        sent["retry-after"] = str(problem.retry_after)
    if wants_json(request):
        if problem.status == 401:
            sent["www-authenticate"] = "Bearer"
        return _as_json(request, problem, sent)
    name = "components/_refusal.html" if views.is_htmx(request) else "refused.html"
    if problem.code == "page.missing" and name == "refused.html":
        name = "notfound.html"
    return _as_html(request, problem, name, sent)


def wants_json(request: Request[Any, Any, Any]) -> bool:
    """The API, and whoever asks for JSON rather than HTML."""
    accept = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("json" in accept and "html" not in accept)


def request_id(request: Request[Any, Any, Any]) -> str:
    """The number of this request, in every log line and on every error page."""
    return str(request.scope.get("yimaban.request_id", ""))


def _as_json(request: Request[Any, Any, Any], problem: Problem, headers: dict[str, str]) -> Response[bytes]:
    body: dict[str, object] = {
        **problem.facts,
        "type": f"urn:yimaban:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": f"urn:yimaban:request:{request_id(request)}",
        "code": problem.code,
    }
    if problem.errors:
        body["errors"] = problem.errors
    return Response(
        msgspec.json.encode(body), status_code=problem.status, headers=headers, media_type="application/problem+json"
    )


def _as_html(request: Request[Any, Any, Any], problem: Problem, name: str, headers: dict[str, str]) -> Response[bytes]:
    facts = {field: getattr(problem, field) for field in ("code", "status", "title", "detail", "errors", "facts")}
    try:
        text = views.render(request, name, **facts, instance=request_id(request))
    except Exception as error:  # noqa: BLE001 - the page that says sorry must not fail
        log.error("refusal_page", template=name, kind=type(error).__qualname__, message=str(error))
        text = _plain_page(problem)
    return views.html(request, text, status_code=problem.status, headers=headers)


def _plain_page(problem: Problem) -> str:
    """The last resort, without template or style: the same words."""
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(problem.title)}</title>'
        f'<h1>{escape(problem.title)}</h1><p>{escape(problem.detail)}</p><p><a href="/">{escape(_("回首页"))}</a></p>'
    )


def _while_reading(trace: TracebackType | None) -> bool:
    """Whether the fault came up while the framework read the request, after the last line of our own code."""
    names = [frame.filename for frame in traceback.extract_tb(trace)]
    ours = max((place for place, name in enumerate(names) if "/backend/" in name), default=-1)
    return any(part in name for name in names[ours + 1 :] for part in _READING)
