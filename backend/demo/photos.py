"""What people photograph for the hall: licences, cards, books and shop fronts. Every one says that it is a sample."""

from __future__ import annotations

from backend.demo.canvas import GREY, INK, RED, Sheet


def business_licence(name: str, code: str, owner: str, address: str) -> bytes:
    """营业执照, lying on a desk."""
    sheet = Sheet(1180, 840, "#fbf7ea")
    sheet.frame(26, "#b7924b", 10)
    sheet.frame(44, "#b7924b", 2)
    sheet.text((590, 74), "◎", 70, ink=RED, anchor="ma")
    sheet.text((590, 168), "营业执照", 78, serif=True, anchor="ma")
    sheet.text((590, 266), "（演示样本，不具有法律效力）", 22, ink=GREY, anchor="ma")
    sheet.text((84, 92), "统一社会信用代码", 22, ink=GREY)
    sheet.text((84, 126), code, 28)
    rows = [
        ("名    称", name),
        ("类    型", "个体工商户"),
        ("经 营 者", owner),
        ("经营场所", address),
        ("组成形式", "个人经营"),
        ("经营范围", "小型餐饮服务；食品销售"),
    ]
    sheet.facts((100, 330), rows, 28, indent=170, gap=1.85)
    sheet.text((820, 660), "登记机关", 26, ink=GREY)
    sheet.text((820, 706), "2026 年 10 月 12 日", 26)
    sheet.seal((930, 690), 92, "登记机关")
    sheet.sample()
    return sheet.photo(turn=-2.6, seed=1)


def id_card(name: str, number: str, address: str) -> bytes:
    """居民身份证, the side with the person, in somebody's hand light."""
    sheet = Sheet(1000, 632, "#e9f1f3")
    for place in range(0, 1000, 26):
        sheet.pen.arc((place - 300, -200, place + 300, 800), 300, 60, fill="#d8e6e9", width=2)
    rows = [
        ("姓  名", name),
        ("民  族", "汉"),
        ("出  生", "以样本为准"),
        ("住  址", address[:14]),
        ("", address[14:28]),
    ]
    sheet.facts((60, 70), rows, 32, indent=120, gap=2.1)
    sheet.text((60, 540), "公民身份号码", 28, ink=GREY)
    sheet.text((270, 532), number, 38)
    sheet.person((716, 90, 930, 370))
    sheet.pen.rectangle((700, 372, 960, 520), fill="#e9f1f3")
    sheet.text((823, 410), "演示样本", 34, ink=RED, anchor="ma")
    sheet.sample()
    return sheet.photo(turn=3.1, desk=(92, 96, 102), seed=2)


def floor_plan(title: str, foot: str, *, with_washing: bool) -> bytes:
    """经营场所平面布局图; `with_washing` False: the washing area is drawn but not marked, as people forget."""
    sheet = Sheet(1200, 1560, "#fbfaf6")
    pen = sheet.pen
    sheet.text((600, 96), title, 56, anchor="ma")
    walls = [
        (120, 210, 1080, 1290),
        (120, 690, 570, 690),
        (750, 690, 1080, 690),
        (660, 210, 660, 510),
        (660, 630, 660, 690),
    ]
    pen.rectangle(walls[0], outline=INK, width=12)
    for wall in walls[1:]:
        pen.line(wall, fill=INK, width=12)
    for box in [
        (180, 270, 360, 372),
        (180, 450, 360, 552),
        (450, 288, 582, 486),
        (750, 300, 1020, 420),
        (750, 480, 1020, 612),
    ]:
        pen.rectangle(box, outline=GREY, width=5)
    for x, y in [(300, 900), (570, 900), (840, 900), (300, 1125), (570, 1125)]:
        pen.ellipse((x - 66, y - 66, x + 66, y + 66), outline=GREY, width=5)
    for at, words in [((336, 608), "粗加工"), ((885, 628), "烹饪间"), ((948, 1040), "用餐区"), ((600, 1225), "出入口")]:
        sheet.text(at, words, 46, anchor="ma")
    pen.line((480, 1290, 720, 1290), fill="#fbfaf6", width=14)
    if with_washing:
        sheet.text((270, 321), "洗消区", 44, anchor="mm")
        sheet.text((516, 387), "留样柜", 34, anchor="mm")
    sheet.text((600, 1392), foot, 40, ink=GREY, anchor="ma")
    sheet.text((600, 1462), "演示样本　比例 1:100", 30, ink=GREY, anchor="ma")
    return sheet.scan()


def site_plan() -> bytes:
    """A site seen from above: the road, the frontage, what is to be put up or closed off."""
    sheet = Sheet(1500, 1060, "#f7f9f6")
    pen = sheet.pen
    pen.rectangle((0, 720, 1500, 880), fill="#dfe4e4")
    for x in range(20, 1500, 90):
        pen.line((x, 800, x + 48, 800), fill="#ffffff", width=8)
    for x, name in [(90, "12 号"), (420, "14 号"), (750, "16 号"), (1080, "18 号")]:
        pen.rectangle((x, 250, x + 300, 620), outline=INK, width=7, fill="#eef1ec")
        sheet.text((x + 150, 420), name, 42, anchor="mm")
    pen.rectangle((770, 632, 1030, 712), outline=RED, width=8)
    sheet.text((900, 672), "拟用范围 12 × 4 m", 26, ink=RED, anchor="mm")
    sheet.text((750, 120), "位置示意图", 60, anchor="mm")
    sheet.text((750, 960), "南湖区演示路　制图：申请人　演示样本", 32, ink=GREY, anchor="mm")
    sheet.text((1420, 130), "北 ↑", 40, anchor="mm")
    return sheet.scan()


def shop_front(sign: str) -> bytes:
    """A shop seen from across the street."""
    sheet = Sheet(1400, 1000, "#cfdfe8")
    pen = sheet.pen
    pen.rectangle((0, 820, 1400, 1000), fill="#9aa2a3")
    pen.rectangle((110, 130, 1290, 830), fill="#d8cdbb")
    for x in range(140, 1290, 230):
        pen.rectangle((x, 150, x + 130, 250), fill="#8fa9b5", outline="#f2efe6", width=8)
    pen.rectangle((150, 290, 1250, 430), fill="#8d2b26")
    sheet.text((700, 360), sign, 84, ink="#f6e7c3", anchor="mm")
    pen.rectangle((180, 460, 720, 810), fill="#5d7580", outline="#3b3631", width=10)
    pen.rectangle((780, 460, 1010, 828), fill="#4a5f69", outline="#3b3631", width=10)
    pen.rectangle((1060, 460, 1220, 810), fill="#5d7580", outline="#3b3631", width=10)
    pen.line((895, 470, 895, 820), fill="#3b3631", width=6)
    for x in (250, 420, 590):
        pen.ellipse((x - 30, 500, x + 30, 560), fill="#f0d48a")
    sheet.text((1140, 640), "演示", 40, ink="#f6e7c3", anchor="mm")
    return sheet.photo(turn=0.8, desk=(120, 130, 136), seed=3)


def portrait() -> bytes:
    """近期照片: the size of a two-inch picture, a figure nobody is."""
    sheet = Sheet(626, 826, "#ffffff")
    sheet.person((40, 40, 586, 700), "#7fb0d8")
    sheet.pen.rectangle((0, 700, 626, 826), fill="#ffffff")
    sheet.text((313, 764), "演示样本", 40, ink=GREY, anchor="mm")
    return sheet.photo(turn=0, desk=(225, 225, 222), seed=4)


def household_book() -> bytes:
    """户口簿, the page of one member."""
    sheet = Sheet(1240, 860, "#f7f1e2")
    sheet.frame(40, "#7d5a3a", 5)
    sheet.text((620, 84), "常住人口登记卡", 54, serif=True, anchor="ma")
    for row in range(7):
        y = 190 + row * 84
        sheet.pen.line((80, y, 1160, y), fill="#a58a68", width=3)
    for x in (80, 320, 620, 860, 1160):
        sheet.pen.line((x, 190, x, 694), fill="#a58a68", width=3)
    cells = [
        "姓名",
        "样本甲",
        "户主关系",
        "本人",
        "性别",
        "—",
        "民族",
        "汉",
        "出生地",
        "浙江嘉兴",
        "籍贯",
        "浙江嘉兴",
        "文化程度",
        "大专",
        "婚姻状况",
        "有配偶",
        "服务处所",
        "演示单位",
        "职业",
        "职员",
        "迁入日期",
        "以样本为准",
        "签发",
        "演示",
    ]
    for place, words in enumerate(cells):
        x = (100, 340, 640, 880)[place % 4]
        sheet.text((x, 214 + place // 4 * 84), words, 30, ink=GREY if place % 2 == 0 else INK)
    sheet.seal((1010, 720), 84, "户口专用")
    sheet.sample()
    return sheet.photo(turn=1.9, seed=5)


def health_card() -> bytes:
    """从业人员健康证."""
    sheet = Sheet(1000, 640, "#f2f8f4")
    sheet.pen.rectangle((0, 0, 1000, 112), fill="#2f7d5b")
    sheet.text((500, 56), "从业人员健康证明", 52, ink="#ffffff", anchor="mm")
    rows = [
        ("姓    名", "样本甲"),
        ("类    别", "食品"),
        ("体检结果", "合格"),
        ("发证日期", "2026 年 9 月 8 日"),
        ("有效期至", "2027 年 9 月 7 日"),
        ("编    号", "演示 0001"),
    ]
    sheet.facts((60, 160), rows, 32, indent=180, gap=2.1)
    sheet.person((716, 160, 920, 420))
    sheet.pen.rectangle((700, 422, 960, 640), fill="#f2f8f4")
    sheet.seal((820, 520), 84, "体检机构")
    sheet.sample()
    return sheet.photo(turn=-1.7, desk=(170, 160, 148), seed=6)


def small_book(title: str, colour: str, rows: list[tuple[str, str]], seed: int, *, with_portrait: bool = True) -> bytes:
    """A certificate in booklet form: 结婚证, 出生医学证明, 房产证 and their like."""
    sheet = Sheet(1240, 860, "#fbf4ee")
    sheet.pen.rectangle((0, 0, 1240, 22), fill=colour)
    sheet.pen.rectangle((0, 838, 1240, 860), fill=colour)
    sheet.frame(48, colour, 6)
    sheet.pen.line((620, 60, 620, 800), fill="#e0d2c6", width=4)
    sheet.text((334, 150), title, 58, ink=colour, serif=True, anchor="ma")
    sheet.text((334, 260), "（演示样本）", 28, ink=GREY, anchor="ma")
    if with_portrait:
        sheet.person((224, 340, 444, 610), "#dfe7ea")
        sheet.pen.rectangle((200, 612, 460, 780), fill="#fbf4ee")
    sheet.facts((670, 150), rows, 30, indent=190, gap=2.3)
    sheet.seal((1040, 690), 88, "发证机关")
    sheet.sample()
    return sheet.photo(turn=-1.2, seed=seed)


def bank_slip() -> bytes:
    """银行回单 or the card's details, as a bank prints them."""
    sheet = Sheet(1300, 700, "#fafcff")
    sheet.frame(30, "#3a5f8f", 4)
    sheet.text((650, 60), "银行账户信息 · 客户回单", 46, ink="#3a5f8f", anchor="ma")
    rows = [
        ("户    名", "样本甲"),
        ("账    号", "6222 0000 0000 0000 演示"),
        ("开 户 行", "演示银行嘉兴南湖支行"),
        ("币    种", "人民币"),
        ("打印日期", "2026 年 11 月 2 日"),
        ("用    途", "补贴与退款入账"),
    ]
    sheet.facts((90, 170), rows, 34, indent=210, gap=2.1)
    sheet.seal((1110, 500), 92, "业务专用")
    sheet.sample()
    return sheet.photo(turn=-0.9, desk=(196, 190, 180), seed=7)
