"""The pages of a draft, without scripts: start, one topic a page, papers, check, submit, receipt."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import httpx
import msgspec

from tests.intake.conftest import API, FOOD, RESIDENCE, SCHOOL, begin, filled, picture
from tests.intake.posting import send, token


async def test_the_whole_way_without_a_script(wang: httpx.AsyncClient) -> None:
    begun = await send(wang, f"/matters/{SCHOOL}/start", filed_for="self")
    assert begun.status_code == 303, begun.text
    home = begun.headers["location"]
    listed = (await wang.get(home)).text
    assert "还差 4 步" in listed
    assert "已用实名信息填好" in listed

    answered = await send(wang, f"{home}/topics/applicant", mobile="13812341234", address="中山东路 118 号")
    assert answered.headers["location"] == f"{home}/topics/m-zxsqb"
    for key in ("zxsqb", "zxlyzm"):
        page = f"{home}/topics/m-{key}"
        empty = await send(wang, page)
        assert empty.status_code == 422
        assert "还没传文件" in empty.text or "还没交" in empty.text
        sent = await wang.post(
            f"{home}/files/{key}",
            data={"_csrf": await token(wang, page), "_topic": f"m-{key}"},
            files=[
                ("file", ("表.jpg", picture(key), "image/jpeg")),
                ("file", ("坏.exe", b"MZ" + b"\0" * 99, "image/png")),
            ],
        )
        assert sent.status_code == 303, sent.text
        shown = (await wang.get(page)).text
        assert "表.jpg" in shown
        assert "这是一个程序" in shown
        bad = re.search(r'id="out-([0-9a-f-]+)"[^>]*></form>|id="out-([0-9a-f-]{36})"', shown.split("坏.exe")[-1])
        assert bad
        for file in (await wang.get(f"{API}{home}")).json()["materials"]:
            for one in file["uploads"]:
                if one["state"] == "refused":
                    out = await wang.post(
                        f"{home}/uploads/{one['id']}/removal",
                        data={"_csrf": await token(wang, page), "_topic": f"m-{key}"},
                    )
                    assert out.status_code == 303
        assert (await send(wang, page)).status_code == 303

    wrong = await send(wang, f"{home}/topics/delivery", delivery_mode="邮寄送达", _shown="delivery_mode")
    assert wrong.status_code == 422
    assert "按您的回答" in wrong.text
    done = await send(wang, f"{home}/topics/delivery", delivery_mode="窗口领取")
    assert done.headers["location"] == home
    assert "都填好了" in (await wang.get(home)).text

    checked = (await wang.get(f"{home}/check")).text
    assert "中山东路 118 号" in checked
    assert "330402199003071245" not in checked
    assert "138****1234" in checked
    undeclared = await send(wang, f"{home}/submission")
    assert undeclared.status_code == 422
    filed = await send(wang, f"{home}/submission", declared="yes", idempotency_key=f"draft-{home.rsplit('/', 1)[1]}")
    assert filed.headers["location"] == f"{home}/receipt", filed.text
    receipt = (await wang.get(f"{home}/receipt")).text
    assert "收到了" in receipt
    assert "<svg" in receipt
    assert re.search(r'class="password n">\d{8}<', receipt)
    assert (await wang.get(home)).headers["location"] == f"{home}/receipt"
    again = await wang.post(
        f"{home}/submission", data={"_csrf": await token(wang, f"/matters/{SCHOOL}/start"), "declared": "yes"}
    )
    assert again.headers["location"] == f"{home}/receipt"


async def test_wrong_answers_are_kept_and_named_in_both_languages(wang: httpx.AsyncClient) -> None:
    page = f"/drafts/{await begin(wang)}/topics/applicant"
    wrong = await send(wang, page, mobile="1381234123", address="x<script>")
    assert wrong.status_code == 422
    assert "少了 1 位，手机号是 11 位" in wrong.text
    assert 'href="#mobile"' in wrong.text
    assert "x&lt;script&gt;" in (await wang.get(page)).text
    wang.cookies.set("lang", "en")
    english = await send(wang, page, mobile="1381234123")
    assert "1 digit(s) short" in english.text
    wang.cookies.delete("lang")


async def test_every_page_of_a_long_form_renders(wang: httpx.AsyncClient) -> None:
    for matter in (FOOD, RESIDENCE):
        draft = await begin(wang, matter)
        for task in (await wang.get(f"{API}/drafts/{draft}")).json()["tasks"]:
            page = await wang.get(f"/drafts/{draft}/topics/{task['slug']}")
            assert page.status_code == 200, page.text[:800]


async def test_tables_grow_and_people_have_names(wang: httpx.AsyncClient) -> None:
    draft = await begin(wang, FOOD)
    both = {t: (await wang.get(f"/drafts/{draft}/topics/{t}")).text for t in ("form-1", "form-2")}
    slug = next(t for t, text in both.items() if 'name="equipment.0.name"' in text)
    assert any('name="safety_manager.name"' in text for text in both.values())
    page = f"/drafts/{draft}/topics/{slug}"
    more = await send(wang, page, **{"equipment.0.name": "灶", "equipment.0.qty": "2", "_more": "equipment"})
    assert more.headers["location"] == f"{page}?more=equipment#equipment.1.name"
    grown = (await wang.get(f"{page}?more=equipment")).text
    assert 'name="equipment.1.name"' in grown
    assert 'value="灶"' in grown


async def test_a_dead_session_loses_nothing(
    wang: httpx.AsyncClient, li: httpx.AsyncClient, visitors: Callable[[], httpx.AsyncClient], db: ModuleType
) -> None:
    draft = await begin(wang)
    page = f"/drafts/{draft}/topics/applicant"
    csrf = await token(wang, page)
    cookies = dict(wang.cookies)
    await db.execute("UPDATE session SET revoked_at = now() WHERE subject_kind = 'citizen' AND subject_id = 1")

    lost = await wang.post(page, data={"_csrf": csrf, "mobile": "13800001111", "address": "新住址 9 号"})
    assert lost.status_code == 303
    way = httpx.URL(lost.headers["location"])
    assert way.path == "/sign-in"
    place = way.params["next"]
    assert place.startswith(page + "?kept=")
    blob = bytes(await db.fetchval("SELECT values_sealed FROM kept_post"))
    assert "新住址".encode() not in blob

    assert (await li.get(place)).status_code == 404, "only the same person gets it back"
    back = await _sign_in_again(visitors(), cookies)
    restored = await back.get(place)
    assert restored.headers["location"] == f"{page}?restored=1"
    shown = (await back.get(f"{page}?restored=1")).text
    assert "新住址 9 号" in shown
    assert "您填的都还在" in shown
    assert await db.fetchval("SELECT count(*) FROM kept_post") == 0


async def _sign_in_again(client: httpx.AsyncClient, _cookies: dict[str, str]) -> httpx.AsyncClient:
    from backend import clock
    from backend.people import sessions
    from backend.people.sessions import Visitor

    token_ = await sessions.begin("citizen", 1, method="code", visitor=Visitor(), now=clock.now())
    client.cookies.set(sessions.cookie_name(), token_)
    return client


async def test_a_page_without_a_session_leads_to_sign_in_and_back(wang: httpx.AsyncClient) -> None:
    draft = await begin(wang)
    wang.cookies.clear()
    answer = await wang.get(f"/drafts/{draft}/topics/applicant")
    assert answer.headers["location"].startswith("/sign-in?next=/drafts/")


async def test_two_answers_from_two_devices_are_put_to_the_person(wang: httpx.AsyncClient) -> None:
    draft = await begin(wang)
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"address": "甲路 1 号"}, "revision": 0})
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"address": "乙路 2 号"}, "revision": 0})
    page = f"/drafts/{draft}/topics/applicant"
    assert "要您定一下" in (await wang.get(page)).text
    went_on = await send(wang, page, address="甲路 1 号", mobile="13812341234")
    assert went_on.status_code == 303
    shown = (await wang.get(page)).text
    assert "要您定一下" in shown
    assert 'value="甲路 1 号"' in shown


async def test_a_changed_matter_is_shown_before_it_is_filed(
    wang: httpx.AsyncClient, matters: Callable[..., None], starter: dict[str, Any]
) -> None:
    draft = await filled(wang)
    old = starter[SCHOOL]
    extra = msgspec.structs.replace(old.materials[0], key="xjz", name="学籍证明")
    matters(msgspec.structs.replace(old, version=2, materials=(*old.materials, extra)))
    assert "这件事的要求变了" in (await wang.get(f"/drafts/{draft}")).text
    assert (await wang.get(f"/drafts/{draft}/check")).headers["location"] == f"/drafts/{draft}/changes"
    assert "学籍证明" in (await wang.get(f"/drafts/{draft}/changes")).text
    assert (await send(wang, f"/drafts/{draft}/version")).headers["location"] == f"/drafts/{draft}"
    page = (await wang.get(f"/drafts/{draft}/check")).text
    assert "学籍证明" in page
    assert "中山东路 118 号" in page


async def test_files_are_only_for_their_owner_and_officers_in_scope(
    wang: httpx.AsyncClient, li: httpx.AsyncClient, clerk: httpx.AsyncClient, db: ModuleType
) -> None:
    draft = await filled(wang)
    paper = str(await db.fetchval("SELECT id FROM upload LIMIT 1"))
    whole, page = f"/uploads/{paper}/file", f"/uploads/{paper}/pages/1.png"
    seen = await wang.get(whole)
    assert seen.status_code == 200
    assert seen.headers["content-disposition"].startswith("attachment")
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert (await wang.get(f"{page}?w=64")).content.startswith(b"\x89PNG")
    assert (await wang.get(f"/uploads/{paper}/pages/2.png")).status_code == 404
    assert {(await li.get(whole)).status_code, (await li.get(page)).status_code} == {404}
    assert (await clerk.get(whole)).status_code == 404, "not filed yet: no officer's business"

    await wang.post(f"{API}/cases", json={"draft": draft}, headers={"idempotency-key": "key-12345678"})
    assert (await clerk.get(page)).status_code == 200
    assert await db.fetchval("SELECT count(*) FROM audit_event WHERE what = 'upload.read'") == 1
    assert (await li.get(page)).status_code == 404


async def test_removal_of_a_draft(wang: httpx.AsyncClient) -> None:
    draft = await begin(wang)
    assert (await send(wang, f"/drafts/{draft}/removal")).headers["location"] == "/cases"
    assert (await wang.get(f"/drafts/{draft}")).status_code == 404


async def test_reuse_on_the_page(wang: httpx.AsyncClient) -> None:
    first = await filled(wang)
    await wang.post(f"{API}/cases", json={"draft": first}, headers={"idempotency-key": "key-12345678"})
    draft = await begin(wang)
    page = f"/drafts/{draft}/topics/m-zxsqb"
    assert "以前交过，直接用" in (await wang.get(page)).text
    assert (await send(wang, page, how="reuse")).status_code == 303
    assert "用以前交过的，1 个文件" in (await wang.get(page)).text
    assert (await send(wang, page, how="later")).status_code == 400
    assert (await send(wang, page)).headers["location"].endswith("/topics/m-jhrhkbhjzz")
