"""Every route of the hall, as `yimaban routes` lists it: closed to strangers unless it is public, and described."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.journeys.talking import People

# What anybody may see. Whoever opens another door to strangers writes it here. A topic of a draft takes what somebody
# typed while his session ended, keeps it sealed and leads him to sign in. Receipts are providers' reports: by secret or signature.
PUBLIC = """
/kiosk /kiosk/enrolment /kiosk/end /relay/{token}
/ /sw.js /offline /offline/posted /offline/left /outbox /share /sign-out /api/v1/catalogue/pack /api/v1/catalogue/index
/healthz /readyz /metrics /static /privacy /scan /track /preferences /demo /demo/kiosk /demo/outbox /look /look/board /look/desk
/matters /matters/{code} /matters/{code}/parts /matters/{code}/qr.svg /matters/{code}/form.pdf /matters/{code}/sample.pdf /t/{code} /t/{code}/events
/cases/{case_no} /cases/{case_no}/documents/{name} /cases/{case_no}/events
/verify /verify/{number}
/drafts/{draft_id}/topics/{slug}
/sign-in /sign-in/mobile /sign-in/code /sign-in/code/again /sign-in/code/extension /sign-in/owner
/staff/sign-in /staff/enrol/{link}
/api/v1/matters /api/v1/matters/{code} /api/v1/departments /api/v1/departments/{code} /api/v1/life-events /api/v1/bundles /api/v1/bundles/{code}
/api/v1/track/{tracking_code} /api/v1/track/openings /api/v1/cases/{case_no}/documents/{document} /api/v1/certificates/{number} /api/v1/certificates/checks
/api/v1/demo/personas /api/v1/demo/sessions
/api/v1/receipts/{provider} /api/v1/receipts/{provider}/{token}
/api/v1/sessions /api/v1/sessions/answers /api/v1/sign-in/codes /api/v1/passkeys/sign-in /api/v1/passkeys/sign-in/options
/api/v1/enrolments/{link} /api/v1/enrolments/{link}/options
""".split()
_VALUES = {"int": "1", "str": "00000000-0000-4000-8000-000000000000"}


def _doors() -> list[Any]:
    from backend.app import create_app
    from backend.doors import doors

    return [door for door in doors(create_app()) if door.methods != "ASGI"]


def _plain(path: str) -> str:
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", path)


async def test_strangers_find_only_the_public_doors_open(people: People) -> None:
    nobody = people.stranger().client
    opened, fell = [], []
    for door in _doors():
        path = re.sub(r"\{\w+:(\w+)\}", lambda found: _VALUES[found[1]], door.path)
        for method in door.methods.split():
            if method == "OPTIONS":
                continue
            answer = await nobody.request(method, path, json={} if method not in {"GET", "HEAD"} else None)
            if answer.status_code >= 500:
                fell.append(f"{method} {path}: {answer.status_code}")
            is_closed = answer.status_code in {401, 403}
            is_shown_out = answer.status_code == 303 and re.match(
                r"/(staff/)?sign-in\?next=", answer.headers["location"]
            )
            if not (is_closed or is_shown_out or _plain(door.path) in PUBLIC):
                opened.append(f"{method} {path}: {answer.status_code} {answer.headers.get('location', '')}")
    assert not fell
    assert not opened


def test_the_list_of_public_doors_says_what_the_guards_say() -> None:
    said = {_plain(door.path) for door in _doors() if door.guard == "public"}
    assert said - set(PUBLIC) == set()
    assert [door.path for door in _doors() if not door.guard] == []


async def test_every_operation_is_described(people: People) -> None:
    answer = await people.stranger().client.get("/schema/openapi.json")
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in answer.json()["paths"].items()
        for method, operation in methods.items()
        if method in {"get", "put", "post", "delete", "patch", "head", "options"}
    }
    assert len(operations) > 80
    bare = [
        f"{name}: {missing}"
        for name, operation in operations.items()
        if name.split()[1].startswith("/api/")
        for missing in ("summary", "description")
        if len(operation.get(missing, "")) < 4
    ]
    assert not bare
    numbers = [operation["operationId"] for operation in operations.values()]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/schema", "/schema/openapi.json"])
async def test_what_operators_ask_for_is_there(people: People, path: str) -> None:
    assert (await people.stranger().client.get(path)).status_code == 200
