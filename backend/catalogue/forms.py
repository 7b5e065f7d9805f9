"""Forms of a source: the shared field groups and each matter's own fields, put together per matter.

A matter without a form of its own gets the groups that fit who may apply, so that every filing asks who it is from.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from msgspec import Struct

from backend.catalogue import rows
from backend.catalogue.faults import ImportFault
from backend.catalogue.rows import Row, RowReader
from shared_schemas.form import FieldGroup, FormDefinition, FormField
from shared_schemas.vocabulary import ApplicantKind

# The group that switches between the two kinds of applicant, and what it switches between.
EITHER = "applicant_any"
BY_KIND = {ApplicantKind.PERSON: "applicant_natural", ApplicantKind.COMPANY: "applicant_legal"}


class Forms(Struct, frozen=True):
    """Everything a source says about forms, by matter code."""

    groups: dict[str, FieldGroup]
    chosen: dict[str, tuple[str, ...]]
    fields: dict[str, tuple[FormField, ...]]
    kept: dict[str, FormDefinition]
    found: list[Row]
    is_expected: bool

    def has(self, matter: str) -> bool:
        """True where the matter has questions of its own."""
        return bool(self.fields.get(matter) or (matter in self.kept and self.kept[matter].fields))

    def of(self, matter: str, applicants: Sequence[ApplicantKind]) -> FormDefinition:
        """The form of a matter, its groups written out in full."""
        if matter in self.kept and matter not in self.fields:
            return self.kept[matter]
        names = self.chosen.get(matter) or self._usual(applicants)
        written: list[str] = []
        for name in names:
            written.append(name)
            if name == EITHER:
                written += BY_KIND.values()
        groups = tuple(self.groups[name] for name in dict.fromkeys(written) if name in self.groups)
        return FormDefinition(groups, self.fields.get(matter, ()))

    @staticmethod
    def _usual(applicants: Sequence[ApplicantKind]) -> tuple[str, ...]:
        who = EITHER if len(applicants) != 1 else BY_KIND[applicants[0]]
        return (who, "delivery") if applicants == (ApplicantKind.PERSON,) else (who, "agent", "delivery")

    def orphans(self, matters: Container[str]) -> list[Row]:
        """Forms of matters that the source doesn't have."""
        return [row for row in self.found if str(row.values.get("matter")) not in matters]


def read(
    group_rows: list[Row],
    form_rows: list[Row],
    known: Sequence[FieldGroup],
    kept: dict[str, FormDefinition],
    faults: list[ImportFault],
) -> Forms:
    """Groups and forms of a source; faults are appended.

    A source without forms (the Excel template) says nothing about them: the known ones stay.
    """
    groups: dict[str, FieldGroup] = {} if group_rows else {group.name: group for group in known}
    for row in group_rows:
        r = RowReader(row, faults)
        name = r.take("name", rows.code, "", required=True)
        r.ignore("fields")
        r.finish()
        groups[name] = FieldGroup(name, _fields(row, faults))
    chosen: dict[str, tuple[str, ...]] = {}
    fields: dict[str, tuple[FormField, ...]] = {}
    for row in form_rows:
        r = RowReader(row, faults)
        r.ignore("matter_name", "fields")
        matter = r.take("matter", rows.code, "", required=True)
        names = r.take("groups", rows.several(rows.code), ())
        for name in names:
            if name not in groups:
                r.fault("groups", f"没有字段组 {name}", f"从这些里选：{'、'.join(groups)}")
        r.finish()
        if matter in fields:
            r.fault("matter", f"事项 {matter} 的表单写了两次", "合成一个")
        chosen[matter], fields[matter] = names, _fields(row, faults)
    return Forms(groups, chosen, fields, {} if form_rows or group_rows else kept, form_rows, bool(form_rows))


def _fields(row: Row, faults: list[ImportFault]) -> tuple[FormField, ...]:
    found: list[FormField] = []
    for child in row.children.get("fields", []):
        r = RowReader(child, faults)
        key = r.take("key", rows.code, "", required=True)
        if any(field.key == key for field in found):
            r.fault("key", f"字段 {key} 重复", "每个字段用自己的 key")
        found.append(
            FormField(
                key=key,
                zh=r.take("zh", rows.text(120), "", required=True),
                en=r.take("en", rows.text(200), "", required=True),
                type=r.take("type", rows.code, "text", required=True),
                is_required=r.take("required", rows.flag, False),
                rule=r.take("rule", rows.text(300), ""),
                options=r.take("options", rows.several(rows.text(120), most=300), ()),
            )
        )
        r.finish()
    return tuple(found)
