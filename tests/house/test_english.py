"""English counts: a sentence that can be about one thing must not say "1 days"."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

LOCALES = Path(__file__).parents[2] / "pwa/locales/en"
# What can be one: days, tries, files and so on. (Years of age, departments of the hall and pages "where there are
# several" never are; an average is a decimal.)
COUNTED = re.compile(r"\{(?:n|left|count|used|over)\} (days|tries|files|copies|minutes|things|hours|places|cases)\b")
DECIMAL = {"平均 {n} 天"}


def test_no_count_is_followed_by_a_plural() -> None:
    wrong: list[str] = []
    for path in sorted(LOCALES.glob("*.po")):
        with path.open("rb") as file:
            wrong += [
                f"{path.name}: {message.string}"
                for message in read_po(file, locale="en")
                if isinstance(message.string, str) and message.id not in DECIMAL and COUNTED.search(message.string)
            ]
    assert wrong == []
