"""What the scan and look-up pages refuse."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "tracking.no_match": Sentence(
            404,
            "对不上。请核对凭证上的编号、8 位查询密码，还有证件号或手机号的后四位。",
            "These do not match. Check the number and the 8-digit password on the receipt, and the last four "
            "characters of the ID or mobile number.",
        ),
        "tracking.locked": Sentence(
            429,
            "试错太多次，密码先锁上了。登录后照样能看，或带身份证到窗口重打凭证。大厅电话 {phone}。",
            "Too many wrong tries, so the password is locked. Sign in to see the case, or have the receipt printed "
            "again at a window. Phone {phone}.",
        ),
    }
)
