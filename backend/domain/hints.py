"""What the browser may know of a field's rules beforehand. The server judges; these only save a round trip.

Never `maxlength` for names: browsers count UTF-16 units there, and 𠮷 has two.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from backend.domain.rules import Rule, rules_of, shifted
from shared_schemas.form import FormField

INPUTMODE = MappingProxyType(
    {"mobile": "tel", "int": "numeric", "decimal": "decimal", "money": "decimal", "percent": "decimal", "url": "url"}
)
INPUT_TYPE = MappingProxyType({"date": "date", "datetime": "datetime-local", "mobile": "tel", "url": "url"})
# The profile's own answers; nothing else may be filled in by the browser, which may be shared.
AUTOCOMPLETE = MappingProxyType({"name": "name", "mobile": "tel", "address": "street-address"})


def html_of(field: FormField, today: date) -> dict[str, str]:
    """Attributes for the input: type, inputmode, autocomplete, min, max, pattern, accept, required."""
    hints: dict[str, str] = {"type": INPUT_TYPE.get(field.type, "text")}
    if mode := INPUTMODE.get(field.type):
        hints["inputmode"] = mode
    if name := AUTOCOMPLETE.get(field.key):
        hints["autocomplete"] = name
    if field.is_required and field.type not in {"bool", "multi"}:
        hints["required"] = "required"
    for rule in rules_of(field.rule, field.type):
        hints |= _of_rule(rule, field.type, today)
    return hints


def _of_rule(rule: Rule, kind: str, today: date) -> dict[str, str]:
    match rule.name:
        case "regex":
            # HTML anchors patterns by itself, and its regular expressions read backslash-d as ASCII.
            return {"pattern": rule.args[0].removeprefix("^").removesuffix("$")}
        case "between":
            return {"min": rule.args[0], "max": rule.args[1]}
        case "compare" if rule.args[0] in ("<=", ">="):
            return {"max" if rule.args[0] == "<=" else "min": rule.args[1]}
        case "day" if kind == "date":
            span = rule.args[1]
            strictly = {">": "+1d", "<": "-1d"}.get(rule.args[0], "")
            limit = shifted(shifted(today, span), strictly)
            return {"max" if rule.args[0].startswith("<") else "min": limit.isoformat()}
        case "file_types":
            return {"accept": ",".join(f".{each}" for each in rule.args)}
        case _:
            return {}


def file_types(field: FormField) -> tuple[str, ...]:
    """The extensions a file field takes ("pdf", "jpg"); empty: the hall's usual ones."""
    return next((rule.args for rule in rules_of(field.rule, field.type) if rule.name == "file_types"), ())
