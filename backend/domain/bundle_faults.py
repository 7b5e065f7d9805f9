"""What is wrong with a bundle as written, checked when it is loaded: in words for whoever keeps the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backend.domain import bundle_parts, bundling
from backend.domain.bundle_parts import Matters, Whole
from backend.domain.forms import OWN, questions
from backend.domain.rules import rules_of
from shared_schemas.bundle import Bundle, BundlePart, Otherwise, PartApplicant
from shared_schemas.form import FormField
from shared_schemas.matter_codes import MaterialForm
from shared_schemas.vocabulary import ApplicantKind

LONGEST_PATH = 35  # a file's slot is "form.<path>" in 40 characters
# Rules that speak of another question by its key.
_NAMING = frozenset({"required_if", "at_most_other", "proposition"})
# Rules that look another question up by a key of their own.
_FIXED = {"rows_if_kind": "company_type", "by_id_type": "id_type"}
_COMPANY = "applicant_legal"


def faults_of(bundle: Bundle, matters: Matters) -> tuple[str, ...]:
    """Every fault of one bundle against the matters in force; empty when it may be filed."""
    found = [f"{bundle.code}: {words}" for words in _of_parts(bundle, matters)]
    if found:
        return tuple(found)
    codes = bundle_parts.codes_of(bundle)
    wholes = [whole for code in codes if (whole := bundle_parts.whole_of(bundle, code, matters)) is not None]
    return tuple(dict.fromkeys(f"{bundle.code}: {words}" for whole in wholes for words in _of_whole(whole)))


def _of_parts(bundle: Bundle, matters: Matters) -> Iterator[str]:
    keys = [part.key for part in bundle.parts]
    if len(set(keys)) != len(keys):
        yield "two parts have one key"
    for part in bundle.parts:
        yield from (f"{part.key}: {words}" for words in _of_part(part, bundle, matters))
    try:
        bundle_parts.ordered(bundle.parts)
    except ValueError as circle:
        yield str(circle)


def _of_part(part: BundlePart, bundle: Bundle, matters: Matters) -> Iterator[str]:
    matter = matters.get(part.matter)
    if matter is None:
        yield f"no matter {part.matter} in force"
        return
    if not matter.may_file_online:
        yield f"{part.matter} can't be filed without a visit"
    if part.applicant is PartApplicant.NEW_COMPANY and ApplicantKind.COMPANY not in matter.applicants:
        yield f"{part.matter} is not for companies"
    if part.is_optional and not (part.when and part.when_en):
        yield "says not who needs it"
    if not matter.result and any(part.key in other.after for other in bundle.parts):
        yield f"{part.matter} has no certificate to wait for"
    yield from _of_waiting(part, bundle)


def _of_waiting(part: BundlePart, bundle: Bundle) -> Iterator[str]:
    for key in part.after:
        before = bundle.part(key)
        if before is None:
            yield f"waits for {key}, which is no part"
        elif before.is_optional and not part.is_optional:
            yield f"waits for {key}, which may be left out"
    for name, key in part.brought.items():
        if key not in part.after:
            yield f"{name} is brought by {key}, which it doesn't wait for"
        if part.otherwise is Otherwise.CONTINUE:
            yield f"{name} would be missing if it went on without {key}"


def _of_whole(whole: Whole) -> Iterator[str]:
    where = bundling.asked(whole)
    form = bundling.compose(whole).form
    by_path: dict[str, FormField] = {q.path: q.field for q in questions(form)}
    if len(by_path) != len(questions(form)):
        yield "a question is asked twice"
    yield from (f"{path} is too long a name" for path in by_path if len(path) > LONGEST_PATH)
    for part, matter in whole.parts:
        names = {q.path if q.topic != OWN else q.field.key for q in questions(matter.form)}
        yield from (f"{part.key}: {n} is no question" for n in _named(part) if n not in names)
        for each in where[part.key]:
            source = by_path.get(each.source)
            if each.source and source is None and not _is_closed(part, each.question.topic, whole):
                yield f"{part.key}.{each.question.path} is answered nowhere"
            elif each.field is None and source and not each.inner and source.type != each.question.field.type:
                yield f"{part.key}.{each.question.path} is another kind of answer than {each.source}"
        yield from (f"{part.key}: {words}" for words in _renamed(where[part.key]))
    for paper in bundling.papers(whole):
        by_part = {part.key: matter for part, matter in whole.parts}
        forms = {found.form for key, own in paper.keys.items() if (found := by_part[key].material(own))}
        if {MaterialForm.PAPER, MaterialForm.ELECTRONIC} <= forms:
            yield f"{paper.material.name} is wanted on paper and as a file"


def _named(part: BundlePart) -> list[str]:
    return [name.removeprefix(".") for name in (*part.takes, *part.brought)]


def _is_closed(part: BundlePart, topic: str, whole: Whole) -> bool:
    """Who the other kind of applicant is, nobody asks."""
    is_company = part.applicant is PartApplicant.NEW_COMPANY or whole.applicant is ApplicantKind.COMPANY
    return topic == ("applicant_natural" if is_company else _COMPANY)


def _renamed(asked: tuple[bundling.Asked, ...]) -> Iterator[str]:
    """A rule finds the question it speaks of by its key: such a question keeps it."""
    moved = {e.question.field.key for e in asked if e.question.topic == OWN and e.source != e.question.field.key}
    spoken: Mapping[str, str] = {}
    for each in asked:
        if each.field is None:
            continue
        for rule in rules_of(each.field.rule, each.field.type):
            key = rule.args[0].partition("=")[0] if rule.name in _NAMING else _FIXED.get(rule.name, "")
            if key in moved:
                spoken = {**spoken, key: each.question.path}
    yield from (f"{path} speaks of {key}, which has another name here" for key, path in spoken.items())
