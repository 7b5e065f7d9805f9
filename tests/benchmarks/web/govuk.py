"""The floor for pages: a bare govuk-frontend page with its style sheet and script, compressed and kept for ever."""

from __future__ import annotations

import brotli
from litestar import Litestar, Response, get

from tests.benchmarks.web.tools import GOVUK

_PAGE = """<!doctype html><html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>Application status</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="Status">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/govuk.css"></head><body class="govuk-template__body">
<script>document.body.className += ' js-enabled govuk-frontend-supported'</script>
<div class="govuk-width-container"><main class="govuk-main-wrapper" id="main"><h1 class="govuk-heading-l">In progress</h1>
<p class="govuk-body">We have your application and will decide by 21 December 2026.</p>
<dl class="govuk-summary-list">{rows}</dl></main></div>
<script type="module">import {{initAll}} from '/govuk.js'; initAll()</script></body></html>"""
_ROW = (
    '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Step {n}</dt>'
    '<dd class="govuk-summary-list__value">Done on {n} November 2026</dd></div>'
)


def _sent(body: bytes, media_type: str, *, keep: bool) -> Response[bytes]:
    caching = "public, max-age=31536000, immutable" if keep else "no-cache"
    return Response(body, media_type=media_type, headers={"content-encoding": "br", "cache-control": caching})


def create_app() -> Litestar:
    """The page, its style sheet and its script, compressed once."""
    page = brotli.compress(_PAGE.format(rows="".join(_ROW.format(n=n) for n in range(1, 7))).encode())
    style = brotli.compress((GOVUK / "govuk-frontend.min.css").read_bytes())
    script = brotli.compress((GOVUK / "govuk-frontend.min.js").read_bytes())

    @get("/status", sync_to_thread=False)
    def status() -> Response[bytes]:
        return _sent(page, "text/html; charset=utf-8", keep=False)

    @get("/govuk.css", sync_to_thread=False)
    def css() -> Response[bytes]:
        return _sent(style, "text/css", keep=True)

    @get("/govuk.js", sync_to_thread=False)
    def js() -> Response[bytes]:
        return _sent(script, "text/javascript", keep=True)

    @get("/healthz", sync_to_thread=False)
    def healthy() -> str:
        return "ok"

    return Litestar([status, css, js, healthy], openapi_config=None)
