"""What the side ways refuse, in the reader's words."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "procedure.not_in_law": Sentence(
            422,
            "这不是法律允许停表的程序。第四十五条只有听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审。",
            "The law stops no clock for this. Article 45 names hearing, tender, auction, inspection, testing, quarantine, "
            "appraisal and expert review.",
        ),
        "procedure.nothing_to_serve": Sentence(
            409, "没有等着送达的告知书。刷新看看。", "No notice waits to be served. Reload the page."
        ),
        "procedure.served_in_future": Sentence(
            422, "送达日期不能晚于今天。", "The day of service can't be later than today."
        ),
        "procedure.served_too_early": Sentence(
            422,
            "告知书 {day} 才出，送达不会更早。核对送达回证上的日期。",
            "The notice was made on {day}; it can't have been served before. Check the proof of service.",
        ),
        "hearing.presider_unknown": Sentence(
            422, "没有工号 {staff_no} 的人，核对一下。", "Nobody has the staff number {staff_no}. Please check it."
        ),
        "hearing.presider_involved": Sentence(
            422,
            "{who}经手过这件事，不能主持听证。换一位。",
            "{who} has worked on this case and can't preside. Name somebody else.",
        ),
        "hearing.presider_related": Sentence(
            422,
            "{who}和申请人有利害关系，不能主持听证。换一位。",
            "{who} is related to the applicant and can't preside. Name somebody else.",
        ),
        "hearing.presider_elsewhere": Sentence(
            422,
            "{who}不是这个部门的审批员，记不了这次听证。换一位有授权书的。",
            "{who} is no approver of this department and could not record the hearing. Name somebody who holds a letter.",
        ),
        "hearing.not_yet": Sentence(409, "听证还没开，开过再记。", "The hearing is yet to come; record it afterwards."),
        "promise.signature_missing": Sentence(
            422,
            "先签上您的全名，再交。",
            "Sign with your full name first.",
        ),
        "promise.signature_wrong": Sentence(
            422,
            "签名跟实名对不上。照证件上的姓名，一个字不差地写。",
            "The signature is not the verified name. Write the full name as it stands on the document.",
        ),
        "supply.nothing": Sentence(
            422, "还没有选文件。拍一张或选一个，再交。", "No file yet. Take a photo or choose one, then send."
        ),
        "supply.not_awaited": Sentence(
            409,
            "这份不用补，或者已经补过了。刷新看看还缺什么。",
            "This paper is not awaited, or is in already. Reload to see what is missing.",
        ),
        "supply.paper_needs_window": Sentence(
            422,
            "纸质的要到窗口交。手机上拍照就行。",
            "Paper is handed in at a window. On the phone, take a photo of it.",
        ),
        "procedure.nothing_to_extend": Sentence(
            409, "这件事的时限不能延长。", "The limit of this matter can't be extended."
        ),
        "procedure.too_late": Sentence(
            409,
            "期限 {day} 已经过了，过期不能再延。尽快作出决定。",
            "The limit ended on {day}; what is over can't be extended. Decide as soon as you can.",
        ),
    }
)
