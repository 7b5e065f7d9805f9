"""Reading a file into rows with their places: TOML and JSON here, Excel in `workbook`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from backend.catalogue import workbook
from backend.catalogue.compiling import Source
from backend.catalogue.faults import Faulty, ImportFault
from backend.catalogue.rows import Row

_DATA = Path(__file__).parent.parent / "data"
STARTER = _DATA / "catalogue.toml"
LARGEST = 60_000_000  # bytes; the starter catalogue has 1.5 million

_TABLES = {"departments", "field_groups", "matters", "forms"}
_CHILDREN = {"matters": ("materials", "basis", "faqs"), "field_groups": ("fields",), "forms": ("fields",)}


def read(path: Path) -> Source:
    """The file's rows. Raises Faulty when it is missing, too large or not what its name says."""
    if not path.is_file():
        raise Faulty([ImportFault(str(path), "", "没有这个文件", "检查路径")])
    if path.stat().st_size > LARGEST:
        raise Faulty([ImportFault(path.name, "", "文件太大", f"最多 {LARGEST // 1_000_000} MB，分几个文件导入")])
    kind = path.suffix.lower()
    if kind == ".xlsx":
        return workbook.read(path)
    try:
        if kind == ".toml":
            return _source(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
        if kind == ".json":
            return _source(path.name, msgspec.json.decode(path.read_bytes()))
    except (tomllib.TOMLDecodeError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Faulty(
            [ImportFault(path.name, "", f"文件读不出来（{error}）", "用 UTF-8 保存，改好这一处再试")]
        ) from error
    raise Faulty([ImportFault(path.name, "", f"不认识 {kind or '没有后缀的'} 文件", "用 .toml、.json 或 .xlsx")])


def _source(name: str, document: Any) -> Source:
    faults: list[ImportFault] = []
    if not isinstance(document, Mapping):
        raise Faulty([ImportFault(name, "", "最外层应该是表", "照 backend/data/catalogue.toml 的样子写")])
    unknown = sorted(set(document) - _TABLES - {"meta"})
    faults += [ImportFault(name, str(key), "没有这一段", "检查拼写，或删掉") for key in unknown]
    meta = document.get("meta", {})
    if not isinstance(meta, Mapping):
        faults.append(ImportFault(name, "meta", "应该是表", "改成 [meta]"))
        meta = {}
    tables = {table: _rows(document.get(table, []), table, faults) for table in _TABLES}
    if not tables["matters"] and not tables["departments"]:
        faults.append(ImportFault(name, "matters", "一个事项也没有", "加上 [[matters]]"))
    if faults:
        raise Faulty(faults)
    return Source(name=name, meta=dict(meta), is_whole=not meta.get("partial", False), **tables)


def _rows(found: Any, place: str, faults: list[ImportFault]) -> list[Row]:
    if not isinstance(found, list):
        faults.append(ImportFault(place, "", "应该是列表", f"写成 [[{place}]]"))
        return []
    made = []
    for at, values in enumerate(found):
        where = f"{place}[{at}]"
        if not isinstance(values, Mapping):
            faults.append(ImportFault(where, "", "应该是表", "写成 键 = 值"))
            continue
        shown = f"{where}（{values['id']}）" if values.get("id") else where
        children = {
            child: _rows(values[child], f"{shown}.{child}", faults)
            for child in _CHILDREN.get(place.split("[", maxsplit=1)[0], ())
            if child in values
        }
        made.append(Row(shown, dict(values), {}, children))
    return made


def synonyms() -> dict[str, str]:
    """What people say and what the catalogue calls it (data/synonyms.toml)."""
    return tomllib.loads((_DATA / "synonyms.toml").read_text(encoding="utf-8"))["words"]
