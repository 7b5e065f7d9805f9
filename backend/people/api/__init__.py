"""The people slice under /api/v1: everything its pages can do."""

from __future__ import annotations

from typing import Any

from backend.people.api import kiosks, me, moving, officers, passkeys, sessions

handlers: list[Any] = [
    *sessions.handlers,
    *passkeys.handlers,
    *me.handlers,
    *officers.handlers,
    *moving.handlers,
    *kiosks.handlers,
]
