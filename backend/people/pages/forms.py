"""What every form page of this slice does: read the form, show the refusal in its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Request, Response
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect
from msgspec import Struct

from backend import views
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.people import sessions
from backend.people.guards import safe_next
from backend.problems import problem_of
from shared_schemas.checking import every_error

S = TypeVar("S", bound=Struct)
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
PUBLIC = {"public": True}


def again(request: Request, template: str, refusal: Refusal, **context: Any) -> Response:
    """The form once more, with what was typed and what is wrong with it. Rate limits keep their own page."""
    problem = problem_of(refusal)
    if problem.status in {401, 403, 404, 429}:
        raise refusal
    errors = problem.errors or {"form": problem.detail}
    return views.page(request, template, status_code=problem.status, errors=errors, **context)


def go(path: str, *, token: str | None = None) -> Redirect:
    """See other, with the new session cookie when there is one."""
    cookies = [sessions.cookie_for(token)] if token else []
    return Redirect(path, status_code=303, cookies=cookies, headers={"cache-control": "no-store"})


def next_of(data: dict[str, str] | str | None) -> str:
    """Where to go on, within this site."""
    return safe_next(data.get("next") if isinstance(data, dict) else data)


def refuse(errors: dict[str, str]) -> None:
    """Raise Refusal("input.invalid") where a field has an error (a registered code)."""
    if errors:
        raise Refusal("input.invalid", errors=errors)


def day_in(data: dict[str, str], field: str) -> date | None:
    """An optional day of a form, ISO. Raises Refusal("input.invalid")."""
    text = data.get(field, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("input.invalid", errors={field: "people.day"}) from None


def shaped(shape: type[S], raw: Mapping[str, Any]) -> S:
    """`raw` as `shape`. Raises Refusal("input.invalid", errors={field: sentence}) with every fault."""
    errors = every_error(shape, dict(raw), lang=language(), strict=False)
    if errors:
        raise Refusal("input.invalid", errors=errors)
    return msgspec.convert(dict(raw), shape, strict=False)
