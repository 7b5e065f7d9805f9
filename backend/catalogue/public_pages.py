"""The application form of a matter on paper: blank (空白表) and filled as a sample (样表). The same for everybody."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get

from backend import catalogue
from backend.catalogue import prints
from backend.i18n import LANGUAGES, SOURCE
from shared_schemas.matter import Matter


@get("/matters/{code:str}/form.pdf", opt={"public": True}, include_in_schema=False)
async def blank_form(
    request: Request[Any, Any, Any], code: str, version: str = "", lang: str = SOURCE
) -> Response[bytes]:
    """空白表: to be printed and filled in by hand. `?lang=en` adds English labels, `?version=` prints an older form."""
    return await _paper(request, code, version, lang, is_sample=False)


@get("/matters/{code:str}/sample.pdf", opt={"public": True}, include_in_schema=False)
async def sample_form(
    request: Request[Any, Any, Any], code: str, version: str = "", lang: str = SOURCE
) -> Response[bytes]:
    """样表: the same form with invented answers, marked on every page."""
    return await _paper(request, code, version, lang, is_sample=True)


async def _paper(
    request: Request[Any, Any, Any], code: str, version: str, lang: str, *, is_sample: bool
) -> Response[Any]:
    stock = catalogue.current()
    is_old = version.isascii() and version.isdigit() and len(version) < 7
    matter = await catalogue.version(code, int(version)) if is_old else stock.matter(code)
    lang = lang if lang in LANGUAGES else SOURCE
    # Versions never change; the release stands for the names of departments.
    etag = f'"{stock.digest[:12]}-{matter.version}-{"s" if is_sample else "b"}-{lang}"'
    headers = {"etag": etag, "cache-control": "public, no-cache"}
    if request.headers.get("if-none-match") == etag:
        return Response(None, status_code=304, headers=headers)
    body = await prints.pdf(stock, matter, lang, is_sample=is_sample)
    headers |= {
        "content-disposition": f"inline; filename*=UTF-8''{quote(_name(matter, is_sample=is_sample), safe='')}",
        "x-content-type-options": "nosniff",
    }
    return Response(body, media_type="application/pdf", headers=headers)


def _name(matter: Matter, *, is_sample: bool) -> str:
    return f"{matter.name}-{'样表' if is_sample else '空白表'}.pdf"


handlers = [blank_form, sample_form]
