"""The sealed columns of drafts and uploads."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import field

from backend import crypto
from backend.domain.rivals import Kept
from shared_schemas.draft import Former


class Answers(Kept):
    """What a draft keeps sealed.

    Answers with who wrote them and conflicting ones, keys that can't be typed over, and what was known of the applicant
    when it began (a form may not ask for a name at all). `overrides` are credit codes that a clerk compared with the
    licence, by question; `former` what has no place in the form any more.
    """

    locked: tuple[str, ...] = ()
    known: dict[str, Any] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)
    former: dict[str, Former] = field(default_factory=dict)


def seal_answers(draft: str, answers: Answers) -> bytes:
    """The answers, sealed for this draft."""
    return crypto.seal(msgspec.json.encode(answers), f"draft|values|{draft}")


def open_answers(draft: str, blob: bytes) -> Answers:
    """What `seal_answers` was given."""
    return msgspec.json.decode(crypto.open_(blob, f"draft|values|{draft}"), type=Answers)


def seal_kept(draft: str, values: dict[str, list[str]]) -> bytes:
    """Answers of a post whose session had died."""
    return crypto.seal(msgspec.json.encode(values), f"kept_post|values|{draft}")


def open_kept(draft: str, blob: bytes) -> dict[str, list[str]]:
    """What `seal_kept` was given."""
    return msgspec.json.decode(crypto.open_(blob, f"kept_post|values|{draft}"), type=dict[str, list[str]])


def seal_name(upload: str, name: str) -> bytes:
    """A file's own name, which may say a lot."""
    return crypto.seal(name, f"upload|name|{upload}")


def open_name(upload: str, blob: bytes) -> str:
    """What `seal_name` was given."""
    return crypto.open_text(blob, f"upload|name|{upload}")
