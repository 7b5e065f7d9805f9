"""What is refused of a bundle, in words."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "bundle.none": Sentence(
            404, "这件事是单独办的，没有一起办的。回到它的页面看。", "This case stands alone. Go back to its own page."
        ),
        "bundle.not_waiting": Sentence(
            409,
            "这一件已经开始或者结束了。刷新看看；开始了的，到它自己的页面撤回。",
            "This part has begun or ended. Reload; once begun, withdraw it on its own page.",
        ),
        "bundle.nothing_to_withdraw": Sentence(
            409,
            "都有决定了，没有能撤回的。点开每一件看结果。",
            "Everything is decided; nothing can be withdrawn. Open each case for its result.",
        ),
        "bundle.nothing_ready": Sentence(
            409, "现在没有做好的证。做好了会告诉您。", "No certificate is ready yet. You will be told when one is."
        ),
    }
)
