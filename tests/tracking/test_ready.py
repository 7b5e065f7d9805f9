"""The shortcut in front of the framework says what the application says."""

from __future__ import annotations

import httpx
import pytest

from shared_schemas.case import Receipt
from tests.tracking.test_scan import Visitors

PLAIN = {"accept-encoding": "identity"}
PASSING = ("date", "x-request-id")


def said(answer: httpx.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Everything of an answer that must not depend on the way it took; sorted, since order means nothing."""
    return answer.status_code, answer.content, sorted((n, v) for n, v in answer.headers.items() if n not in PASSING)


@pytest.mark.parametrize("coding", ["identity", "br"])
async def test_the_second_look_is_ready_and_the_same(
    visitors: Visitors, filed: Receipt, coding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from backend.tracking import scanning

    address, headers = f"/t/{filed.tracking_code}", {"accept-encoding": coding}
    rendered = await visitors().get(address, headers=headers)

    async def never(*_of: object, **_how: object) -> bytes:
        raise AssertionError("the application was asked")

    monkeypatch.setattr(scanning, "cached", never)
    ready = await visitors().get(address, headers=headers)
    assert said(ready) == said(rendered)
    held = {**headers, "if-none-match": rendered.headers["etag"]}
    assert (await visitors().get(address, headers=held)).status_code == 304


async def test_guesses_are_counted_however_often_they_come(visitors: Visitors, filed: Receipt) -> None:
    from backend.settings import settings

    del filed
    answers = [await visitors().get("/t/" + "0" * 26, headers=PLAIN) for _ in range(settings.track_miss_limit + 1)]
    assert answers[0].status_code == 404
    assert answers[-1].status_code == 429


async def test_a_code_typed_loosely_finds_the_same_page(visitors: Visitors, filed: Receipt) -> None:
    first = await visitors().get(f"/t/{filed.tracking_code}", headers=PLAIN)
    loose = await visitors().get(f"/t/{filed.tracking_code.lower()}", headers=PLAIN)
    assert loose.status_code == 200
    assert loose.headers["etag"] == first.headers["etag"]
