"""Two devices of one person on one draft: both answers kept, told, chosen field by field, and no filing before that."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest_asyncio

from tests.intake.conftest import API, FOOD, begin, file_draft, filled

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"


@pytest_asyncio.fixture(loop_scope="session")
async def iphone(wang: httpx.AsyncClient, visitors: Callable[[], httpx.AsyncClient]) -> httpx.AsyncClient:
    """王敏's other device, signed in as well."""
    from backend import clock, csrf
    from backend.people import sessions, viewer
    from backend.people.sessions import Visitor

    signed_in = await viewer.find(wang.cookies[sessions.cookie_name()], clock.now())
    assert signed_in is not None
    token = await sessions.begin("citizen", signed_in.actor.id, method="code", visitor=Visitor(), now=clock.now())
    client = visitors()
    client.headers["user-agent"] = IPHONE
    client.cookies.set(sessions.cookie_name(), token)
    client.cookies.set(csrf.cookie_name(), "the-iphone")
    wang.cookies.set(csrf.cookie_name(), "the-other-phone")
    return client


async def differing(wang: httpx.AsyncClient, iphone: httpx.AsyncClient, **answers: tuple[Any, Any]) -> str:
    """A draft on which the two devices answered differently: {question: (wang's, the iphone's)}."""
    draft = await begin(wang, FOOD)
    for client, place in ((wang, 0), (iphone, 1)):
        fields = {name: both[place] for name, both in answers.items()}
        saved = await client.patch(f"{API}/drafts/{draft}", json={"fields": fields, "revision": 0})
        assert saved.status_code == 200, saved.text
    return draft


def token_in(page: str) -> str:
    return re.findall(r'name="_csrf" value="([^"]+)"', page)[0]


async def test_both_answers_stand_with_device_and_time(wang: httpx.AsyncClient, iphone: httpx.AsyncClient) -> None:
    draft = await differing(wang, iphone, area=("120", "80"), safety_manager=({"name": "李四"}, {"name": "李司"}))
    seen = (await iphone.get(f"{API}/drafts/{draft}/rivals")).json()

    sides = {item["path"]: item["sides"] for item in seen["items"]}
    assert [side["value"] for side in sides["area"]] == ["120", "80"]
    assert [side["is_here"] for side in sides["area"]] == [False, True]
    assert sides["area"][1]["device"] == "iPhone · Safari"
    assert sides["area"][1]["at"] == "2026-11-23T01:30:00Z"
    assert [side["words"] for side in sides["safety_manager"]] == ["姓名：李四", "姓名：李司"]


async def test_tables_are_compared_row_by_row_in_words(wang: httpx.AsyncClient, iphone: httpx.AsyncClient) -> None:
    mine = [{"name": "灶", "qty": "2"}, {"name": "冰柜", "qty": "1"}]
    draft = await differing(wang, iphone, equipment=(mine, [{"name": "灶", "qty": "3"}]))
    page = (await wang.get(f"/drafts/{draft}/rivals")).text

    assert "名称或姓名：灶，数量：2\n名称或姓名：冰柜，数量：1" in page
    assert "名称或姓名：灶，数量：3" in page


async def test_numbers_that_a_mask_would_make_alike_are_shown_in_full(
    wang: httpx.AsyncClient, iphone: httpx.AsyncClient
) -> None:
    draft = await differing(wang, iphone, mobile=("13811111234", "13822221234"))
    page = (await wang.get(f"/drafts/{draft}/rivals")).text
    assert "13811111234" in page
    assert "13822221234" in page


async def test_choosing_over_the_api(wang: httpx.AsyncClient, iphone: httpx.AsyncClient) -> None:
    draft = await differing(wang, iphone, area=("120", "80"), employees=("3", "4"))
    seen = (await wang.get(f"{API}/drafts/{draft}/rivals")).json()
    area, employees = seen["items"]
    take = {"area": area["sides"][1]["revision"], "employees": employees["sides"][0]["revision"]}
    chosen = await wang.put(f"{API}/drafts/{draft}/rivals", json={"take": take, "revision": seen["revision"]})

    assert chosen.status_code == 200, chosen.text
    assert (chosen.json()["values"]["area"], chosen.json()["values"]["employees"]) == ("80", "3")
    assert chosen.json()["rivals"] == {}
    again = await wang.put(f"{API}/drafts/{draft}/rivals", json={"take": take, "revision": seen["revision"]})
    assert (again.status_code, again.json()["values"]["area"]) == (200, "80")


async def test_an_answer_that_is_gone_is_refused_by_name(wang: httpx.AsyncClient, iphone: httpx.AsyncClient) -> None:
    draft = await differing(wang, iphone, area=("120", "80"))
    refused = await wang.put(f"{API}/drafts/{draft}/rivals", json={"take": {"area": 99}, "revision": 2})
    assert (refused.status_code, refused.json()["code"]) == (409, "draft.rival_moved")


async def test_the_page_chooses_field_by_field_and_asks_again_for_the_rest(
    wang: httpx.AsyncClient, iphone: httpx.AsyncClient
) -> None:
    draft = await differing(wang, iphone, area=("120", "80"), employees=("3", "4"))
    assert "要您定一下" in (await wang.get(f"/drafts/{draft}")).text
    page = (await wang.get(f"/drafts/{draft}/rivals")).text
    assert "都用这台的" in page
    assert "都用iPhone · Safari的" in page
    form = {"_csrf": token_in(page), "_revision": "2", "pick.area": "2"}
    back = await wang.post(f"/drafts/{draft}/rivals", data=form, follow_redirects=True)

    assert "有 1 处两台设备填得不一样" in back.text
    nothing = await wang.post(f"/drafts/{draft}/rivals", data={"_csrf": token_in(page), "_revision": "3"})
    assert (nothing.status_code, "每一项选一个再点" in nothing.text) == (422, True)
    rest = {"_csrf": token_in(page), "_revision": "3", "_all": "kept"}
    done = await wang.post(f"/drafts/{draft}/rivals", data=rest, follow_redirects=True)
    assert done.url.path == f"/drafts/{draft}"
    values = (await wang.get(f"{API}/drafts/{draft}")).json()["values"]
    assert (values["area"], values["employees"]) == ("80", "3")


async def test_all_of_the_other_device(wang: httpx.AsyncClient, iphone: httpx.AsyncClient) -> None:
    draft = await differing(wang, iphone, area=("120", "80"), employees=("3", "4"))
    page = (await wang.get(f"/drafts/{draft}/rivals")).text
    form = {"_csrf": token_in(page), "_revision": "2", "_all": "other", "pick.area": "1"}
    await wang.post(f"/drafts/{draft}/rivals", data=form)
    values = (await wang.get(f"{API}/drafts/{draft}")).json()["values"]
    assert (values["area"], values["employees"]) == ("80", "4")


async def test_a_page_posted_late_neither_overwrites_nor_decides(
    wang: httpx.AsyncClient, iphone: httpx.AsyncClient
) -> None:
    draft = await begin(wang, FOOD)
    page = (await wang.get(f"/drafts/{draft}/topics/form-1")).text
    revision = re.findall(r'name="_revision" value="(\d+)"', page)[0]
    await iphone.patch(f"{API}/drafts/{draft}", json={"fields": {"area": "80", "employees": "4"}, "revision": 0})
    form = {"_csrf": token_in(page), "_revision": revision, "area": "120", "employees": "", "_later": "1"}
    await wang.post(f"/drafts/{draft}/topics/form-1", data=form)

    seen = (await wang.get(f"{API}/drafts/{draft}")).json()
    assert (seen["values"]["area"], seen["values"]["employees"]) == ("80", "4")
    assert seen["rivals"] == {"area": "120"}
    told = (await wang.get(f"/drafts/{draft}/topics/form-1")).text
    assert f'href="/drafts/{draft}/rivals"' in told


async def test_nothing_is_filed_while_two_answers_stand(wang: httpx.AsyncClient, iphone: httpx.AsyncClient) -> None:
    draft = await filled(wang)
    seen = (await wang.get(f"{API}/drafts/{draft}")).json()
    for client, address in ((wang, "中山东路 1 号"), (iphone, "中山东路 2 号")):
        await client.patch(f"{API}/drafts/{draft}", json={"fields": {"address": address}, "revision": seen["revision"]})
    checked = (await wang.post(f"{API}/drafts/{draft}/check")).json()
    assert (checked["is_complete"], set(checked["errors"])) == (False, {"form.address"})
    refused = await file_draft(wang, draft)
    assert (refused.status_code, refused.json()["code"]) == (409, "filing.undecided")
    assert set(refused.json()["errors"]) == {"form.address"}

    page = (await wang.get(f"/drafts/{draft}/check")).text
    form = {"_csrf": token_in(page), "declared": "yes"}
    sent = await wang.post(f"/drafts/{draft}/submission", data=form)
    assert sent.headers["location"] == f"/drafts/{draft}/rivals"
    sides = (await wang.get(f"{API}/drafts/{draft}/rivals")).json()
    take = {"address": sides["items"][0]["sides"][1]["revision"]}
    await wang.put(f"{API}/drafts/{draft}/rivals", json={"take": take, "revision": sides["revision"]})
    assert (await file_draft(wang, draft)).status_code == 201


async def test_anothers_draft_has_nothing_to_decide(
    wang: httpx.AsyncClient, iphone: httpx.AsyncClient, li: httpx.AsyncClient
) -> None:
    draft = await differing(wang, iphone, area=("120", "80"))
    for answer in (
        await li.get(f"{API}/drafts/{draft}/rivals"),
        await li.put(f"{API}/drafts/{draft}/rivals", json={"take": {"area": 2}, "revision": 2}),
        await li.get(f"/drafts/{draft}/rivals"),
    ):
        assert answer.status_code == 404
