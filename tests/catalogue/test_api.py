"""The catalogue's JSON: what a script sees."""

from __future__ import annotations

import pytest


async def test_search_gives_rows_with_codes_and_channels(visitor):
    answer = await visitor.get("/api/v1/matters", params={"q": "开饭店", "limit": 3})
    assert answer.status_code == 200
    body = answer.json()
    first = body["items"][0]
    assert (first["code"], first["name"], first["alias"]) == ("scj-18", "食品经营许可新办", "开饭店")
    assert first["channels"] == ["online", "mobile", "kiosk", "window"]
    assert first["department_name_en"] == "Market Regulation Bureau"
    assert body["total"] >= len(body["items"])


async def test_without_words_everything_can_be_paged_through(visitor):
    codes: list[str] = []
    for offset in range(0, 1000, 100):
        body = (await visitor.get("/api/v1/matters", params={"limit": 100, "offset": offset})).json()
        assert body["total"] == 946
        codes += [item["code"] for item in body["items"]]
    assert len(set(codes)) == len(codes) == 946


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        ({"department": "scj"}, 85), ({"department": "nobody"}, 0), ({"channel": "kiosk"}, 306), ({"channel": "online"}, 714),
        ({"applicant": "person"}, 576), ({"applicant": "company"}, 624), ({"life_event": "nothing"}, 0),
    ],
)  # fmt: skip
async def test_filters_narrow_the_list(visitor, filters, total):
    assert (await visitor.get("/api/v1/matters", params=filters)).json()["total"] == total


async def test_the_guide_has_materials_with_keys_form_and_version(visitor):
    guide = (await visitor.get("/api/v1/matters/scj-18")).json()
    assert (guide["code"], guide["version"], guide["approval_mode"]) == ("scj-18", 1, "review_and_check")
    assert [m["key"] for m in guide["materials"]][:2] == ["spjyxksqs", "yyzz"]
    assert guide["materials"][1]["is_shareable"] is True
    assert guide["form"]["fields"][0]["key"]
    assert guide["promised"] == {"n": 5, "unit": "working_day"}
    assert guide["organ"]["name"] == "区市场监督管理局"
    assert next(stage["icon"] for stage in guide["stages"]) == "note-pencil"
    assert guide["is_demonstration"] is True


async def test_an_unchanged_catalogue_is_not_sent_twice(visitor):
    for path in ("/matters?q=yyzz", "/matters/scj-18", "/departments", "/departments/scj", "/life-events"):
        first = await visitor.get(f"/api/v1{path}")
        again = await visitor.get(f"/api/v1{path}", headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


async def test_every_matter_is_reached_by_a_life_event(visitor):
    events = (await visitor.get("/api/v1/life-events")).json()["items"]
    assert [e["zh"] for e in events[:8]] == [
        "开店办厂", "生孩子", "上学", "买房租房", "看病医保", "工作社保", "车和驾照", "退休养老",
    ]  # fmt: skip
    assert all(event["count"] for event in events)
    reached: set[str] = set()
    for event in events:
        for offset in range(0, event["count"], 100):
            params = {"life_event": event["code"], "limit": 100, "offset": offset}
            body = (await visitor.get("/api/v1/matters", params=params)).json()
            reached |= {item["code"] for item in body["items"]}
    assert len(reached) == 946


@pytest.mark.parametrize("path", ["/matters/nobody-1", "/matters/scj-18?version=7", "/departments/nobody"])
async def test_what_is_not_there_is_refused_with_a_code(visitor, path):
    answer = await visitor.get(f"/api/v1{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"] in {"matter.unknown", "matter.unknown_version", "department.unknown"}


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "limit=101", "offset=-1", "channel=pigeon", "applicant=dog", "q=" + "a" * 201]
)
async def test_a_wrong_question_is_400_and_says_which_part(visitor, query):
    answer = await visitor.get(f"/api/v1/matters?{query}")
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] in {"request.malformed", "input.invalid"}
