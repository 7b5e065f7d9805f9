"""The shape of a notice: its words in one language, and how it is told."""

from __future__ import annotations

from msgspec import Struct

from shared_schemas.notice import NoticeTopic


class Words(Struct, frozen=True):
    """A notice in one language; `say` wants its facts, `plain` is said where there is no day to name."""

    title: str
    say: str
    button: str
    plain: str = ""

    def said(self, day: str, n: int) -> str:
        """The sentence with its facts: `day` as the reader writes days, "" for none."""
        if day or not self.plain:
            return self.say.format(due=day, n=n)
        return self.plain.format(n=n)


class Notice(Struct, frozen=True, kw_only=True):
    """How a kind of notice is told.

    `leads` names the page that one tap opens (`LEADS`). `is_urgent`: time runs against the reader. `is_worth_sms`:
    told by text message to somebody who has no account and so no inbox.
    """

    topic: NoticeTopic
    zh: Words
    en: Words
    leads: str = "case"
    is_urgent: bool = False
    is_worth_sms: bool = False
