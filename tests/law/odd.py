"""What people and their keyboards make of a good answer, and what nobody would ever type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from backend.domain.forms import Question
from backend.domain.rules import rules_of, shifted
from shared_schemas.numbers import id_check_character

_SPACES = [
    "\t",
    "\n",
    "\r\n",
    "\x0b",
    "\x1c",
    "\x1f",
    " ",
    "\x85",
    "\xa0",
    "\u2003",
    "\u2028",
    "\u200b",
    "\u3000",
    "\ufeff",
]
_MARKS = [
    *_SPACES, "𠮷", "\U0003fffd", "\ufe00", "\U000e0100", "·", "•", "．", "-", "－", "—", "−", "'", "’", "x", "ｘ", "X",
    "0", "O", "９", "٣", "²", "⑨", "ß", "é", "e\u0301", "ｎ\u0303", "Ⅷ", "_", ",", "，", ".", "/", "%", "％", "<", "&", "\x00", "9", "1",
]  # fmt: skip
_ANY: list[Any] = [
    None, "", " ", "\u3000\x1f", [], {}, True, False, 0, 1, -5, 1.5, 1e-7, 2.5e-5, 123456.789, "NaN", "sNaN12", "-Infinity", "inf",
    "1e999999", "1E-999999", "1e9999999", "1e99999999999999999999", "0e99999999999999999999", "0E+7", "-0", "+.5e1", "5.", ".", "1_0",
    "٣.５", "1/3", "24:00", "9999-12-31", "0000-01-01", "a" * 201, "𠮷" * 101, "字" * 4001, "是", "否", "on", "TRUE", "null", "None",
    ["a", "b"], ["", " "], [1, 2.5], [None], [["x"]], [{}], [{"name": ""}], {"x": None}, {"start": "1"}, {"start": [], "end": "2026-01-01"},
    {"name": "张三", "mobile": "１３８ 1234-6021", "id_no": "e12345678"}, {"name": "", "mobile": "1"}, {"name": 7},
    {"name": "甲", "mobile": True},
    [{"name": "甲", "share": "1/3"}], [{"name": "甲"}, {"name": 5, "x": {"y": "z"}}], "<script>", "a\r\nb\rc",
    "\ufeff甲\ufeff", "\x85乙\x1f",
]  # fmt: skip
_NUMBERS = [
    "0", "-0", "-1", "0.004", "1,000", "１２３．５", "1e3", "1E-15", "1e-16", "1e14", "1e15", "999999999999999.999999999999999999",
    "123456789012345.12345678901234567890", "0.00000012345", "100", "100.0001", "100.00%", "1.250", "1.255", "00012", "2/3", "3/0", "0/3",
    "33.3333", "33.33％", "1e2", "25", "24.9", "49", "50", "51", "200", "150", "0E-20", "1E+2", "9" * 40, "1." + "0" * 40, "4.5", "4.6",
]  # fmt: skip
_IDS = [
    "11010519491231002X", "11010519491231002x", "１１０１０５19491231002Ｘ", "110105491231002", "110105194912310021", "E12345678",
    "e1", "H12345678", "h1234567890", "12345678", "1234567890A", "830000199001010012", "810000199001011236", "ABC123456789012",
    "911101199001011230",
    "1101051949123100²X",
    "11010519490230002X", "11010519991231002X", "000105194912310020", "1101051949123100210", "91350100M000100Y43",
    "91350100m000100y44", "91350100I000100Y43",
    "13812346021", "1381234602", "12812346021", "+8613812346021", "138١٢٣٤٦٠٢١", "6222021234567890128", "6222 0212 3456 7890 123",
]  # fmt: skip
_TIMES = [
    "9:30",
    "09:30:59.5",
    "0930",
    "24:00",
    "23:60",
    "０９：３０",
    "09:30Z",
    "22:00",
    "06:00",
    "05:59",
    "2:5",
    "22:00-06:00",
    "05:00~23:00",
]
_NAMES = [
    "买买提 • 艾力",
    "欧阳𠮷𠮷",
    "O’Neil-Smith",
    "José",
    "Jose\u0301",
    "张 三",
    "·张",
    "张\ufe00三",
    "1张",
    "甲" * 61,
    "㐂\U000e0100" * 40,
    "张<三",
]

_Change = Callable[[Random, Question, Any, date], Any]


def broken(chance: Random, question: Question, value: Any, today: date) -> Any:
    """Another answer in place of `value`: near it, at a border of a rule, or of another kind altogether."""
    return chance.choices(_CHANGES, weights=_WEIGHTS)[0](chance, question, value, today)


def _mistyped(chance: Random, question: Question, value: Any, today: date) -> Any:
    if isinstance(value, list) and value:
        place = chance.randrange(len(value))
        return [_mistyped(chance, question, each, today) if at == place else each for at, each in enumerate(value)]
    if isinstance(value, dict) and value:
        key = chance.choice(list(value))
        return {**value, key: _mistyped(chance, question, value[key], today)}
    marks = list(str(value)) or [""]
    place = chance.randrange(len(marks))
    match chance.randrange(7):
        case 0:
            del marks[place]
        case 1:
            marks[place] = chance.choice(_MARKS)
        case 2:
            marks.reverse()
        case 3:
            marks = [chr(ord(m) + 0xFEE0) if "!" <= m <= "~" else m for m in marks]
        case 4:
            marks = [chance.choice(_SPACES), *marks, chance.choice(_SPACES)]
        case _:
            marks.insert(place, chance.choice(_MARKS))
    return "".join(marks)


def _of_its_kind(chance: Random, question: Question, value: Any, today: date) -> Any:
    kind = question.field.type
    if kind in _BY_KIND:
        return _BY_KIND[kind](chance, question, value, today)
    return chance.choice([*_NAMES, *_IDS, *_NUMBERS])


def _of_no_kind(chance: Random, _question: Question, _value: Any, _today: date) -> Any:
    return chance.choice(_ANY)


def _at_the_border(chance: Random, question: Question, value: Any, today: date) -> Any:
    """Where a rule of the field draws its line: on it, just before, just behind."""
    rules = [rule for rule in rules_of(question.field.rule, question.field.type) if rule.args]
    if not rules:
        return _of_its_kind(chance, question, value, today)
    rule = chance.choice(rules)
    number = next((arg for arg in rule.args[::-1] if arg and arg[0].isdigit() and arg[-1].isdigit()), None)
    if rule.name in {"day", "starts", "longest", "shortest_if"}:
        return _dates(chance, question, value, today)
    if rule.name == "length" and number:
        return chance.choice("字𠮷a") * (int(number) + chance.choice([-1, 0, 1]))
    if number and number.replace(".", "").isdigit():
        step = chance.choice([0, 1, -1, 0.01, -0.01])
        return str(float(number) + step) if step % 1 else str(int(float(number)) + int(step))
    return _of_its_kind(chance, question, value, today)


def _numbers(chance: Random, _question: Question, _value: Any, _today: date) -> Any:
    return chance.choice(
        [*_NUMBERS, str(chance.randint(-5, 300)), f"{chance.uniform(0, 120):.3f}", chance.randint(-3, 500), 2.5]
    )


def _day(chance: Random, today: date) -> str:
    span = chance.choice(
        ["", "+1d", "-1d", "+1m", "-6m", "+6m", "-1y", "+1y", "-16y", "-18y", "+20y", "+20d", "+3", "+7d"]
    )
    day = shifted(today, span) + timedelta(days=chance.choice([-1, 0, 0, 1]))
    return chance.choice([
        day.isoformat(), day.isoformat(), day.isoformat(), day.strftime("%Y/%m/%d"), f"{day.year}.{day.month}.{day.day}",
        day.strftime("%Y%m%d"), f" {day.isoformat()}　", "2026-02-29", "2024-02-29", "0001-01-01",
        "9999-12-31", "２０２６-１-２", "2026-W01-1",
    ])  # fmt: skip


def _dates(chance: Random, question: Question, _value: Any, today: date) -> Any:
    match question.field.type:
        case "daterange":
            one, other = _day(chance, today), _day(chance, today)
            mark = chance.choice("~～至/-")
            return chance.choice(
                [
                    {"start": one, "end": other},
                    [one, other],
                    f"{one}{mark}{other}",
                    [one],
                    one,
                    {"start": one, "end": " "},
                ]
            )
        case "datetime":
            return (
                f"{_day(chance, today)}{chance.choice(['T', ' ', 't', '  ', 'TT', ''])}{chance.choice([*_TIMES, ''])}"
            )
        case _:
            return _day(chance, today)


def _times(chance: Random, _question: Question, _value: Any, _today: date) -> Any:
    one, other = chance.choice(_TIMES), chance.choice(_TIMES)
    return chance.choice([{"start": one, "end": other}, [one, other], f"{one}{chance.choice('~～至-')}{other}"])


def _identity(chance: Random, _question: Question, _value: Any, today: date) -> Any:
    if chance.random() < 0.5:
        return chance.choice(_IDS)
    born = shifted(today, chance.choice(["-16y", "-18y", "-22y", "-40y"])) + timedelta(days=chance.choice([-1, 0, 1]))
    body = (
        f"{chance.choice(['330402', '110105', '920000', '810000', '830000'])}{born:%Y%m%d}{chance.randint(1, 999):03}"
    )
    return body + id_check_character(body)


def _choices(chance: Random, question: Question, value: Any, _today: date) -> Any:
    options = list(question.field.options)
    one = chance.choice(options) if options else "别的"
    return chance.choice(
        [one, one, f" {one}", one[:-1], [one, one], [one, "别的"], options, [*reversed(options), "𠮷" * 50], value]
    )


def _yes_or_no(chance: Random, _question: Question, _value: Any, _today: date) -> Any:
    return chance.choice([True, False, "true", "false", "on", "off", "是", "否", 1, 0, "yes", "", 2, "真"])


def _rows(chance: Random, _question: Question, value: Any, today: date) -> Any:
    rows = [dict(row) for row in value] if isinstance(value, list) and value and isinstance(value[0], dict) else [{}]
    rows += [dict(chance.choice(rows)) for _ in range(chance.choice([0, 0, 1, 2, 50]))]
    for row in rows:
        for key in list(row):
            if chance.random() < 0.2:
                cell = chance.choice(
                    [
                        chance.choice(_NUMBERS),
                        _day(chance, today),
                        chance.choice(_IDS),
                        "1/3",
                        "护照",
                        "resident",
                        "居民身份证",
                        "",
                    ]
                )
                row[key] = cell
    if chance.random() < 0.3:
        rows = [{key: "1/3" if key in {"share", "ratio"} else cell for key, cell in row.items()} for row in rows[:3]]
    return rows if chance.random() < 0.9 else rows * 260


def _people(chance: Random, _question: Question, _value: Any, _today: date) -> Any:
    name = chance.choice(_NAMES)
    return chance.choice(
        [name, {"name": name, "mobile": chance.choice(_IDS)}, {"name": name, "id_no": chance.choice(_IDS), "note": "x"}]
    )


def _places(chance: Random, _question: Question, _value: Any, _today: date) -> Any:
    one, other = (
        chance.choice([*_NUMBERS, "120.78", "-180", "180.0000001"]),
        chance.choice([*_NUMBERS, "30.75", "90", "-90.1"]),
    )
    return chance.choice(
        [
            f"{one},{other}",
            f"{one}，{other}",
            f"{one} {other}",
            {"longitude": one, "latitude": other},
            [one, other],
            one,
        ]
    )


def _addresses(chance: Random, _question: Question, _value: Any, _today: date) -> Any:
    return chance.choice(
        [
            "https://a.cn",
            "http://a.cn:80/x y",
            "javascript:alert(1)",
            "https://u@a.cn",
            "https://例.cn/𠮷\n",
            "https://a.cn/\x85x",
        ]
    )


_BY_KIND: dict[str, _Change] = {
    **dict.fromkeys(("int", "decimal", "money", "percent"), _numbers),
    **dict.fromkeys(("date", "datetime", "daterange"), _dates),
    **dict.fromkeys(("id_document", "id_card", "uscc", "mobile"), _identity),
    **dict.fromkeys(("enum", "multi"), _choices),
    "bool": _yes_or_no,
    "time_range": _times,
    "table": _rows,
    "person": _people,
    "geo": _places,
    "url": _addresses,
}
_CHANGES: list[_Change] = [_mistyped, _of_its_kind, _of_no_kind, _at_the_border]
_WEIGHTS = [4, 5, 2, 3]
