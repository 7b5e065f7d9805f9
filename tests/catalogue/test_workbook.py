"""The Excel template: what it offers, what it refuses, and that it can be filled in and imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from backend.catalogue import columns, importing, shelf, template, workbook
from backend.catalogue.faults import Faulty


@pytest.fixture
def book(tmp_path: Path) -> tuple[Workbook, Path]:
    """The template as a department gets it, open for filling in."""
    path = tmp_path / "事项.xlsx"
    template.write(path)
    return load_workbook(path), path


def fill(book: Workbook, sheet: str, row: int, **values: object) -> None:
    """Write values under their headings."""
    headings = {c.key: i for i, c in enumerate(columns.SHEETS[sheet], start=1)}
    for key, value in values.items():
        book[sheet].cell(row, headings[key], value)


MATTER = {
    "id": "scj-18", "dept": "scj", "name": "食品经营许可新办", "name_en": "Food business permit (new)", "type": "行政许可",
    "project_type": "承诺件", "object": "自然人、法人", "statutory_n": 10, "statutory_unit": "工作日", "promised_n": 4,
    "promised_unit": "工作日", "approval": "一审一核", "channels": "窗口、网上", "online_depth": "网上办理",
    "conditions": "有固定场所，能直达\n有从业人员", "steps": "提交\n看现场\n发证", "aliases": "开饭店；开餐馆",
}  # fmt: skip


def test_the_template_explains_itself(book):
    made, _ = book
    assert made.sheetnames == ["说明", "事项", "材料", "依据", "常见问题", "部门"]
    assert made["事项"]["A1"].value == "事项编码 *"
    assert made["事项"]["A1"].comment is not None
    lists = {v.formula1 for v in made["事项"].data_validations.dataValidation}
    assert '"独任审核,一审一核,报批审核"' in lists
    assert made["事项"]["A2"].value == columns.EXAMPLE


def test_every_drop_down_fits_into_excel(book):
    made, _ = book
    for sheet in made.worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.formula1) <= 255


async def test_the_untouched_example_is_not_imported(db, now, book):
    _, path = book
    report = await importing.load(path, by="test", now=now, is_dry_run=True)
    assert report.matters == 0


async def test_a_department_changes_its_matter_and_everything_else_stays(db, now, book):
    await importing.load_if_absent(now)
    before = shelf.current().matter("scj-18")
    made, path = book
    fill(made, "事项", 3, **MATTER)
    fill(made, "材料", 3, matter="scj-18", name="营业执照", type="证件证书证明", source="政府部门核发", share="是")
    fill(made, "依据", 3, matter="scj-18", law="食品安全法", articles="35")
    fill(made, "常见问题", 3, matter="scj-18", question="要看现场吗？", answer="要，两个人一起来，一次看完。")
    made.save(path)
    report = await importing.load(path, by="test", now=now)
    assert report.difference.gone == ()
    assert len(shelf.current().matters) == 946
    after = shelf.current().matter("scj-18")
    assert (after.version, after.promised.n, after.faqs[0].question) == (2, 4, "要看现场吗？")
    assert after.conditions == ("有固定场所，能直达", "有从业人员")
    assert after.materials[0].key == "yyzz"
    assert after.form == before.form  # the workbook has no forms: the matter keeps its own


def test_a_formula_a_date_and_a_stray_column_are_refused_with_their_place(book):
    made, path = book
    fill(made, "事项", 3, **MATTER | {"promised_n": "=1+3", "note": "＝cmd"})
    fill(made, "材料", 3, matter="nobody-1", name="营业执照")
    made["事项"].cell(1, 60, "随手加的列")
    made.create_sheet("Sheet9")
    made.save(path)
    with pytest.raises(Faulty) as caught:
        workbook.read(path)
    said = "\n".join(importing.faults_said(caught.value.faults))
    assert "事项 第 3 行 · 承诺时限：是公式" in said
    assert "事项 第 3 行 · 备注：是公式" in said
    assert "材料 第 3 行 · 事项编码：“事项”表里没有 nobody-1" in said
    assert "随手加的列：没有这一列" in said
    assert "工作表 Sheet9：没有这张表" in said


async def test_faults_in_a_workbook_name_sheet_row_and_heading(db, now, book):
    await importing.load_if_absent(now)
    made, path = book
    fill(made, "事项", 3, **MATTER | {"approval": "三堂会审", "promised_n": "五", "visits": 2})
    made.save(path)
    with pytest.raises(Faulty) as caught:
        await importing.load(path, by="test", now=now)
    said = "\n".join(importing.faults_said(caught.value.faults))
    assert "事项 第 3 行 · 审批方式：不认识 “三堂会审”。从这些里选：独任审核、一审一核、报批审核" in said
    assert "事项 第 3 行 · 承诺时限：应该是整数，现在是 “五”" in said
    assert shelf.current().matter("scj-18").version == 1


async def test_a_workbook_that_says_it_is_whole_withdraws_what_it_lacks(db, now, book):
    await importing.load_if_absent(now)
    made, path = book
    made["说明"][columns.WHOLE_CELL] = "是"
    fill(made, "事项", 3, **MATTER)
    fill(made, "依据", 3, matter="scj-18", law="食品安全法", articles="35")
    made.save(path)
    report = await importing.load(path, by="test", now=now, is_dry_run=True)
    assert {matter.department for matter in report.difference.gone} == {"scj"}
    assert len(report.difference.gone) == 84
