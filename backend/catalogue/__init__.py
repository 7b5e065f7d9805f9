"""The catalogue: what can be done in the hall, how it is found, and how it gets in.

Others use `current()` (the whole catalogue in force, in memory) and `version()` (a matter as it once was).
"""

from backend.catalogue.shelf import Catalogue, current, refresh, version, watch

__all__ = ["Catalogue", "current", "refresh", "version", "watch"]
