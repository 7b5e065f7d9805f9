"""勘查笔录: whether a record from the field is whole, possible in time, signed, and agrees with itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from backend.domain.refusal import Refusal
from backend.domain.surveying import LEAST_INSPECTORS
from shared_schemas.survey import Conclusion, Found, SurveyRecorded

CLOCKS_DIFFER = timedelta(minutes=2)  # [L] a tablet without network keeps its own time


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a checklist. `is_decisive`: while it is not met nobody concludes that the conditions are met."""

    key: str
    zh: str
    en: str
    is_decisive: bool = False

    def label(self, lang: str) -> str:
        """The line in a language."""
        return self.en if lang == "en" else self.zh


class Value(Struct, frozen=True, forbid_unknown_fields=True):
    """Something to measure: its unit, what is possible at all, and the limit as the standard says it."""

    key: str
    zh: str
    en: str
    unit: str
    least: float
    most: float
    limit: str = ""
    limit_en: str = ""
    unit_en: str = ""
    is_required: bool = True

    def label(self, lang: str) -> str:
        """What is measured, in a language."""
        return self.en if lang == "en" else self.zh

    def in_unit(self, lang: str) -> str:
        """The unit in a language: most are the same in all."""
        return self.unit_en or self.unit if lang == "en" else self.unit

    def limited(self, lang: str) -> str:
        """The limit in a language; "" where there is none."""
        return self.limit_en if lang == "en" else self.limit


class Checklist(Struct, frozen=True, forbid_unknown_fields=True):
    """What one department looks at in one kind of place. `photos`: how many at least."""

    zh: str
    en: str
    items: tuple[Item, ...]
    values: tuple[Value, ...] = ()
    photos: int = 1
    departments: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()

    def label(self, lang: str) -> str:
        """Its name in a language."""
        return self.en if lang == "en" else self.zh


def check(
    record: SurveyRecorded, checklist: Checklist, sent: Mapping[str, str], *, dispatched_at: datetime, now: datetime
) -> None:
    """Refuse a record that could not have happened, is not whole, or contradicts itself.

    `sent` are the names of those sent, by staff number. Raises Refusal: "survey.in_future", ".before_dispatch",
    ".photo_in_future", ".photos_missing", ".signer_not_sent", ".signature_missing", ".applicant_signature_missing",
    ".checklist_changed", ".items_open", ".note_missing", ".values_missing", ".value_impossible", ".passes_with_fault".
    """
    _check_times(record, dispatched_at, now)
    _check_items(record, checklist)
    _check_values(record, checklist)
    _check_photos(record, checklist, now)
    _check_signatures(record, sent)


def _check_times(record: SurveyRecorded, dispatched_at: datetime, now: datetime) -> None:
    if record.surveyed_at > now + CLOCKS_DIFFER:
        raise Refusal("survey.in_future")
    if record.surveyed_at < dispatched_at - CLOCKS_DIFFER:
        raise Refusal("survey.before_dispatch")


def _check_photos(record: SurveyRecorded, checklist: Checklist, now: datetime) -> None:
    if any(photo.taken_at > now + CLOCKS_DIFFER for photo in record.photos):
        raise Refusal("survey.photo_in_future")
    if len(record.photos) < checklist.photos:
        raise Refusal("survey.photos_missing", least=checklist.photos)


def _check_items(record: SurveyRecorded, checklist: Checklist) -> None:
    found = {item.key: item for item in record.items}
    known = {item.key: item for item in checklist.items}
    if not found.keys() <= known.keys() or len(found) < len(record.items):
        raise Refusal("survey.checklist_changed")
    if open_ones := [item for key, item in known.items() if key not in found]:
        raise _named("survey.items_open", open_ones)
    not_ok = [item for key, item in known.items() if found[key].found is Found.NOT_OK]
    if unsaid := [item for item in not_ok if not found[item.key].note.strip()]:
        raise _named("survey.note_missing", unsaid)
    decisive = [item for item in not_ok if item.is_decisive]
    if record.conclusion is Conclusion.PASS and decisive:
        raise _named("survey.passes_with_fault", decisive)


def _check_values(record: SurveyRecorded, checklist: Checklist) -> None:
    given = {value.key: value.value for value in record.values}
    known = {value.key: value for value in checklist.values}
    if not given.keys() <= known.keys() or len(given) < len(record.values):
        raise Refusal("survey.checklist_changed")
    if missing := [value for key, value in known.items() if value.is_required and key not in given]:
        raise _named("survey.values_missing", missing)
    for key, number in given.items():
        if not known[key].least <= number <= known[key].most:
            raise _named("survey.value_impossible", [known[key]])


def _check_signatures(record: SurveyRecorded, sent: Mapping[str, str]) -> None:
    signed = {each.staff_no for each in record.signed if each.strokes}
    if not {each.staff_no for each in record.signed} <= sent.keys():
        raise Refusal("survey.signer_not_sent")
    if len(signed) < LEAST_INSPECTORS:
        raise Refusal("survey.signature_missing", names=_others(sent, signed))
    applicant = record.applicant
    is_signed = bool(applicant.strokes) and bool(applicant.name.strip())
    if not is_signed and not applicant.refused_because.strip():
        raise Refusal("survey.applicant_signature_missing")


def _others(sent: Mapping[str, str], signed: Collection[str]) -> list[str]:
    return [name for staff_no, name in sent.items() if staff_no not in signed]


def _named(code: str, lines: Collection[Item | Value]) -> Refusal:
    return Refusal(code, names=[line.zh for line in lines], names_en=[line.en for line in lines])
