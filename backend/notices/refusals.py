"""What the inbox and its settings refuse."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "notice.not_found": Sentence(
            404,
            "没有这条消息。去“消息”里看全部。",
            "There is no such notice. Look at all of them under Notices.",
        ),
        "binding.not_here": Sentence(
            409,
            "大厅没有开通这个渠道。短信和消息照常。",
            "This hall does not have this channel. SMS and the inbox go on as usual.",
        ),
        "binding.code": Sentence(
            422,
            "没认出您在那边的账号。回小程序再点一次“接收消息”。",
            "Your account there was not recognised. Go back to the mini program and tap again.",
        ),
        "push.off": Sentence(
            409,
            "大厅没有开通手机推送。短信和消息照常。",
            "This hall has no push. SMS and the inbox go on as usual.",
        ),
        "push.keys": Sentence(
            422,
            "浏览器给的推送钥匙不对。关掉再打开一次推送。",
            "The browser's push keys are not right. Switch push off and on again.",
        ),
        "push.no_device": Sentence(
            404,
            "没有这台设备，也许已经删了。刷新页面看看。",
            "There is no such device; perhaps it is gone already. Reload the page.",
        ),
    }
)
