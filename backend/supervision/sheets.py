"""The list of open cases as CSV, for a spreadsheet: no cell of it can act as a formula."""

from __future__ import annotations

import csv as writer
import io
from datetime import date

from backend.i18n import gettext as _
from backend.i18n import language
from backend.supervision import open_cases
from backend.supervision.open_cases import Wanted
from shared_schemas.supervision import WatchedCase

COUNTED = ("count", "amber", "red", "law_red", "stopped")
MOST = 20_000
# What a spreadsheet takes for a formula, full-width signs too (SECURITY.md, attack 21).
_ACTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """`text` as a cell that is only ever text."""
    return f"'{text}" if text.startswith(_ACTS) else text


async def csv(wanted: Wanted, today: date) -> tuple[bytes, int]:
    """The list with a byte order mark (Excel reads Chinese by it), and how many rows it has; at most `MOST`."""
    out = io.StringIO()
    sheet = writer.writer(out)
    sheet.writerow([
        _("办件编号"), _("事项"), _("部门"), _("步骤"), _("时限"), _("在谁手上"), _("从哪天起"), _("首办责任人"),
        _("承诺到期"), _("法定到期"), _("停表"),
    ])  # fmt: skip
    rows, after = 0, ""
    while rows < MOST:
        page = await open_cases.cases(wanted, today, after=after, at_most=500)
        sheet.writerows(_row(item) for item in page.items)
        rows += len(page.items)
        after = page.next
        if not after:
            break
    return "\ufeff".encode() + out.getvalue().encode(), rows


def _row(item: WatchedCase) -> list[str]:
    zh = language() != "en"
    return [
        harmless(text)
        for text in (
            item.case_no,
            item.matter_zh if zh else item.matter_en,
            item.department_zh if zh else item.department_en,
            item.step.label(language()),
            item.light.label(language()),
            item.holder_zh if zh else item.holder_en,
            open_cases.since_day(item).isoformat(),
            item.first_handler,
            item.promised_due_on.isoformat() if item.promised_due_on else "",
            item.statutory_due_on.isoformat() if item.statutory_due_on else "",
            _("停表") if item.is_stopped else "",
        )
    ]
