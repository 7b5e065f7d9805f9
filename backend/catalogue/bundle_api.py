"""JSON of bundles (一件事): which there are, and the guide of one with the parts one chooses. Public."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import get
from litestar.params import Parameter
from msgspec import Struct

from backend import catalogue
from backend.catalogue import bundle_guiding
from backend.domain.refusal import Refusal
from shared_schemas.bundle import BundleGuide

_PUBLIC: dict[str, Any] = {"opt": {"public": True}, "tags": ["catalogue"]}


class Bundles(Struct, frozen=True):
    """Every bundle of the hall, each with all of its parts."""

    items: tuple[BundleGuide, ...]
    total: int


@get(
    "/bundles",
    **_PUBLIC,
    sync_to_thread=False,
    summary="Bundles: one entry, many matters",
    operation_id="ListBundles",
    description="一件事. A draft of one is begun by POST /drafts with its `filing` as `matter`.",
)
def bundles() -> Bundles:
    """All of them."""
    stock = catalogue.current()
    found = tuple(guide for code in stock.bundles if (guide := bundle_guiding.guide_of(stock, code)) is not None)
    return Bundles(found, len(found))


@get(
    "/bundles/{code:str}",
    **_PUBLIC,
    sync_to_thread=False,
    summary="The guide of a bundle",
    operation_id="ReadBundleGuide",
    description="With `part` (several) only these optional parts: what it asks, which papers once, how long, and the "
    "`filing` code to begin a draft with. 404 `matter.unknown`.",
)
def bundle(
    code: str, part: Annotated[list[str] | None, Parameter(description="Optional parts to take, by key")] = None
) -> BundleGuide:
    """One, as chosen."""
    stock = catalogue.current()
    filing = code if part is None else bundle_guiding.filing_code(stock, code, part)
    found = bundle_guiding.guide_of(stock, filing) if filing else None
    if found is None:
        raise Refusal("matter.unknown", code=code[:50])
    return found


handlers = [bundles, bundle]
