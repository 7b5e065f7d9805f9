"""The pages of this slice."""

from __future__ import annotations

from typing import Any

from backend.people.pages import admin, companies, family, kiosks, me, moving, security, sign_in, staff

handlers: list[Any] = [
    *sign_in.handlers,
    *me.handlers,
    *companies.handlers,
    *family.handlers,
    *security.handlers,
    *staff.handlers,
    *moving.handlers,
    *admin.handlers,
    *kiosks.handlers,
]
