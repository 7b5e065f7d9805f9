"""The catalogue: what can be done in the hall, how it is found, and how it gets in.

Others use `current()` (the whole catalogue in force, in memory) and `version()` (a matter as it once was).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backend.catalogue.shelf import Catalogue, current, refresh, version, watch

__all__ = ["Catalogue", "current", "refresh", "version", "watch"]


def __getattr__(name: str) -> Any:
    """Bring the shelf in when it is first asked for: the parts that need no database stay usable without one."""
    if name not in __all__:
        raise AttributeError(name)
    from backend.catalogue import shelf

    return getattr(shelf, name)
