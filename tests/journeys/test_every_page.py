"""Every page that somebody can visit, looked at in Chinese, in English and in large type."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.browser import BOARD, PHONE, TABLET, look
from tests.journeys.conftest import Arrive
from tests.journeys.talking import People, Person

# persona -> device and pages. {…} are filled with something of the demo hall that this persona may see.
PAGES: dict[str, tuple[dict[str, Any], str]] = {
    "nobody": (
        PHONE,
        "/ /matters /matters?q=开饭店 /matters?q=zzzzzz /matters/scj-18 /matters/gaj-06 /scan /track /privacy /demo /demo/outbox "
        "/sign-in /sign-in/mobile /staff/sign-in /verify /verify/1 /nothing-here /t/{code} /t/0000000000",
    ),
    "wangmin": (
        PHONE,
        "/ /inbox /me/notices /cases /cases/{case} /cases/{case}/withdrawal /scan /me /me/address /me/companies /me/companies/new /me/family "
        "/me/family/new /me/identity /me/mobile /me/security /me/closing /matters/scj-18/start /drafts/{draft} "
        "/drafts/{draft}/topics/applicant /drafts/{draft}/topics/form-1 /drafts/{draft}/topics/form-2 "
        "/drafts/{draft}/topics/m-spjyxksqs /drafts/{draft}/topics/m-yyzz /drafts/{draft}/topics/delivery "
        "/drafts/{draft}/check /step-up /sign-in/passkey /drafts/{filed}/receipt /cases/{correcting}/correction "
        "/cases/{closed} /cases/{closed}/certificate /cases/{closed}/rating /cases/{closed}/tracking-code",
    ),
    "newcomer": (PHONE, "/ /cases /me /me/identity"),
    "clerk": (
        TABLET,
        "/desk /desk?segment=waiting /desk?segment=correction /desk?segment=today /desk/cases/{hand} "
        "/desk/cases/{hand}?open=correction /desk/cases/{hand}?open=decline /desk/intake /desk/intake?q=开饭店 "
        "/desk/intake/scj-18 /staff/window /me/security /step-up",
    ),
    "guide": (TABLET, "/desk /board /staff/cases"),
    "surveyor": (TABLET, "/desk"),
    "approver_third": (TABLET, "/approvals /approvals?segment=below /approvals?segment=asked /approvals?segment=today /approvals/{approval}"),
    "approver_second": (TABLET, "/approvals /approvals/{approval}"),
    "approver_chief": (TABLET, "/approvals /approvals/{approval}"),
    "supervisor": (BOARD, "/board"),
    "system_administrator": (TABLET, "/admin/officers /admin/officers/new /admin/officers/1"),
    "security_administrator": (TABLET, "/admin/officers /admin/officers/1"),
    "audit_administrator": (TABLET, "/admin/audit"),
}  # fmt: skip
MANNERS = {"zh": {}, "en": {"lang": "en"}, "elder": {"text": "elder"}}


@pytest.fixture(scope="session")
def places() -> dict[str, str]:
    """Addresses found so far."""
    return {}


async def _fill(persona: str, people: People, places: dict[str, str]) -> dict[str, str]:
    """Something of the demo hall for each {…} in this persona's pages."""
    if persona in {"nobody", "wangmin"} and "draft" not in places:
        wang = await people("wangmin")
        places["draft"] = (await wang.post("/drafts", {"matter": "scj-18"}))["id"]
        places["case"] = (await wang.get("/cases"))["items"][0]["case_no"]
        for case in (await wang.get("/cases"))["items"]:
            places.setdefault(case["step"], case["case_no"])
        places["filed"] = await _filed(wang)
        places["code"] = (await wang.get(f"/cases/{places['case']}"))["tracking_code"]
    if persona == "clerk":
        hand = (await (await people("clerk")).get("/desk/cases?segment=hand"))["items"]
        places["hand"] = next(row["case_no"] for row in hand if row["step"] == "received")
    if persona.startswith("approver"):
        places["approval"] = (await (await people(persona)).get("/approvals?segment=mine"))["items"][0]["case_no"]
    return places


async def _filed(citizen: Person) -> str:
    """A draft that has become a case: a matter whose papers the hall fetches itself."""
    draft = (await citizen.post("/drafts", {"matter": "gaj-28"}))["id"]
    answers = {"address": "浙江省嘉兴市南湖区中山东路 1 号 2 幢 303 室", "delivery_mode": "电子证照"}
    await citizen.send("PATCH", f"/drafts/{draft}", {"fields": answers}, expect=200)
    await citizen.post("/cases", {"draft": draft}, idempotency_key=draft)
    return draft


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("persona", PAGES)
async def test_every_page(device: Arrive, people: People, places: dict[str, str], persona: str, manner: str) -> None:
    kind, pages = PAGES[persona]
    visitor = await device(kind, None if persona == "nobody" else persona)
    cookies = [{"name": name, "value": value, "url": visitor.base_url} for name, value in MANNERS[manner].items()]
    await visitor.context.add_cookies(cookies)  # type: ignore[arg-type]
    known = await _fill(persona, people, places)
    faults = []
    for page in pages.split():
        path = page.format(**known)
        await visitor.open(path)
        name = page.strip("/").replace("/", "-").replace("?", "-").replace("{", "").replace("}", "") or "home"
        try:
            await look(visitor, f"pages/{persona}/{name}.{manner}")
        except AssertionError as error:
            faults.append(str(error))
    assert not faults, "\n".join(faults)
