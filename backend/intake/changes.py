"""What changed between the version of a matter a draft began under and the one in force, as a citizen needs to know."""

from __future__ import annotations

from backend.domain import tables
from backend.domain.headings import label_of
from backend.domain.rules import rules_of
from backend.i18n import pick
from shared_schemas.draft import Difference
from shared_schemas.form import FormField
from shared_schemas.matter import Material, Matter


def between(before: Matter, after: Matter) -> list[Difference]:
    """Questions and papers that came, went or changed; nothing else of a matter touches a draft."""
    return [*_questions(before, after), *_papers(before, after)]


def _questions(before: Matter, after: Matter) -> list[Difference]:
    old, new = _fields(before), _fields(after)
    found = [_field("added", field) for key, field in new.items() if key not in old]
    found += [
        _field("changed", field, _field_notes(old[key], field))
        for key, field in new.items()
        if key in old and _field_notes(old[key], field)
    ]
    return found + [_field("removed", field) for key, field in old.items() if key not in new]


def _fields(matter: Matter) -> dict[str, FormField]:
    return {field.key: field for group in matter.form.groups for field in group.fields} | {
        field.key: field for field in matter.form.fields
    }


def _field(what: str, field: FormField, notes: tuple[str, ...] = ()) -> Difference:
    return Difference(what, "field", field.key, field.zh, field.en, notes)


def _field_notes(old: FormField, new: FormField) -> tuple[str, ...]:
    notes = []
    if old.zh != new.zh or old.en != new.en:
        notes.append(pick(f"原来叫“{old.zh}”", f"was called “{old.en}”"))
    if old.is_required != new.is_required:
        notes.append(pick("现在必填", "now required") if new.is_required else pick("现在可以不填", "now optional"))
    if gone := [option for option in old.options if option not in new.options]:
        notes.append(pick(f"去掉选项：{'、'.join(gone)}", f"options removed: {', '.join(gone)}"))
    if come := [option for option in new.options if option not in old.options]:
        notes.append(pick(f"新增选项：{'、'.join(come)}", f"options added: {', '.join(come)}"))
    notes += _column_notes(old, new)
    if old.type != new.type or _but_columns(old) != _but_columns(new):
        notes.append(pick("填写要求变了", "what may be entered has changed"))
    return tuple(notes)


def _column_notes(old: FormField, new: FormField) -> list[str]:
    """Columns of a table that came and went, by their headings."""
    if old.type != "table" or new.type != "table":
        return []
    was, now = tables.columns_of(old.rule), tables.columns_of(new.rule)
    come, gone = ([key for key in ours if key not in theirs] for ours, theirs in ((now, was), (was, now)))
    notes = []
    if gone:
        notes.append(pick(f"去掉一栏：{_headings(gone, 'zh')}", f"columns removed: {_headings(gone, 'en')}"))
    if come:
        notes.append(pick(f"新增一栏：{_headings(come, 'zh')}", f"columns added: {_headings(come, 'en')}"))
    return notes


def _headings(keys: list[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(label_of(key, lang) for key in keys)


def _but_columns(field: FormField) -> list[tuple[str, tuple[str, ...]]]:
    """The field's rule without what is said of its columns by name."""
    return [(rule.name, rule.args) for rule in rules_of(field.rule, field.type) if rule.name != "columns"]


def _papers(before: Matter, after: Matter) -> list[Difference]:
    # A paper that only got another key is the same paper: people know it by its name.
    old = {m.name: m for m in before.materials}
    new = {m.name: m for m in after.materials}
    found = [_paper("added", m) for name, m in new.items() if name not in old]
    found += [
        _paper("changed", m, _paper_notes(old[name], m))
        for name, m in new.items()
        if name in old and _paper_notes(old[name], m)
    ]
    return found + [_paper("removed", m) for name, m in old.items() if name not in new]


def _paper(what: str, material: Material, notes: tuple[str, ...] = ()) -> Difference:
    return Difference(what, "material", material.key, material.name, material.label("en"), notes)


def _paper_notes(old: Material, new: Material) -> tuple[str, ...]:
    notes = []
    if (old.need, old.is_required) != (new.need, new.is_required):
        notes.append(new.need.label(pick("zh", "en")))
    if old.is_shareable != new.is_shareable:
        notes.append(
            pick("现在由我们调取", "we fetch it now")
            if new.is_shareable
            else pick("现在要您自己交", "you hand it in now")
        )
    if old.copies != new.copies:
        notes.append(pick(f"现在要 {new.copies} 份", f"{new.copies} copies now"))
    if (old.how_to, old.standard) != (new.how_to, new.standard):
        notes.append(pick("要求写得不一样了", "the requirements are worded differently"))
    return tuple(notes)
