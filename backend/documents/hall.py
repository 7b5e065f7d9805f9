"""What is this hall's own about its documents: further fonts, its wording, and the key it signs with."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from backend.documents.signing import Seal


def fonts_folder() -> Path:
    """Where a district lays fonts for characters that Noto lacks. May be absent."""
    from backend.settings import settings

    return settings.data_dir / "fonts"


def wording_folder() -> Path:
    """Where a district lays its own wording files. May be absent."""
    from backend.settings import settings

    return settings.data_dir / "wording"


def seal(now: datetime) -> Seal:
    """The key that signs the hall's certificates, opened once. A demo makes its own in DATA_DIR on first use.

    Raises SettingsError in production when no key is set, ValueError when the file or its password is wrong.
    """
    return _opened() or _demo_seal(now)


@lru_cache(maxsize=1)
def _opened() -> Seal | None:
    from backend.documents.signing import open_seal
    from backend.settings import SettingsError, settings

    if settings.seal_file:
        roots = Path(settings.seal_roots) if settings.seal_roots else None
        return open_seal(Path(settings.seal_file), settings.seal_password.encode(), roots)
    if not settings.demo:
        raise SettingsError("YIMABAN_SEAL_FILE is missing; production signs with its own key")
    return None


_demo: list[Seal] = []


def _demo_seal(now: datetime) -> Seal:
    if not _demo:
        from backend.documents.signing import open_demo_seal
        from backend.settings import settings

        password = hmac.digest(settings.secret_key, b"demo seal", hashlib.sha256).hex().encode()
        _demo.append(open_demo_seal(settings.data_dir / "seal", settings.hall_name, password, now))
    return _demo[0]
