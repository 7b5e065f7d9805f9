"""一件事: the guide of a bundle, and choosing which of its parts one wants."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.response import Redirect
from markupsafe import Markup

from backend import catalogue, views
from backend.catalogue import bundle_guiding, guiding
from backend.documents.qr import qr_svg
from backend.domain.refusal import Refusal
from backend.i18n import gettext as _
from backend.people.guards import public
from backend.settings import settings
from shared_schemas.bundle import BundleGuide

_PUBLIC: dict[str, Any] = {"guards": [public], "opt": {"public": True}}


def guide_page(request: Request[Any, Any, Any], guide: BundleGuide, code: str) -> Response[bytes]:
    """The guide with the parts that `code` chooses ticked; the whole bundle's parts are offered."""
    stock = catalogue.current()
    whole = bundle_guiding.guide_of(stock, guide.code) or guide
    link = f"{settings.base_url}/matters/{guide.code}"
    return views.page(
        request,
        "catalogue/bundle.html",
        guide=guide,
        whole=whole,
        taken={part.key for part in guide.parts},
        short={part.key: part for part in whole.parts},
        minutes=guiding.minutes_to_fill(stock.matter(code)),
        stock=stock,
        link=link,
        qr=Markup(qr_svg(link, _("这件事的二维码"))),  # noqa: S704 - made by us
    )


@get("/matters/{code:str}/parts", **_PUBLIC)
async def choose(request: Request[Any, Any, Any], code: str) -> Redirect:
    """To the guide of the parts that were ticked (`part`), or with `start` on to filing them."""
    chosen = list(request.query_params.getall("part", []))
    filing = bundle_guiding.filing_code(catalogue.current(), code, chosen)
    if filing is None:
        raise Refusal("matter.unknown", code=code[:50])
    is_begun = request.query_params.get("start") == "1"
    return Redirect(f"/matters/{filing}{'/start' if is_begun else '#parts'}", status_code=303)


handlers = [choose]
