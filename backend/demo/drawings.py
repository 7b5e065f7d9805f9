"""The demo's pretend files by name: some twenty, made once, given to many cases. Nobody on them exists."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from backend.demo import letters, photos

_NOODLES = ("嘉兴市南湖区老汤面馆", "92330402MA2D000演示", "王敏", "嘉兴市南湖区建设街道勤俭路 218 号")
_ANYBODY = ("南湖区样本商行", "92330402MA2D000演示", "样本甲", "嘉兴市南湖区演示路 218 号")
_ROOM = "南湖区勤俭路 218 号　建筑面积 86 ㎡"


class Drawing(Struct, frozen=True):
    """A file as somebody would send it: its own name, and how its bytes are made."""

    name: str
    make: Callable[[], bytes]


_PLACE = "南湖区演示路 218 号　建筑面积 86 ㎡"
_ANY_ID = ("样本甲", "演示 0000 0000 0000", "嘉兴市南湖区演示街道演示路 218 号")
_MARRIAGE = [
    ("持 证 人", "样本甲"),
    ("登记日期", "2023 年 5 月 20 日"),
    ("姓    名", "样本乙"),
    ("字    号", "演示 0520"),
]
_BIRTH = [("新生儿", "样本小"), ("出生日期", "以样本为准"), ("母    亲", "样本甲"), ("接生机构", "演示医院")]
_PROPERTY = [("权 利 人", "样本甲"), ("坐    落", "南湖区演示路"), ("面    积", "89.6 ㎡"), ("用    途", "住宅")]
_DIPLOMA = [("姓    名", "样本甲"), ("专    业", "以样本为准"), ("发证日期", "2024 年 6 月"), ("编    号", "演示 0618")]

DRAWINGS: dict[str, Drawing] = {
    "licence": Drawing("营业执照.jpg", lambda: photos.business_licence(*_ANYBODY)),
    "licence_noodles": Drawing("IMG_2041 营业执照.jpg", lambda: photos.business_licence(*_NOODLES)),
    "id": Drawing("身份证正面.jpg", lambda: photos.id_card(*_ANY_ID)),
    "plan_before": Drawing("平面图.png", lambda: photos.floor_plan("经营场所平面布局图", _ROOM, with_washing=False)),
    "plan": Drawing("平面布局图.png", lambda: photos.floor_plan("场所平面布局图", _PLACE, with_washing=True)),
    "site": Drawing("位置图.png", photos.site_plan),
    "front": Drawing("门头照片.jpg", lambda: photos.shop_front("样 本 商 行")),
    "portrait": Drawing("证件照.jpg", photos.portrait),
    "household": Drawing("户口簿.jpg", photos.household_book),
    "health": Drawing("健康证.jpg", photos.health_card),
    "marriage": Drawing("结婚证.jpg", lambda: photos.small_book("结婚证", "#a3282c", _MARRIAGE, 8)),
    "birth": Drawing(
        "出生医学证明.jpg", lambda: photos.small_book("出生医学证明", "#2a6c7d", _BIRTH, 9, with_portrait=False)
    ),
    "property": Drawing(
        "不动产权证.jpg", lambda: photos.small_book("不动产权证书", "#8a2f2a", _PROPERTY, 10, with_portrait=False)
    ),
    "diploma": Drawing("资格证书.jpg", lambda: photos.small_book("资格证书", "#26517a", _DIPLOMA, 11)),
    "bank": Drawing("银行回单.jpg", photos.bank_slip),
    "application": Drawing("申请书.pdf", letters.application),
    "lease": Drawing("租赁合同.pdf", letters.lease),
    "rules": Drawing("管理制度.pdf", letters.rules),
    "staff": Drawing("人员情况.pdf", letters.staff_list),
    "statement": Drawing("情况说明.pdf", letters.statement),
    "report": Drawing("检测报告.pdf", letters.report),
    "proof": Drawing("证明.pdf", letters.proof),
}

# By what the material is called; the first word that occurs decides.
_FITS: tuple[tuple[str, str], ...] = (
    ("营业执照", "licence"),
    ("户口簿", "household"),
    ("身份证", "id"),
    ("结婚证", "marriage"),
    ("出生医学", "birth"),
    ("健康证", "health"),
    ("实景", "front"),
    ("照片", "portrait"),
    ("相片", "portrait"),
    ("平面", "plan"),
    ("布局", "plan"),
    ("图", "site"),
    ("不动产", "property"),
    ("房屋所有权", "property"),
    ("学历", "diploma"),
    ("资格证", "diploma"),
    ("合格证", "diploma"),
    ("执业", "diploma"),
    ("租赁", "lease"),
    ("合同", "lease"),
    ("场所", "lease"),
    ("协议", "lease"),
    ("银行", "bank"),
    ("票据", "bank"),
    ("回单", "bank"),
    ("制度", "rules"),
    ("方案", "rules"),
    ("管理员", "staff"),
    ("人员", "staff"),
    ("名单", "staff"),
    ("报告", "report"),
    ("评估", "report"),
    ("鉴定", "report"),
    ("申请", "application"),
    ("登记表", "application"),
    ("备案", "application"),
    ("证明", "proof"),
    ("聘用", "proof"),
)


def drawing_for(material: str) -> str:
    """The key of the drawing somebody would send for a material of this name."""
    return next((key for word, key in _FITS if word in material), "statement")
