"""The desk for every test of this slice."""

from tests.desk import desk, starter

__all__ = ["desk", "starter"]
