"""What a scan of the code may know, and how it stays fast: a version check, then bytes made once.

`/t/{code}` costs one indexed query. The page of a case is rendered once per version, day, language and look, and kept
here; with a matching ETag nothing is sent at all.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from backend import calendars, catalogue, crypto, db
from backend.bundles import queries as bundles
from backend.cases import clocks, log, reading, sealing, standing
from backend.domain import tracking
from backend.domain.masking import mask_case_no
from backend.domain.refusal import Refusal
from backend.settings import settings
from backend.static import assets
from shared_schemas.vocabulary import Channel, Step

PAGES = Path(__file__).parents[2] / "pwa"
# About 6 kB a page: 2,000 pages are 12 MB a worker.
KEPT = 2000
# Of every answer to a scan: nobody else's cache may keep it, and the code goes to no other site.
HEADERS = {"cache-control": "private, no-cache", "x-robots-tag": "noindex, nofollow", "referrer-policy": "no-referrer"}
FIXED = (
    (b"vary", b"accept-encoding, accept-language, cookie, hx-request"),
    *((name.encode(), value.encode()) for name, value in HEADERS.items()),
)
# The look of whoever chose none: size of text, theme, and the whole page.
PLAIN = ("plain", "auto", "page")
# DOMAIN.md: the query password locks after five wrong tries.
TRIES = 5
_TRY = "UPDATE case_file SET password_failures = password_failures + 1 WHERE id = $1 AND password_failures < $2 RETURNING id"


class Version(Struct, frozen=True):
    """Which case a code opens and how far its log is.

    `mark` stands for the code itself (64 bits of its HMAC): what is kept or tagged under it is never another case's,
    nor the same case's under a code that was replaced, and it tells nobody how many cases there are. `filing`: the code
    opens a bundle; `case_id` is its first case then, and `seq` moves with every one.
    """

    case_id: int
    seq: int
    mark: str
    filing: int | None = None


class PublicView(Struct, frozen=True):
    """All that anybody may read off a scan (DOMAIN.md, "Tracking code"): no name, material, defect, staff, address."""

    case_no: str
    matter_zh: str
    matter_en: str
    department_zh: str
    department_en: str
    step: Step
    channel: Channel
    standing: standing.Standing
    hall_phone: str
    seq: int


async def version_of(code: str) -> Version | None:
    """The case behind a well-formed code; None when there is none or the code was revoked: one answer for both."""
    digest = crypto.hmac_token(code)
    row = await db.fetchrow(
        "SELECT id, seq FROM case_file WHERE tracking_hash = $1 AND tracking_revoked_at IS NULL", digest
    )
    return Version(row[0], row[1], digest[:8].hex()) if row else await _of_bundle(digest)


async def _of_bundle(digest: bytes) -> Version | None:
    """Asked only for a code that is no case's: the path of a plain scan stays one query."""
    row = await db.fetchrow(
        "SELECT f.id, f.seq + coalesce(sum(c.seq), 0)::int AS seq, min(c.id) AS first FROM bundle_filing f "
        "JOIN case_file c ON c.filing = f.id WHERE f.tracking_hash = $1 AND f.tracking_revoked_at IS NULL GROUP BY f.id",
        digest,
    )
    return None if row is None else Version(row["first"], row["seq"], digest[:8].hex(), row["id"])


async def public_view(version: Version, today: date) -> PublicView:
    """The case as a stranger may see it."""
    case = await reading.by_id(version.case_id)
    matter = await catalogue.version(case.matter, case.matter_version)
    department = catalogue.current().department(case.department)
    return PublicView(
        case_no=mask_case_no(case.case_no),
        matter_zh=matter.name,
        matter_en=matter.name_en,
        department_zh=department.label("zh"),
        department_en=department.label("en"),
        step=case.step,
        channel=case.channel,
        standing=standing.of(
            case,
            matter,
            await log.of(case.id),
            calendars.current(),
            today,
            await clocks.standstills_of(case.id),
            for_public=True,
        ),
        hall_phone=settings.hall_phone,
        seq=case.seq,
    )


class BundleView(Struct, frozen=True):
    """All that anybody may read off the scan of a bundle: as `PublicView`, for each of its parts."""

    filing: bundles.FilingView
    hall_phone: str
    seq: int


async def bundle_view(filing: int, seq: int) -> BundleView:
    """The bundle as a stranger may see it: case numbers masked, nothing of the database's own."""
    seen = await bundles.view(filing, for_public=True)
    parts = tuple(
        msgspec.structs.replace(part, case_no=mask_case_no(part.case_no) if part.case_no else None)
        for part in seen.parts
    )
    return BundleView(msgspec.structs.replace(seen, id=0, parts=parts), settings.hall_phone, seq)


class Shelf:
    """Rendered bytes by key, the least used thrown out first."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()

    def get(self, key: tuple[object, ...]) -> bytes | None:
        """The bytes under `key`, now the most recently used."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: tuple[object, ...], body: bytes) -> bytes:
        """Keep `body`; returns it."""
        self._kept[key] = body
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return body


shelf = Shelf()


def place(version: Version, today: date, look: tuple[str, ...], *, is_brotli: bool) -> tuple[object, ...]:
    """Where on the shelf the page of this version, day, look and coding lies."""
    return (version.mark, version.seq, today, *look, is_brotli)


async def cached(
    version: Version,
    today: date,
    look: tuple[str, ...],
    render: Callable[[PublicView | BundleView], bytes],
    *,
    is_brotli: bool,
) -> bytes:
    """The bytes of `render` for this version, day and look (language, text size …)."""
    key = place(version, today, look, is_brotli=is_brotli)
    found = shelf.get(key)
    if found is not None:
        return found
    view = await bundle_view(version.filing, version.seq) if version.filing else await public_view(version, today)
    return shelf.put(key, render(view))


def etag(version: Version, today: date, look: tuple[str, ...]) -> str:
    """A weak validator that changes with the case, the day (days left), the look and what it is rendered with."""
    return f'W/"{version.mark}-{version.seq}-{today.toordinal():x}-{edition()}-{"-".join(look)}"'


@cache
def edition() -> str:
    """Short for templates, words, static files and the hall's phone as this process has them.

    Without it, a browser would keep the page of the release before, and the style sheet that it names, until the case
    moves.
    """
    digest = hashlib.sha256(f"{settings.hall_name} {settings.hall_phone} {sorted(assets().by_url)}".encode())
    for folder, kind in ((PAGES / "templates", "*.html"), (PAGES / "locales", "*.po")):
        for path in sorted(folder.rglob(kind)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def code_of(text: str) -> str:
    """The code in what somebody scanned or typed. Raises Refusal("tracking.unknown" | "tracking.foreign_address")."""
    return tracking.scanned(text, settings.base_url)


async def open_by_password(case_no: str, password: str, last_four: str) -> int:
    """The id of the case that this number, query password and last four digits open.

    Every miss is the same Refusal("tracking.no_match"); after five on one case Refusal("tracking.locked") until the
    owner signs in or a clerk prints the receipt again.
    """
    row = await db.fetchrow("SELECT id, password_sealed, last_fours_sealed FROM case_file WHERE case_no = $1", case_no)
    if row is None:
        raise Refusal("tracking.no_match")
    # Counted before it is judged: guesses sent at once must not share one look at the counter.
    if await db.fetchval(_TRY, row["id"], TRIES) is None:
        raise Refusal("tracking.locked", phone=settings.hall_phone)
    fits = hmac.compare_digest(sealing.unseal(case_no, "password", row["password_sealed"]), password)
    is_owner = last_four.upper() in sealing.unseal_json(case_no, "last_fours", row["last_fours_sealed"])
    if not (fits and is_owner):
        raise Refusal("tracking.no_match")
    await db.execute("UPDATE case_file SET password_failures = 0 WHERE id = $1", row["id"])
    return row["id"]
