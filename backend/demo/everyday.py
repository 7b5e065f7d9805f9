"""The ordinary traffic of a fortnight: filed, decided, handed over, closed. It makes the curves of the board."""

from __future__ import annotations

from backend.demo.story import Scene, scene

# Done on the spot today, at many windows.
TODAY: tuple[Scene, ...] = (
    scene("王阿婆", "daj-01", "w", 0, "accept@0 grant@0 hand@0", clerk="clerk_1"),
    scene("顾大伟", "rsj-26", "w", 0, "accept@0 grant@0 hand@0", clerk="clerk_2"),
    scene("sunhao", "gjj-02", "m", 0, "take@0 accept@0 grant@0 download@0 rate@0:1/quick", clerk="clerk_3"),
    scene("曹美娟", "mzj-46", "w", 0, "accept@0 grant@0 hand@0", clerk="clerk"),
    scene("zhengshu", "rsj-94", "w", 0, "accept@0 grant@0 hand@0 rate@0:1/home", clerk="clerk_6"),
    scene("邵建平", "gaj-45", "w", 0, "accept@0 grant@0 hand@0", clerk="clerk_8"),
    scene("jiangwei", "swj-08", "k", 0, "take@0 accept@0 grant@0 download@0", clerk="clerk_9"),
    scene("严松林", "gaj-38", "w", 0, "accept@0 grant@0 hand@0", clerk="clerk_12"),
)  # fmt: skip

LATELY: tuple[Scene, ...] = (
    scene("zhaolei", "scj-09", "o", 1, "take@1 accept@1 grant@1 download@1 rate@0:1/quick", clerk="clerk", hour=9.4),
    scene("费长根", "gaj-44", "w", 1, "accept@1 grant@1 hand@1", clerk="clerk_10"),
    scene("luoman", "gjj-02", "m", 1, "take@1 accept@1 grant@1 download@1", clerk="clerk_15", hour=9.8),
    scene("胡秀英", "rsj-23", "w", 1, "accept@1 grant@1 hand@1", clerk="clerk_19"),
    scene("panlin", "gaj-06", "k", 3, "take@3 accept@3 grant@1 download@1 rate@0:2/fine", clerk="clerk_2"),
    scene("yejun", "qxj-04", "o", 3, "take@3 accept@3 grant@2 download@2", clerk="clerk_1", hat="company:0"),
    scene("潘小弟", "daj-01", "w", 2, "accept@2 grant@2 hand@2", clerk="clerk_3"),
    scene("hanxue", "rsj-98", "m", 2, "take@2 accept@2 grant@2 download@2", clerk="clerk_4", hour=9.2),
    scene(
        "fengtao", "zjj-15", "m", 4, "take@3 accept@3 grant@2 download@2 rate@1:1/home",
        clerk="clerk_8", is_day_off=True, hour=16.0,
    ),
    scene(
        "zhoujing", "gaj-03", "m", 3, "take@3 accept@3 review@3 grant@3 download@2 rate@2:1/clear",
        clerk="clerk_6", own={"child_name": "周小禾"},
    ),
    scene(
        "wupeng", "yc-02", "o", 6, "take@5 accept@5 review@4 grant@3 download@3 rate@2:2/fine",
        hat="company:0", clerk="clerk_7",
    ),
    scene("倪桂珍", "mzj-46", "w", 3, "accept@3 grant@3 hand@3", clerk="clerk_9"),
    scene(
        "tangyong", "fgj-01", "o", 4, "take@4 accept@4 grant@4 download@4 rate@3:1/quick",
        hat="company:0", clerk="clerk_10",
    ),
    scene("陶金虎", "rsj-26", "w", 4, "accept@4 grant@4 hand@4", clerk="clerk"),
    scene("heping", "jsj-01", "o", 5, "take@5 accept@5 grant@5 download@4", hat="company:0", clerk="clerk_12"),
    scene(
        "qianyun", "scj-18", "m", 9, "take@9 ask@8:plan answer@7 accept@7 review@6 grant@5 download@5 rate@4:4/twice",
        hat="company:0", clerk="clerk_8",
    ),
    scene("钟永明", "gaj-45", "w", 5, "accept@5 grant@5 hand@5", clerk="clerk_2"),
    scene("sunhao", "jwt-79", "k", 5, "take@5 accept@5 grant@5 download@5", clerk="clerk_3"),
    scene("luoman", "gaj-05", "m", 7, "take@7 accept@7 grant@6 download@6 rate@5:2/fine", clerk="clerk_4"),
    scene("葛春兰", "swj-08", "w", 6, "accept@6 grant@6 hand@6", clerk="clerk_15"),
    scene("jiangwei", "scj-09", "o", 6, "take@6 accept@6 grant@6 download@6 rate@6:1/quick", clerk="clerk_1"),
    scene("zhaolei", "wjj-51", "m", 7, "take@7 accept@7 grant@7 download@7", clerk="clerk_6"),
    scene("吉根林", "gjj-13", "w", 7, "accept@7 grant@7 hand@7", clerk="clerk_7"),
    scene("hanxue", "gtj-03", "m", 9, "take@8 accept@8 review@8 grant@7 download@7 rate@6:1/clear", clerk="clerk_9"),
    scene("panlin", "rsj-99", "m", 8, "take@8 accept@8 grant@8 download@8", clerk="clerk_19"),
    scene("翁美芬", "mzj-46", "w", 8, "accept@8 grant@8 hand@8", clerk="clerk_12"),
    scene("yejun", "zfj-04", "o", 10, "take@10 accept@9 grant@8 download@8 rate@7:5/slow", clerk="clerk"),
    scene(
        "tangyong", "zfj-01", "o", 13,
        "take@13 accept@12 supplement@11:area answer@9 review@6 grant@4 download@4 rate@3:3/long",
        hat="company:0", clerk="clerk_8", brings={"实景": "front"},
    ),
)  # fmt: skip

EVERYDAY: tuple[Scene, ...] = (*TODAY, *LATELY)
