"""A matter's form as data: what is asked, in which order, under which rule."""

from __future__ import annotations

from msgspec import Struct


class FormField(Struct, frozen=True, forbid_unknown_fields=True):
    """One question. `type` and `rule` use the catalogue's own words ("enum", "len:2-80;<=today")."""

    key: str
    zh: str
    en: str
    type: str = "text"
    is_required: bool = False
    rule: str = ""
    options: tuple[str, ...] = ()

    def label(self, lang: str) -> str:
        """The question in `lang`."""
        return self.en if lang == "en" else self.zh


class FieldGroup(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Questions that several matters share, such as who applies or how the result is delivered.

    `zh` and `en` are set where a group is the questions of one matter of a bundle: the matter's name, its page's heading.
    """

    name: str
    fields: tuple[FormField, ...]
    zh: str = ""
    en: str = ""


class FormDefinition(Struct, frozen=True, forbid_unknown_fields=True):
    """The shared groups (resolved, so that a kept version needs nothing else) and the matter's own fields."""

    groups: tuple[FieldGroup, ...] = ()
    fields: tuple[FormField, ...] = ()
