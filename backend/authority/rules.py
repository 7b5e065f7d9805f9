"""审批规则: setting a rule of signing, and reading which count. Nothing is ever changed: a later rule replaces it."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct, to_builtins

from backend import catalogue, db, rulebooks
from backend.cases import signing
from backend.domain import rulebook
from backend.domain.calendar import day_of
from backend.domain.forms import questions
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.people.audit import audit
from shared_schemas.people import OfficerActor
from shared_schemas.signing import NewRule, Rule, RuleKind

# The answers that are numbers, by the types of the catalogue's fields.
NUMBERS = frozenset({"money", "decimal", "int", "percent", "number", "area"})
_KEPT = (
    "kind", "department", "matter", "mode", "step", "verb", "tier", "needs_minutes", "field", "above", "effect",
    "is_lifted", "valid_from",
)  # fmt: skip


class RuleKept(Struct, frozen=True):
    """A rule with who made it, when and why, and its standing: counts, coming, lifted or over."""

    id: int
    rule: Rule
    reason: str
    made_by: str
    made_at: datetime
    standing: str


async def set_rule(given: NewRule, *, by: OfficerActor, now: datetime) -> int:
    """Keep a rule; it counts from its day on, for every case that is open then. Its id.

    Raises Refusal: those of `rulebook.check_rule`, and rule.no_such_department, .no_such_matter, .no_such_field.
    """
    rule = given.rule
    rulebook.check_rule(rule, rulebooks.standard(), day_of(now))
    _check_place(rule)
    async with db.transaction():
        made = await db.fetchval(
            "INSERT INTO signing_rule (kind, department, matter, mode, step, verb, tier, needs_minutes, field, above, effect, "
            "is_lifted, valid_from, reason, made_by, made_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id",
            *(getattr(rule, name) for name in _KEPT),
            given.reason.strip(),
            by.id,
            now,
        )
        said = {name: value for name, value in to_builtins(rule).items() if value not in (None, False)}
        await audit(by, "rule.set", now=now, rule=made, **said)
    return made


def _check_place(rule: Rule) -> None:
    stock = catalogue.current()
    if rule.department is not None and rule.department not in stock.departments:
        raise Refusal("rule.no_such_department")
    matters = [matter for matter in stock.matters.values() if matter.department == rule.department]
    if rule.matter is not None:
        matters = [matter for matter in matters if matter.code == rule.matter]
        if not matters:
            raise Refusal("rule.no_such_matter")
    if rule.kind is RuleKind.CAP and not any(_asks(matter, rule.field) for matter in matters):
        raise Refusal("rule.no_such_field")


def _asks(matter: object, field: str | None) -> bool:
    return any(each.path == field and each.field.type in NUMBERS for each in questions(matter.form))  # type: ignore[attr-defined]


def word_of(field: str | None, department: str | None, matter: str | None) -> str:
    """What a form's number is called, in the reader's language; its own name where no form asks for it any more."""
    for each in catalogue.current().matters.values():
        if each.department == department and matter in (None, each.code):
            for question in questions(each.form):
                if question.path == field:
                    return question.field.label(language())
    return field or ""


async def every(today: date) -> list[RuleKept]:
    """Every rule that was ever set, the newest first."""
    rows = await db.fetch(
        "SELECT r.id, r.reason, r.made_at, coalesce(o.name, '') AS name FROM signing_rule r "
        "LEFT JOIN officer o ON o.id = r.made_by ORDER BY r.id"
    )
    rules = await signing.all_rules()
    counting = {id(rule) for rule in rulebook.in_force(rules, today)}
    kept = [
        RuleKept(row["id"], rule, row["reason"], row["name"], row["made_at"], _standing(rule, counting, today))
        for row, rule in zip(rows, rules, strict=True)
    ]
    return kept[::-1]


def _standing(rule: Rule, counting: set[int], today: date) -> str:
    if rule.valid_from > today:
        return "coming"
    if rule.is_lifted:
        return "lifted"
    return "counts" if id(rule) in counting else "over"
