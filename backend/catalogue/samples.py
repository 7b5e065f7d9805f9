"""拍成这样就行: which drawing shows how a material should look, and what must be seen on it."""

from __future__ import annotations

from msgspec import Struct

from backend.catalogue.blanks import form_material
from shared_schemas.matter import Material, Matter
from shared_schemas.matter_codes import MaterialForm, MaterialType


class Picture(Struct, frozen=True):
    """A drawing `img/samples/<slug>.svg`; `points` are its numbered callouts, (zh, en) each."""

    slug: str
    zh: str
    en: str
    points: tuple[tuple[str, str], ...]


class Shown(Struct, frozen=True):
    """A drawing with the materials of one matter that it goes for."""

    picture: Picture
    materials: tuple[Material, ...]


FORM = Picture("form", "申请表", "Application form", (
    ("每一格都填，没有的写“无”", "Every field filled in, none left empty"),
    ("本人签名，单位盖章", "Your signature, or the organisation's seal"),
    ("写上日期", "The date"),
))  # fmt: skip
LICENCE = Picture("licence", "证照", "ID or licence", (
    ("四个角都在画面里", "All four corners in the picture"),
    ("字看得清，不反光", "Every word readable, no glare"),
    ("在有效期内", "Still valid"),
))  # fmt: skip
PLAN = Picture("plan", "平面图", "Plan", (
    ("每间写上用途和面积", "What each room is for, and its area"),
    ("标出门和进出方向", "Doors, and the way in"),
    ("写上主要尺寸", "The main measurements"),
))  # fmt: skip
PHOTO = Picture("photo", "照片", "Portrait", (
    ("白底，没有影子", "White background, no shadow"),
    ("正脸，不戴帽子，眼睛露出来", "Facing the camera, no hat, eyes visible"),
    ("肩膀以上都在", "Head and shoulders"),
))  # fmt: skip
RULES = Picture("rules", "制度、方案", "Rules or plan of work", (
    ("有名称，写明是哪个单位的", "A title, and whose it is"),
    ("每一页都拍，按顺序", "Every page, in order"),
    ("末页盖章，有日期", "Seal and date on the last page"),
))  # fmt: skip
PROOF = Picture("proof", "证明", "Proof or report", (
    ("写明是谁、证明什么", "Who it is about, and what it says"),
    ("出具单位的章盖全", "The whole seal of who issued it"),
    ("开具日期看得清", "The date of issue"),
))  # fmt: skip

# By the words of a paper's name, the first that fits; what none names goes by its type.
_BY_WORD: tuple[tuple[Picture, tuple[str, ...]], ...] = (
    (PHOTO, ("照片", "相片", "寸照")),
    (PLAN, ("平面图", "布置图", "布局", "示意图", "位置图", "总平", "方位图", "流程图", "红线图", "定界图")),
    (RULES, ("制度", "预案", "章程", "规程", "方案", "管理办法")),
    (
        PROOF,
        (
            "证明",
            "报告",
            "结论",
            "决定书",
            "决议",
            "协议",
            "合同",
            "凭证",
            "鉴定",
            "意见",
            "批准",
            "同意文件",
            "审查文件",
            "介绍信",
        ),
    ),
)
# A photograph of these is no portrait.
_THINGS = ("场所", "现场", "犬", "情况", "树木", "设备", "车辆")


def picture_for(material: Material, matter: Matter) -> Picture | None:
    """The drawing for a paper that is sent as a picture; None where we fetch it, it comes on paper, or none fits."""
    if material.is_shareable or material.form is MaterialForm.PAPER or not material.is_electronic:
        return None
    if material == form_material(matter):
        return FORM
    named = next((picture for picture, words in _BY_WORD if any(word in material.name for word in words)), None)
    if named is PHOTO and any(word in material.name for word in _THINGS):
        return None
    if named is PROOF and "身份证明" in material.name:
        return LICENCE
    return named or (LICENCE if material.type is MaterialType.CERTIFICATE else None)


def shown_for(matter: Matter) -> list[Shown]:
    """Each drawing that helps with this matter, once, in the order of the materials."""
    found: dict[str, tuple[Picture, list[Material]]] = {}
    for material in matter.materials:
        if picture := picture_for(material, matter):
            found.setdefault(picture.slug, (picture, []))[1].append(material)
    return [Shown(picture, tuple(papers)) for picture, papers in found.values()]
