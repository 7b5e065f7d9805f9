"""Writing the Excel template that a department fills in: instructions, drop-downs, notes and one example."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from backend.catalogue import columns
from backend.catalogue.columns import Column

_HEAD = PatternFill("solid", fgColor="07404C")
_EXAMPLE = PatternFill("solid", fgColor="E0F0F2")
_INSTRUCTIONS = (
    "政务服务事项导入模板 · 一码办",
    "",
    "1. 一个事项在“事项”表里占一行；它的材料、依据、常见问题在另外三张表里，用事项编码对上。",
    "2. 带 * 的列必须填。有下拉的从下拉里选。鼠标停在列名上能看到怎么填。",
    "3. 绿色的示例行（scj-901）可以照着写，写完删掉；不删也不会导入。",
    "4. 不要用公式，不要改列名。多填的空行没有关系。",
    "5. 编码写过的事项再写一次就是更新：没变的不动，变了的出新版本，正在办的件仍按旧版本办完。",
    "6. 导入前先试一遍：yimaban catalogue import 文件.xlsx --dry-run，有错会一次列全，一行也不会进。",
    "7. 发布要求：当场办的必须是即办件；全程网办的跑动次数为 0；要跑的写原因；收费的写依据和标准；",
    "    行政许可至少一条常见问题，并写流程；有办理结果的给样本。",
)


def main(path: Path, *, say: Callable[[str], object] = print) -> int:
    """Write the template from the command line; never over a file that is there. Returns the exit code."""
    if path.suffix.lower() != ".xlsx" or path.exists():
        say(f"{path}：给一个还不存在的 .xlsx 文件名")
        return 1
    write(path)
    say(f"模板写好了：{path}。填完先试一遍：yimaban catalogue import {path} --dry-run")
    return 0


def write(path: Path) -> None:
    """Write the empty template to `path` (.xlsx)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _instructions(book.create_sheet("说明"))
    for name, wanted in columns.SHEETS.items():
        _sheet(book.create_sheet(name), wanted)
    book.active = 1
    book.save(path)


def _instructions(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 70
    sheet.column_dimensions["B"].width = 12
    for number, line in enumerate(_INSTRUCTIONS, start=1):
        sheet.cell(number, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=16)
    row = int(columns.WHOLE_CELL[1:])
    sheet.cell(row, 1, columns.WHOLE_LABEL).alignment = Alignment(wrap_text=True)
    sheet[columns.WHOLE_CELL] = "否"
    choice = DataValidation(type="list", formula1='"是,否"', allow_blank=False)
    sheet.add_data_validation(choice)
    choice.add(columns.WHOLE_CELL)


def _sheet(sheet: Worksheet, wanted: tuple[Column, ...]) -> None:
    for number, column in enumerate(wanted, start=1):
        letter = get_column_letter(number)
        head = sheet.cell(1, number, f"{column.heading} *" if column.is_needed else column.heading)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEAD
        if column.hint:
            head.comment = Comment(column.hint, "一码办", height=90, width=260)
        sheet.column_dimensions[letter].width = column.width
        if column.choices:
            listed = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            listed.error, listed.errorTitle = f"请从下拉里选：{'、'.join(column.choices)}", column.heading
            sheet.add_data_validation(listed)
            listed.add(f"{letter}2:{letter}2000")
        if column.example != "":
            cell = sheet.cell(2, number, column.example)
            cell.fill, cell.alignment = _EXAMPLE, Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
