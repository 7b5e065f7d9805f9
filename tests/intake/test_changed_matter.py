"""The matter changes while somebody fills in its form: shown what changed, nothing typed or sent is lost, one goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from backend.domain import versions
from shared_schemas.draft import Former
from shared_schemas.form import FormDefinition, FormField
from tests.intake.conftest import API, FOOD, SCHOOL, begin, filled, picture, upload
from tests.intake.posting import send

PutInForce = Callable[..., None]


def altered(matter: Any, path: str, **changes: Any) -> Any:
    """The matter's next version, with one own question changed; `drop=True` takes it away."""
    form = matter.form
    fields = tuple(
        replace(field, **{k: v for k, v in changes.items() if k != "drop"}) if field.key == path else field
        for field in form.fields
        if not (changes.get("drop") and field.key == path)
    )
    return replace(matter, version=matter.version + 1, form=replace(form, fields=fields))


def test_what_has_no_place_any_more_is_set_aside() -> None:
    old = FormDefinition(
        fields=(
            FormField("gone", "没了", "Gone"),
            FormField("kind", "类别", "Kind", "enum", options=("甲", "乙")),
            FormField("stock", "设备", "Stock", "table", rule="cols:name,qty"),
            FormField("same", "不变", "Same"),
        )
    )
    new = FormDefinition(
        fields=(
            FormField("kind", "类别", "Kind", "enum", options=("乙", "丙")),
            FormField("stock", "设备", "Stock", "table", rule="cols:name,model"),
            FormField("same", "不变", "Same"),
        )
    )
    values = {"gone": "写过的", "kind": "甲", "stock": [{"name": "灶", "qty": "2"}], "same": "x"}
    aside = versions.former_answers(old, new, values, {})

    assert {path: former.value for path, former in aside.items()} == {k: values[k] for k in ("gone", "kind", "stock")}
    fits = versions.former_answers(old, new, {"kind": "乙", "stock": [{"name": "灶", "qty": ""}]}, {})
    assert {path for path, former in fits.items() if former.value} == set()


@pytest.mark.parametrize("again", ["asked", "gone"])
def test_what_was_set_aside_stays_until_it_is_asked_again_as_it_was(again: str) -> None:
    field = FormField("gone", "没了", "Gone")
    after = FormDefinition(fields=(field,) if again == "asked" else ())
    kept = versions.former_answers(FormDefinition(), after, {}, {"gone": Former(field, "写过的")})
    assert ("gone" in kept) is (again == "gone")


async def test_removed_questions_are_kept_and_shown_and_late_words_find_their_place(
    wang: httpx.AsyncClient, matters: PutInForce, starter: dict[str, Any]
) -> None:
    draft = await begin(wang, FOOD)
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"area": "120", "employees": "3"}})
    matters(altered(starter[FOOD], "area", drop=True))
    moved = (await wang.post(f"{API}/drafts/{draft}/version")).json()

    assert [(each["path"], each["words"]) for each in moved["aside"]] == [("area", "120")]
    assert moved["values"]["employees"] == "3"
    assert "area" not in {question["path"] for question in moved["questions"]}
    page = (await wang.get(f"/drafts/{draft}")).text
    assert "不再问了，留着" in page
    late = await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"area": "121", "employees": "4"}})
    assert late.status_code == 200, late.text
    seen = (await wang.get(f"{API}/drafts/{draft}")).json()
    assert ([each["words"] for each in seen["aside"]], seen["values"]["employees"]) == (["121"], "4")
    unknown = await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"never_asked": "1"}})
    assert unknown.status_code == 400


async def test_an_option_that_vanished_is_shown_and_asked_again(
    wang: httpx.AsyncClient, matters: PutInForce, starter: dict[str, Any]
) -> None:
    field = next(f for f in starter[FOOD].form.fields if f.type == "enum" and len(f.options) > 2 and not f.rule)
    chosen = field.options[0]
    draft = await begin(wang, FOOD)
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": {field.key: chosen}})
    matters(altered(starter[FOOD], field.key, options=field.options[1:]))
    told = (await wang.get(f"/drafts/{draft}/changes")).text
    assert f"去掉选项：{chosen}" in told
    moved = (await wang.post(f"{API}/drafts/{draft}/version")).json()

    assert [(each["path"], each["words"], each["is_asked"]) for each in moved["aside"]] == [(field.key, chosen, True)]
    checked = (await wang.post(f"{API}/drafts/{draft}/check")).json()
    assert f"form.{field.key}" in checked["errors"]
    topic = next(t["slug"] for t in moved["tasks"] if t["progress"] == "wrong")
    page = (await wang.get(f"/drafts/{draft}/topics/{topic}")).text
    assert "以前填的留着" in page
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": {field.key: field.options[1]}})
    assert f"form.{field.key}" not in (await wang.post(f"{API}/drafts/{draft}/check")).json()["errors"]


async def test_columns_of_a_table_that_came_and_went(
    wang: httpx.AsyncClient, matters: PutInForce, starter: dict[str, Any]
) -> None:
    draft = await begin(wang, FOOD)
    rows = [{"name": "灶", "qty": "2"}]
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"equipment": rows}})
    field = next(f for f in starter[FOOD].form.fields if f.key == "equipment")
    matters(altered(starter[FOOD], "equipment", rule=field.rule.replace("qty", "model")))
    notes = [c["notes"] for c in (await wang.get(f"{API}/drafts/{draft}")).json()["changes"] if c["key"] == "equipment"]
    assert [note.split("：")[0] for note in notes[0]] == ["去掉一栏", "新增一栏"]
    moved = (await wang.post(f"{API}/drafts/{draft}/version")).json()
    assert [(each["path"], each["value"]) for each in moved["aside"]] == [("equipment", rows)]
    assert moved["values"]["equipment"] == rows


async def test_every_page_says_that_the_matter_changed_and_one_goes_on_where_one_was(
    wang: httpx.AsyncClient, matters: PutInForce, starter: dict[str, Any]
) -> None:
    draft = await begin(wang, FOOD)
    page = f"/drafts/{draft}/topics/form-1"
    assert "这件事的要求变了" not in (await wang.get(page)).text
    matters(altered(starter[FOOD], "area", is_required=False))
    for slug in ("form-1", f"m-{starter[FOOD].materials[0].key}"):
        shown = (await wang.get(f"/drafts/{draft}/topics/{slug}")).text
        assert f'href="/drafts/{draft}/changes?from={slug}"' in shown
    told = (await wang.get(f"/drafts/{draft}/changes?from=form-1")).text
    assert '<input type="hidden" name="_from" value="form-1">' in told
    went_on = await send(wang, f"/drafts/{draft}/version", _from="form-1")
    assert went_on.headers["location"] == page


async def test_files_of_a_paper_that_is_no_longer_asked_keep_a_place(
    wang: httpx.AsyncClient, matters: PutInForce, starter: dict[str, Any]
) -> None:
    draft, old = await filled(wang), starter[SCHOOL]
    gone = next(m for m in old.materials if m.key == "zxlyzm")
    matters(replace(old, version=2, materials=tuple(m for m in old.materials if m is not gone)))
    moved = (await wang.post(f"{API}/drafts/{draft}/version")).json()
    assert [(each["label"], each["files"]) for each in moved["aside"]] == [(gone.name, 1)]
    await upload(wang, picture("late"), draft=draft, material="zxlyzm")
    assert (await wang.get(f"{API}/drafts/{draft}")).json()["aside"][0]["files"] == 2
