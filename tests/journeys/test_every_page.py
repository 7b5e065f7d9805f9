"""Every page that somebody can visit, looked at in Chinese, in English and in large type."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.journeys.browser import BOARD, KIOSK, PHONE, TABLET, look
from tests.journeys.conftest import Arrive
from tests.journeys.talking import People, Person

# persona -> device and pages. {…} are filled with something of the demo hall that this persona may see.
PAGES: dict[str, tuple[dict[str, Any], str]] = {
    "nobody": (
        PHONE,
        "/ /matters /matters?q=开饭店 /matters?q=zzzzzz /matters/scj-18 /matters/gaj-06 /scan /track /privacy /demo /demo/outbox "
        "/matters/yjs-catering /matters/yjs-newborn~1 /matters?q=新生儿一件事 /t/{bundle_code} "
        "/sign-in /sign-in/mobile /staff/sign-in /verify /verify/1 /nothing-here /t/{code} /t/0000000000 /kiosk "
        "/outbox /offline/posted /offline/left /share",
    ),
    "wangmin": (
        PHONE,
        "/ /inbox /me/notices /cases /cases/{case} /cases/{case}/withdrawal /scan /me /me/address /me/companies /me/companies/new /me/family "
        "/me/family/new /me/identity /me/mobile /me/security /me/closing /matters/scj-18/start /drafts/{draft} "
        "/drafts/{draft}/topics/applicant /drafts/{draft}/topics/form-1 /drafts/{draft}/topics/form-2 "
        "/drafts/{draft}/topics/m-spjyxksqs /drafts/{draft}/topics/m-yyzz /drafts/{draft}/topics/delivery "
        "/drafts/{draft}/check /step-up /sign-in/passkey /drafts/{filed}/receipt /cases/{correcting}/correction "
        "/drafts/{draft}/changes /drafts/{draft}/relay /drafts/{draft}/rivals /sign-out "
        "/cases/{closed} /cases/{closed}/certificate /cases/{closed}/rating /cases/{closed}/tracking-code /cases/{case}/survey",
    ),
    "xuting": (
        PHONE,
        "/cases /cases/{bundle} /cases/{bundle}/bundle /cases/{bundle}/bundle/withdrawal /matters/yjs-house/start",
    ),
    "kiosk": (KIOSK, "/kiosk /kiosk/over /kiosk/drafts /matters?q=开饭店 /matters/scj-18 /scan /verify /track /sign-in /t/{code}"),
    "lijianguo": (PHONE, "/cases/{follows} /cases/{follows}/supply /cases/{follows}/promise"),
    "chenjiaming": (PHONE, "/cases/{unsigned} /cases/{unsigned}/promise /cases/{unsigned}/supply"),
    "newcomer": (PHONE, "/ /cases /me /me/identity"),
    "clerk": (
        TABLET,
        "/desk /desk?segment=waiting /desk?segment=correction /desk?segment=today /desk/cases/{hand} "
        "/desk/cases/{hand}?open=correction /desk/cases/{hand}?open=decline /desk/intake /desk/intake?q=开饭店 "
        "/desk/intake?q=新生儿一件事 /desk/intake/yjs-newborn /desk/cases/{bundle} /desk/cases/{bundle}/bundle "
        "/desk/cases/{hand}/promise /desk/cases/{hand}/supply /desk/cases/{hand}/service "
        "/desk/first /desk/first?only=stalled /staff/inbox /desk/intake/scj-18 /staff/todo /staff/numbers /look/desk /staff/window /me/security /step-up",
    ),
    "guide": (TABLET, "/desk /board /staff/cases"),
    "surveyor": (TABLET, "/desk /surveys /surveys/{seen} /surveys/{unseen} /surveys/{unseen}/times /staff/cases"),
    "approver_third": (TABLET, "/approvals /approvals?segment=below /approvals?segment=asked /approvals?segment=today /approvals/{approval} "
                       "/approvals/{approval}/corrections /surveys /surveys/{tosend}/dispatch /approvals/{seen} /desk/cases/{approval}/ways/start_procedure "
                       "/desk/cases/{approval}/ways/ask_extension /desk/cases/{approval}/ways/end_procedure "
                       "/desk/cases/{approval}/ways/ask_opinion /desk/cases/{approval}/ways/recuse /desk/cases/{approval}/powers "
                       "/staff/todo /staff/authority /staff/absence /staff/interests"),
    "approver_second": (TABLET, "/desk/late /approvals /approvals/{approval}"),
    "approver_chief": (TABLET, "/approvals /approvals/{approval}"),
    "supervisor": (BOARD, "/board /board/surveys /board/second-notices /look/board /supervision /supervision?by=matter /supervision?by=officer /supervision?by=stage /supervision/cases "
                   "/supervision/cases?light=red /supervision/cases?department=scj /supervision/rules /staff/inbox /staff/cases/{late}/why "
                   "/trails/{late} /desk/cases/{late} /desk/cases/{late}/ways/hand_on /admin/chains"),
    "system_administrator": (TABLET, "/admin/officers /admin/officers/new /admin/officers/1 /admin/kiosks /admin/calendar /admin/calendar/{release}"),
    "department_officer_hbj": (TABLET, "/staff/todo /staff/cases"),
    "security_administrator": (TABLET, "/admin/officers /admin/officers/1 /admin/rules /admin/letters /admin/posts/1"),
    "audit_administrator": (TABLET, "/admin/audit /admin/chains /trails/{late}"),
}  # fmt: skip
MANNERS = {"zh": {}, "en": {"lang": "en"}, "elder": {"text": "elder"}, "elder-en": {"text": "elder", "lang": "en"}}
CITIZENS = (
    "nobody",
    "wangmin",
    "xuting",
    "newcomer",
)  # who may need both at once; staff read in one manner or the other
SWEEPS = [(who, how) for who in PAGES for how in MANNERS if how != "elder-en" or who in CITIZENS]
# Doors that answer with a file or a stream, and pages that exist only in the middle of a story, which looks at them
# (/look shows the state of waiting too, and so never comes to rest).
NOT_PAGES = re.compile(
    r"/(api|schema|metrics|healthz|readyz|sw\.js|offline)(/|$).*|.*\.(pdf|svg|csv|json)|.*/(events|file)|/me/export|/uploads/.*"
)
IN_STORIES = {
    "/cases/{case_no}/documents/{name}", "/desk/cases/{case_no}/answer", "/inbox/{key}", "/relay/{token}", "/sign-in/code",
    "/staff/enrol/{link}", "/staff/inbox/{notice}", "/look", "/admin/calendar/{release}", "/matters/{code}/parts",
}  # fmt: skip


@pytest.fixture(scope="session")
def places() -> dict[str, str]:
    """Addresses found so far."""
    return {}


async def _fill(persona: str, people: People, places: dict[str, str]) -> dict[str, str]:
    """Something of the demo hall for each {…} in this persona's pages."""
    if persona in {"nobody", "wangmin", "kiosk"} and "draft" not in places:
        wang = await people("wangmin")
        places["draft"] = (await wang.post("/drafts", {"matter": "scj-18"}))["id"]
        places["case"] = (await wang.get("/cases"))["items"][0]["case_no"]
        for case in (await wang.get("/cases"))["items"]:
            places.setdefault(case["step"], case["case_no"])
        places["filed"] = await _filed(wang)
        places["code"] = (await wang.get(f"/cases/{places['case']}"))["tracking_code"]
    if persona in {"nobody", "xuting", "clerk"} and "bundle" not in places:
        places["bundle"], places["bundle_code"] = await _bundle(await people("xuting"))
    await _fill_promises(persona, people, places)
    if persona == "clerk":
        hand = (await (await people("clerk")).get("/desk/cases?segment=hand"))["items"]
        places["hand"] = next(row["case_no"] for row in hand if row["step"] == "received")
    if persona in {"supervisor", "audit_administrator"}:
        red = (await (await people("supervisor")).get("/supervision/cases?light=red"))["items"]
        places["late"] = next(row["case_no"] for row in red if row["first_handler"])
    if persona.startswith("approver"):
        places["approval"] = (await (await people(persona)).get("/approvals?segment=mine"))["items"][0]["case_no"]
    if persona in {"surveyor", "approver_third"} and "tosend" not in places:
        office = await (await people("approver_third")).get("/surveys/office")
        places["seen"] = office["back"][0]["case_no"]
        places["unseen"] = office["under_way"][0]["case_no"]
        places["tosend"] = office["to_send"][0]["case_no"]
    return places


async def _bundle(citizen: Person) -> tuple[str, str]:
    """A case of the citizen's bundle, and the code over all."""
    for case in (await citizen.get("/cases"))["items"]:
        if case["filing"] is not None:
            found = await citizen.get(f"/cases/{case['case_no']}/bundle")
            return case["case_no"], found["tracking_code"]
    raise AssertionError("no bundle in the demo")


async def _fill_promises(persona: str, people: People, places: dict[str, str]) -> None:
    """Cases in which papers follow, and a calendar that is proposed."""
    for who, (place, matter) in {"lijianguo": ("follows", "mzj-16"), "chenjiaming": ("unsigned", "gjj-04")}.items():
        if persona == who:
            found = (await (await people(who)).get("/cases"))["items"]
            places[place] = next(case["case_no"] for case in found if case["matter"] == matter)
    if persona == "system_administrator" and "release" not in places:
        given = {"text": "2027-02-06,休\n2027-02-08,休\n2027-02-20,班", "source": "国办发明电〔2026〕12 号"}
        made = await (await people("system_administrator")).post("/calendar/releases", given)
        places["release"] = str(made["release"]["id"])


async def _filed(citizen: Person) -> str:
    """A draft that has become a case: a matter whose papers the hall fetches itself."""
    draft = (await citizen.post("/drafts", {"matter": "gaj-28"}))["id"]
    answers = {"address": "浙江省嘉兴市南湖区中山东路 1 号 2 幢 303 室", "delivery_mode": "电子证照"}
    await citizen.send("PATCH", f"/drafts/{draft}", {"fields": answers}, expect=200)
    await citizen.post("/cases", {"draft": draft}, idempotency_key=draft)
    return draft


def test_no_page_is_left_out() -> None:
    from backend.app import create_app
    from backend.doors import doors

    swept = [page.partition("?")[0] for _kind, pages in PAGES.values() for page in pages.split()]
    for door in doors(create_app()):
        path = re.sub(r"\{(\w+):\w+\}", r"{\1}", door.path)
        if "GET" in door.methods.split() and not NOT_PAGES.fullmatch(path) and path not in IN_STORIES:
            pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))
            assert any(re.fullmatch(pattern, page) for page in swept), path


# The bar at the bottom of a phone: one at most, where a thumb is, nothing in it too small or behind something.
_BAR = """() => { const bars = [...document.querySelectorAll(".act, .tabs")].filter((e) => e.checkVisibility());
  if (bars.length > 1) return ["two bars"];
  return bars.flatMap((bar) => { const box = bar.getBoundingClientRect();
    const small = [...bar.querySelectorAll("a, button")].filter((e) => e.getBoundingClientRect().height < 44).map((e) => "small: " + e.textContent.trim());
    return [...(Math.abs(box.bottom - innerHeight) > 1 ? ["the bar is not at the bottom"] : []), ...small]; }); }"""


@pytest.mark.parametrize(("persona", "manner"), SWEEPS)
async def test_every_page(screen: Arrive, people: People, places: dict[str, str], persona: str, manner: str) -> None:
    kind, pages = PAGES[persona]
    visitor = await screen(kind, None if persona in {"nobody", "kiosk"} else persona)
    if persona == "kiosk":
        await visitor.open("/demo")
        await visitor.go("大厅自助机", kind="button")
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
        if kind is PHONE:
            faults += [f"{page}: {fault}" for fault in await visitor.page.evaluate(_BAR)]
    assert not faults, "\n".join(faults)
