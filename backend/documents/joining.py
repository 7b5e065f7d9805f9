"""Several PDFs of ours as one, to be printed in one go."""

from __future__ import annotations

import io
from collections.abc import Sequence


def joined(files: Sequence[bytes]) -> bytes:
    """The pages of all files in their order. For papers this hall has set itself; blocks."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for body in files:
        writer.append(io.BytesIO(body))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
