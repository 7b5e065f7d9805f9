"""Two devices on one draft: what is merged, what stands beside what, and that only the person decides.

Nothing here overwrites an answer that its writer had not seen: it is kept beside the one that stands until somebody
chooses. Whoever wrote is known by a mark of the device, which tells the devices of one person apart and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from backend.domain.refusal import Refusal
from backend.domain.values import is_empty
from shared_schemas.draft import Conflict, Rival, Writing
from shared_schemas.shapes import is_list, is_mapping


class Kept(Struct):
    """The answers of a draft.

    `revisions` says at which revision of the draft each was written, `written` by whom, `others` what other devices wrote
    beside it, `before` what stood there until another device wrote the present answer.
    """

    values: dict[str, Any] = field(default_factory=dict[str, Any])
    revisions: dict[str, int] = field(default_factory=dict[str, int])
    written: dict[str, Writing] = field(default_factory=dict[str, Writing])
    others: dict[str, list[Rival]] = field(default_factory=dict[str, list[Rival]])
    before: dict[str, Any] = field(default_factory=dict[str, Any])


def write(
    kept: Kept, fields: Mapping[str, Any], by: Writing, *, seen: int | None, is_page: bool = False
) -> dict[str, Conflict]:
    """Merge `fields` that `by` wrote with revision `seen` before their eyes (None overwrites); returns the conflicts.

    A whole page (`is_page`) also brings answers that nobody touched on it: what it only shows as it stood before another
    device wrote is no answer, and what this device itself saved since the page was drawn has been seen.
    """
    conflicts: dict[str, Conflict] = {}
    for key, value in fields.items():
        stands = kept.values.get(key)
        if same(value, stands):
            if not is_page:
                _drop(kept, key, by, seen)
        elif not _is_unseen(kept, key, by, seen, is_page=is_page) or is_empty(stands):
            _put(kept, key, value, by)
            _drop(kept, key, by, seen)
        elif not (is_page and same(value, kept.before.get(key))):
            others = [rival for rival in kept.others.get(key, []) if rival.by.mark != by.mark]
            kept.others[key] = [*others, Rival(value, by)]
            conflicts[key] = Conflict(kept=stands, yours=value)
    return conflicts


def settle(kept: Kept, chosen: Mapping[str, int], by: Writing, *, seen: int) -> None:
    """The person chose: of each question, the answer written at that revision. What came after `seen` stays beside it.

    Raises Refusal("draft.rival_moved") for an answer that is no longer there; what was settled before is left alone.
    """
    for key, revision in chosen.items():
        others = kept.others.get(key, [])
        if not others:
            continue
        taken = next((rival for rival in others if rival.by.revision == revision), None)
        if taken is None and revision != kept.revisions.get(key, 0):
            raise Refusal("draft.rival_moved")
        if taken is not None:
            _put(kept, key, taken.value, by)
        _keep_others(kept, key, [rival for rival in others if rival.by.revision > seen])


def same(one: Any, other: Any) -> bool:
    """Whether two answers say the same, however a form or a script spelled them."""
    return _plain(one) == _plain(other)


def _plain(value: Any) -> Any:
    if is_empty(value):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_mapping(value):
        return {key: _plain(part) for key, part in value.items() if not is_empty(part)}
    if is_list(value):
        return [_plain(part) for part in value]
    return str(value).strip()


def _is_unseen(kept: Kept, key: str, by: Writing, seen: int | None, *, is_page: bool) -> bool:
    if seen is None or kept.revisions.get(key, 0) <= seen:
        return False
    writer = kept.written.get(key)
    return not (is_page and writer is not None and writer.mark == by.mark)


def _put(kept: Kept, key: str, value: Any, by: Writing) -> None:
    writer = kept.written.get(key)
    if writer is None or writer.mark != by.mark:
        kept.before[key] = kept.values.get(key)
    kept.values[key] = value
    kept.revisions[key] = by.revision
    kept.written[key] = by


def _drop(kept: Kept, key: str, by: Writing, seen: int | None) -> None:
    """Somebody who had the other answers before their eyes wrote this one; one's own older words are no rival."""
    others = kept.others.get(key, [])
    _keep_others(kept, key, [r for r in others if r.by.mark != by.mark and seen is not None and r.by.revision > seen])


def _keep_others(kept: Kept, key: str, others: list[Rival]) -> None:
    if others:
        kept.others[key] = others
    else:
        kept.others.pop(key, None)
