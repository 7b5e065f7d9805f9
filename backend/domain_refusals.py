"""What the law of the hall refuses, in the reader's words: what is so, and what to do next."""

from __future__ import annotations

from backend.problems import Sentence, register
from shared_schemas.reasons import SENTENCES

_OF_A_CODE_TYPED = (
    "case_no.format",
    "case_no.checksum",
    "query_password.format",
    "credit_code.short",
    "credit_code.long",
    "credit_code.character",
    "credit_code.checksum",
)

register({code: Sentence(422, *SENTENCES[code]) for code in _OF_A_CODE_TYPED})
register(
    {
        "case.wrong_step": Sentence(
            409,
            "这件事现在是“{step}”，不能{verb}。刷新看看现在该做什么。",
            "The case is at “{step}”, so “{verb}” is not possible. Reload to see what comes next.",
        ),
        "case.taken_by": Sentence(
            409, "{who}已经接手了，{at}。您接下一件就好。", "{who} has taken this one, {at}. Please take the next."
        ),
        "case.already_yours": Sentence(409, "这件已经在您手上，直接办。", "You have this case already; go on with it."),
        "case.open_correction": Sentence(
            409, "还有材料没补齐，补齐了再决定。", "A correction is still open. Decide once it is answered."
        ),
        "case.materials_missing": Sentence(
            409,
            "容缺的材料还没交，收到了才能准予；到期没交就终止。",
            "Papers that were to follow are still missing. Grant once they are in.",
        ),
        "case.not_the_owner": Sentence(
            404,
            "没有找到这个办件。请核对编号，或在“进度”里找。",
            "We could not find this case. Check the number, or look under Progress.",
        ),
        "case.collect_at_window": Sentence(
            409,
            "这份证要到窗口领。带上二维码，任一窗口都行。",
            "Collect this one at a window. Any window will do; bring the QR code.",
        ),
        "case.already_rated": Sentence(
            409, "您评过了，谢谢。一件事评一次。", "You have rated this case already. Thank you."
        ),
        "case_no.exhausted": Sentence(
            503,
            "今天的编号用完了，请到窗口，我们当面收件。",
            "Today's numbers are used up. Please come to a window; we take it there.",
        ),
        "approval.wrong_role": Sentence(
            403,
            "您的岗位不能{verb}。转给能办的人，或回到您的待办。",
            "Your post can't do “{verb}”. Pass it on, or go back to your list.",
        ),
        "approval.wrong_mode": Sentence(
            409,
            "{mode}的事项到“{step}”不能{verb}，按屏幕上给出的下一步办。",
            "Under “{mode}” a case at “{step}” can't take “{verb}”. Follow the steps on the screen.",
        ),
        "approval.tier_too_low": Sentence(
            403,
            "{verb}要{tier}以上来签。先初审写上意见，再交上去。",
            "“{verb}” needs a {tier} or above. Review it with your proposal and hand it up.",
        ),
        "approval.out_of_scope": Sentence(
            403,
            "这件事不在您的授权范围或有效期里。请授权人改授权，或转给有权的人。",
            "Your letter of authority does not cover this case today. Have it changed, or pass the case on.",
        ),
        "approval.above_cap": Sentence(
            403,
            "您的授权书只到 {cap}，这件超了。先写上意见，交给权限更大的人签。",
            "Your letter of authority goes up to {cap}, and this case is above it. Pass it to somebody who may sign more.",
        ),
        "approval.accepted_it_yourself": Sentence(
            403,
            "这件是您受理的，审查和决定要换人。转给同事。",
            "You accepted this case, so somebody else reviews and decides it. Pass it on.",
        ),
        "approval.surveyed_it_yourself": Sentence(
            403,
            "这件是您去勘查的，决定要换人。转给同事。",
            "You surveyed this case, so somebody else decides it. Pass it on.",
        ),
        "approval.reviewer_is_checker": Sentence(
            403,
            "这件是您初审的，复核和决定要换人。转给同事。",
            "You reviewed this case, so somebody else goes on. Pass it on.",
        ),
        "approval.checker_is_decider": Sentence(
            403,
            "这件是您复核的，决定要换人。转给首席。",
            "You checked this case, so somebody else decides it. Pass it to the chief.",
        ),
        "approval.not_the_decider": Sentence(
            403,
            "谁决定谁制证。请决定人来办，系统也会自动制。",
            "Whoever decided makes the certificate; the system also does it by itself.",
        ),
        "approval.conflict_of_interest": Sentence(
            403,
            "这件与您或您的亲属、企业有关，您要回避。转给上级。",
            "This case concerns you, a relative or your company. Step aside and pass it to your superior.",
        ),
        "approval.asked_it_yourself": Sentence(
            403,
            "延期是您请求的，批不批由别的首席定。",
            "You asked for the extension, so another chief decides on it.",
        ),
        "approval.presides_the_hearing": Sentence(
            403,
            "这件的听证由您主持，审查和决定要换人。转给同事。",
            "You preside over the hearing of this case, so somebody else reviews and decides it. Pass it on.",
        ),
        "approval.worked_on_it_yourself": Sentence(
            403,
            "这件您后来经手过，不能再主持听证。请二级审批员另定主持人。",
            "You have worked on this case since, so you can't preside any more. The second tier names somebody else.",
        ),
        "approval.not_the_presider": Sentence(
            403,
            "听证由指定的主持人来记。不是您主持，请他来办。",
            "The hearing is recorded by whoever was named to preside. Ask them.",
        ),
        "approval.not_your_survey": Sentence(
            403,
            "这次勘查没派您。要去，请派单的人改名单。",
            "You were not sent on this survey. To go, have the list changed.",
        ),
        "approval.not_asked": Sentence(
            403,
            "这件事没有征求贵部门的意见。",
            "Your department was not asked for an opinion on this case.",
        ),
        "approval.not_the_handler": Sentence(
            403,
            "首办责任人才能办这一步。要换人，由他或效能监督移交。",
            "Only the first handler does this. To change that, he or the supervisor hands the case on.",
        ),
        "case.nothing_follows": Sentence(409, "这件没有等着后补的材料。", "Nothing is to follow in this case."),
        "case.no_commitment": Sentence(
            409, "这件没有签告知承诺，没有可记的违诺。", "Nobody signed a commitment in this case."
        ),
        "case.breach_once": Sentence(409, "承诺不实已经记过了。", "The broken commitment was recorded already."),
        "case.nothing_granted": Sentence(
            409, "这件没有准予，没有可撤销的许可。", "Nothing was granted here that could be revoked."
        ),
        "case.commitment_broken": Sentence(
            409,
            "核查发现承诺不实，不能准予；可以终止或不予许可。",
            "The commitment was found untrue. The case can't be granted; terminate or refuse it.",
        ),
        "case.nothing_promised": Sentence(
            409,
            "这件没有等着签的承诺书，或者已经签过了。",
            "No promise waits for a signature here, or it was signed already.",
        ),
        "case.open_procedure": Sentence(
            409,
            "特别程序还没结束，先记下结果、恢复计时。",
            "A special procedure is still open. Record its result first; then the clock goes on.",
        ),
        "case.no_open_procedure": Sentence(
            409, "现在没有进行中的特别程序。刷新看看。", "No special procedure is open. Reload the page."
        ),
        "case.extension_once": Sentence(
            409,
            "一件事只能延期一次，这件已经提过了。",
            "A case is extended once at most, and this one has been asked for.",
        ),
        "case.no_extension_asked": Sentence(
            409, "没有等着批的延期。刷新看看。", "No extension waits for an answer. Reload the page."
        ),
        "case.hearing_once": Sentence(
            409, "听证权利已经告知过了。", "The applicant was told of the right to a hearing already."
        ),
        "case.no_hearing_told": Sentence(
            409,
            "现在不是选听证的时候：没有告知，或五天已经过了。",
            "This is not the time to choose: no notice was given, or its five days are over.",
        ),
        "case.no_hearing_asked": Sentence(
            409, "申请人没有要求听证，不用定时间。", "The applicant has not asked for a hearing."
        ),
        "case.no_hearing_fixed": Sentence(
            409, "听证还没定时间和主持人，先定。", "Fix day and presider of the hearing first."
        ),
        "case.open_hearing": Sentence(
            409,
            "听证还没走完：等申请人选择，或等听证开完。",
            "The hearing is not over: the applicant may still choose, or it has yet to be held.",
        ),
        "hearing.too_soon": Sentence(
            422,
            "要提前 7 个工作日通知，最早 {first}。",
            "It needs seven working days' notice: {first} at the earliest.",
        ),
        "hearing.too_late": Sentence(
            422,
            "要在申请人提出后 20 个工作日内开，最迟 {last}。",
            "It is held within twenty working days of being asked for: {last} at the latest.",
        ),
        "hearing.closed_day": Sentence(422, "这天不上班，换一天。", "The hall is closed on that day; choose another."),
        "case.hearing_not_told": Sentence(
            409,
            "这件事不予许可前，要先告知申请人有听证的权利。",
            "Before refusing this one, tell the applicant of the right to a hearing.",
        ),
        "case.open_survey": Sentence(
            409, "勘查已经派出去了，等结论。", "A survey is under way. Wait for its conclusion."
        ),
        "case.no_open_survey": Sentence(
            409, "现在没有派出的勘查。刷新看看。", "No survey is under way. Reload the page."
        ),
        "case.survey_missing": Sentence(
            409,
            "这件事要先勘查，各部门都有结论才能决定。",
            "This case is decided once every department has concluded its survey.",
        ),
        "case.open_opinion": Sentence(
            409,
            "征求的意见还没回，等回复或到期。",
            "An opinion that was asked for is still out. Wait for it, or until its day.",
        ),
        "case.no_recusal": Sentence(
            409, "没有等着定的回避。刷新看看。", "Nobody waits for a decision on stepping aside. Reload the page."
        ),
        "case.minutes_once": Sentence(
            409, "集体讨论记录已经有了。", "The minutes of the collective decision are there already."
        ),
        "case.minutes_missing": Sentence(
            409,
            "这件事要集体讨论，先把讨论记录放进来。",
            "This one is decided collectively. Record the minutes first.",
        ),
        "case.not_overdue": Sentence(
            409,
            "申请人还没到期，不能终止。",
            "The applicant is still in time, so the case can't be terminated.",
        ),
        "case.not_set_aside": Sentence(
            409,
            "没有可以重新办理的决定。",
            "There is no decision here that could be made anew.",
        ),
        "tracking.foreign_address": Sentence(
            400,
            "这个码不是大厅的，可能被人换过。别照着做，扫回执上的，或打大厅电话。",
            "This code is not the hall's and may have been swapped. Don't follow it; scan your receipt or call us.",
        ),
    }
)
