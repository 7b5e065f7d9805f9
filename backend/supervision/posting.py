"""HTML forms of supervision, read into what its actions take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from litestar import Request
from msgspec import Struct

from backend.domain.refusal import Refusal
from backend.i18n import language
from shared_schemas.checking import every_error

S = TypeVar("S", bound=Struct)


class Words(dict[str, str]):
    """What was typed, or is wrong, by field; a field nobody touched is empty text."""

    def __missing__(self, _name: str) -> str:
        return ""


async def form_of(request: Request[Any, Any, Any]) -> dict[str, str]:
    """The posted fields as text."""
    return {name: str(value)[:4000] for name, value in (await request.form()).items()}


def shaped(shape: type[S], raw: Mapping[str, Any]) -> S:
    """`raw` as `shape`. Raises Refusal("input.invalid", errors={field: sentence}) with every fault."""
    errors = every_error(shape, dict(raw), lang=language(), strict=False)
    if errors:
        raise Refusal("input.invalid", errors=errors)
    return msgspec.convert(dict(raw), shape, strict=False)
