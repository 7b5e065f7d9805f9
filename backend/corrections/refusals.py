"""What notices and answers refuse, in the reader's words."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "correction.not_found": Sentence(
            404,
            "这件里没有这份告知书，刷新看看现在要补什么。",
            "This case has no such notice. Reload to see what is needed now.",
        ),
        "correction.answered": Sentence(
            409, "这份告知书已经补过了，不用再交。", "This notice was answered already. Nothing more to send."
        ),
        "correction.one_place": Sentence(
            422,
            "每条只写一处：一份材料，或表里的一项。",
            "Each line names one place: a material, or a question of the form.",
        ),
        "correction.unknown_place": Sentence(
            422,
            "这件里没有“{place}”，从材料和表格里选。",
            "This case has no “{place}”. Choose one of its papers or questions.",
        ),
        "correction.identity": Sentence(
            422,
            "“{place}”跟实名走，不能靠补正改；人错了请申请人撤回重报。",
            "“{place}” comes from the verified identity and can't be corrected here; withdraw and file anew.",
        ),
        "correction.twice": Sentence(
            422, "一次只写一条：“{place}”写了两遍，合成一条。", "“{place}” is listed twice; make it one line."
        ),
        "correction.due": Sentence(
            422, "补正期限要在今天之后、90 天以内。", "The day must be after today and within 90 days."
        ),
        "correction.said_once": Sentence(
            409,
            "“{places}”已经告知过一次。再要，先请效能监督同意，再发。",
            "“{places}” was asked for before. Have the supervisor allow it first, then send the notice.",
        ),
        "second_notice.not_said_before": Sentence(
            422,
            "这一处以前没告知过，直接发就行，不用监督同意。",
            "This was never asked for before. Send the notice; no leave is needed.",
        ),
        "second_notice.asked_already": Sentence(
            409,
            "已经请监督看了，等他答复；同意过的先发出去。",
            "The supervisor was asked already. Wait for the answer, or send what was allowed.",
        ),
        "second_notice.not_found": Sentence(
            404, "没有这条请求，刷新看看。", "There is no such request. Reload the list."
        ),
        "second_notice.answered": Sentence(
            409, "这条已经有人答复了，刷新看看。", "Somebody has answered this one. Reload the list."
        ),
        "second_notice.asked_it_yourself": Sentence(
            403, "这条是您自己请求的，请另一位监督来定。", "You asked for this yourself; another supervisor answers it."
        ),
        "second_notice.say_why": Sentence(422, "写明理由，两种答复都要写", "Give the reason, whatever the answer"),
        "second_notice.choose": Sentence(422, "勾上要再告知的那几处", "Tick what has to be asked for again"),
        "correction.incomplete": Sentence(
            422,
            "还有没补的，一次补齐再交；传好的都留着。",
            "Some lines are not answered yet. Files already sent are kept.",
        ),
        "correction.files_needed": Sentence(422, "拍一张或选个文件", "Take a photo or choose a file"),
        "correction.value_needed": Sentence(422, "写上新的内容", "Enter the new answer"),
        "correction.upload_not_ready": Sentence(
            422,
            "有文件还没传完，或不是您传的。等传完再交。",
            "A file has not finished uploading, or is not yours. Wait and send again.",
        ),
    }
)
