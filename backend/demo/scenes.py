"""The demo's story: who filed what, when, and how far it came. Days are working days before the day it is told.

Read a path as a sentence: "take@4 ask@3:plan answer@2" is taken four working days ago, the correction about the plan
asked the day after, answered two days ago. Where a case is handed over at a window, the clerk named hands it over.
"""

from __future__ import annotations

from backend.demo.everyday import EVERYDAY
from backend.demo.story import Scene, scene

_NOODLES = {"布局": "plan_before", "营业执照": "licence_noodles"}
_SIGN = {"实景": "front"}

# 王敏 and the other personas: what each finds on their own home page.
PERSONAS_SCENES: tuple[Scene, ...] = (
    scene("wangmin", "scj-18", "m", 2, "take@1 ask@1:plan", hour=19.6, brings=_NOODLES),
    scene("wangmin", "mzj-18", "m", 6, "take@5 accept@5 review@2", hat="parent:0", clerk="clerk_8"),
    scene("wangmin", "scj-09", "w", 13, "accept@13 grant@13 hand@13 rate@12:1/quick", own={"trade_name": "老汤面馆"}),
    scene("lijianguo", "mzj-18", "k", 8, "take@7 accept@7 review@4 grant@1", by_phone=False),
    scene("lijianguo", "mzj-16", "m", 3, "promise@3 take@2 accept@2", follows=("突发困难",)),
    scene("lijianguo", "mzj-46", "w", 11, "accept@11 grant@11 hand@11 rate@10:1/home", clerk="clerk_12"),
    scene("zhoulixin", "zfj-01", "m", 5, "take@4 ask@4:blurred answer@0", hat="company:1", brings=_SIGN),
    scene("zhoulixin", "scj-29", "o", 5, "take@4 accept@3", hat="company:1", clerk="clerk_12"),
    scene("zhoulixin", "hbj-01", "o", 7, "take@6 accept@6 supplement@2:pages send@1", hat="company:0", clerk="clerk"),
    scene("zhoulixin", "fgj-01", "o", 10, "take@10 accept@10 grant@10 download@9 rate@9:2/fine", hat="company:0"),
    scene(
        "xuting", "scj-09", "m", 1, "take@0",
        hour=20.8, own={"trade_name": "乐乐手作", "scope": ["工艺美术品零售", "文具用品零售"]},
    ),
    scene("xuting", "rsj-62", "m", 6, "take@6 accept@5 supplement@1:account", hat="parent:0", clerk="clerk_1"),
    scene(
        "xuting", "rsj-94", "m", 9, "take@9 accept@9 grant@9 download@9 rate@8:1/home",
        hat="child:0", clerk="clerk_7",
    ),
    # 一件事: the birth certificate is made, the registration began with it, insurance waits, costs lie with the clerks.
    scene("xuting", "yjs-newborn~2", "m", 3, "take@2 accept@2 grant@1", own={"child_name": "沈朵朵"}),
    scene("ouyang", "gtj-25", "m", 4, "take@3 accept@3 review@2 grant@1", clerk="clerk_8"),
    scene("ouyang", "gaj-38", "k", 12, "take@12 accept@12 grant@12 hand@11", by_phone=False, clerk="clerk_3"),
    scene("ouyang", "zjj-15", "m", 0, minutes=12),
    scene("chenjiaming", "zjj-15", "m", 4, "take@4 ask@4:missing_page", clerk="clerk_8", brings={"合同": "lease"}),
    scene("chenjiaming", "gjj-04", "m", 1, "take@0", clerk="clerk_8", follows=("抵押担保",)),
    scene("chenjiaming", "jwt-79", "k", 8, "take@8 accept@8 grant@8 download@8 rate@7:2/clear archive@2", clerk="clerk_9"),
    scene(
        "linzhiyuan", "scj-01", "o", 1, "take@0",
        hour=16.2, clerk="clerk_1", own={"name": "嘉兴两岸文创有限公司", "scope": ["文化创意服务", "工艺品设计"]},
    ),
    scene("linzhiyuan", "swj-08", "m", 7, "take@7 accept@7 grant@7 download@7 rate@6:1/quick", clerk="clerk_2"),
    scene("emma", "gaj-05", "o", 2, "take@1 accept@1", clerk="clerk_12"),
    scene("emma", "zjj-15", "o", 11, "take@10 accept@10 grant@10 download@9 rate@9:1/clear", clerk="clerk_4"),
    scene("emma", "jwt-79", "o", 0, minutes=51),
    scene("shenmei", "mzj-05", "o", 9, "take@8 accept@8 review@5 check@1", hat="company:0"),
    scene(
        "shenmei", "scj-18", "m", 8, "take@7 ask@6:pages",
        hat="company:0", own={"business_form": "集中用餐单位食堂", "form_mark": ["学校食堂"]},
    ),
    scene(
        "shenmei", "xf-01", "m", 12, "take@11 accept@11 review@11 grant@11 download@10",
        hat="company:0", clerk="clerk_6",
    ),
)  # fmt: skip

# Just came in: nobody has taken them yet.
WAITING: tuple[Scene, ...] = (
    scene("sunhao", "gaj-06", "k", 0, minutes=8),
    scene("jiangwei", "wjj-01", "m", 0, hat="company:0", minutes=21),
    scene(
        "zhaolei", "scj-18", "m", 0,
        hat="company:0", minutes=36, own={"business_form": "餐饮服务经营者", "items": ["自制饮品制售"]},
    ),
    scene("panlin", "gjj-01", "m", 0, minutes=74),
    scene("luoman", "wjj-07", "m", 0, minutes=98),
    scene("hanxue", "jwt-01", "o", 1, hour=21.3),
    scene("fengtao", "gaj-29", "m", 1, hour=22.1),
    scene("heping", "slj-01", "o", 0, hat="company:0", is_day_off=True, hour=15.4),
    scene("zhoujing", "mzj-17", "m", 0, is_day_off=True, hour=10.2),
)  # fmt: skip

# On clerks' desks: taken, waiting for the citizen, or back from them.
ON_DESKS: tuple[Scene, ...] = (
    scene("qianyun", "scj-27", "o", 2, "take@0", hat="company:0"),
    scene("陈国庆", "gaj-44", "w", 0),
    scene("sunhao", "cl-01", "m", 1, "take@0", hour=14.5, clerk="clerk_6"),
    scene("fengtao", "rsj-28", "m", 2, "take@1", clerk="clerk_1"),
    scene("tangyong", "zfj-02", "o", 1, "take@0", hat="company:0", clerk="clerk_1"),
    scene("俞阿毛", "cl-02", "w", 0, clerk="clerk_1"),
    scene("wupeng", "jtj-01", "o", 2, "take@1 ask@1:unsigned answer@0", hat="company:0", clerk="clerk_8"),
    scene("zhoujing", "rsj-17", "m", 1, "take@0", clerk="clerk_8"),
    scene("盛小英", "rsj-18", "w", 0, clerk="clerk_8"),
    scene("hanxue", "rsj-93", "m", 3, "take@2 ask@2:expired answer@1 second@0", clerk="clerk_12"),
    scene("panlin", "gjj-14", "o", 1, "take@0", clerk="clerk_12"),
    scene("heping", "zjj-09", "m", 1, "take@0", hat="company:0", clerk="clerk_12"),
    scene("luoman", "sfj-01", "m", 3, "take@2 ask@2:unsigned", clerk="clerk_1"),
    scene("yejun", "zfj-04", "m", 3, "take@3 ask@2:area", clerk="clerk_12"),
    scene("zhengshu", "mzj-43", "w", 5, "ask@5:expired", clerk="clerk"),
    scene("陆水根", "njj-10", "w", 0, clerk="clerk_10"),
    scene("施爱珍", "rsj-53", "w", 0, clerk="clerk_2"),
    scene("白露", "gaj-55", "w", 0, clerk="clerk_3"),
    scene("孟凡", "jtj-08", "w", 0, clerk="clerk_4"),
    scene("华建明", "ajj-15", "w", 0, clerk="clerk_9"),
    scene("凌云", "cl-06", "w", 0, clerk="clerk_19"),
)  # fmt: skip

# With the approvers, in each of the three modes; green, amber and red.
UNDER_REVIEW: tuple[Scene, ...] = (
    scene("luoman", "scj-18", "m", 5, "take@5 accept@4 send@1 choose@0", own={"items": ["冷食类食品制售", "自制饮品制售"]}),
    scene("zhaolei", "scj-19", "o", 4, "take@3 accept@2 opinion@1:fumes send@0:soon", hat="company:0", clerk="clerk_8"),
    scene("jiangwei", "wjj-01", "m", 9, "take@8 accept@7 procedure@5:air", hat="company:0", clerk="clerk_12"),
    scene("panlin", "zjj-12", "m", 5, "take@4 accept@4", clerk="clerk_1"),
    scene("tangyong", "zfj-02", "o", 6, "take@5 accept@4 review@3 send@3:joint see@2:pass send_back@2", hat="company:0", clerk="clerk_1"),
    scene("qianyun", "scj-27", "o", 7, "take@6 accept@6 review@2 send@1:soon see@0:rectify", hat="company:0", clerk="clerk_1"),
    scene("fengtao", "scj-18", "m", 4, "take@3 accept@3 review@1 send@1:soon see@0:pass", clerk="clerk_10"),
    scene("wupeng", "scj-29", "o", 5, "take@4 accept@4 review@1", hat="company:0", clerk="clerk_8"),
    scene("tangyong", "zfj-01", "o", 7, "take@6 accept@5 review@3 see@2:fail", hat="company:0", clerk="clerk_12", brings=_SIGN),
    scene("yejun", "ajj-01", "o", 8, "take@7 accept@7 review@1 extension@0:site", hat="company:0", clerk="clerk"),
    scene("zhengshu", "mzj-14", "w", 15, "accept@15 review@9 check@4", clerk="clerk"),
    scene("zhoujing", "gjj-04", "m", 9, "take@9 accept@8 review@4 check@1", clerk="clerk_8"),
    scene("heping", "slj-01", "o", 10, "take@9 accept@9 review@6 check@2", hat="company:0", clerk="clerk_12"),
)  # fmt: skip

# Ready, refused, not accepted, taken back.
DECIDED: tuple[Scene, ...] = (
    scene(
        "wupeng", "jtj-01", "o", 6, "take@6 accept@5 review@4 grant@3 mail@1",
        hat="company:0", by_phone=False, clerk="clerk_8",
    ),
    scene("hanxue", "wjj-07", "m", 5, "take@4 accept@4 review@3 grant@1"),
    scene("yejun", "rfb-01", "o", 6, "take@6 accept@5 review@4 check@2 grant@0", hat="company:0", clerk="clerk_7"),
    scene("sunhao", "scj-19", "o", 3, "take@2 accept@2 review@1 grant@0", deputies=True, clerk="clerk_9"),
    scene("yejun", "zjj-04", "o", 4, "take@3 accept@3 review@2 grant@0", hat="company:0", clerk="clerk_6"),
    scene(
        "qianyun", "yc-01", "o", 9, "take@8 accept@8 review@5:refuse refuse@2:distance rate@1:3/clear",
        hat="company:0", clerk="clerk_2",
    ),
    scene("周阿二", "mzj-14", "w", 14, "accept@13 review@9:refuse check@6 refuse@3:income", clerk="clerk_12"),
    scene("jiangwei", "zfj-01", "m", 5, "take@4 decline@4:unneeded", hat="company:0", clerk="clerk_3", brings=_SIGN),
    scene("沈根发", "zfj-02", "w", 2, "decline@2:elsewhere", clerk="clerk_4"),
    scene("莫家良", "zfj-02", "w", 14, "ask@14:area terminate@2", clerk="clerk_4"),
    scene("fengtao", "gaj-05", "m", 5, "take@4 withdraw@3", clerk="clerk_7"),
    scene("sunhao", "zjj-15", "m", 3, "withdraw@2"),
)  # fmt: skip

SCENES: tuple[Scene, ...] = (*PERSONAS_SCENES, *WAITING, *ON_DESKS, *UNDER_REVIEW, *DECIDED, *EVERYDAY)

# Begun, half filled in, not filed.
DRAFTS: tuple[Scene, ...] = (
    scene("wangmin", "zfj-01", "m", 0, brings=_SIGN),
    scene("shenmei", "scj-18", "m", 0, hat="company:0"),
    scene("linzhiyuan", "gjj-02", "m", 0),
)
