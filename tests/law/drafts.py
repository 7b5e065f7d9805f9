"""Drafts of every matter: filled in well, then broken in one or more places. The same seed gives the same drafts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from msgspec import Struct

from backend.catalogue import sample_answers
from backend.domain.forms import open_questions
from backend.intake.profile import COMPANY_OPTION, PERSON_OPTION
from shared_schemas.draft import Choice, Draft, Rival, UploadView, Writing
from shared_schemas.form import FormDefinition
from shared_schemas.matter import Matter
from shared_schemas.vocabulary import Delivery, FiledFor, GivenHow
from tests.law.odd import broken

_DAYS = [date(2026, 11, 28), date(2026, 11, 28), date(2024, 2, 29), date(2027, 3, 1), date(2026, 12, 31)]
_NOW = datetime(2026, 11, 28, 1, tzinfo=UTC)
_STATES = ["stored", "stored", "stored", "receiving", "refused"]
_ROUNDS = 3  # an answer may open further questions
_MORE = 12  # times as many drafts of a matter with questions of its own: most matters ask the same


class Case(Struct, frozen=True):
    """One draft with its files, on a day."""

    matter: Matter
    draft: Draft
    files: list[UploadView]
    today: date

    @property
    def is_staff(self) -> bool:
        """Whether a clerk fills it in."""
        return self.draft.owner.startswith("officer:")


def cases(matters: list[Matter], rounds: int, seed: str) -> Iterator[Case]:
    """`rounds` drafts of every matter, more of those with questions of their own."""
    for matter in matters:
        for number in range(rounds * (_MORE if matter.form.fields else 1)):
            yield _case(Random(f"{seed}/{matter.code}/{number}"), matter)


def _case(chance: Random, matter: Matter) -> Case:
    today = chance.choice(_DAYS)
    values = filled(chance, matter.form, today)
    asked = open_questions(matter.form, values, today)
    for question in chance.sample(asked, k=min(len(asked), chance.choice([0, 1, 2, 4, 9]))):
        if chance.random() < 0.1:
            values.pop(question.path, None)
        else:
            values[question.path] = broken(chance, question, values.get(question.path, ""), today)
    files = _files(chance, matter)
    draft = Draft(
        id="", owner=chance.choice(["citizen:1", "citizen:1", "officer:2"]), matter=matter.code, matter_version=1,
        filed_for=chance.choice(list(FiledFor)), delivery=Delivery.DOWNLOAD, revision=1, created_at=_NOW, updated_at=_NOW, values=values,
        others={path: [Rival("x", Writing(1, _NOW))] for path in values if chance.random() < 0.02},
        topics_done=tuple(slug for slug in ("delivery", "form-1", "agent") if chance.random() < 0.5),
        overrides={path: value for path, value in values.items() if isinstance(value, str) and len(value) == 18 and chance.random() < 0.5},
        materials=_choices(chance, matter),
    )  # fmt: skip
    return Case(matter, draft, files, today)


def filled(chance: Random, form: FormDefinition, today: date) -> dict[str, Any]:
    """A good answer to nearly every question, its options chosen by chance."""
    teller = sample_answers.Teller("王敏", "13812346021", "嘉兴市南湖区勤俭路 1 号", today, {})
    answers: dict[str, Any] = {
        "applicant_kind": chance.choice([PERSON_OPTION, COMPANY_OPTION]),
        "has_agent": chance.choice([True, False]),
    }
    for _ in range(_ROUNDS):
        for question in open_questions(form, answers, today):
            if question.path in answers or question.field.type == "file" or chance.random() < 0.03:
                continue
            answers[question.path] = sample_answers._BY_TYPE.get(question.field.type, sample_answers._text)(
                teller, question
            )
            if question.field.type == "enum" and question.field.options and chance.random() < 0.6:
                answers[question.path] = chance.choice(question.field.options)
    return answers


def _files(chance: Random, matter: Matter) -> list[UploadView]:
    asked = [
        f"form.{field.key}"
        for group in (*matter.form.groups, matter.form)
        for field in group.fields
        if field.type == "file"
    ]
    wanted = [*(material.key for material in matter.materials), *asked]
    return [
        UploadView(f"{key}-{number}", "a.jpg", key, 1, 1, chance.choice(_STATES))
        for key in wanted
        if chance.random() < 0.6
        for number in range(chance.choice([1, 1, 2]))
    ]


def _choices(chance: Random, matter: Matter) -> dict[str, Choice]:
    chosen = {}
    for material in matter.materials:
        if chance.random() < 0.4:
            how = chance.choice(list(GivenHow))
            chosen[material.key] = Choice(how, ("earlier",) if how is GivenHow.REUSE and chance.random() < 0.7 else ())
    return chosen
