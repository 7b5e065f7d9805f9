"""一件事: several matters put together to one form and one list of papers, and taken apart again when it is filed.

国务院令716 §16: what was given once is not asked again. The composed form asks the shared groups once, leaves out what
another part of the bundle answers (`takes`) or its certificate brings (`brought`), and lists a paper that several matters
need a single time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from backend.domain.bundle_parts import Whole, promised
from backend.domain.forms import OWN, Question, questions, read_form
from backend.domain.values import is_empty
from shared_schemas.bundle import BundlePart, PartApplicant
from shared_schemas.filing import GivenMaterial
from shared_schemas.form import FieldGroup, FormDefinition, FormField
from shared_schemas.matter import Material, Matter
from shared_schemas.matter_codes import MaterialForm, MaterialNeed
from shared_schemas.shapes import is_mapping
from shared_schemas.vocabulary import ApplicantKind

FIELDS_A_PAGE = 8
PERSON_OPTION, COMPANY_OPTION = "自然人", "法人或其他组织"
_KIND = "applicant_kind"
_SWITCH = "applicant_any"
_BY_KIND = {ApplicantKind.PERSON: "applicant_natural", ApplicantKind.COMPANY: "applicant_legal"}
_ORDER = ("applicant_natural", "applicant_legal", "agent", "delivery")
_STRICTEST = (MaterialNeed.REQUIRED, MaterialNeed.MAY_FOLLOW, MaterialNeed.OPTIONAL)

Values = Mapping[str, Any]


class Asked(Struct, frozen=True):
    """A question of one part: its path in the matter's own form, and where its answer stands in the composed one.

    `source` is the path in the composed answers ("" where nothing is asked), `inner` the part of that answer that is
    meant (the name of a person), `field` the question as the composed form asks it (None: not asked there).
    """

    question: Question
    source: str
    inner: str = ""
    field: FormField | None = None


def asked(whole: Whole) -> dict[str, tuple[Asked, ...]]:
    """By part, every question of its matter's form and where its answer comes from."""
    own = {part.key: {q.field.key for q in questions(matter.form) if q.topic == OWN} for part, matter in whole.parts}
    shared = {q.path for _part, matter in whole.parts for q in questions(matter.form) if q.topic != OWN}
    present = {part.key for part, _matter in whole.parts}
    return {
        part.key: tuple(_asked(question, part, own, shared, present) for question in questions(matter.form))
        for part, matter in whole.parts
    }


def _asked(
    question: Question, part: BundlePart, own: Mapping[str, set[str]], shared: set[str], present: set[str]
) -> Asked:
    name = question.field.key if question.topic == OWN else question.path
    taken = part.takes.get(name if question.topic == OWN else f".{name}")
    if taken is not None:
        owner, _, rest = taken.partition(".")
        key, _, inner = rest.partition(".")
        if not owner:
            return Asked(question, key, inner)
        if owner in present:
            return Asked(question, _path(owner, key, own, shared), inner)
    if part.brought.get(name) in present or question.topic == _SWITCH:
        return Asked(question, "")
    if question.topic != OWN:
        return Asked(question, question.path)
    path = _path(part.key, name, own, shared)
    field = question.field
    renamed = FormField(path, field.zh, field.en, field.type, field.is_required, field.rule, field.options)
    return Asked(question, path, field=renamed)


def _path(part: str, key: str, own: Mapping[str, set[str]], shared: set[str]) -> str:
    """A question keeps its key in the composed form, so that rules that name it still find it, unless another has it."""
    is_clear = key not in shared and not any(key in keys for other, keys in own.items() if other != part)
    return key if is_clear else f"{part}_{key}"


def compose(whole: Whole) -> Matter:
    """The bundle as one matter: what a draft, its pages and a phone without network work with. Its version is 0."""
    matters = [matter for _part, matter in whole.parts]
    first = matters[0]
    return Matter(
        code=whole.code,
        name=whole.bundle.name,
        name_en=whole.bundle.name_en,
        department=first.department,
        type=first.type,
        kind=max((m.kind for m in matters), key=lambda kind: kind.value),
        applicants=(whole.applicant,),
        promised=promised(whole),
        channels=tuple(way for way in first.channels if all(way in m.channels for m in matters)),
        visits=max(m.visits for m in matters),
        online_depth=min((m.online_depth for m in matters), key=lambda depth: depth.value),
        approval_mode=first.approval_mode,
        has_survey=any(m.has_survey for m in matters),
        aliases=whole.bundle.words,
        result=whole.bundle.gives,
        confidence=whole.bundle.confidence,
        note=whole.bundle.note,
        has_own_form=True,
        form=_form(whole),
        materials=tuple(paper.material for paper in papers(whole)),
    )


def _form(whole: Whole) -> FormDefinition:
    where = asked(whole)
    groups = [*_shared_groups(whole)]
    before = next((at for at, group in enumerate(groups) if group.name == "delivery"), len(groups))
    return FormDefinition((*groups[:before], *_own_groups(whole, where), *groups[before:]))


def _shared_groups(whole: Whole) -> list[FieldGroup]:
    """The groups that several matters share, each once. Who the new company is, its own matters know from the others."""
    found: dict[str, FieldGroup] = {}
    for _part, matter in whole.parts:
        for group in matter.form.groups:
            is_applicant = group.name in _BY_KIND.values() or group.name == _SWITCH
            if group.name == _BY_KIND[whole.applicant] or not is_applicant:
                found.setdefault(group.name, group)
    return [found[name] for name in (*_ORDER, *sorted(found.keys() - set(_ORDER))) if name in found]


def _own_groups(whole: Whole, where: Mapping[str, tuple[Asked, ...]]) -> list[FieldGroup]:
    """Each matter's own questions in even pages of at most eight, under the matter's name."""
    found: list[FieldGroup] = []
    for part, matter in whole.parts:
        fields = tuple(each.field for each in where[part.key] if each.field is not None)
        count = -(-len(fields) // FIELDS_A_PAGE)
        size = -(-len(fields) // count) if count else 0
        for at in range(count):
            zh, en = (f"（{at + 1}/{count}）", f" ({at + 1}/{count})") if count > 1 else ("", "")
            found.append(
                FieldGroup(
                    f"{part.key}-{at + 1}",
                    fields[at * size : (at + 1) * size],
                    zh=f"{matter.name}{zh}",
                    en=f"{matter.name_en}{en}",
                )
            )
    return found


class Paper(Struct, frozen=True):
    """A paper of the composed list, and by part the key under which its matter asks for it."""

    material: Material
    keys: dict[str, str]


def papers(whole: Whole) -> tuple[Paper, ...]:
    """Every paper once, in the order of the parts."""
    same = {name: names[0] for names in whole.bundle.same_papers for name in names}
    found: dict[str, list[tuple[str, Material]]] = {}
    for part, matter in whole.parts:
        for material in matter.materials:
            name = same.get(material.name, material.name)
            rows = found.setdefault(name, [])
            # One matter that lists two papers under one name wants both.
            if any(key == part.key for key, _ in rows):
                rows = found.setdefault(f"{name}|{part.key}|{material.key}", [])
            rows.append((part.key, material))
    return tuple(Paper(_strictest(rows), {part: material.key for part, material in rows}) for rows in found.values())


def _strictest(rows: Sequence[tuple[str, Material]]) -> Material:
    """One paper for all that ask for it: as the strictest of them wants it."""
    part, first = rows[0]
    every = [material for _part, material in rows]
    forms = {material.form for material in every} - {MaterialForm.EITHER}
    return Material(
        key=f"{part}-{first.key}",
        name=first.name,
        name_en=first.name_en,
        type=first.type,
        source=first.source,
        need=min((m.need for m in every), key=_STRICTEST.index),
        form=forms.pop() if len(forms) == 1 else first.form,
        is_shareable=all(m.is_shareable for m in every),
        is_required=any(m.is_required for m in every),
        may_follow=all(m.may_follow for m in every),
        is_electronic=all(m.is_electronic for m in every),
        copies=max(m.copies for m in every),
        how_to=first.how_to,
        standard=first.standard,
        blank_form=first.blank_form,
        sample=first.sample,
    )


def values_of(whole: Whole, key: str, given: Values) -> dict[str, Any]:
    """The answers of one part under the paths of its own matter's form; what nobody answered is left out."""
    part, matter = next((part, matter) for part, matter in whole.parts if part.key == key)
    found: dict[str, Any] = {}
    for each in asked(whole)[key]:
        answer = given.get(each.source) if each.source else None
        if each.inner:
            answer = answer.get(each.inner) if is_mapping(answer) else None
        if not is_empty(answer):
            found[each.question.path] = answer
    if any(question.path == _KIND for question in questions(matter.form)):
        is_company = part.applicant is PartApplicant.NEW_COMPANY or whole.applicant is ApplicantKind.COMPANY
        found[_KIND] = COMPANY_OPTION if is_company else PERSON_OPTION
    return found


def given_of(whole: Whole, key: str, given: Sequence[GivenMaterial]) -> tuple[GivenMaterial, ...]:
    """How the papers of one part come, under the keys of its own matter; files given once count in each."""
    by_key = {each.key: each for each in given}
    found: list[GivenMaterial] = []
    for paper in papers(whole):
        each = by_key.get(paper.material.key)
        if each is not None and key in paper.keys:
            found.append(GivenMaterial(paper.keys[key], each.how, each.uploads))
    return tuple(found)


def with_brought(
    form: FormDefinition, values: Values, numbers: Mapping[str, str | None], today: date
) -> dict[str, Any]:
    """`values` with the numbers of certificates put in where the form takes them as answers; by the question's path."""
    found = dict(values)
    for path, number in numbers.items():
        if number and path not in read_form(form, {**found, path: number}, today).faults:
            found[path] = number
    return found
