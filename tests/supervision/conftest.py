"""Supervision needs people and cases."""

from tests.desk import desk, starter

__all__ = ["desk", "starter"]
