"""Where the side ways of a case stand: extension, hearing, survey. Each is folded from its own rows."""

from __future__ import annotations

from shared_schemas.labelled import Labelled


class Extension(Labelled):
    """延期 (行政许可法 §42): asked for once, granted or denied by the head of the organ."""

    NONE = "none", "未延期", "Not extended"
    ASKED = "asked", "已请求延期", "Extension asked for"
    GIVEN = "given", "已延期", "Extended"
    DENIED = "denied", "未批准延期", "Extension denied"


class Hearing(Labelled):
    """听证 (行政许可法 §46 to §48). `OVER`: the right was waived, or its five days went by."""

    NONE = "none", "未告知", "Not told"
    TOLD = "told", "已告知，等申请人选择", "Told; the applicant may choose"
    ASKED = "asked", "申请人要求听证", "The applicant asked for it"
    FIXED = "fixed", "听证已定", "Fixed"
    HELD = "held", "已听证", "Held"
    OVER = "over", "不举行听证", "Not held"


class Survey(Labelled):
    """现场勘查 of one case: none yet, out, or every department has concluded."""

    NONE = "none", "未勘查", "Not surveyed"
    OPEN = "open", "勘查中", "Survey under way"
    CONCLUDED = "concluded", "已有结论", "Concluded"
