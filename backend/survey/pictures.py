"""Photos and signatures as small drawings: kept inside the record itself, so that it prints the same for ever."""

from __future__ import annotations

import asyncio
import base64
import io
from collections.abc import Sequence
from uuid import UUID

from backend import db, storage
from backend.documents.previews import pdf_page_png
from backend.domain.refusal import Refusal
from shared_schemas.survey import PAD, Strokes

WIDTH, HEIGHT = 640, 480  # pixels: 11 cm on paper at 150 dpi
_QUALITY = 72


def signature(strokes: Strokes) -> str:
    """The strokes of a pad as an SVG of lines; a single point is a dot."""
    drawn = "".join(_path(stroke) for stroke in strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PAD[0]} {PAD[1]}" fill="none" stroke="#14252A" '
        f'stroke-width="5" stroke-linecap="round" stroke-linejoin="round"><path d="{drawn}"/></svg>'
    )


def _path(stroke: Sequence[tuple[int, int]]) -> str:
    (x, y), *more = stroke
    return f"M{x} {y}" + ("".join(f"L{a} {b}" for a, b in more) or "h.1")


async def photo(upload: str, owner: str) -> str:
    """The owner's stored file, small, as an SVG that carries it. Raises Refusal("correction.upload_not_ready")."""
    try:
        key = UUID(upload)
    except ValueError:
        raise Refusal("correction.upload_not_ready") from None
    row = await db.fetchrow(
        "SELECT path, media_type FROM upload WHERE id = $1 AND owner = $2 AND state = 'stored' AND removed_at IS NULL",
        key,
        owner,
    )
    if row is None:
        raise Refusal("correction.upload_not_ready")
    body = await storage.get(row["path"])
    if row["media_type"] == "application/pdf":
        body = await pdf_page_png(body, 0, WIDTH)
    return await asyncio.to_thread(_small, body)


def _small(body: bytes) -> str:
    from PIL import Image

    with Image.open(io.BytesIO(body)) as picture:
        picture.thumbnail((WIDTH, HEIGHT))
        plain = picture.convert("RGB")
        out = io.BytesIO()
        plain.save(out, "JPEG", quality=_QUALITY)
    data = base64.b64encode(out.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{plain.width}" height="{plain.height}" '
        f'viewBox="0 0 {plain.width} {plain.height}">'
        f'<image width="{plain.width}" height="{plain.height}" href="data:image/jpeg;base64,{data}"/></svg>'
    )
