"""The sentences of this slice's refusals: what is so, and what to do next."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "session.missing": Sentence(401, "请先登录", "Sign in first"),
        "session.expired": Sentence(
            401, "登录已过期，再登录一次就回到这里", "You were signed out. Sign in and you are back here"
        ),
        "session.other_person": Sentence(
            409,
            "这部手机现在登录的是另一个人，这件没有发出。用原来的账号登录后会接着发",
            "Somebody else is signed in on this phone now, so this was not sent. It goes on once its owner signs in",
        ),
        "session.one_draft": Sentence(
            403,
            "这台自助机上只能办手机交过来的这一份，办完点“结束”，别的回手机上看",
            "This kiosk may only go on with the draft that was handed to it. Press End when done; the rest is on your phone",
        ),
        "kiosk.not_enrolled": Sentence(
            403,
            "这台机器没有登记成自助机。请到大厅的自助机上办，或在手机上接着办",
            "This machine is not enrolled as a kiosk. Use one of the hall's kiosks, or go on with your phone",
        ),
        "kiosk.code_spent": Sentence(
            422,
            "登记码不对、用过了，或过了 24 小时。请管理员再出一个",
            "Wrong, used or older than 24 hours. Ask the administrator for a new enrolment code",
        ),
        "kiosk.name_taken": Sentence(
            409,
            "这个位置已经有一台自助机了。换个名字，或先停用那一台",
            "There is a kiosk at this place already. Choose another name, or revoke that one first",
        ),
        "kiosk.unknown": Sentence(
            404, "没有这台自助机，或已经停用了。回列表里看", "No such kiosk, or it was revoked. See the list of kiosks"
        ),
        "session.unknown": Sentence(404, "没有这个登录，可能已经退出了", "No such session; it may have ended already"),
        "session.fresh_needed": Sentence(
            403, "先用指纹或验证码确认一次是您本人", "Confirm once more that it is you, by fingerprint or code"
        ),
        "session.step_up_needed": Sentence(
            403, "签字前先用指纹或面容确认", "Confirm by fingerprint or face before you sign"
        ),
        "people.citizens_only": Sentence(
            403, "这里是办事人的页面，换成个人账号登录", "This page is for citizens; sign in with a personal account"
        ),
        "people.officers_only": Sentence(403, "这里只有大厅工作人员能进", "This page is for the hall's staff"),
        "people.wrong_role": Sentence(403, "这件事由{who}来做，请找他们", "This is for the {who}; please ask them"),
        "people.identity_needed": Sentence(
            403, "先登记姓名和证件号，一次就好", "Register your name and ID number first; once is enough"
        ),
        "people.already_verified": Sentence(
            409,
            "姓名和证件号已经登记过了，改动请带证件到窗口",
            "Name and ID are on record already; bring your ID to a window to change them",
        ),
        "people.id_taken": Sentence(
            409,
            "这个证件号已经有账号了。用原来的手机号或指纹登录后换号；原号不用了，带证件到窗口办",
            "There is an account for this ID already. Sign in with its number or passkey and change the number; "
            "if the number is gone, bring your ID to a window",
        ),
        "people.mobile_taken": Sentence(
            409, "这个手机号已经有别的账号在用，换一个号码", "Another account uses this number; choose another one"
        ),
        "people.not_the_representative": Sentence(
            409,
            "登记的法定代表人不是您，请选“受托经办人”",
            "The company's legal representative is somebody else; choose “authorised agent”",
        ),
        "people.hat_unknown": Sentence(
            404, "您还没有替这家公司办事的授权，先添加公司", "You don't act for this company yet; add it first"
        ),
        "people.relative_known": Sentence(409, "这位家人已经在名单里了", "This person is on your list already"),
        "people.not_family": Sentence(422, "这里只登记父母和子女", "Only parents and children are listed here"),
        "people.relative_self": Sentence(
            409, "这是您自己的证件号，填家人的", "This is your own ID number; enter your relative's"
        ),
        "people.relative_unknown": Sentence(404, "名单里没有这位家人", "Nobody like that on your list"),
        "people.staff_no_taken": Sentence(409, "工号 {staff_no} 已经有人用了", "Staff number {staff_no} is taken"),
        "people.citizen_unknown": Sentence(404, "没有这个账号，可能已经注销", "No such account; it may be closed"),
        "people.officer_unknown": Sentence(404, "没有这位工作人员", "No such officer"),
        "people.own_role": Sentence(
            403, "自己的角色和授权要由另一位管理员来改", "Another administrator has to change your own rights"
        ),
        "people.administrators_apart": Sentence(
            409, "管理员角色不能和别的角色放在一个人身上", "An administrator's role can't be held beside any other"
        ),
        "people.letter_unknown": Sentence(
            404, "没有这份授权，可能已经撤了", "No such letter of authority; it may be withdrawn"
        ),
        "people.window_taken": Sentence(
            409, "{window} 号窗口有人了，换一个", "Window {window} is taken; choose another"
        ),
        "people.open_cases": Sentence(
            409,
            "还有 {count} 件事没办完，办完再注销",
            "{count} of your cases are still open; close the account when they are done",
        ),
        "people.not_agreed": Sentence(
            422, "先看一眼个人信息说明，再勾上", "Have a look at the privacy notice, then tick the box"
        ),
        "people.capacity": Sentence(422, "选一下您是公司的什么人", "Choose what you are to the company"),
        "people.kin_kind": Sentence(422, "选父母还是子女", "Choose parent or child"),
        "people.day": Sentence(422, "日期写成 2026-11-22 这样", "Write the date like 2026-11-22"),
        "people.missing": Sentence(422, "这项还没填", "Fill this in"),
        "people.name_long": Sentence(422, "姓名最多 40 个字", "A name has at most 40 characters"),
        "people.letter": Sentence(422, "层级、部门和方式都要选", "Choose tier, departments and modes"),
        "people.letter_cap": Sentence(
            422,
            "限额要写清表里的哪个字段、最多多少（大于 0 的整数）",
            "A cap names the form's field and a whole number above 0",
        ),
        "code.wrong": Sentence(422, "验证码不对，还能试 {left} 次", "Wrong code; tries left: {left}"),
        "code.spent": Sentence(422, "这个验证码用不了了，重新要一个", "This code no longer works; ask for a new one"),
        "code.no_more_time": Sentence(
            422, "不能再延长了，重新要一个验证码", "It can't be extended further; ask for a new code"
        ),
        "prior_owner.wrong": Sentence(
            422, "后四位对不上，还能试 {left} 次", "The last four don't match; tries left: {left}"
        ),
        "passkey.failed": Sentence(
            422, "没有认出来，再试一次，或者用短信验证码", "Not recognised; try again or use a text message"
        ),
        "passkey.unknown": Sentence(
            422,
            "这里没有登记过这个指纹或面容，先用短信验证码登录",
            "This passkey isn't registered here; sign in by text message first",
        ),
        "passkey.known": Sentence(409, "这台设备已经登记过了", "This device is registered already"),
        "passkey.missing": Sentence(
            404, "没有这把通行密钥，可能已经删了", "No such passkey; it may be removed already"
        ),
        "passkey.last": Sentence(
            409,
            "这是最后一把，删了就登录不了，先加一把新的",
            "This is your last one; add another before removing it",
        ),
        "enrolment.spent": Sentence(
            410,
            "这个登记链接用过了或过期了，找系统管理员要一个新的",
            "This enrolment link is used or expired; ask the system administrator",
        ),
        "demo.persona_unknown": Sentence(422, "演示里没有“{persona}”这个人", "Nobody called “{persona}” in the demo"),
    }
)
