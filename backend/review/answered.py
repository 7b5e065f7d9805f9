"""What a case's form says, in words, with personal data masked unless it was asked to be shown."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from backend.domain import masking
from backend.domain.forms import OWN, Question, questions
from backend.domain.values import is_empty
from backend.i18n import language
from shared_schemas.matter import Matter

_BY_TYPE = {"mobile": masking.mask_mobile, "id_document": masking.mask_id, "id_card": masking.mask_id}
_NAMES = frozenset({"name", "legal_rep_name", "agent_name", "recipient"})
_HOMES = frozenset({"address", "recipient_address"})
# Parts of an answer that is a person or a table of people.
_BY_PART = {
    "name": masking.mask_name,
    "mobile": masking.mask_mobile,
    "phone": masking.mask_mobile,
    "id_no": masking.mask_id,
}


class Answer(Struct, frozen=True):
    """A question of the form with what was answered; `is_masked` when personal data is hidden in it."""

    path: str
    word: str
    said: str
    is_masked: bool = False
    is_own: bool = False


def answers(matter: Matter, form: dict[str, Any], *, is_revealed: bool) -> list[Answer]:
    """What was answered, in the order of the form, in the reader's language."""
    found = []
    for question in questions(matter.form):
        value = form.get(question.path)
        if is_empty(value) or question.field.type == "file":
            continue
        shown = value if is_revealed else masked_answer(question, value)
        found.append(
            Answer(
                question.path, question.field.label(language()), in_words(shown), shown != value, question.topic == OWN
            )
        )
    return found


def masked_form(matter: Matter, form: dict[str, Any]) -> dict[str, Any]:
    """The form's values by question, personal data masked."""
    known = {question.path: question for question in questions(matter.form)}
    return {path: masked_answer(known[path], value) if path in known else value for path, value in form.items()}


def masked_answer(question: Question, value: Any) -> Any:
    """One answer as staff see it before they ask to see it in clear."""
    kind, path, is_own = question.field.type, question.path, question.topic == OWN
    if isinstance(value, dict | list):
        return _masked_parts(value)
    if not isinstance(value, str):
        return value
    if kind in _BY_TYPE:
        return _BY_TYPE[kind](value)
    if kind == "person" or (not is_own and path in _NAMES):
        return masking.mask_name(value)
    return masking.mask_address(value) if not is_own and path in _HOMES else value


def _masked_parts(value: Any) -> Any:
    if isinstance(value, list):
        return [_masked_parts(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _BY_PART[key](part) if key in _BY_PART and isinstance(part, str) and part else _masked_parts(part)
        for key, part in value.items()
    }


def in_words(value: Any) -> str:
    """An answer as one line."""
    match value:
        case bool():
            return {"zh": ("否", "是"), "en": ("No", "Yes")}[language()][value]
        case dict():
            return "，".join(in_words(part) for part in value.values() if part not in (None, ""))
        case list():
            return "；".join(map(in_words, value))
        case _:
            return str(value)
