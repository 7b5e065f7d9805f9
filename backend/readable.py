"""Bodies we can keep: text with a null character is refused where it is read, before any slice sees it.

PostgreSQL can't store U+0000 in a text or JSON column, printers and C libraries end a string at it, and nobody types
it. Sealed columns would take it, and fail a year later where the text is opened.
"""

from __future__ import annotations

import re
from typing import Any

from litestar import Request

from backend.domain.refusal import Refusal

# An escape that is not itself escaped: {"said": "\\u0000"} is six honest characters.
_IN_JSON = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_IN_FORM = re.compile(rb"%00|\x00")


class ReadableRequest(Request[Any, Any, Any]):
    """A request whose JSON or form holds nothing that can't be kept."""

    async def body(self) -> bytes:
        """The whole body. Raises Refusal("request.malformed")."""
        body = await super().body()
        if b"0" in body:
            kind = self.headers.get("content-type", "")
            forbidden = _IN_FORM if kind.startswith("application/x-www-form-urlencoded") else _IN_JSON
            if not kind.startswith(("application/offset", "multipart/")) and forbidden.search(body):
                raise Refusal("request.malformed")
        return body
