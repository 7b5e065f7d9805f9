"""What auditing refuses, in the reader's words."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "anchor.not_found": Sentence(
            404, "这一天没有锚点。回到锚点列表看看。", "There is no anchor of that day. Go back to the list of anchors."
        ),
    }
)
