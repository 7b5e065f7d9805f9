"""办事: what a person sees, with and without htmx, in both languages."""

from __future__ import annotations

import re

import pytest


def text(page: str) -> str:
    """The words of a page, tags and gaps taken out."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


async def test_a_search_shows_rows_with_channels_and_why_they_matched(visitor):
    page = (await visitor.get("/matters", params={"q": "开饭店"})).text
    assert 'href="/matters/scj-18"' in page
    assert "<mark>开饭店</mark>" in page
    assert "5 个工作日" in page
    assert "网上" in page
    assert "自助" in page


async def test_initials_are_marked_in_the_name(visitor):
    assert "<mark>营业执照</mark>" in (await visitor.get("/matters", params={"q": "yyzz"})).text


async def test_htmx_gets_the_results_alone_and_a_history_restore_the_whole_page(visitor):
    part = await visitor.get("/matters", params={"q": "护照"}, headers={"hx-request": "true"})
    assert "<html" not in part.text
    assert "gaj-07" in part.text
    assert part.headers["cache-control"] == "no-store"
    whole = await visitor.get(
        "/matters", params={"q": "护照"}, headers={"hx-request": "true", "hx-history-restore-request": "true"}
    )
    assert "<html" in whole.text


async def test_browsing_offers_life_events_departments_and_who_it_is_for(visitor):
    page = (await visitor.get("/matters")).text
    for way in ("life_event=business", "department=scj", "applicant=company"):
        assert f'href="/matters?{way}"' in page


async def test_filters_stay_while_paging(visitor):
    page = (await visitor.get("/matters", params={"life_event": "business", "channel": "kiosk"})).text
    assert "page=2" in page
    second = (await visitor.get("/matters", params={"life_event": "business", "channel": "kiosk", "page": "2"})).text
    assert "2 / " in text(second)
    assert 'name="life_event" value="business"' in second


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=x",
        "page=99999999999999",
        "page=²",
        "channel=pigeon",
        "applicant=dog",
        "life_event=%00",
        "q=%F0%A0%AE%B7",
    ],
)
async def test_an_odd_address_is_answered_calmly(visitor, query):
    assert (await visitor.get(f"/matters?{query}")).status_code == 200


async def test_nothing_found_helps_on(visitor):
    page = text((await visitor.get("/matters", params={"q": "zxqwvk<script>"})).text)
    assert "没找到“zxqwvk&lt;script&gt;”" in page
    assert "0573-12345" in page


async def test_the_guide_says_what_to_bring_and_what_is_fetched(visitor):
    page = text((await visitor.get("/matters/scj-18")).text)
    for words in (
        "您要准备 4 份", "营业执照我们替您调取，不用您交", "可以后补", "法律给 10 个工作日。我们答应 5 个工作日。",
        "初审和复核是两个人", "至少两个人，一次看完", "《食品安全法》 第 35 条", "示范承诺，不是公布值", "可信程度 A",
        "不收费", "行政复议",
    ):  # fmt: skip
        assert words in page


async def test_the_guide_can_be_begun_shared_and_printed(visitor):
    page = (await visitor.get("/matters/scj-18")).text
    assert 'href="/matters/scj-18/start"' in page
    assert "<share-button" in page
    assert "<print-button" in page
    assert "<svg" in page
    qr = await visitor.get("/matters/scj-18/qr.svg")
    assert qr.headers["content-type"].startswith("image/svg+xml")


async def test_a_matter_that_is_only_explained_online_offers_the_phone_instead(visitor, built):
    code = next(m.code for m in built.matters.values() if m.online_depth == "1")
    page = (await visitor.get(f"/matters/{code}")).text
    assert f"/matters/{code}/start" not in page
    assert "打电话问" in page


async def test_every_guide_can_be_drawn_in_both_languages(visitor, built):
    for lang in ("zh", "en"):
        visitor.cookies.set("lang", lang)
        for code in list(built.matters)[::9]:
            answer = await visitor.get(f"/matters/{code}")
            assert answer.status_code == 200, code


async def test_the_english_page_has_no_chinese_of_ours(visitor):
    visitor.cookies.set("lang", "en")
    for path in ("/matters", "/matters?q=passport", "/matters?q=zxqwvk", "/matters/scj-18", "/matters/gaj-01"):
        page = (await visitor.get(path)).text
        # What exists only in Chinese (names of papers, laws, the hall) is marked as such; the switch back is Chinese.
        ours = re.sub(r'<(\w+)[^>]*lang="zh-CN"[^>]*>.*?</\1>', "", page.split("<body", 1)[1], flags=re.DOTALL)
        left = [word for word in re.findall(r"[一-鿿]+", text(ours)) if word not in "南湖区政务服务大厅"]
        assert left == [], path


async def test_an_unknown_matter_is_a_page_that_helps(visitor):
    answer = await visitor.get("/matters/nobody-9", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "没有这个事项" in answer.text
