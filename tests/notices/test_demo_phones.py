"""The demonstration hall sends nothing and shows everything: codes and notices on one page."""

from __future__ import annotations

from tests.desk import Desk
from tests.notices.steps import asked, tell
from tests.security.conftest import Doors


async def test_the_page_of_the_phones_shows_what_would_have_gone(desk: Desk, doors: Doors) -> None:
    from backend import channels
    from backend.notices import sending
    from backend.people import messages

    wang = await desk.who("wangmin")
    await asked(desk)
    await tell(desk)
    assert await sending.send_due(channels.configured()["sms"]) == 1
    await messages.write(wang.mobile, "one_time_code", "【一码办】验证码 123456", desk.now)
    page = (await doors.stranger().get("/demo/outbox")).text
    assert "验证码 123456" in page
    assert "【一码办】轮到您了：材料要补正。有 1 处要补" in page
    assert wang.mobile not in page
