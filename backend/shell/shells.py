"""The shell: one page per language that belongs to nobody, drawn once; its views come from the phone's own store."""

from __future__ import annotations

import hashlib
from functools import cache

from markupsafe import Markup

from backend import i18n, views
from backend.shell import modules

PATH = "/offline"


@cache
def shell(lang: str) -> str:
    """The page in this language: without person, without token, in the look that the browser asks for.

    The worker puts in the reader's text size and theme when it serves its copy.
    """
    with i18n.speaking(lang):
        return views.environment().get_template("offline.html").render(
            request=None, viewer=None, person="", keeps_nothing="", lang=lang, elder=False, theme="", csrf="",
            csrf_field=lambda: Markup(""), modules=modules.of_the_shell(lang),
        )  # fmt: skip


def address(lang: str) -> str:
    """Where a worker fetches this shell; another text, another address."""
    return f"{PATH}?lang={lang}&v={hashlib.sha256(shell(lang).encode()).hexdigest()[:10]}"
