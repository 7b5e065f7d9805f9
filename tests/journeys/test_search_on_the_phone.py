"""The phone's own search, without network, finds what the hall's finds."""

from __future__ import annotations

from typing import Any

from tests.catalogue.test_finding import AMONG_FIRST_THREE, FIRST
from tests.journeys.browser import PHONE
from tests.journeys.conftest import Arrive
from tests.journeys.talking import People

SEARCHED = """async ([address, queries]) => {
  const { refresh, search } = await import(address);
  await refresh({ now: true });
  const found = {};
  for (const query of queries) found[query] = (await search(query, 3)).map((hit) => hit.code);
  return found;
}"""
# A query on the phone has no phrase to read its polyphones by: one in a hundred may come out another way.
ODD_AT_MOST = 2


def _module(name: str) -> str:
    from backend.static import static

    return static(f"js/offline/{name}.js")


async def test_what_people_ask_for_comes_first_on_the_phone_too(device: Arrive) -> None:
    visitor = await device(PHONE)
    await visitor.open("/matters")
    queries = [*FIRST, *AMONG_FIRST_THREE]
    found: dict[str, Any] = await visitor.page.evaluate(SEARCHED, [_module("catalogue"), queries])
    assert {query: found[query] for query, code in FIRST.items() if code not in found[query]} == {}
    assert {query: found[query] for query, code in AMONG_FIRST_THREE.items() if code not in found[query]} == {}
    odd = {query: found[query] for query, code in FIRST.items() if found[query][:1] != [code]}
    assert len(odd) <= ODD_AT_MOST, odd


async def test_every_first_hit_is_the_hall_s(device: Arrive, people: People) -> None:
    visitor = await device(PHONE)
    await visitor.open("/matters")
    wang = await people("wangmin")
    rows = (await wang.get("/matters?limit=100"))["items"]
    names = [row["name"][:6] for row in rows] + [row["name_en"] for row in rows[:30]]
    found: dict[str, Any] = await visitor.page.evaluate(SEARCHED, [_module("catalogue"), names])
    ours = {name: [row["code"] for row in (await wang.get(f"/matters?limit=3&q={name}"))["items"]] for name in names}
    odd = {name: (found[name], ours[name]) for name in names if found[name][:1] != ours[name][:1]}
    assert len(odd) <= len(names) // 20, odd
