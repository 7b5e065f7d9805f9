"""The people of the demonstration hall, as data. Nobody here exists.

ID numbers are built under region codes that were never assigned (330499; permits under 810000 and 830000 with
order codes nobody holds), so they pass every check and belong to no one.
"""

from __future__ import annotations

from msgspec import Struct

from backend.demo.officers import OFFICERS
from shared_schemas.id_kind import IdKind
from shared_schemas.numbers import credit_check_character, id_check_character


class Persona(Struct, frozen=True):
    """One card on the demo page: who, what they are here for, and where they land after signing in."""

    key: str
    name: str
    zh: str
    en: str
    home: str
    kind: str


class DemoCompany(Struct, frozen=True):
    """A company of the demo; `capacity` is what its citizen is to it."""

    name: str
    credit_code: str
    legal_representative: str
    capacity: str


class DemoDependent(Struct, frozen=True):
    """A parent or child of a demo citizen."""

    kind: str
    name: str
    number: str


class DemoCitizen(Struct, frozen=True):
    """A demo citizen; `number` empty: not real-name verified yet."""

    key: str
    name: str
    mobile: str
    zh: str
    en: str
    number: str = ""
    id_kind: IdKind = IdKind.RESIDENT
    address: str = ""
    companies: tuple[DemoCompany, ...] = ()
    family: tuple[DemoDependent, ...] = ()
    lang: str = "zh"
    is_elder: bool = False


def _id(body: str) -> str:
    return body + id_check_character(body)


def _code(body: str) -> str:
    return body + credit_check_character(body)


CITIZENS: tuple[DemoCitizen, ...] = (
    DemoCitizen(
        "wangmin",
        "王敏",
        "13805730001",
        "老汤面馆老板，开店办证",
        "Owner of a noodle shop, getting her licences",
        _id("33049919880312042"),
        address="嘉兴市南湖区建设街道勤俭路 218 号",
        companies=(DemoCompany("嘉兴市南湖区老汤面馆", _code("92330402MA2D0001X"), "王敏", "legal_representative"),),
        family=(DemoDependent("parent", "王福生", _id("33049919561104031")),),
    ),
    DemoCitizen(
        "lijianguo",
        "李建国",
        "13805730002",
        "74 岁，大字版，来问补贴",
        "74, large text, asking about allowances",
        _id("33049919520718051"),
        address="嘉兴市南湖区南湖街道放鹤洲社区 6 幢 102 室",
        is_elder=True,
    ),
    DemoCitizen(
        "zhoulixin",
        "周立新",
        "13805730003",
        "替公司跑事的经办人",
        "Runs errands for a company",
        _id("33049919850923033"),
        address="嘉兴市南湖区东栅街道禾兴南路 900 号",
        companies=(
            DemoCompany("嘉兴南湖新材料科技有限公司", _code("91330402MA2D0002Y"), "顾海明", "authorised"),
            DemoCompany("嘉兴红船物业服务有限公司", _code("91330402MA2D0003W"), "周立新", "legal_representative"),
        ),
    ),
    DemoCitizen(
        "xuting",
        "许婷",
        "13805730004",
        "新手妈妈，替孩子和父亲办",
        "A new mother, filing for her child and father",
        _id("33049919950606026"),
        address="嘉兴市南湖区新嘉街道友谊街 33 号",
        family=(
            DemoDependent("child", "沈乐乐", _id("33049920240501001")),
            DemoDependent("parent", "许国强", _id("33049919620215013")),
        ),
    ),
    DemoCitizen(
        "ouyang",
        "欧阳𠮷",
        "13805730005",
        "姓名里有生僻字",
        "Has a rare character in his name",
        _id("33049919790130017"),
        address="嘉兴市南湖区七星街道湘家荡路 1 号",
    ),
    DemoCitizen(
        "chenjiaming",
        "陈嘉铭",
        "13805730006",
        "香港居民，持居住证",
        "Hong Kong resident with a residence permit",
        _id("81000019900411000"),
        IdKind.HK_MACAO_PERMIT,
        address="嘉兴市南湖区长水街道由拳路 309 号",
    ),
    DemoCitizen(
        "linzhiyuan",
        "林志远",
        "13805730007",
        "台湾居民，来开公司",
        "Taiwan resident, starting a company",
        _id("83000019870809000"),
        IdKind.TAIWAN_PERMIT,
        address="嘉兴市南湖区余新镇余北大街 88 号",
    ),
    DemoCitizen(
        "emma",
        "Emma Dubois",
        "13805730008",
        "外国人永居，用英文界面",
        "Foreign permanent resident, reads English",
        _id("93300019860214000"),
        IdKind.FOREIGN_RESIDENT,
        address="嘉兴市南湖区凌公塘路 2006 号",
        lang="en",
    ),
    DemoCitizen(
        "shenmei",
        "沈梅",
        "13805730009",
        "开幼儿园，证办到一半",
        "Runs a kindergarten, halfway through",
        _id("33049919760519024"),
        address="嘉兴市南湖区大桥镇亚太路 500 号",
        companies=(DemoCompany("嘉兴市南湖区小船幼儿园", _code("52330402MJ9D0004T"), "沈梅", "legal_representative"),),
    ),
    DemoCitizen("newcomer", "", "13805730010", "第一次来，还没实名", "First time here, no real name yet"),
)

PERSONAS: tuple[Persona, ...] = (
    *(Persona(c.key, c.name or "新来的人", c.zh, c.en, "/", "citizen") for c in CITIZENS),
    *(Persona(o.key, o.name, o.zh, o.en, o.home, "officer") for o in OFFICERS),
)
