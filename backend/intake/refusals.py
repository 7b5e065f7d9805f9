"""The sentences of this slice's refusals: what is so, what is kept, what to do next."""

from __future__ import annotations

import backend.documents.refusals  # noqa: F401 - upload.empty, upload.too_large and what inspection says
from backend.problems import Sentence, register

register(
    {
        "draft.not_found": Sentence(
            404,
            "没有这份草稿，可能已经删了。您别的草稿和办件都在",
            "No such draft; it may have been deleted. Your other drafts and cases are safe",
        ),
        "draft.elsewhere": Sentence(
            409,
            "这份草稿现在在{where}，要自己接着填就先收回，填的都在",
            "This draft is at {where} now. Take it back to go on yourself; everything is kept",
            ("在别处接着办", "Being done elsewhere"),
        ),
        "draft.taken_back": Sentence(
            409,
            "办事人把这份草稿收回了，要接着办请他再出一个码",
            "Its citizen took this draft back; ask for a new code to go on with it",
            ("办事人收回了", "Taken back"),
        ),
        "draft.not_yours_to_remove": Sentence(
            409,
            "这份是办事人的，不能删；不办了就交回给他",
            "This draft belongs to its citizen and can't be deleted here; give it back instead",
        ),
        "relay.unknown": Sentence(
            404,
            "没有这个码：可能输错了、过了 10 分钟，或者用过了。请在手机上再出一个",
            "No such code: mistyped, older than 10 minutes, or used. Ask the phone for a new one",
        ),
        "relay.not_a_kiosk": Sentence(
            403,
            "这台设备不是自助机。用同一个手机号登录，草稿就在“进度”里",
            "This device is no kiosk. Sign in with the same number and the draft is under Progress",
        ),
        "relay.foreign_address": Sentence(
            422,
            "这不是大厅的码，没有打开。请在手机的草稿页里出一个",
            "This code isn't the hall's and was not opened. Make one on the draft's page on the phone",
        ),
        "draft.told_yourself": Sentence(
            422,
            "这件事是给您自己办的，消息就发给您。",
            "This is your own application: you are the one who is told.",
        ),
        "draft.submitted": Sentence(
            409, "这份已经交了，去“进度”里看", "This one has been filed. See it under Progress"
        ),
        "draft.too_many": Sentence(
            409, "没交的草稿最多 {most} 份，先删掉不要的", "At most {most} open drafts; delete those you don't need"
        ),
        "draft.unknown_field": Sentence(400, "这份表里没有这一项", "There is no such question in this form"),
        "draft.locked_field": Sentence(
            400, "这一项来自实名信息，不能在这里改", "This comes from your verified identity and can't be changed here"
        ),
        "draft.rival_moved": Sentence(
            409,
            "刚才又有新的填法，再看一眼再选，填过的都还在",
            "Another answer came in just now; look again and choose. Everything typed is kept",
        ),
        "draft.undecided": Sentence(
            409,
            "两台设备填得不一样，定一个",
            "Two devices differ here; decide which to keep",
        ),
        "filing.undecided": Sentence(
            409,
            "有 {count} 处两台设备填得不一样，先定下来再交，两边填的都留着",
            "Two devices differ: {count}. Decide first, then file; both answers are kept",
        ),
        "draft.nothing_to_override": Sentence(
            409,
            "这一项没有要核对的信用代码，刷新看看",
            "There is no credit code to vouch for here; reload the page",
        ),
        "draft.too_large": Sentence(
            413, "填的内容太长了，长的说明请作为材料上传", "That is too much text; send long statements as a document"
        ),
        "draft.topic_unknown": Sentence(
            404, "这份表里没有这一页，回清单看看", "There is no such page in this form; go back to the list"
        ),
        "filing.not_online": Sentence(
            409, "“{matter}”要到窗口办，可以先预约", "“{matter}” is done at a window; you can book a time"
        ),
        "filing.wrong_applicant": Sentence(
            409, "这件事由{who}来申请，换个身份再办", "This is filed by: {who}. Switch who you act for"
        ),
        "draft.id_taken": Sentence(
            422,
            "这份申请的编号用不了，换个编号再存，填的都还在",
            "This draft id can't be used; take a new one. Nothing typed is lost",
        ),
        "filing.incomplete": Sentence(
            422,
            "还有 {count} 处没好，都列在下面，改好再交",
            "Missing or wrong: {count}; all are listed below",
        ),
        "filing.not_declared": Sentence(422, "先勾选“我填的都是真的”", "Tick the declaration first"),
        "filing.matter_changed": Sentence(
            409,
            "这件事的要求有变化，看一眼变了什么再交，您填的都在",
            "The requirements have changed. See what changed, then file; your answers are kept",
        ),
        "filing.undone": Sentence(
            409,
            "这次提交已经撤回来改了，没有再交。改好了再点一次提交。",
            "This filing was taken back to be changed and was not filed again. Change it, then submit anew.",
        ),
        "undo.too_late": Sentence(
            409,
            "交上去超过 {minutes} 分钟，不能撤回来改了。不想办了，在办件页点“撤回申请”。",
            "More than {minutes} minutes have passed, so it can't be taken back to change. To stop it, withdraw the "
            "application on the case's page.",
        ),
        "undo.touched": Sentence(
            409,
            "窗口已经开始看了，不能撤回来改。要改的等窗口告诉您补；不想办了，在办件页点“撤回申请”。",
            "A clerk has begun to look at it, so it can't be taken back to change. Wait to be asked for corrections, or "
            "withdraw the application on the case's page.",
        ),
        "undo.no_draft": Sentence(
            409,
            "这件不是从您的草稿交的，没有可以接着改的。不想办了，在办件页点“撤回申请”。",
            "This was not filed from a draft of yours, so there is nothing to go on with. To stop it, withdraw the "
            "application on the case's page.",
        ),
        "filing.key_missing": Sentence(
            400,
            "请求头要带 Idempotency-Key（8 到 128 个可见字符），重复提交才不会变成两件",
            "Send the header Idempotency-Key (8 to 128 visible characters), so that a repeated request stays one case",
        ),
        "material.unknown": Sentence(422, "这件事不要“{key}”这份材料", "This matter has no material “{key}”"),
        "material.uploads_only_for_reuse": Sentence(
            422, "只有“以前交过，直接用”才要写明文件", "Name files only when you use earlier ones again"
        ),
        "upload.not_found": Sentence(404, "没有这个文件，可能已经删了", "No such file; it may have been removed"),
        "upload.gone": Sentence(
            410, "这个文件已经删了，要用就再传一次", "This file was removed; send it again if you need it"
        ),
        "upload.too_many": Sentence(
            409, "一份材料最多 {most} 个文件，先删掉不要的", "At most {most} files for one document; remove some first"
        ),
        "upload.too_many_open": Sentence(
            409, "没用上的文件太多了，先删掉一些", "Too many files are waiting unused; remove some first"
        ),
        "upload.used": Sentence(409, "这个文件已经交给大厅了，不能删", "This file has been filed and can't be removed"),
        "upload.wrong_offset": Sentence(
            409, "接着传的位置不对，已收到 {offset} 字节", "Wrong offset; {offset} bytes have arrived"
        ),
        "upload.busy": Sentence(
            423, "这个文件正在传，等几秒再接着传", "This file is being sent; go on in a few seconds", ("请稍候", "Busy")
        ),
        "upload.too_long": Sentence(
            413, "发来的比说好的长，没有收下多出来的", "More arrived than was announced; it was not taken"
        ),
        "upload.checksum": Sentence(
            460,
            "这一段传坏了，没有收，再传一次",
            "This part arrived damaged and was dropped; send it again",
            ("要再传一次", "Send again"),
        ),
        "upload.header": Sentence(400, "请求头 {header} 不对：{need}", "The header {header} is wrong: {need_en}"),
        "upload.version": Sentence(
            412,
            "这里用 tus 1.0.0 协议，带上 Tus-Resumable: 1.0.0",
            "This speaks tus 1.0.0; send Tus-Resumable: 1.0.0",
            ("协议版本不对", "Wrong protocol version"),
        ),
        "upload.content_type": Sentence(
            415,
            "传文件用 Content-Type: application/offset+octet-stream",
            "Send Content-Type: application/offset+octet-stream",
        ),
        "upload.not_ready": Sentence(409, "“{name}”还没传完，传完再交", "“{name}” has not arrived in full yet"),
    }
)
