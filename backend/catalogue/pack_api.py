"""The catalogue to take along: whole, its index, or some of its matters. Public, the same for everybody."""

from __future__ import annotations

from typing import Annotated, Any

import brotli
import msgspec
from litestar import Request, Response, get
from litestar.params import Parameter

from backend import catalogue
from backend.catalogue import packing
from backend.catalogue.shelf import Catalogue
from backend.domain.refusal import Refusal

MOST_CODES = 300
_PUBLIC: dict[str, Any] = {"opt": {"public": True}, "tags": ["catalogue"]}
_LARGE, _SMALL = 7, 5  # brotli: made once a release, and made for one phone
_made: dict[tuple[str, str], tuple[bytes, bytes]] = {}  # (edition, part) -> bytes plain and compressed


@get(
    "/catalogue/pack",
    sync_to_thread=True,
    **_PUBLIC,
    operation_id="ReadPack",
    summary="The catalogue for a phone without network",
    description="Everything that guides, search and filling in a form need, in both languages. `codes` (comma separated, "
    "300 at most) asks for those matters only: what the index shows to have changed.",
)
def pack(
    request: Request[Any, Any, Any],
    codes: Annotated[str, Parameter(description="Only these matters, e.g. scj-18,gaj-06", max_length=6000)] = "",
) -> Response[bytes]:
    """The whole pack, or some matters."""
    stock = catalogue.current()
    if not codes:
        return _kept(request, stock, "whole")
    wanted = tuple(dict.fromkeys(code for code in codes.split(",") if code))
    if len(wanted) > MOST_CODES:
        raise Refusal("input.invalid", errors={"codes": f"≤ {MOST_CODES}"})
    plain = msgspec.json.encode(packing.some(stock, wanted))
    return _answer(request, stock, plain, brotli.compress(plain, quality=_SMALL))


@get(
    "/catalogue/index",
    sync_to_thread=True,
    **_PUBLIC,
    operation_id="ReadPackIndex",
    summary="What the pack holds, without the matters",
    description="Departments, life events, synonyms, words, the shared groups of forms, and `versions`: which version of "
    "each matter is in force. 304 by ETag while nothing was imported.",
)
def index(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The head of the pack."""
    return _kept(request, catalogue.current(), "index")


def _kept(request: Request[Any, Any, Any], stock: Catalogue, part: str) -> Response[bytes]:
    if request.headers.get("if-none-match") == stock.etag:
        return Response(b"", status_code=304, headers=_headers(stock))
    if (stock.etag, part) not in _made:
        plain = msgspec.json.encode(packing.whole(stock) if part == "whole" else packing.index(stock))
        for old in [key for key in _made if key[0] != stock.etag]:
            _made.pop(old, None)
        _made[stock.etag, part] = plain, brotli.compress(plain, quality=_LARGE)
    return _answer(request, stock, *_made[stock.etag, part])


def _answer(request: Request[Any, Any, Any], stock: Catalogue, plain: bytes, small: bytes) -> Response[bytes]:
    if "br" not in request.headers.get("accept-encoding", ""):
        return Response(plain, media_type="application/json", headers=_headers(stock))
    return Response(small, media_type="application/json", headers={**_headers(stock), "content-encoding": "br"})


def _headers(stock: Catalogue) -> dict[str, str]:
    return {"etag": stock.etag, "cache-control": "public, no-cache", "vary": "accept-encoding"}


handlers = [pack, index]
