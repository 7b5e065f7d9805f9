"""More people of the demo hall, who are no personas: ordinary applicants, and clerks at the other windows.

ID numbers are built like those of `personas`: under a region code that was never assigned.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from backend import db
from backend.demo.people import BY
from backend.people import citizens, companies, officers
from backend.people.companies import Capacity
from backend.people.sealing import id_index
from shared_schemas.id_kind import IdKind
from shared_schemas.numbers import credit_check_character, id_check_character
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import Role


class Neighbour(Struct, frozen=True):
    """A verified citizen; `company` (name, credit code) is one whose legal representative they are."""

    key: str
    name: str
    mobile: str
    number: str
    address: str
    company: tuple[str, str] | None = None


def _id(body: str) -> str:
    return body + id_check_character(body)


def _neighbour(
    place: int, key: str, name: str, born: str, address: str, company: str = "", code: str = ""
) -> Neighbour:
    number = _id(f"330499{born}{place * 7 + 200:03d}")
    held = (company, code + credit_check_character(code)) if company else None
    return Neighbour(key, name, f"1380574{place:04d}", number, f"嘉兴市南湖区{address}", held)


NEIGHBOURS: tuple[Neighbour, ...] = (
    _neighbour(
        1, "zhaolei", "赵磊", "19900612", "新兴街道环城南路 77 号", "嘉兴市南湖区小满咖啡馆", "92330402MA2D0011A"
    ),
    _neighbour(
        2, "qianyun", "钱芸", "19870225", "解放街道中山东路 402 号", "嘉兴市南湖区清和药房", "92330402MA2D0012B"
    ),
    _neighbour(3, "sunhao", "孙浩", "19950830", "东栅街道双溪路 1188 号"),
    _neighbour(4, "zhoujing", "周静", "19921117", "南湖街道文昌路 66 号"),
    _neighbour(5, "wupeng", "吴鹏", "19830404", "大桥镇明珠路 15 号", "嘉兴顺达货运有限公司", "91330402MA2D0013C"),
    _neighbour(6, "zhengshu", "郑淑芬", "19481206", "建设街道洪兴路 230 号"),
    _neighbour(7, "fengtao", "冯涛", "19980119", "七星街道湘都路 9 号"),
    _neighbour(
        8, "jiangwei", "蒋薇", "19960923", "新嘉街道斜西街 51 号", "嘉兴市南湖区薇美容工作室", "92330402MA2D0014D"
    ),
    _neighbour(9, "hanxue", "韩雪", "19930318", "长水街道槜李路 620 号"),
    _neighbour(10, "tangyong", "汤勇", "19790707", "凤桥镇中兴路 33 号", "嘉兴红菱广告有限公司", "91330402MA2D0015E"),
    _neighbour(11, "luoman", "罗曼", "20000210", "余新镇镇北路 8 号"),
    _neighbour(12, "heping", "何平", "19681025", "新丰镇新大街 12 号", "嘉兴南湖水处理有限公司", "91330402MA2D0016F"),
    _neighbour(13, "yejun", "叶军", "19860529", "东栅街道景宜路 300 号", "嘉兴筑安建设有限公司", "91330402MA2D0017G"),
    _neighbour(14, "panlin", "潘琳", "19910808", "南湖街道凌塘路 41 号"),
)

# (window, key, staff number, name)
COLLEAGUES: tuple[tuple[int, str, str, str], ...] = (
    (2, "clerk_2", "NH0102", "林芳"),
    (3, "clerk_3", "NH0103", "黄磊"),
    (4, "clerk_4", "NH0104", "沈佳"),
    (6, "clerk_6", "NH0106", "朱伟"),
    (7, "clerk_7", "NH0107", "方圆"),
    (9, "clerk_9", "NH0109", "顾盼"),
    (10, "clerk_10", "NH0110", "费晨"),
    (15, "clerk_15", "NH0115", "倪红"),
    (19, "clerk_19", "NH0119", "姚远"),
)


async def load_neighbours(now: datetime) -> None:
    """Everybody of this module who is not there yet, in one transaction."""
    async with db.transaction():
        for neighbour in NEIGHBOURS:
            await _load(neighbour, now)
        for window, _key, staff_no, name in COLLEAGUES:
            await _seat(window, staff_no, name, now)


async def _load(neighbour: Neighbour, now: datetime) -> None:
    if await citizens.by_mobile(neighbour.mobile):
        return
    row = await citizens.create(neighbour.mobile, now)
    await citizens.verify(row, name=neighbour.name, kind=IdKind.RESIDENT, number=neighbour.number, by=BY, now=now)
    index = id_index(IdKind.RESIDENT, neighbour.number).hex()
    actor = CitizenActor(row, neighbour.name, neighbour.mobile, id_index=index)
    await citizens.set_address(actor, neighbour.address)
    if neighbour.company:
        name, code = neighbour.company
        await companies.add(
            actor,
            name=name,
            credit_code=code,
            capacity=Capacity.LEGAL_REPRESENTATIVE,
            legal_representative=neighbour.name,
            now=now,
        )


async def _seat(window: int, staff_no: str, name: str, now: datetime) -> None:
    if await db.fetchval("SELECT EXISTS (SELECT FROM officer WHERE staff_no = $1)", staff_no):
        return
    row = await officers.add(staff_no, name, department=None, phone=f"8281 {staff_no[-4:]}", by=BY, now=now)
    await officers.grant_role(row, Role.ACCEPTANCE_CLERK, by=BY, now=now)
    await db.execute(
        "UPDATE window_desk SET officer = $2, seated_at = $3 WHERE number = $1 AND officer IS NULL", window, row, now
    )
