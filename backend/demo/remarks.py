"""What clerks, approvers and citizens of the demo say: defects, reasons, opinions, praise and complaints."""

from __future__ import annotations

from msgspec import Struct

from shared_schemas.clock import StandstillKind


class DefectWords(Struct, frozen=True):
    """A defect: the word by which its material is found (any material of the case has it, or the first), and its text."""

    material: str
    problem: str
    requirement: str
    how_to_fix: str


DEFECTS: dict[str, DefectWords] = {
    "plan": DefectWords(
        "布局",
        "图上没看到洗消区。",
        "平面图要标出厨房、用餐区、洗消区和留样柜的位置",
        "请在水池边写上“洗消”两个字，重拍一张就行。",
    ),
    "blurred": DefectWords("", "照片反光，下半部分看不清。", "能看清每一个字", "换个没有反光的地方，平放着重拍一张。"),
    "unsigned": DefectWords(
        "申请", "最后一页没有签名。", "申请人本人签名并写上日期", "签好名字，把最后一页拍下来传上来。"
    ),
    "expired": DefectWords(
        "证明", "证明是去年开的，已经过期。", "三个月内出具的证明", "请原单位重新开一份，拍照上传。"
    ),
    "missing_page": DefectWords("合同", "合同缺第 2 页。", "合同每一页都要", "把缺的那页拍下来一起传。"),
    "pages": DefectWords(
        "制度", "目录里有五项制度，只交了三项。", "目录和正文一致", "补上“清洗消毒”和“应急处置”两项。"
    ),
    "area": DefectWords("", "材料上写 86 平方米，申请里写 96 平方米。", "两处一致", "核对一下，改对的那一处重新上传。"),
    "account": DefectWords("银行", "账户名不是申请人本人。", "申请人本人名下的账户", "拍一张本人银行卡或存折首页。"),
}

REASONS: dict[str, tuple[str, str]] = {
    "distance": (
        "实地测量，店门距最近的小学出入口 38 米。",
        "中小学周边 50 米内不予设置烟草制品零售点，申请不符合规定条件。",
    ),
    "income": (
        "核对结果显示家庭人均月收入高于本区最低生活保障标准。",
        "家庭人均收入不低于当地最低生活保障标准，不符合确认条件。",
    ),
}
ARTICLES: dict[str, tuple[str, ...]] = {
    "distance": ("《烟草专卖许可证管理办法》第十三条",),
    "income": ("《最低生活保障审核确认办法》第四条",),
}

GROUNDS: dict[str, tuple[str, str, str]] = {
    "elsewhere": (
        "not_our_authority",
        "该道路由交通运输部门管理，占用审批不属于本机关职权范围。",
        "嘉兴市公路与运输管理中心",
    ),
    "unneeded": ("no_licence_needed", "店内橱窗张贴自用海报，依法不需要取得户外广告设置许可。", ""),
}

OPINIONS: dict[str, str] = {
    "review": "材料齐全，符合法定形式和条件，建议准予。",
    "review_refuse": "核查情况与条件不符，建议不予许可。",
    "check": "同意初审意见。",
    "grant": "符合条件，准予。",
    "send_back": "请核对经营面积和平面图是否一致，再报。",
    "withdraw": "计划有变，暂时不办了。",
    "second": "新交的证明盖章模糊，看不出出具单位；上次是过期的问题，这次才看得到。",
    "terminate": "通知补正后一直没有补，打过两次电话都没有接。",
}

PRAISE: dict[str, str] = {
    "quick": "早上交的，下午就好了，比想象的快。",
    "clear": "一次说清楚要补什么，不用来回跑。",
    "home": "在家就办好了，老人也能看懂。",
    "slow": "中间有两天没动静，不知道在等什么。",
    "twice": "同一张图让我拍了两次。",
    "long": "等的时间比承诺的久，希望能提前说一声。",
    "fine": "挺好。",
}

# Special procedures: kind, legal basis, why, days needed.
PROCEDURES = {
    "air": (StandstillKind.TESTING, "《公共场所卫生管理条例》第六条", "开业前要检测空气和用品用具", 10),
}
# Asked of another department: its code and the question.
OPINIONS_ASKED = {"fumes": ("hbj", "楼上是住宅，后厨排烟口离最近的窗户 9 米，油烟净化方案够不够？")}
EXTENSIONS = {"site": "现场核查发现一处隐患，整改后还要复查一次。"}
