"""The desk for every test of this slice; the calendar that came along is back afterwards."""

from collections.abc import Iterator

import pytest

from tests.desk import desk, starter

__all__ = ["desk", "starter"]


@pytest.fixture(autouse=True)
def shipped() -> Iterator[None]:
    """No test reckons with another's calendar."""
    from backend.almanac import shelf

    shelf.forget()
    yield
    shelf.forget()
