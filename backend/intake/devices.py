"""Which device writes: a name its owner knows it by, and a mark that tells one person's devices apart."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from msgspec import Struct

from backend import crypto, csrf, views
from backend.i18n import gettext as _
from backend.people import sessions
from shared_schemas.people import CitizenActor, OfficerActor

WINDOW, KIOSK = "window:", "kiosk"
_MARK_DIGITS = 12


class Device(Struct, frozen=True):
    """A browser. `mark` outlives the session, so that signing in again does not make another device of it."""

    name: str = ""
    mark: str = ""


UNKNOWN = Device()


def device_of(connection: ASGIConnection[Any, Any, Any, Any], actor: CitizenActor | OfficerActor | None) -> Device:
    """The device of this request: a window by its number, a kiosk, else what the browser says of itself."""
    mark = mark_of(connection)
    if isinstance(actor, OfficerActor):
        return Device(f"{WINDOW}{actor.window or ''}", mark)
    if views.device(connection) == KIOSK:
        return Device(KIOSK, mark)
    return Device(sessions.device_of(connection.headers.get("user-agent", ""))[:60], mark)


def mark_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The browser's visitor cookie, hashed; a client without one is known by its session."""
    held = connection.cookies.get(csrf.cookie_name(), "")
    if not held:
        signed_in: Any = connection.scope.get(csrf.SIGNED_IN)
        held = f"session|{signed_in.session.id}" if signed_in is not None else ""
    return crypto.sign("device", held).hex()[:_MARK_DIGITS] if held else ""


def in_words(name: str) -> str:
    """The name of a device as its owner reads it."""
    if name == KIOSK:
        return _("自助机")
    if name.startswith(WINDOW):
        number = name.removeprefix(WINDOW)
        return _("{n} 号窗口").format(n=number) if number else _("窗口")
    return name
