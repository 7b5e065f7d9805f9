"""What a sign-out takes off the device, and how the device hears of it."""

from __future__ import annotations

from litestar.datastructures import Cookie

from backend.people.viewer import SignedIn
from backend.settings import settings

COOKIE = "left"
_LASTS_S = 30 * 24 * 3600  # a phone may be opened again much later; its page takes the cookie away


def cookie(signed_in: SignedIn, *, keeps: bool) -> Cookie:
    """Tells the next page's script that this person left, so that a session that merely ran out looks different.

    "wipe.KEY": forget all of theirs; "keep.KEY": forget the pages, keep what is not sent for when they come back.
    """
    value = f"{'keep' if keeps else 'wipe'}.{signed_in.person}"
    return Cookie(key=COOKIE, value=value, path="/", samesite="lax", secure=settings.is_secure, max_age=_LASTS_S)


def cleared(*, is_shared: bool) -> str:
    """The value of Clear-Site-Data (W3C), which can't tell one person's things from another's.

    One's own phone may hold what somebody else has not sent yet: scripts there take away this person's only. On a
    shared device nobody has anything to keep.
    """
    return '"cache", "storage"' if is_shared else '"cache"'
