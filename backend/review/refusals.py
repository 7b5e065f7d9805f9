"""What the desk and the approvers' sheet refuse, in the reader's words."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "review.promise_unsigned": Sentence(
            409,
            "后补的材料（{names}）还没签承诺书。请申请人签了再受理。",
            "Nobody has signed for the papers to follow ({names}). Have the applicant sign, then accept.",
        ),
        "desk.nothing_waiting": Sentence(
            404,
            "现在没有等着的件。来了新件，这里马上会有。",
            "Nothing is waiting now. New filings show up here at once.",
        ),
        "desk.not_yours": Sentence(409, "这件不在您手上，先接手再办。", "You have not taken this case. Take it first."),
        "desk.outside_scope": Sentence(
            403,
            "这件归{department}办，首办责任人：{handler}，电话 {phone}。请办事人找他，或陪着过去。",
            "This case is with {department}, first handler: {handler}, phone {phone}. Send the citizen there, or go along.",
        ),
        "relay.clerks_only": Sentence(
            403,
            "这是交出草稿的码，由受理专员接。请办事人到窗口。",
            "This code hands over a draft; an acceptance clerk takes it. Send the citizen to a window.",
        ),
        "material.not_in_case": Sentence(
            404, "这件里没有这份材料，刷新看看材料清单。", "This case has no such material. Reload the list."
        ),
        "review.materials_unjudged": Sentence(
            422,
            "还有材料没看完或要补：{names}。每份都点“对”或“不用”，或发补正。",
            "Not every paper is fine yet: {names}. Tick each one, or ask for a correction.",
        ),
        "review.choose": Sentence(422, "先选一个决定，再签字。", "Choose a decision, then sign."),
        "review.nothing_ticked": Sentence(422, "勾上要补的，再发。", "Tick what needs fixing, then send."),
        "review.note_needed": Sentence(
            422, "写一句要补什么，原样发给申请人。", "Say what needs fixing; the applicant reads it as written."
        ),
    }
)
