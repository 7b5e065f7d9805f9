"""What the inbox refuses."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "notice.not_found": Sentence(
            404,
            "没有这条消息。去“消息”里看全部。",
            "There is no such notice. Look at all of them under Notices.",
        ),
    }
)
