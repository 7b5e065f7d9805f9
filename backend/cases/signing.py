"""The rules of signing in force, and what they say of a case: its mode, its tiers, the caps it is above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from backend import db, rulebooks
from backend.cases import sealing
from backend.domain import rulebook
from backend.domain.rulebook import Read
from shared_schemas.case import Case
from shared_schemas.signing import Rule, RuleKind

# A rule as JSON of `shared_schemas.signing.Rule`, from `signing_rule r`; `above` as text, so that no digit is lost.
_RULE = """json_build_object('kind', r.kind, 'department', r.department, 'matter', r.matter, 'mode', r.mode, 'step', r.step,
  'verb', r.verb, 'tier', r.tier, 'needs_minutes', r.needs_minutes, 'field', r.field, 'above', r.above::text,
  'effect', r.effect, 'is_lifted', r.is_lifted, 'valid_from', r.valid_from)"""

# For a statement over one case ($1 its id): the rules that may be about it, oldest first, and its form where a number of
# it matters: under a cap, or for a letter that has one.
RULES_OF_CASE = f"""
(SELECT json_agg({_RULE} ORDER BY r.id) FROM signing_rule r
  WHERE (r.department IS NULL OR r.department = f.department) AND (r.matter IS NULL OR r.matter = f.matter))::text
"""
FORM_IF_CAPPED = """
CASE WHEN EXISTS (SELECT FROM signing_rule r WHERE r.kind = 'cap' AND r.department = f.department)
  OR EXISTS (SELECT FROM authority_letter l WHERE l.department = f.department AND l.cap IS NOT NULL AND l.revoked_at IS NULL)
THEN f.form_sealed END
"""


async def rules_of(departments: Sequence[str]) -> tuple[Rule, ...]:
    """Every rule for these departments or the whole hall, oldest first."""
    found = await db.fetchval(
        f"SELECT json_agg({_RULE} ORDER BY r.id)::text FROM signing_rule r "
        "WHERE r.department IS NULL OR r.department = ANY($1)",
        list(departments),
    )
    return decoded(found)


async def all_rules() -> tuple[Rule, ...]:
    """Every rule ever set, oldest first."""
    return decoded(await db.fetchval(f"SELECT json_agg({_RULE} ORDER BY r.id)::text FROM signing_rule r"))


def decoded(rules: str | None) -> tuple[Rule, ...]:
    """Rules out of PostgreSQL's JSON text."""
    return msgspec.json.decode(rules, type=tuple[Rule, ...]) if rules else ()


def read(case: Case, rules: Sequence[Rule], measures: Mapping[str, Decimal], today: date) -> Read:
    """What the rules say of this case today."""
    return rulebook.read(
        rules,
        rulebooks.standard(),
        department=case.department,
        matter=case.matter,
        mode=case.mode,
        step=case.step,
        measures=measures,
        today=today,
    )


def measures_in(case_no: str, form: bytes | None) -> dict[str, Decimal]:
    """The numbers of a sealed form; none where the form was not asked for."""
    return rulebook.measures_of(sealing.unseal_json(case_no, "form", form)) if form else {}


async def measures_of(cases: Sequence[Case], rules: Sequence[Rule]) -> dict[str, dict[str, Decimal]]:
    """The numbers of the forms by case number, for those cases that a cap of `rules` may be about (one query)."""
    capped = [rule for rule in rules if rule.kind is RuleKind.CAP]
    asked = [case.id for case in cases if any(rulebook.covers(rule, case.department, case.matter) for rule in capped)]
    if not asked:
        return {}
    rows = await db.fetch("SELECT case_no, form_sealed FROM case_file WHERE id = ANY($1)", asked)
    return {row[0]: measures_in(row[0], row[1]) for row in rows}
