"""What supervision refuses, in the reader's words."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "handing_on.unknown": Sentence(
            422, "没有工号 {staff_no} 的人，核对一下。", "Nobody has the staff number {staff_no}. Please check it."
        ),
        "handing_on.not_a_clerk": Sentence(
            422,
            "{who}不是在岗的受理专员，不能接首办。换一位。",
            "{who} is no active acceptance clerk and can't be first handler. Name somebody else.",
        ),
        "handing_on.same_person": Sentence(
            422, "这件本来就是{who}首办。换一位。", "{who} is its first handler already. Name somebody else."
        ),
        "handing_on.related": Sentence(
            422,
            "{who}和申请人有关系，要回避。换一位。",
            "{who} is related to the applicant and must stay out of it. Name somebody else.",
        ),
        "handing_on.nothing_open": Sentence(
            409, "{who}手上没有没办完的首办件。", "{who} is first handler of no open case."
        ),
        "officer_notice.not_found": Sentence(
            404, "没有这条消息。回到消息列表看看。", "There is no such notice. Go back to the list."
        ),
        "supervision.no_such_rule": Sentence(
            404, "没有这条规则。回到规则页看看。", "There is no such rule. Go back to the list of rules."
        ),
        "supervision.just_reminded": Sentence(
            409,
            "一分钟里已经催过一次，对方收到了。",
            "You reminded them within this minute; they have it.",
        ),
        "supervision.is_over": Sentence(
            409, "这件已经办完，不用催办、督办了。", "This case is done; there is nobody to remind."
        ),
        "supervision.already_overseen": Sentence(
            409,
            "这件正在督办，{day}前答复。等答复，或先催办。",
            "An answer is already due by {day}. Wait for it, or send a reminder.",
        ),
        "supervision.no_oversight": Sentence(
            409, "这件没有等着答复的督办。刷新看看。", "No answer is waited for here. Reload the page."
        ),
        "supervision.not_asked": Sentence(
            403,
            "这次督办要{who}答复。有话请告诉他。",
            "The answer is due from {who}. Please tell them what you know.",
        ),
        "supervision.answer_in_past": Sentence(
            422, "答复的日子要在今天以后。", "The day of the answer must be after today."
        ),
    }
)
