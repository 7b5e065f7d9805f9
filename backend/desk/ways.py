"""What a side way of the desk is made of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec import Struct


class Field(Struct, frozen=True):
    """One field of the form: its widget (select, input, number, day, moment, textarea), label and hint in the reader's language."""

    name: str
    widget: str
    label: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    is_optional: bool = False


Options = tuple[tuple[str, str], ...]


class SideWay(Struct, frozen=True):
    """One verb beside the path. `is_signed`: it is confirmed by passkey. `say` tells what will happen.

    `people` are the officers that a select without options of its own offers, given the case's first handler.
    """

    shape: type[Struct]
    act: Callable[..., Awaitable[object]]
    fields: Callable[[], tuple[Field, ...]]
    say: Callable[[], str]
    glyph: str
    is_signed: bool = False
    people: Callable[[int | None], Awaitable[Options]] | None = None
