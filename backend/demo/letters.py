"""What people hand in as PDF: applications, leases, rules, statements. Set by Typst from plain text, always the same."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from threading import Lock
from typing import Any

_STYLE = """
#set page(width: 210mm, height: 297mm, margin: (x: 26mm, y: 28mm), numbering: "1 / 1",
  header: align(right, text(8pt, fill: rgb("#7c8b90"))[演示样本，不具有法律效力]))
#set text(font: "Noto Serif SC", size: 11.5pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), leading: 1em, justify: true)
#show heading.where(level: 1): it => align(center, text(19pt, it.body)) + v(10mm)
#show heading.where(level: 2): it => v(3mm) + text(13pt, it.body) + v(1mm)
"""
# A Typst compiler can't be entered from two threads.
_one_at_a_time = Lock()
_DRAWN = datetime(2026, 10, 12, tzinfo=UTC)


@cache
def _compiler() -> Any:
    import typst

    from backend.documents.characters import font_files

    folders = sorted({str(file.parent) for file in font_files()})
    return typst.Compiler(font_paths=folders, ignore_system_fonts=True)


def _pdf(body: str) -> bytes:
    with _one_at_a_time:
        return _compiler().compile(input=(_STYLE + body).encode(), format="pdf", timestamp=_DRAWN)


def _signed(who: str, day: str = "2026 年 10 月 20 日") -> str:
    return f"\n#v(16mm)\n#align(right)[{who}（签名或盖章）\n\n{day}]\n"


def application() -> bytes:
    """申请书, one page with a table."""
    cells = [
        ("申请人", "见申报信息"),
        ("证件或信用代码", "见申报信息"),
        ("申请事项", "见本办件"),
        ("联系地址", "嘉兴市南湖区"),
        ("结果送达", "电子证照"),
        ("提交方式", "一码办"),
    ]
    rows = ", ".join(f"[{label}], [{value}]" for label, value in cells)
    return _pdf(
        f"= 申请书\n#table(columns: (32mm, 1fr), inset: 10pt, {rows})\n\n== 申请内容\n"
        "本人（单位）现向贵局提出申请，所填信息和所交材料真实、完整，与原件一致。\n\n"
        "== 承诺\n已知悉办理条件、需要的材料和办理时限。办理期间如有变化，将及时告知。提供虚假材料的，愿意依法承担责任。\n"
        + _signed("申请人")
    )


def lease() -> bytes:
    """租赁合同, three pages."""
    clauses = {
        "一、租赁房屋": "甲方将位于嘉兴市南湖区演示路 218 号一层的房屋出租给乙方作经营（居住）使用，建筑面积 86 平方米。",
        "二、租赁期限": "自 2026 年 10 月 1 日起至 2029 年 9 月 30 日止，共三年。期满乙方在同等条件下享有优先承租权。",
        "三、租金和押金": "租金每月人民币 4,800 元，按季支付；押金人民币 9,600 元，期满无息退还。",
        "四、房屋使用": "乙方应按约定用途使用房屋，不得擅自改变房屋结构；确需装修的，应经甲方书面同意，并符合消防和环保要求。",
        "五、维修责任": "房屋主体结构由甲方负责维修，日常使用中的损坏由乙方负责维修。",
        "六、转租": "未经甲方书面同意，乙方不得转租。",
        "七、合同解除": "任何一方需提前解除合同的，应提前三十日书面通知对方，并协商结清有关费用。",
        "八、争议解决": "因本合同发生争议的，双方协商解决；协商不成的，向房屋所在地人民法院起诉。",
        "九、其他": "本合同一式两份，双方各执一份，自签字之日起生效。水、电、燃气费用由乙方按表支付。",
    }
    body = "= 房屋租赁合同\n出租人（甲方）：样本甲\n\n承租人（乙方）：样本乙\n"
    for place, (title, words) in enumerate(clauses.items()):
        body += ("\n#pagebreak()\n" if place in (4, 8) else "") + f"\n== {title}\n{words}\n"
    return _pdf(body + _signed("甲方、乙方", "2026 年 9 月 24 日"))


def rules() -> bytes:
    """管理制度, four pages: a list and three of the rules."""
    titles = [
        "从业人员健康管理制度",
        "进货查验和索证索票制度",
        "食品安全自查制度",
        "设施设备清洗消毒制度",
        "应急处置方案",
    ]
    body = "= 管理制度汇编\n== 目录\n" + "\n".join(f"+ {title}" for title in titles)
    points = [
        "负责人是第一责任人，指定专人每天检查并做好记录，记录保存不少于两年。",
        "上岗人员每年体检一次，取得健康证明后方可上岗；有发热、腹泻等症状的，立即离岗。",
        "采购时查验供货者的许可证和合格证明，如实记录名称、规格、数量、日期和联系方式。",
        "每周自查一次，发现问题立即整改，不能立即整改的停止使用，并报告主管部门。",
    ]
    for title in titles[:3]:
        body += f"\n#pagebreak()\n= {title}\n" + "\n\n".join(
            f"第{n}条　{p}" for n, p in zip("一二三四", points, strict=True)
        )
    return _pdf(body + _signed("负责人"))


def staff_list() -> bytes:
    """人员情况: people of an organisation and what they are trained for."""
    people = [
        ("样本甲", "负责人", "大专"),
        ("样本乙", "安全管理员", "本科"),
        ("样本丙", "操作人员", "高中"),
        ("样本丁", "操作人员", "中专"),
    ]
    rows = ", ".join(f"[{cell}]" for person in people for cell in (*person, "已培训，证书在有效期内"))
    head = "[*姓名*], [*岗位*], [*文化程度*], [*培训情况*]"
    return _pdf(
        f"= 人员情况表\n#table(columns: (1fr, 1fr, 1fr, 2fr), inset: 9pt, {head}, {rows})\n\n"
        "以上人员均与本单位签订劳动合同，证书原件备查。\n" + _signed("单位")
    )


def statement() -> bytes:
    """情况说明 or 承诺书, a page."""
    return _pdf(
        "= 情况说明\n现就本次申请的有关情况说明如下：\n\n"
        "一、所申请事项符合办理条件，有关情况与申报信息一致。\n\n二、本人（单位）愿意配合现场核查，并按要求保存资料。\n\n"
        "三、以上情况属实，如有不实，愿意承担相应责任。\n" + _signed("说明人")
    )


def report() -> bytes:
    """检测、评估或验收报告, two pages with a table of results."""
    results = [
        ("外观与标识", "符合"),
        ("安装与固定", "符合"),
        ("主要指标", "符合"),
        ("安全防护", "符合"),
        ("资料完整性", "符合"),
    ]
    rows = ", ".join(f"[{n}], [{name}], [{value}]" for n, (name, value) in enumerate(results, start=1))
    return _pdf(
        "= 检测（评估）报告\n委托单位：见申报信息\n\n检测机构：演示检测有限公司\n\n报告编号：演示 2026-1108\n#pagebreak()\n== 结果\n"
        f"#table(columns: (14mm, 1fr, 30mm), inset: 9pt, [*序*], [*项目*], [*结论*], {rows})\n\n"
        "结论：所检项目均符合有关要求。\n" + _signed("检测机构", "2026 年 11 月 8 日")
    )


def proof() -> bytes:
    """An organisation certifies something about a person: work, study, residence."""
    return _pdf(
        "= 证　明\n兹证明样本甲系我单位（社区）工作（居住）人员，自 2024 年 3 月起至今。\n\n特此证明，用于办理本次申请。\n"
        + _signed("演示单位", "2026 年 11 月 3 日")
    )
