"""What shape an input of unknown origin has: asked once, then known to the type checker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether it has keys and values, as a JSON object has."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether it is a list or a tuple, as a JSON array is read; text is not one."""
    return isinstance(value, list | tuple)
