"""一次性告知 means once (行政许可法 §32(4)): what was asked for before is asked for again only on a supervisor's reason."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from backend.domain.refusal import Refusal


def refuse_ungiven(again: AbstractSet[str], allowed: AbstractSet[str], labels: tuple[str, ...]) -> None:
    """Raises Refusal("correction.said_once", places) unless a supervisor allowed every place that is named again."""
    if not again <= allowed:
        raise Refusal("correction.said_once", places=list(labels))
