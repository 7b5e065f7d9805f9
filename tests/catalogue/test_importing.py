"""An import is all or nothing, says every fault at once, and versions only what changed."""

from __future__ import annotations

import time
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.catalogue import importing, queries, shelf, sources
from backend.catalogue.faults import Faulty

STARTER: dict[str, Any] = tomllib.loads(sources.STARTER.read_text(encoding="utf-8"))


def small(tmp_path: Path, change: Any = None, name: str = "part.json") -> Path:
    """A file with one department and three of its matters, after `change(document)`."""
    document = deepcopy({
        "departments": [d for d in STARTER["departments"] if d["id"] == "scj"],
        "field_groups": STARTER["field_groups"],
        "matters": [m for m in STARTER["matters"] if m["id"] in ("scj-18", "scj-19", "scj-20")],
        "forms": [f for f in STARTER["forms"] if f["matter"] in ("scj-18", "scj-19")],
    })  # fmt: skip
    if change:
        change(document)
    path = tmp_path / name
    path.write_bytes(msgspec.json.encode(document))
    return path


async def test_the_starter_catalogue_loads_in_seconds_and_says_what_is_only_demonstration(db, now):
    began = time.perf_counter()
    report = await importing.load_if_absent(now)
    took = time.perf_counter() - began
    assert report is not None
    assert (len(report.difference.added), report.departments, report.release) == (946, 28, 1)
    assert took < 15
    said = "\n".join(importing.report_said(report))
    assert "408 处“许可至少写一条常见问题”：按演示数据导入，不能作为法定事项发布" in said
    assert len(shelf.current().matters) == 946
    assert await importing.load_if_absent(now) is None


async def test_importing_the_same_file_twice_makes_no_release(db, now, tmp_path):
    await importing.load(small(tmp_path), by="test", now=now)
    again = await importing.load(small(tmp_path), by="test", now=now)
    assert (again.release, again.difference.unchanged) == (0, 3)


async def test_a_changed_matter_gets_a_new_version_and_the_old_one_stays(db, now, tmp_path):
    await importing.load(small(tmp_path), by="test", now=now)

    def promise_less(document: dict[str, Any]) -> None:
        document["matters"][0]["promised_n"] = 3

    report = await importing.load(small(tmp_path, promise_less), by="test", now=now)
    said = "\n".join(importing.report_said(report))
    assert "承诺时限：5 个工作日 → 3 个工作日" in said
    assert "新增 0，变更 1，不变 2，下架 0" in said
    assert shelf.current().matter("scj-18").version == 2
    assert (await shelf.version("scj-18", 1)).promised.n == 5
    assert (await shelf.version("scj-18", 2)).promised.n == 3


async def test_a_matter_that_is_gone_is_withdrawn_and_comes_back_with_the_next_version(db, now, tmp_path):
    await importing.load(small(tmp_path), by="test", now=now)

    def without_the_last(document: dict[str, Any]) -> None:
        del document["matters"][2]

    report = await importing.load(small(tmp_path, without_the_last), by="test", now=now)
    assert [m.code for m in report.difference.gone] == ["scj-20"]
    assert "scj-20" not in shelf.current().matters
    assert (await shelf.version("scj-20", 1)).name == "食品经营许可延续"
    await importing.load(small(tmp_path), by="test", now=now)
    assert shelf.current().matter("scj-20").version == 2


async def test_a_partial_file_withdraws_nothing(db, now, tmp_path):
    await importing.load(small(tmp_path), by="test", now=now)

    def only_one(document: dict[str, Any]) -> None:
        document["meta"] = {"partial": True}
        document["matters"] = document["matters"][:1]
        document["forms"] = document["forms"][:1]

    report = await importing.load(small(tmp_path, only_one), by="test", now=now)
    assert report.difference.gone == ()


async def test_a_dry_run_says_everything_and_stores_nothing(db, now, tmp_path):
    report = await importing.load(small(tmp_path), by="test", now=now, is_dry_run=True)
    assert len(report.difference.added) == 3
    assert "什么也没有存" in "\n".join(importing.report_said(report))
    assert (await queries.newest_release())[0] == 0
    assert await db.fetchval("SELECT count(*) FROM matter_version") == 0


async def test_every_fault_of_every_row_is_reported_and_nothing_is_loaded(db, now, tmp_path):
    def spoil(document: dict[str, Any]) -> None:
        first, second, third = document["matters"]
        first["promised_n"] = 99
        first["approval"] = "随便"
        first["materials"] = [dict(first["materials"][0], copies=-1)]
        second["dept"] = "nobody"
        second["channels"] = "飞鸽"
        second["chanels"] = ["窗口"]
        third["id"] = "scj-18"
        third["visits"] = 1
        document["forms"][1]["groups"] = ["nothing"]

    with pytest.raises(Faulty) as caught:
        await importing.load(small(tmp_path, spoil), by="test", now=now)
    said = "\n".join(importing.faults_said(caught.value.faults))
    for expected in (
        "matters[0]（scj-18） · approval：不认识 “随便”。从这些里选：独任审核、一审一核、报批审核",
        "matters[0]（scj-18）.materials[0] · copies：-1 超出范围",
        "matters[1]（scj-19） · dept：没有部门 nobody",
        "matters[1]（scj-19） · channels：不认识 “飞鸽”",
        "matters[1]（scj-19） · chanels：没有这个字段",
        "forms[1] · groups：没有字段组 nothing",
    ):
        assert expected in said
    assert await db.fetchval("SELECT count(*) FROM matter") == 0
    assert (await queries.newest_release())[0] == 0


async def test_a_promise_longer_than_the_law_is_refused(db, now, tmp_path):
    def too_long(document: dict[str, Any]) -> None:
        document["matters"][0]["promised_n"] = 11

    with pytest.raises(Faulty) as caught:
        await importing.load(small(tmp_path, too_long), by="test", now=now)
    assert caught.value.faults[0].check == "publish.promise_over_law"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.toml", b"[[matters]\n", "文件读不出来"),
        ("a.json", b'{"matters": ', "文件读不出来"),
        ("a.json", b"[]", "最外层应该是表"),
        ("a.json", b'{"maters": []}', "没有这一段"),
        ("a.json", b"\xff\xfe", "文件读不出来"),
        ("a.csv", b"", "不认识 .csv 文件"),
        ("a.xlsx", b"not a zip", "不是能打开的 Excel 文件"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused_by_name(tmp_path, name, content, expected):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Faulty) as caught:
        sources.read(path)
    assert expected in caught.value.faults[0].line()


async def test_a_stored_version_cannot_be_changed(db, now, tmp_path):
    await importing.load(small(tmp_path), by="test", now=now)
    with pytest.raises(Exception, match="never changed"):
        await db.execute("UPDATE matter_version SET version = 9")
