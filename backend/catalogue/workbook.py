"""Reading the Excel template. Formula cells are refused: what a cell shows must be what was typed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from backend.catalogue import columns
from backend.catalogue.columns import Column
from backend.catalogue.compiling import Source
from backend.catalogue.faults import Faulty, ImportFault
from backend.catalogue.rows import Row

MOST_ROWS = 20_000
LARGEST_UNPACKED = 200_000_000  # bytes: a small zip can unpack to anything
_INSTRUCTIONS = "说明"


def read(path: Path) -> Source:
    """The rows of the sheets 事项, 材料, 依据, 常见问题, 部门. Raises Faulty."""
    book = _open(path)
    faults: list[ImportFault] = []
    strange = [name for name in book.sheetnames if name not in columns.SHEETS and name != _INSTRUCTIONS]
    faults += [
        ImportFault(f"工作表 {name}", "", "没有这张表", f"只用：{'、'.join(columns.SHEETS)}") for name in strange
    ]
    found = {
        name: _rows(book[name], wanted, faults) if name in book.sheetnames else []
        for name, wanted in columns.SHEETS.items()
    }
    matters = {str(row.values.get("id", "")): row for row in found["事项"]}
    for sheet, child in (("材料", "materials"), ("依据", "basis"), ("常见问题", "faqs")):
        _hang(found[sheet], child, matters, faults)
    if not found["事项"]:
        faults.append(ImportFault("事项", "", "一个事项也没有", "从第 2 行起，一行填一个事项"))
    is_whole = _INSTRUCTIONS in book.sheetnames and book[_INSTRUCTIONS][columns.WHOLE_CELL].value == "是"
    book.close()
    if faults:
        raise Faulty(faults)
    return Source(path.name, {}, found["部门"], [], found["事项"], [], is_whole)


def _open(path: Path) -> Any:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise Faulty([ImportFault(path.name, "", "解开后太大", "删掉图片和多余的表，分几个文件导入")])
        return load_workbook(path, read_only=False, data_only=False, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise Faulty(
            [ImportFault(path.name, "", "不是能打开的 Excel 文件", "用模板另存为 .xlsx（不加密码）再试")]
        ) from error


def _rows(sheet: Worksheet, wanted: tuple[Column, ...], faults: list[ImportFault]) -> list[Row]:
    """Rows below the headings; wholly empty ones are passed over."""
    headings = {column.heading: column for column in wanted}
    at: dict[int, Column] = {}
    for cell in next(sheet.iter_rows(min_row=1, max_row=1), ()):
        heading = str(cell.value or "").strip().rstrip("*").strip()
        if heading in headings:
            at[cell.column] = headings[heading]
        elif heading:
            faults.append(ImportFault(f"{sheet.title} 第 1 行", heading, "没有这一列", "用模板里的列名，或删掉这一列"))
    if missing := [c.heading for c in wanted if c.is_needed and c not in at.values()]:
        if sheet.max_row > 1:
            faults.append(ImportFault(f"{sheet.title} 第 1 行", "、".join(missing), "缺这几列", "从模板里复制列名"))
        return []
    if sheet.max_row > MOST_ROWS:
        faults.append(ImportFault(sheet.title, "", f"有 {sheet.max_row} 行，最多 {MOST_ROWS} 行", "删掉下面的空行"))
        return []
    made = []
    for cells in sheet.iter_rows(min_row=2):
        place = f"{sheet.title} 第 {cells[0].row} 行"
        values = {at[c.column].key: _value(c, place, at[c.column], faults) for c in cells if c.column in at}
        values = {key: value for key, value in values.items() if value not in (None, "")}
        if values:
            made.append(Row(place, values, {column.key: column.heading for column in at.values()}))
    return made


def _value(cell: Cell, place: str, column: Column, faults: list[ImportFault]) -> Any:
    value = cell.value
    if cell.data_type == "f" or (isinstance(value, str) and value[:1] in ("=", "＝")):
        faults.append(ImportFault(place, column.heading, "是公式", "复制后“选择性粘贴 → 数值”，只留结果"))
        return None
    if cell.data_type == "e":
        faults.append(ImportFault(place, column.heading, f"是错误值 {value}", "重新填写"))
        return None
    if cell.is_date:
        faults.append(ImportFault(place, column.heading, "被 Excel 变成了日期", "把单元格格式改成“文本”再填"))
        return None
    if column.key in _LINES and isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    return value


# Whole sentences: one to a line, so that a comma inside one doesn't cut it.
_LINES = frozenset({"conditions", "steps"})


def _hang(children: list[Row], name: str, matters: dict[str, Row], faults: list[ImportFault]) -> None:
    """Put the rows of a second sheet under their matter."""
    for row in children:
        matter = str(row.values.pop("matter", "")).strip()
        if not matter:
            faults.append(ImportFault(row.place, "事项编码", "没有填", "填这份材料属于哪个事项"))
        elif matter not in matters:
            faults.append(ImportFault(row.place, "事项编码", f"“事项”表里没有 {matter}", "改成“事项”表里的编码"))
        else:
            matters[matter].children.setdefault(name, []).append(row)
