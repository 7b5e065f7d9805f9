"""What rules, letters, delegations, absence, opinions and minutes refuse, in the reader's words."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "rule.in_the_past": Sentence(
            422,
            "规则从今天（{today}）起才能改，以前的已经办了。",
            "A rule counts from today ({today}) on at the earliest.",
        ),
        "rule.matter_without_department": Sentence(
            422, "写了事项，也要写它的部门。", "Name the department of the matter too."
        ),
        "rule.incomplete": Sentence(
            422,
            "这条规则没写全，看看哪一项还空着。",
            "Something is missing in this rule. See which field is still empty.",
        ),
        "rule.no_such_move": Sentence(
            422,
            "{mode}在“{step}”这一步不办“{verb}”，换一步或换一种方式。",
            "Under “{mode}” there is no “{verb}” at “{step}”. Choose another step or mode.",
        ),
        "rule.refusal_too_low": Sentence(
            422, "不予许可至少要二级来签。", "A refusal is signed by the second tier at least."
        ),
        "rule.submit_is_the_chiefs": Sentence(
            422,
            "报批的事项由首席决定，不能改给别的层级。",
            "What is submitted is decided by the chief; no other tier may.",
        ),
        "rule.minutes_under_submit": Sentence(
            422,
            "集体讨论只用在报批审核的决定上。先把方式改成报批审核。",
            "Collective minutes belong to decisions under submission. Change the mode first.",
        ),
        "rule.cap_not_positive": Sentence(422, "限额要大于 0。", "The cap must be above 0."),
        "rule.no_such_department": Sentence(
            422, "没有这个部门，看看代码。", "There is no such department. Check its code."
        ),
        "rule.no_such_matter": Sentence(
            422, "这个部门没有这个事项，看看代码。", "This department has no such matter. Check its code."
        ),
        "rule.no_such_field": Sentence(
            422,
            "这个事项的表里没有这一项数字。在事项指南里看字段名。",
            "The form has no number of that name. Look the field up in the matter's guide.",
        ),
        "delegation.too_long": Sentence(
            422,
            "授权要写明起止日期，最长 {most} 天。",
            "A delegation names its first and last day, at most {most} days apart.",
        ),
        "delegation.beyond_own": Sentence(
            422,
            "只能授出自己有的：同部门、同级或更低、同方式、在自己的期限和限额里。",
            "You can delegate only what you hold: your department, your tier or lower, your modes, dates and cap.",
        ),
        "delegation.of_a_delegation": Sentence(
            422,
            "别人授给您的，不能再授。请原授权人来授。",
            "What was delegated to you can't be passed on. Ask whoever gave it.",
        ),
        "delegation.no_letter": Sentence(
            422,
            "这份授权书不是您的，或不再有效。选一份您现在有的。",
            "That letter is not yours or no longer valid. Choose one you hold.",
        ),
        "delegation.nobody": Sentence(422, "没有这个工号的在职人员。", "Nobody in service has this staff number."),
        "delegation.not_an_approver": Sentence(
            422,
            "{name}不是审批员，不能受托签字。换一位审批员。",
            "{name} is no approver and can't sign for you. Name an approver.",
        ),
        "delegation.to_oneself": Sentence(422, "不用委托给自己。", "You need not delegate to yourself."),
        "delegation.in_the_past": Sentence(422, "委托从今天起才能算。", "A delegation begins today at the earliest."),
        "delegation.twice": Sentence(
            409,
            "这几天这份授权已经委托给他了。要改，先收回原来的。",
            "This letter is delegated to this colleague for these days already. Take that back first.",
        ),
        "delegation.not_yours": Sentence(
            404, "没有这份委托，或已经收回了。", "There is no such delegation, or it was taken back already."
        ),
        "absence.order": Sentence(422, "回来的时间要在离开以后。", "The end must be after the beginning."),
        "absence.long": Sentence(422, "一次最多写一年。", "At most a year at a time."),
        "absence.twice": Sentence(
            409,
            "您已经写了不在岗。先点“回来了”，再写新的。",
            "You are marked as away already. Say that you are back first.",
        ),
        "absence.none": Sentence(409, "您没有写不在岗，不用销。", "You are not marked as away."),
        "post.nobody": Sentence(
            422, "没有工号 {staff_no} 的在职人员。", "Nobody in service has staff number {staff_no}."
        ),
        "post.oneself": Sentence(422, "B 岗和上级都不能是本人。", "Deputy and superior are somebody else."),
        "interest.twice": Sentence(409, "这一位（这一家）已经申报过了。", "This one is on your list already."),
        "interest.unknown": Sentence(404, "您的名单里没有这一条。", "Your list has no such line."),
        "opinion.no_such_department": Sentence(
            422, "没有这个部门，重新选。", "There is no such department. Choose again."
        ),
        "opinion.own": Sentence(
            422, "不用征求本部门意见，直接写在审查意见里。", "Your own department's view belongs in the review."
        ),
        "opinion.twice": Sentence(
            409, "已经在征求这个部门的意见了，等它回。", "That department has been asked already. Wait for its answer."
        ),
        "opinion.day_over": Sentence(422, "回复的日子已经过了，换一天。", "That day is over. Choose another."),
        "opinion.too_late": Sentence(
            422, "最多给 {most} 天，不然这件事就耽误了。", "At most {most} days ahead, or the case would be late."
        ),
        "minutes.in_the_future": Sentence(
            422, "讨论还没开，开过了再记。", "The meeting is still to come. Record it afterwards."
        ),
        "minutes.alone": Sentence(
            422,
            "集体讨论至少两个人到场，名字用“、”隔开。",
            "At least two people decide collectively. Put 、 between names.",
        ),
        "recusal.successor_needed": Sentence(
            422,
            "他是首办责任人，要写明谁接着办（工号）。",
            "The officer is first handler: name who goes on, by staff number.",
        ),
        "recusal.no_successor": Sentence(
            422,
            "接手的要是别的在职受理专员，看看工号。",
            "The successor is another acceptance clerk in service. Check the number.",
        ),
    }
)
