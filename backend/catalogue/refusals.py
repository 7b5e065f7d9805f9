"""The catalogue's refusals, in both languages."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "matter.unknown": Sentence(
            404,
            "没有这个事项：{code}。搜一下名称试试，或打大厅电话问。",
            "There is no matter {code}. Search for it by name, or ring the hall.",
        ),
        "department.unknown": Sentence(
            404,
            "没有这个部门：{code}。部门都在“办事”页里。",
            "There is no department {code}. All of them are on the services page.",
        ),
        "matter.unknown_version": Sentence(
            404,
            "事项 {code} 没有第 {version} 版。",
            "Matter {code} has no version {version}.",
        ),
    }
)
