"""Refuse by name; `backend.problems` turns the name into a sentence, once."""

from __future__ import annotations


class Refusal(Exception):
    """Something the hall will not do, by a stable dotted `code` and the facts the sentence needs.

    `code` is part of the API (RFC 9457 problem type). Status and sentences live in `backend.problems`.
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
