"""The sentence for every fault code, in Chinese and English: what is off, and what to do (LOOK.md, "Voice")."""

from __future__ import annotations

from types import MappingProxyType

from shared_schemas.faults import Fault

_SENTENCES: dict[str, tuple[str, str]] = {
    # single fields
    "field.missing": ("这项还没填", "Fill this in"),
    "field.unknown": ("这里没有“{name}”这一项，去掉它再发", "There is no field “{name}” here; leave it out"),
    "field.type": ("这项的写法不对，要填{expected}", "This should be {expected}"),
    "field.format": ("写法不对，照右边的样子再填一次", "Not in the expected form; follow the example"),
    "field.option": ("从给出的选项里选一个", "Choose one of the options"),
    "field.options": ("“{value}”不在选项里，重新选", "“{value}” is not an option; choose again"),
    "field.short": ("太短了，至少写 {least} 个字", "Too short: at least {least} characters"),
    "field.long": ("太长了，最多 {most} 个字，现在 {length} 个", "Too long: at most {most} characters, now {length}"),
    "field.too_long": ("太长了，最多 {most} 个字", "Too long: at most {most} characters"),
    "field.few": ("至少要 {least} 项", "At least {least} needed"),
    "field.many": ("最多 {most} 项", "At most {most}"),
    "field.date": ("日期写成 2026-11-22 这样", "Write the date like 2026-11-22"),
    "field.no_such_day": ("没有这一天，看看日历再填", "There is no such day; look at the calendar"),
    "field.moment": (
        "写明哪天几点，像 2026-11-22T09:30:00+08:00",
        "Write day and hour, like 2026-11-22T09:30:00+08:00",
    ),
    "field.time": ("时间写成 09:30 这样", "Write the time like 09:30"),
    "field.number": ("这里填数字", "Enter a number"),
    "field.whole_number": ("这里填整数，不带小数点", "Enter a whole number"),
    "field.decimals": ("最多 {most} 位小数", "At most {most} decimal places"),
    "field.bool": ("选“是”或“否”", "Answer yes or no"),
    "field.least": ("要不小于 {least}", "Must be {least} or more"),
    "field.most": ("要不大于 {most}", "Must be {most} or less"),
    "field.above": ("要大于 {above}", "Must be more than {above}"),
    "field.below": ("要小于 {below}", "Must be less than {below}"),
    "field.more_than_other": ("不能超过“{other_zh}”", "Can't be more than “{other_en}”"),
    "field.sum": ("各部分加起来是 {sum}，总数是 {total}，对一下", "The parts add up to {sum}, the total says {total}"),
    "field.proposition": (
        "这几个数没达到这件事的条件，看看办事指南",
        "These numbers don't meet the conditions; see the guide",
    ),
    "time.outside": ("要在 {start} 到 {end} 之间", "Must be between {start} and {end}"),
    "field.must_be_true": ("要先确认这一条，才能往下办", "Confirm this to go on"),
    "field.characters": ("只能用大写字母和数字", "Use capital letters and digits only"),
    "field.url": ("网址写成 https://… 这样", "Write the address like https://…"),
    "form.invalid": ("有几项对不上，看一下再交", "Some answers don't fit together; check and send again"),
    # dates
    "date.earliest": ("不能早于 {day}", "Can't be before {day}"),
    "date.latest": ("不能晚于 {day}", "Can't be after {day}"),
    "date.after": ("要晚于 {day}", "Must be after {day}"),
    "date.order": ("结束不能早于开始", "The end can't be before the start"),
    "date.range_long": (
        "从开始到结束最长 {most}，最晚到 {day}",
        "The longest period is {most_en}; it must end by {day}",
    ),
    # names and numbers of people
    "name.missing": ("写上姓名", "Enter the name"),
    "name.long": ("姓名最多 {most} 个字，现在 {length} 个", "At most {most} characters, now {length}"),
    "name.character": ("姓名里不能有“{character}”", "“{character}” can't be part of a name"),
    "name.start": ("姓名要以汉字或字母开头", "A name starts with a character or a letter"),
    "mobile.digits": ("手机号只有数字", "A mobile number has digits only"),
    "mobile.short": (
        "少了 {missing} 位，手机号是 {length} 位",
        "{missing} digit(s) short: a mobile number has {length}",
    ),
    "mobile.long": ("多了 {extra} 位，手机号是 {length} 位", "{extra} digit(s) too many: a mobile number has {length}"),
    "mobile.start": (
        "手机号是 13 到 19 开头的，看看前两位",
        "A mobile number starts with 13 to 19; check the first two",
    ),
    "id.missing": ("写上证件号码", "Enter the ID number"),
    "id.short": ("少了 {missing} 位，身份证号是 {length} 位", "{missing} short: an ID number has {length} characters"),
    "id.long": ("多了 {extra} 位，身份证号是 {length} 位", "{extra} too many: an ID number has {length} characters"),
    "id.first_generation": (
        "这是 15 位的老号码，请填现在证件上的 18 位",
        "This is an old 15-digit number; enter the 18 on your present card",
    ),
    "id.characters": ("只有最后一位可以是 X，其余是数字", "Digits only; just the last one may be X"),
    "id.birth_date": (
        "第 7 到 14 位是出生日期，{birth} 没有这一天",
        "Digits 7 to 14 are a birth date; {birth} is no such day",
    ),
    "id.born_later": (
        "第 7 到 14 位是出生日期，{birth} 还没到",
        "Digits 7 to 14 are a birth date; {birth} is yet to come",
    ),
    "id.checksum": ("有一位写错了，对着证件再看一遍", "One digit is wrong; compare with the card"),
    "id.region": ("前两位不对，对着证件再看一遍", "The first two digits are wrong; compare with the card"),
    "id.permit_region": ("这种居住证以 {starts} 开头", "This permit starts with {starts}"),
    "id.foreign_resident": (
        "新卡 9 开头共 18 位，旧卡是 3 个字母加 12 个数字",
        "New cards: 18 digits starting with 9; old ones: 3 letters and 12 digits",
    ),
    "id.hk_macao_pass": ("通行证号是 H 或 M 加 8 位数字", "The permit number is H or M and 8 digits"),
    "id.taiwan_pass": ("通行证号是 8 位数字", "The permit number has 8 digits"),
    "id.passport": ("护照号只有字母和数字，5 到 17 位", "A passport number has 5 to 17 letters and digits"),
    "id.too_young": ("要满 {age} 周岁", "Must be at least {age}"),
    "credit_code.short": ("少了 {missing} 位，信用代码是 {length} 位", "{missing} short: a credit code has {length}"),
    "credit_code.long": ("多了 {extra} 位，信用代码是 {length} 位", "{extra} too many: a credit code has {length}"),
    "credit_code.character": (
        "信用代码里没有“{character}”，可能是 0、1、2、5",
        "A credit code never has “{character}”; maybe 0, 1, 2 or 5",
    ),
    "credit_code.checksum": (
        "有一位对不上，对着营业执照再看一遍；确实没错就请窗口帮您录",
        "One character doesn't fit; compare with the licence. If it is right, the window can enter it for you",
    ),
    "bank_card.length": ("银行卡号是 12 到 19 位数字", "A card number has 12 to 19 digits"),
    "bank_card.checksum": ("卡号有一位写错了，对着卡再看一遍", "One digit is wrong; compare with the card"),
    # codes of the hall
    "one_time_code.format": ("验证码是 6 位数字", "The code has 6 digits"),
    "tracking_code.format": (
        "这不是追踪码，扫一扫回执上的二维码",
        "Not a tracking code; scan the QR code on your receipt",
    ),
    "case_no.format": (
        "办件编号是 22 位数字，在回执最上面",
        "The case number has 22 digits; it is at the top of your receipt",
    ),
    "case_no.checksum": ("办件编号有一位写错了，对着回执再看一遍", "One digit is wrong; compare with your receipt"),
    "query_password.format": (
        "查询密码是 8 位数字，在回执上",
        "The query password has 8 digits; it is on your receipt",
    ),
    "last_four.format": ("填证件号或手机号的最后 4 位", "Enter the last four of the ID or mobile number"),
    # tables, ranges and places in a form
    "table.column": ("第 {row} 行少了“{column}”", "Row {row} lacks “{column}”"),
    "table.sum": ("“{column}”加起来要等于 100%，现在是 {total}%", "“{column}” must add up to 100 %, now {total} %"),
    "geo.format": (
        "位置写成“经度,纬度”，如 120.78,30.75",
        "Write the place as “longitude,latitude”, e.g. 120.78,30.75",
    ),
    "file.type": ("这里收 {types} 格式的文件", "Files of type {types} only"),
    "region.format": ("选到省、市、区县", "Choose province, city and county"),
    "vehicle.vin": ("车架号是 17 位，没有 I、O、Q", "A VIN has 17 characters and never I, O or Q"),
}
SENTENCES = MappingProxyType(_SENTENCES)


def sentence(fault: Fault, lang: str = "zh") -> str:
    """What to tell the reader about `fault`, in `lang` ("zh" or "en")."""
    zh, en = SENTENCES[fault.code]
    return (en if lang == "en" else zh).format(**fault.facts)
