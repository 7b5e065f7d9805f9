"""办事: search and browse matters, read a guide, take its QR code along."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from markupsafe import Markup

from backend import catalogue, views
from backend.catalogue import bundle_guiding, bundle_pages, guiding, listing, popular, samples
from backend.catalogue.listing import Wish
from backend.catalogue.shelf import Catalogue
from backend.documents.qr import qr_svg
from backend.i18n import gettext as _
from backend.i18n import language
from backend.people.guards import public
from backend.settings import settings
from shared_schemas.life_event import LifeEvent
from shared_schemas.vocabulary import ApplicantKind, Channel

PER_PAGE = 20
_PUBLIC: dict[str, Any] = {"guards": [public], "opt": {"public": True}}
# What the "nothing found" page proposes, in each language of the hall.
_TRY = {
    "zh": ("开饭店", "房产过户", "社保证明", "身份证换领"),
    "en": ("restaurant", "passport", "marriage", "social security"),
}


@get("/matters", **_PUBLIC, sync_to_thread=False)
def matters(
    request: Request[Any, Any, Any], q: str = "", life_event: str = "", department: str = "", applicant: str = "",
    channel: str = "", page: str = "1",
) -> Response[bytes]:  # fmt: skip
    """The list. As one types, htmx asks for the results alone; a filter nobody knows leaves nothing, not an error."""
    stock = catalogue.current()
    number = int(page) if page.isascii() and page.isdigit() and 0 < int(page[:6]) < 1000 else 1
    wish = Wish(
        q=q[:200], department=department[:50], life_event=life_event[:50],
        applicant=ApplicantKind(applicant) if applicant in set(ApplicantKind) else None,
        channel=Channel(channel) if channel in set(Channel) else None,
        limit=PER_PAGE, offset=(number - 1) * PER_PAGE,
    )  # fmt: skip
    context = _context(stock, wish, number)
    if views.is_htmx(request):
        return views.fragment(request, "catalogue/_results.html", **context)
    return views.page(request, "catalogue/matters.html", **context)


def _context(stock: Catalogue, wish: Wish, number: int) -> dict[str, Any]:
    found = listing.listing(stock, wish)
    event = next((e for e in stock.life_events if e.code == wish.life_event), None)
    department = stock.departments.get(wish.department)
    return {
        "stock": stock, "wish": wish, "found": found, "page": number, "last": -(-found.total // PER_PAGE),
        "address": lambda **changes: address(wish, **changes), "marked": marked, "tries": _TRY[language()],
        "topic": event or department, "related": _related(stock, found) if wish.q else [],
        "applicants": list(ApplicantKind), "channels": _WAYS,
        "bundles": bundle_guiding.found(stock, wish),
        "popular": [listing.row_of(stock, stock.matters[c]) for c in popular.MATTERS if c in stock.matters][:4],
    }  # fmt: skip


def _related(stock: Catalogue, found: listing.Listing) -> list[LifeEvent]:
    """The life events of the best hit: who looks for one permit often needs its neighbours."""
    if not found.items:
        return []
    at = list(stock.matters).index(found.items[0].code)
    return [event for event in stock.life_events if at in stock.facets.life_event.get(event.code, ())][:4]


# The channels a reader filters by, with the badge of each.
_WAYS = ((Channel.ONLINE, "网上能办"), (Channel.KIOSK, "自助机能办"), (Channel.WINDOW, "窗口能办"))


def address(wish: Wish, **changes: str) -> str:
    """The address of this list with some of its filters changed; page one unless `page` is among them."""
    now = {
        "q": wish.q, "life_event": wish.life_event, "department": wish.department,
        "applicant": wish.applicant or "", "channel": wish.channel or "", **changes,
    }  # fmt: skip
    asked = urlencode({key: value for key, value in now.items() if value})
    return f"/matters?{asked}" if asked else "/matters"


def marked(text: str, ranges: tuple[tuple[int, int], ...]) -> Markup:
    """`text` with `<mark>` around the ranges."""
    parts, at = [], 0
    for start, end in ranges:
        parts.append(Markup("{}<mark>{}</mark>").format(text[at:start], text[start:end]))
        at = end
    return Markup("").join([*parts, text[at:]])


@get("/matters/{code:str}", **_PUBLIC)
async def guide(request: Request[Any, Any, Any], code: str, version: str = "") -> Response[bytes]:
    """办事指南. `?version=` shows what an older case was filed under."""
    stock = catalogue.current()
    if (bundle := bundle_guiding.guide_of(stock, code)) is not None:
        return bundle_pages.guide_page(request, bundle, code)
    is_old = version.isascii() and version.isdigit() and len(version) < 7
    matter = await catalogue.version(code, int(version)) if is_old else stock.matter(code)
    in_force = stock.matters.get(code)
    link = f"{settings.base_url}/matters/{matter.code}"
    return views.page(
        request, "catalogue/guide.html", guide=guiding.guide_of(stock, matter), how_to_give=guiding.how_to_give,
        minutes=guiding.minutes_to_fill(matter), stock=stock, link=link, shown=samples.shown_for(matter),
        qr=Markup(qr_svg(link, _("这件事的二维码"))),  # noqa: S704 - made by us
        newer=in_force.version if in_force and in_force.version != matter.version else 0, is_withdrawn=in_force is None,
        bundles=bundle_guiding.beside(stock, matter.code),
    )  # fmt: skip


@get("/matters/{code:str}/qr.svg", **_PUBLIC, sync_to_thread=False)
def guide_qr(code: str) -> Response[bytes]:
    """The QR code of a guide, for posters and screens."""
    stock = catalogue.current()
    matter = stock.matter(code)
    svg = qr_svg(f"{settings.base_url}/matters/{matter.code}", matter.name)
    return Response(
        svg.encode(), media_type="image/svg+xml", headers={"etag": stock.etag, "cache-control": "public, max-age=3600"}
    )


handlers = [matters, guide, guide_qr, *bundle_pages.handlers]
