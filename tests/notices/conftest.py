"""The desk for every test of this slice, and its people at the doors."""

from tests.desk import desk, starter
from tests.security.conftest import doors

__all__ = ["desk", "doors", "starter"]
