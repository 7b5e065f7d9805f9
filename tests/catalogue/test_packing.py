"""The catalogue for a phone without network: small, whole, and brought up to date by difference."""

from __future__ import annotations

import brotli
import httpx
import msgspec

from backend.catalogue import pack_api
from backend.catalogue.shelf import Catalogue

_FITS = 500_000  # bytes on the wire that a phone may fetch in the background


async def test_the_pack_has_every_matter_and_stays_small(visitor: httpx.AsyncClient, built: Catalogue) -> None:
    answer = await visitor.get("/api/v1/catalogue/pack", headers={"accept-encoding": "br"})
    assert int(answer.headers["content-length"]) < _FITS
    pack = answer.json()
    assert [each["code"] for each in pack["matters"]] == [*built.matters, *built.composed]
    every = {**built.matters, **built.composed}
    assert pack["versions"] == {code: matter.version for code, matter in every.items()}
    assert pack["composed"] == list(built.composed), "what stands in no list is named"
    assert [bundle["code"] for bundle in pack["bundles"]] == list(built.bundles)
    assert len(brotli.compress(answer.content)) < _FITS


def plain(value: object) -> object:
    """As JSON has it."""
    return msgspec.json.decode(msgspec.json.encode(value))


async def test_names_sounds_and_forms_come_whole(visitor: httpx.AsyncClient, built: Catalogue) -> None:
    pack = (await visitor.get("/api/v1/catalogue/pack")).json()
    for each in pack["matters"]:
        matter = built.matter(each["code"])
        assert len(each["sounds"]) == 1 + len(matter.aliases)
        form = each["form"]
        groups = [
            form.get("own_groups", {}).get(name, {"fields": pack["groups"].get(name)})["fields"]
            for name in form["groups"]
        ]
        assert groups == [plain(group.fields) for group in matter.form.groups]
        assert form["fields"] == plain(matter.form.fields)
        assert each["may_file_online"] == matter.may_file_online


async def test_what_is_for_staff_stays_in_the_hall(visitor: httpx.AsyncClient) -> None:
    pack = (await visitor.get("/api/v1/catalogue/pack")).json()
    assert not {"approval_mode", "window", "note", "local_code", "has_survey"} & set(pack["matters"][0])


async def test_the_difference_is_the_index_and_the_matters_one_lacks(visitor: httpx.AsyncClient) -> None:
    index = (await visitor.get("/api/v1/catalogue/index")).json()
    whole = (await visitor.get("/api/v1/catalogue/pack")).json()
    assert index == {name: value for name, value in whole.items() if name != "matters"}
    some = (await visitor.get("/api/v1/catalogue/pack?codes=scj-18,nobody-1,gaj-06")).json()
    assert some["edition"] == index["edition"]
    assert some["matters"] == [
        each for code in ("scj-18", "gaj-06") for each in whole["matters"] if each["code"] == code
    ]


async def test_unchanged_is_304_and_too_many_codes_are_refused(visitor: httpx.AsyncClient) -> None:
    first = await visitor.get("/api/v1/catalogue/index")
    again = await visitor.get("/api/v1/catalogue/index", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    many = ",".join(f"x-{n}" for n in range(pack_api.MOST_CODES + 1))
    assert (await visitor.get(f"/api/v1/catalogue/pack?codes={many}")).status_code in (400, 422)
