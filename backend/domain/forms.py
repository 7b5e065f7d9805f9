"""A matter's form in use: which questions stand open, what is wrong with the answers, what only people can judge.

Answers are a flat dict by `Question.path`. A matter's own field that shares its key with a field of a shared group
(scj "address") is called ``own_<key>``, so that neither answer overwrites the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from backend.domain import conditions, judging, values
from backend.domain.rules import rules_of
from shared_schemas.faults import Fault
from shared_schemas.form import FieldGroup, FormDefinition, FormField
from shared_schemas.identity import fault_in_credit_code

OWN = "own"
_SWITCH = "applicant_kind"
# DOMAIN.md, "Validators": a genuine credit code may fail its check digit. Staff who hold the licence may say so.
OVERRIDABLE = frozenset({"credit_code.checksum"})
GROUP_OF_KIND = {"自然人": "applicant_natural", "法人或其他组织": "applicant_legal"}
# Text fields of the shared groups that hold a person's name. (A recipient may be an office.)
PERSON_NAMES = frozenset({"name", "legal_rep_name", "agent_name"})


class Question(Struct, frozen=True):
    """A field where it stands: its path in the answers and the topic (page) it is asked on."""

    path: str
    topic: str
    field: FormField


class Answers(Struct, frozen=True):
    """What was read: values in normal form of the open questions, and the fault of each that has one.

    `overridden` are the paths whose fault staff have overridden.
    """

    values: dict[str, Any]
    faults: dict[str, Fault]
    overridden: tuple[str, ...] = ()


class Note(Struct, frozen=True):
    """A rule no software here can judge; the clerk is told."""

    path: str
    rule: str


def topics(form: FormDefinition) -> tuple[str, ...]:
    """The pages of the form: the shared groups in their order, then "own" for the matter's own fields."""
    return (*(group.name for group in form.groups), *((OWN,) if form.fields else ()))


def questions(form: FormDefinition) -> tuple[Question, ...]:
    """Every question of the form in order, whether open or not."""
    shared = [Question(field.key, group.name, field) for group in form.groups for field in group.fields]
    taken = {question.path for question in shared}
    own = [Question(f"own_{field.key}" if field.key in taken else field.key, OWN, field) for field in form.fields]
    return (*shared, *own)


def is_ours(field: FormField) -> bool:
    """Filled in by staff or computed, so never asked of the citizen."""
    return any(rule.name == "ours" for rule in rules_of(field.rule, field.type))


def open_questions(form: FormDefinition, given: Mapping[str, Any], today: date) -> tuple[Question, ...]:
    """The questions to ask, given the answers so far: the applicant's own group, conditions met, staff fields not."""
    names = {group.name for group in form.groups}
    every = questions(form)
    return tuple(
        question
        for question in every
        if not is_ours(question.field)
        and _is_group_open(question.topic, names, given)
        and conditions.is_met(question, every, given, today) is not False
    )


def _is_group_open(topic: str, groups: set[str], given: Mapping[str, Any]) -> bool:
    if "applicant_any" not in groups or topic not in GROUP_OF_KIND.values():
        return True
    return GROUP_OF_KIND.get(str(given.get(_SWITCH, ""))) == topic


def is_required(question: Question, form: FormDefinition, given: Mapping[str, Any], today: date) -> bool:
    """Whether an open question must be answered. What the hall can fetch itself is never demanded (国务院令716)."""
    rules = rules_of(question.field.rule, question.field.type)
    if any(rule.name == "fetched" for rule in rules):
        return False
    return question.field.is_required or conditions.is_met(question, questions(form), given, today) is True


def read_form(
    form: FormDefinition, given: Mapping[str, Any], today: date, overrides: Mapping[str, str] = MappingProxyType({})
) -> Answers:
    """Answers of the open questions in normal form, with every fault at once. `today` is Asia/Shanghai.

    Answers to questions that are not open are left out. Files are the intake's to judge; here they may be missing.
    `overrides` maps a path to the very answer that staff checked against its original (`OVERRIDABLE`): another answer
    there is judged in full.
    """
    read: dict[str, Any] = {}
    faults: dict[str, Fault] = {}
    overridden: list[str] = []
    asked = open_questions(form, given, today)
    for question in asked:
        raw = given.get(question.path)
        if values.is_empty(raw):
            if question.field.type != "file" and is_required(question, form, given, today):
                faults[question.path] = Fault("field.missing")
            continue
        is_name = question.topic != OWN and question.path in PERSON_NAMES
        answer = values.read(values.PERSON_NAME if is_name else question.field.type, raw)
        if isinstance(answer, Fault):
            faults[question.path] = answer
        else:
            read[question.path] = answer
    for question in asked:
        if question.path in read:
            fault = judging.fault_in(question, read, asked, today)
            if fault is not None and fault.code in OVERRIDABLE and overrides.get(question.path) == read[question.path]:
                overridden.append(question.path)
                fault = judging.fault_beside(question, read, asked, today, waived=OVERRIDABLE)
            if fault is not None:
                faults[question.path] = fault
    return Answers(read, faults, tuple(overridden))


def overridable(form: FormDefinition, given: Mapping[str, Any]) -> dict[str, str]:
    """Path -> answer in normal form of every credit code that fails nothing but its check digit."""
    found: dict[str, str] = {}
    for question in questions(form):
        raw = given.get(question.path)
        if question.field.type != "uscc" or values.is_empty(raw):
            continue
        code = values.read("uscc", raw)
        if isinstance(code, Fault):
            continue
        fault = fault_in_credit_code(code)
        if fault is not None and fault.code in OVERRIDABLE:
            found[question.path] = code
    return found


def check_form(form: FormDefinition, given: Mapping[str, Any], today: date) -> dict[str, Fault]:
    """Path -> fault of every answer that breaks a rule which can be enforced; empty when the form may be filed."""
    return read_form(form, given, today).faults


def check_topic(form: FormDefinition, topic: str, given: Mapping[str, Any], today: date) -> dict[str, Fault]:
    """The faults of one page, judged together with the answers of the others."""
    paths = {question.path for question in questions(form) if question.topic == topic}
    return {path: fault for path, fault in check_form(form, given, today).items() if path in paths}


def unenforced(form: FormDefinition) -> tuple[Note, ...]:
    """Rules of the form that need outside facts: told to the clerk, in the catalogue's words."""
    every = questions(form)
    return tuple(
        Note(question.path, rule.text)
        for question in every
        for rule in rules_of(question.field.rule, question.field.type)
        if rule.name == "note" or not judging.can_judge(rule, question, every)
    )


def group_named(form: FormDefinition, name: str) -> FieldGroup | None:
    """The shared group of that name, or None."""
    return next((group for group in form.groups if group.name == name), None)
