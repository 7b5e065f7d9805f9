"""A notice in words, made when somebody reads it: its facts stay, its sentence follows the reader's language."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from backend import formats
from backend.domain.notice_words import LEADS, NOTICES
from backend.domain.notices import Facts
from backend.i18n import language, speaking
from shared_schemas.notice import NoticeKind, Party


class Said(Struct, frozen=True):
    """What a reader sees: the headline, what to do and by when, and the word on the one button."""

    title: str
    body: str
    button: str


def said(kind: NoticeKind, facts: Facts, lang: str | None = None) -> Said:
    """The notice in `lang` (None: in the language of the request)."""
    with speaking(lang or language()):
        words = NOTICES[kind].en if language() == "en" else NOTICES[kind].zh
        day = formats.day(due_of(facts))
        return Said(words.title, words.said(day, int(facts.get("n", 0))), words.button)


def due_of(facts: Facts) -> date | None:
    """The day the notice names."""
    return date.fromisoformat(str(facts["due"])) if "due" in facts else None


def leads_to(kind: NoticeKind, case_no: str, party: Party, code: str = "") -> str:
    """The page one tap opens. Who did not file has no key to the case: the page of its tracking code, if there is one."""
    if party is Party.APPLICANT:
        return f"/t/{code}" if code else "/track"
    return LEADS[NOTICES[kind].leads].format(no=case_no)
