"""What surveys refuse, in the reader's words."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "case.survey_waits": Sentence(
            409,
            "您这份勘查已经有结论了，在等同去的部门。",
            "Your part of the survey is concluded; the other departments of the visit are awaited.",
        ),
        "survey.not_a_surveyor": Sentence(
            422, "{who}不是勘查员，换一位。", "{who} is not a surveyor. Send somebody who is."
        ),
        "survey.inspector_unknown": Sentence(
            422, "没有工号 {staff_no} 的人，核对一下。", "Nobody has the staff number {staff_no}. Please check it."
        ),
        "survey.inspector_accepted": Sentence(
            422,
            "这件是{who}受理的，勘查要换人。",
            "{who} accepted this case, so somebody else surveys it.",
        ),
        "survey.inspector_conflict": Sentence(
            422,
            "这件与{who}或亲属、企业有关，要回避，换一位。",
            "This case concerns {who}, a relative or a company of theirs. Send somebody else.",
        ),
        "survey.too_few_inspectors": Sentence(
            422,
            "每个部门至少派两个人去（行政许可法第三十四条），现在只有 {count} 个。再加一位。",
            "At least two go for each department (article 34); you named {count}. Add another.",
        ),
        "survey.no_time": Sentence(
            422,
            "给申请人几个时间选，或写上电话里约好的时间。",
            "Offer the applicant some times, or give the one you agreed on by telephone.",
        ),
        "survey.time_twice": Sentence(422, "有两个时间一样，留一个。", "Two of the times are the same; keep one."),
        "survey.time_past": Sentence(
            422, "时间已经过了或不到半小时，往后约。", "That time is over, or within half an hour. Choose a later one."
        ),
        "survey.time_far": Sentence(
            422, "{days} 天以后太远了，约近一点。", "More than {days} days ahead is too far. Choose a nearer time."
        ),
        "survey.time_not_offered": Sentence(
            409,
            "没有这个时间可选，可能刚换过。刷新再选。",
            "That time is not offered; it may have been changed. Reload and choose.",
        ),
        "survey.time_over": Sentence(
            409,
            "这个时间已经过了。选别的，或写上哪天方便。",
            "That time is over. Choose another, or say when it suits you.",
        ),
        "survey.already_fixed": Sentence(
            409,
            "时间已经定了。要改，写上哪天方便，我们再约。",
            "The time is fixed. To change it, say when it suits you and we arrange it anew.",
        ),
        "survey.nothing_to_choose": Sentence(
            409, "现在没有要约的上门时间。刷新看看。", "There is no visit to arrange just now. Reload the page."
        ),
        "survey.wish_missing": Sentence(
            422, "选一个时间，或写上哪天方便。", "Choose one of the times, or say when it suits you."
        ),
        "survey.another_applicant": Sentence(
            422,
            "一次上门只看同一个申请人的件。把别人的去掉。",
            "One visit serves the cases of one applicant. Leave out those of others.",
        ),
        "survey.in_future": Sentence(
            422,
            "勘查时间还没到，不能先写笔录。核对日期和钟点。",
            "The survey lies in the future; it can't be recorded yet. Check day and hour.",
        ),
        "survey.before_dispatch": Sentence(
            422,
            "勘查时间比派出还早。核对日期和钟点。",
            "The survey lies before it was sent out. Check day and hour.",
        ),
        "survey.photo_in_future": Sentence(
            422,
            "有张照片的时间还没到。核对平板的钟。",
            "A photo was taken in the future. Check the clock of the tablet.",
        ),
        "survey.photos_missing": Sentence(
            422, "至少拍 {least} 张现场照片。", "Photos of the place that are needed: {least}."
        ),
        "survey.photo_not_ready": Sentence(
            422, "有张照片没传好或已经用过，重新拍一张。", "A photo is not ready, or was used before. Take it again."
        ),
        "survey.photo_twice": Sentence(
            422, "有张照片放了两次，去掉一张。", "A photo stands there twice; take one out."
        ),
        "survey.signer_not_sent": Sentence(
            422, "签名的人里有没派去的。只由派去的人签。", "Somebody signed who was not sent. Only those sent sign."
        ),
        "survey.signature_missing": Sentence(
            422,
            "至少两名勘查人员签名，还差：{names}。",
            "At least two inspectors sign; not yet signed: {names}.",
        ),
        "survey.applicant_signature_missing": Sentence(
            422,
            "请申请人写上姓名并签名；不肯签的，写明为什么。",
            "Have the applicant give a name and sign, or say why they would not.",
        ),
        "survey.checklist_changed": Sentence(
            409,
            "核查表换过了。打开最新的，对着补上。",
            "The checklist was changed meanwhile. Open the newest and fill in what differs.",
        ),
        "survey.items_open": Sentence(422, "还没核查：{names}。", "Not yet checked: {names_en}."),
        "survey.note_missing": Sentence(
            422, "不符合的要写明哪里不对：{names}。", "Say what is wrong with what is not met: {names_en}."
        ),
        "survey.values_missing": Sentence(422, "还没量：{names}。", "Not yet measured: {names_en}."),
        "survey.value_impossible": Sentence(
            422,
            "这个数不可能：{names}。再量一次，看清单位。",
            "That can't be: {names_en}. Measure again and mind the unit.",
        ),
        "survey.passes_with_fault": Sentence(
            422,
            "这几项不符合，不能下“符合条件”的结论：{names}。",
            "With these not met nobody concludes that the conditions are met: {names_en}.",
        ),
    }
)
