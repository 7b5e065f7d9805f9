"""Word and Excel files, where a hall lets them in: bounded, without macros, nothing but an OOXML package."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from backend.domain.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from backend.documents.inspection import Limits

_MAX_PARTS = 5000
_MAX_RATIO = 200


def check_office(file: Path, limits: Limits) -> None:
    """Raises Refusal: damaged, encrypted, active_content, bomb. Sizes are the package's own word, checked again as read."""
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            unfolded = sum(part.file_size for part in parts)
            if len(parts) > _MAX_PARTS or unfolded > min(limits.max_decoded, _MAX_RATIO * file.stat().st_size):
                raise Refusal("upload.bomb")
            for part in parts:
                _check_part(part)
            if package.testzip() is not None:
                raise Refusal("upload.damaged", found="Office")
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError) as fault:
        raise Refusal("upload.damaged", found="Office") from fault


def _check_part(part: zipfile.ZipInfo) -> None:
    name = part.filename.lower()
    if part.flag_bits & 1:
        raise Refusal("upload.encrypted")
    if (
        name.endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs"))
        or "/embeddings/" in name
        or "/activex/" in name
    ):
        raise Refusal("upload.active_content", what="macro")
