"""The catalogue's forms, and forms of one question."""

import tomllib
from datetime import date
from pathlib import Path

import backend
from backend.domain import forms
from shared_schemas.form import FieldGroup, FormDefinition, FormField
from shared_schemas.numbers import id_check_character

TODAY = date(2026, 11, 22)
ADULT = "11010519491231002X"
YOUNG = "33040220061122001" + id_check_character("33040220061122001")


def field_of(row: dict) -> FormField:
    options = tuple(map(str, row.get("options", ())))
    return FormField(row["key"], row["zh"], row["en"], row["type"], row["required"], row["rule"], options)


def catalogue_forms() -> dict[str, FormDefinition]:
    path = Path(backend.__file__).parent / "data" / "catalogue.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    groups = {row["name"]: FieldGroup(row["name"], tuple(map(field_of, row["fields"]))) for row in data["field_groups"]}
    found = {}
    for row in data["forms"]:
        names = []
        for name in row["groups"]:
            names += [name, *(("applicant_natural", "applicant_legal") if name == "applicant_any" else ())]
        found[row["matter"]] = FormDefinition(
            tuple(groups[name] for name in names), tuple(map(field_of, row["fields"]))
        )
    return found


FORMS = catalogue_forms()


def form(*fields: FormField) -> FormDefinition:
    return FormDefinition((), fields)


def ask(kind: str, rule: str = "", *, options=(), key: str = "x", required: bool = True) -> FormField:
    return FormField(key, "题", "Question", kind, required, rule, tuple(options))


def fault(field: FormField, value, **others) -> str | None:
    found = forms.check_form(form(field), {field.key: value, **others}, TODAY).get(field.key)
    return found and found.code
