"""What importing a calendar refuses, in the reader's words."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "calendar.empty": Sentence(
            422, "还没有内容。贴上放假安排，或选一个文件。", "Nothing here yet. Paste the list or choose a file."
        ),
        "calendar.no_source": Sentence(
            422, "写上是哪份通知，以后查得到。", "Say which notice it comes from, so that it can be found."
        ),
        "calendar.not_readable": Sentence(
            422,
            "读不懂这份文件。要 TOML（像随软件来的那份），或一行一天的 CSV：日期,休 或 日期,班。",
            "This can't be read. It takes TOML like the file that came along, or CSV with a day and off or work a line.",
        ),
        "calendar.no_such_day": Sentence(
            422,
            "没有“{text}”这一天（第 {line} 行）。改好再导。",
            "There is no day “{text}” (line {line}). Correct it and import again.",
        ),
        "calendar.no_kind": Sentence(
            422,
            "第 {line} 行的“{text}”看不懂，要写“休”或“班”。",
            "Line {line}: “{text}” is unknown. Write off or work.",
        ),
        "calendar.off_and_worked": Sentence(
            422, "{day}又是休又是班，只能是一样。", "{day} is both off and worked; it can be one only."
        ),
        "calendar.other_year": Sentence(
            422, "{day}写在了 {year} 年里，对不上。", "{day} stands under {year}, which is another year."
        ),
        "calendar.makeup_on_weekday": Sentence(
            422,
            "{day}不是周末，本来就上班，不用调休。看看是不是抄错了。",
            "{day} is no weekend and is worked anyway. Check for a copying mistake.",
        ),
        "calendar.no_days_off": Sentence(
            422,
            "{year} 年一天假都没有，不像是公布的安排。",
            "{year} has no day off, so it can't be the published list.",
        ),
        "calendar.year_out_of_range": Sentence(422, "年份“{year}”不对。", "The year “{year}” can't be."),
        "calendar.nothing_new": Sentence(
            409, "跟现在用的一样，不用导。", "This is the calendar in force already; nothing to import."
        ),
        "calendar.no_release": Sentence(
            404, "没有这个版本，回到日历页看看。", "There is no such version. Go back to the calendar."
        ),
        "calendar.confirmed_already": Sentence(
            409, "这个版本已经启用过了。", "This version was put into force already."
        ),
        "calendar.outdated": Sentence(
            409,
            "导入之后，别人启用了另一版。请重新导一次，看清动了哪些件再启用。",
            "Another version came into force since. Import the list again and see what it moves.",
        ),
    }
)
