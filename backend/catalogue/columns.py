"""The columns of the Excel template: heading, the source's key, what may be chosen, what to write.

One table serves the template, the reader and the names of fields in messages.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from shared_schemas.labelled import Labelled
from shared_schemas.matter_codes import (
    Confidence,
    MaterialForm,
    MaterialNeed,
    MaterialSource,
    MaterialType,
    MatterKind,
    MatterType,
    OnlineDepth,
    Reach,
    WindowKind,
)
from shared_schemas.vocabulary import ApprovalMode


class Column(Struct, frozen=True):
    """One column. `choices` make a drop-down; `hint` is the note on the heading; `example` fills the sample row."""

    key: str
    heading: str
    hint: str = ""
    example: str | int = ""
    choices: tuple[str, ...] = ()
    is_needed: bool = False
    width: int = 16


YES_NO = ("是", "否")


def _names(kind: Iterable[Labelled]) -> tuple[str, ...]:
    return tuple(member.zh for member in kind)


MATTER = (
    Column(
        "id", "事项编码", "部门代码加序号，如 scj-18；写过的编码再写一次就是更新", "scj-901", is_needed=True, width=12
    ),
    Column("dept", "部门编码", "", "scj", is_needed=True, width=10),
    Column("name", "事项名称", "规范名称", "食品摊贩登记（示例，可删）", is_needed=True, width=34),
    Column("name_en", "英文名称", "", "Food stall registration (example)", is_needed=True, width=30),
    Column("local_code", "实施编码", "国家或省里的编码，原样填，可空", "", width=18),
    Column("current_dept", "现实施机关", "机构改革后换了部门才填", "", width=18),
    Column("type", "事项类型", "", "其他行政权力", _names(MatterType), is_needed=True),
    Column("project_type", "办件类型", "当场办完选即办件", "承诺件", _names(MatterKind), is_needed=True, width=10),
    Column("object", "服务对象", "自然人、法人，两样都有用顿号隔开", "自然人", is_needed=True),
    Column(
        "object_codes", "服务对象细类", "可空；自然人、企业法人、事业法人、社会组织法人、行政机关、其他组织", "自然人"
    ),
    Column("statutory_n", "法定时限", "没有就空着", 20, width=10),
    Column("statutory_unit", "法定时限单位", "", "工作日", ("工作日", "日", "月", "当场", "无"), width=12),
    Column("promised_n", "承诺时限", "不能比法定的长", 5, width=10),
    Column("promised_unit", "承诺时限单位", "", "工作日", ("工作日", "日", "月", "当场", "无"), width=12),
    Column("extension_n", "可延长", "法律准许延长的天数，可空", "", width=10),
    Column("extension_unit", "延长单位", "", "", ("工作日", "日", "月"), width=10),
    Column("approval", "审批方式", "", "一审一核", _names(ApprovalMode), is_needed=True, width=12),
    Column(
        "channels", "办理渠道", "网上、移动、自助、窗口、邮寄，用顿号隔开", "窗口、网上、移动", is_needed=True, width=20
    ),
    Column("kiosk_apply", "自助申办", "", "否", YES_NO, width=10),
    Column("kiosk_print", "自助打印", "", "否", YES_NO, width=10),
    Column("kiosk_query", "自助查询", "", "否", YES_NO, width=10),
    Column("kiosk_book", "自助预约", "", "否", YES_NO, width=10),
    Column("online_depth", "网办深度", "", "网上办理", _names(OnlineDepth)),
    Column("visits", "跑动次数", "", 0, width=10),
    Column("visit_reason", "必须到场原因", "跑动次数大于 0 时写", "", width=24),
    Column("scope", "通办范围", "", "全区通办", _names(Reach), width=12),
    Column("window", "窗口", "", "任一综合窗口", _names(WindowKind), width=14),
    Column("survey", "现场勘查", "", "否", YES_NO, width=10),
    Column(
        "special",
        "特别程序",
        "现场勘查、专家评审、检验检测鉴定、公示公告、调查核实、征求意见、听证、考试考核",
        "",
        width=20,
    ),
    Column("commitment", "告知承诺", "", "否", YES_NO, width=10),
    Column("auto", "智能秒办", "", "否", YES_NO, width=10),
    Column("groups", "主题分组", "可空，用顿号隔开", "食品经营许可"),
    Column(
        "aliases", "群众怎么说", "搜索用的大白话，用顿号隔开，越多越好找", "摆摊卖吃的、开早餐车、夜市小吃摊", width=34
    ),
    Column("result", "办理结果", "", "食品摊贩登记卡", width=20),
    Column("result_sample", "结果样本", "样本文件名或网址", "登记卡样本.pdf"),
    Column("fee", "收费", "", "否", YES_NO, width=8),
    Column("fee_note", "收费标准", "收费才填", "", width=20),
    Column("fee_basis", "收费依据", "收费才填", "", width=20),
    Column("conditions", "受理条件", "一条一行（格内换行用 Alt+Enter）", "在划定区域内经营", width=30),
    Column("steps", "办理流程", "一步一行", "申请\n核对材料\n发卡", width=24),
    Column("inquiry_phone", "咨询电话", "", "", width=14),
    Column("complaint_phone", "投诉电话", "和咨询电话不同", "", width=14),
    Column(
        "confidence",
        "把握程度",
        "A 有把握，B 期限材料以本地为准，C 推定",
        "A",
        tuple(m.value for m in Confidence),
        width=10,
    ),
    Column("note", "备注", "", "", width=30),
)

MATERIAL = (
    Column("matter", "事项编码", "", "scj-901", is_needed=True, width=12),
    Column("name", "材料名称", "", "营业场所示意图", is_needed=True, width=34),
    Column("name_en", "英文名称", "", "Sketch of the stall", width=24),
    Column("type", "材料类型", "", "其他", _names(MaterialType)),
    Column("source", "来源", "", "申请人自备", _names(MaterialSource)),
    Column("need", "必要性", "", "必要", _names(MaterialNeed), width=12),
    Column("form", "形式", "", "纸质或电子", _names(MaterialForm), width=12),
    Column("share", "可共享调取", "选“是”就不向群众要", "否", YES_NO, width=12),
    Column("required", "决定前必须齐", "", "是", YES_NO, width=12),
    Column("tolerance", "可容缺后补", "", "否", YES_NO, width=12),
    Column("commit", "可告知承诺", "涉及安全、生态的证明不能选“是”", "否", YES_NO, width=12),
    Column("electronic", "收电子件", "", "是", YES_NO, width=10),
    Column("copies", "份数", "", 1, width=8),
    Column("how_to", "怎么填怎么拍", "写给群众看的一句话", "手画也行，标出摊位和水电", width=30),
    Column("standard", "审查标准", "", "看得清位置", width=24),
    Column("blank_form", "空白表格", "文件名或网址", ""),
    Column("sample", "样例", "文件名或网址", ""),
)

BASIS = (
    Column("matter", "事项编码", "", "scj-901", is_needed=True, width=12),
    Column("law", "依据名称", "", "食品安全法", is_needed=True, width=40),
    Column("articles", "条款", "如 36 或 12-26", "36", width=14),
)

FAQ = (
    Column("matter", "事项编码", "", "scj-901", is_needed=True, width=12),
    Column("question", "问", "", "外地户口能办吗？", is_needed=True, width=34),
    Column("answer", "答", "", "能。带身份证或居住证就行。", is_needed=True, width=50),
)

DEPARTMENT = (
    Column("id", "部门编码", "已有部门可不写这张表", "", is_needed=True, width=12),
    Column("name", "部门名称", "", "", is_needed=True, width=24),
    Column("current_name", "现名称", "", "", width=24),
    Column("name_en", "英文名称", "", "", is_needed=True, width=30),
    Column("nature", "性质", "", ""),
    Column("phone", "电话", "", ""),
)

SHEETS = {"事项": MATTER, "材料": MATERIAL, "依据": BASIS, "常见问题": FAQ, "部门": DEPARTMENT}
HEADINGS = {column.key: column.heading for column in (*MATERIAL, *MATTER)}
EXAMPLE = "scj-901"
WHOLE_LABEL = "这份表列全了本部门的事项吗？（选“是”：表里没有的旧事项会下架）"
WHOLE_CELL = "B12"
