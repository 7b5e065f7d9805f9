"""What the trunk refuses, in the reader's words."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "case.not_found": Sentence(
            404,
            "没有找到这个办件。请核对编号，或在“进度”里找。",
            "We could not find this case. Check the number, or look under Progress.",
        ),
        "case.moved_meanwhile": Sentence(
            409,
            "刚才已经有人办了：{who}，{did}，{at}。页面已是最新，请按现在的状态接着办。",
            "Somebody was faster: {who}, {did}, {at}. The page now shows the newest state; go on from there.",
        ),
        "live.full": Sentence(
            503,
            "现在看的人多，页面会每隔几秒自己刷新。",
            "Many people are watching; the page will refresh itself every few seconds.",
        ),
        "deed.key_reused": Sentence(
            422,
            "这个操作编号已经用来办过别的事。请重新打开这件，再办一次；写的都还在。",
            "This Idempotency-Key was used for something else. Open the case and do it again; nothing you wrote is lost.",
        ),
        "deed.unknown": Sentence(
            404,
            "这个操作编号还没有办成过什么，可以再办一次。",
            "Nothing has been done under this Idempotency-Key; you can do it now.",
        ),
        "deed.key_malformed": Sentence(
            400,
            "请求头 Idempotency-Key 要 8 到 128 个可见字符。",
            "The header Idempotency-Key needs 8 to 128 visible characters.",
        ),
        "service.not_open": Sentence(
            409,
            "这份文书没有在等送达，或者已经登记过了。刷新看看。",
            "This document is not on its way, or its service was recorded already. Reload the page.",
        ),
        "service.not_posted": Sentence(
            409, "证还没寄出，先登记快递单号。", "The certificate was not posted yet. Record the tracking number first."
        ),
        "service.in_future": Sentence(422, "送达日期不能晚于今天。", "The day of service can't be later than today."),
        "service.too_early": Sentence(
            422,
            "文书 {day} 才出（或寄出），送达不会更早。核对回执上的日期。",
            "It was made or sent on {day} and can't have been served before. Check the receipt.",
        ),
        "document.not_found": Sentence(
            404,
            "没有这份文书。请回到办件页，从文书列表里打开。",
            "There is no such document. Open it from the list on the case's page.",
        ),
        "remark.not_found": Sentence(
            404,
            "这一步没有留下话，或者已经抹去了。刷新看看。",
            "Nothing was said with this step, or it was erased already. Reload the page.",
        ),
        "filing.key_reused": Sentence(
            422,
            "这个提交编号已经用于另一份申请。请刷新页面再提交，填好的内容都还在。",
            "This Idempotency-Key was used for a different filing. Use a new key; nothing was lost.",
        ),
        "filing.try_again": Sentence(
            503,
            "刚才太忙，没有提交成功。填好的都还在，请再点一次提交。",
            "The hall was too busy and did not take it. Everything you filled in is kept; please submit again.",
        ),
        "tracking.unknown": Sentence(
            404,
            "没有找到这个码。请检查有没有扫错、输错，或打大厅电话问问。",
            "No case has this code. Check for a scanning or typing mistake, or call the hall.",
        ),
    }
)
