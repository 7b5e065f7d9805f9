"""Whatever decides, or changes who may decide, is confirmed by a fresh passkey: over the API and on the side ways' forms."""

from __future__ import annotations

import pytest

from backend.app import create_app
from backend.desk.side_ways import SIDE_WAYS
from backend.doors import Door, doors
from shared_schemas.vocabulary import Verb

DECIDES = {
    Verb.GRANT: "/api/v1/cases/{case_no:str}/grant",
    Verb.REFUSE: "/api/v1/cases/{case_no:str}/refusal",
    Verb.EXTEND: "/api/v1/cases/{case_no:str}/extension/approval",
    Verb.DENY_EXTENSION: "/api/v1/cases/{case_no:str}/extension/denial",
    Verb.ANSWER_RECUSAL: "/api/v1/cases/{case_no:str}/recusals/answer",
}
CHANGES_WHO_DECIDES = (
    "/api/v1/signing-rules",
    "/api/v1/delegations",
    "/api/v1/officers/{officer_id:int}/letters",
    "/api/v1/officers/{officer_id:int}/post",
    "/api/v1/officers/{officer_id:int}/roles/{role:str}",
)


@pytest.fixture(scope="module")
def changing() -> list[Door]:
    return [door for door in doors(create_app()) if not {"GET"} & set(door.methods.split())]


@pytest.mark.parametrize("path", [*DECIDES.values(), *CHANGES_WHO_DECIDES])
def test_it_is_asked_for_over_the_api(changing: list[Door], path: str) -> None:
    found = [door for door in changing if door.path == path]
    assert found, path
    assert all("stepped_up" in door.guard for door in found), found


def test_it_is_asked_for_on_every_form_of_a_side_way_that_decides() -> None:
    assert {verb for verb, way in SIDE_WAYS.items() if way.is_signed} >= set(DECIDES) & set(SIDE_WAYS)
