"""The pages of this slice."""

from __future__ import annotations

from typing import Any

from backend.people.pages import admin, companies, family, me, security, sign_in, staff

handlers: list[Any] = [
    *sign_in.handlers, *me.handlers, *companies.handlers, *family.handlers, *security.handlers, *staff.handlers,
    *admin.handlers,
]
