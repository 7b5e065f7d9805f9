"""What is wrong with one value: a stable code and the facts its sentence needs (see `reasons`)."""

from __future__ import annotations

from msgspec import Struct, field


class Fault(Struct, frozen=True):
    """One fault, e.g. ``Fault("mobile.short", {"missing": 1})``."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict[str, str | int])
