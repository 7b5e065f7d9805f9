"""The citizen is told: the inbox is the record, and one tap leads to what is asked."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.journeys.browser import NARROW, PHONE, Visitor, look, until
from tests.journeys.conftest import Arrive
from tests.journeys.talking import People

MANNERS = {"zh": {}, "en": {"lang": "en"}, "elder": {"text": "elder"}}


async def _reads(visitor: Visitor, manner: str) -> None:
    cookies = [{"name": name, "value": value, "url": visitor.base_url} for name, value in MANNERS[manner].items()]
    await visitor.context.add_cookies(cookies)  # type: ignore[arg-type]


@pytest.mark.parametrize("manner", MANNERS)
async def test_the_inbox_is_told_by_day_in_words(device: Arrive, manner: str) -> None:
    visitor = await device(PHONE, "wangmin")
    await _reads(visitor, manner)
    await visitor.open("/")
    bell = visitor.page.locator("a.bell")
    await bell.wait_for()
    await look(visitor, f"notices/home-{manner}")
    await bell.click()
    await visitor.page.wait_for_url(re.compile("/inbox$"))
    await visitor.page.locator(".notice").first.wait_for()
    await look(visitor, f"notices/inbox-{manner}")


@pytest.mark.parametrize("manner", MANNERS)
async def test_how_one_is_told_is_chosen_on_one_page(device: Arrive, manner: str) -> None:
    visitor = await device(PHONE, "shenmei")
    await _reads(visitor, manner)
    page = visitor.page
    await visitor.open("/me/notices")
    await page.locator("push-switch[data-word]").wait_for()
    await look(visitor, f"notices/settings-{manner}")
    sms, night = page.locator("#progress-sms"), page.locator("#is_quiet")
    was = await sms.is_checked()
    await page.locator("label[for=progress-sms]").click()
    await page.locator("#starts").fill("21:30")
    await page.locator(".act button").click()
    await page.wait_for_url(re.compile("saved=1"))
    assert await sms.is_checked() is not was
    assert await page.locator("#starts").input_value() == "21:30"
    assert await night.is_checked()


async def _pushed(visitor: Visitor, told: dict[str, Any]) -> None:
    """A push arrives in the worker, as the push service hands it over."""
    cdp = await visitor.context.new_cdp_session(visitor.page)
    found: list[str] = []

    async def is_known() -> bool:
        return bool(found)

    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(each["registrationId"] for each in event["registrations"]),
    )
    await cdp.send("ServiceWorker.enable")
    await until(is_known)
    await cdp.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": visitor.base_url, "registrationId": found[0], "data": json.dumps(told)},
    )


_SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({ title, body, tag, data }) => ({ title, body, tag, url: data.url }))"""
_TAP = """async () => {
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""


async def test_a_push_is_shown_and_a_tap_leads_to_the_answer(device: Arrive, people: People) -> None:
    wang = await people("wangmin")
    inbox = (await wang.get("/notices"))["items"]
    told = next(item for item in inbox if item["kind"] == "correction_asked" and item["is_your_move"])
    visitor = await device(PHONE, "wangmin")
    page = visitor.page
    await visitor.context.grant_permissions(["notifications"], origin=visitor.base_url)
    await visitor.open("/matters")
    await page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    key = told["id"]
    push = {"id": key.replace("-", ""), "title": told["title"], "body": told["body"], "url": f"/inbox/{key}"}
    await _pushed(visitor, push)
    await until(lambda: page.evaluate(_SHOWN))
    await _pushed(visitor, push)  # a second copy is the same note
    shown = await page.evaluate(_SHOWN)
    assert shown == [{"title": told["title"], "body": told["body"], "tag": push["id"], "url": push["url"]}]
    await visitor.context.service_workers[0].evaluate(_TAP)
    await page.wait_for_url(lambda url: url.endswith(f"/cases/{told['case_no']}/correction"))
    await page.locator("h1").first.wait_for()
    read = await wang.get(f"/notices/{key}")
    assert read["is_read"] is True


async def test_a_push_without_words_is_still_shown_and_opens_the_inbox(device: Arrive) -> None:
    visitor = await device(PHONE, "xuting")
    page = visitor.page
    await visitor.context.grant_permissions(["notifications"], origin=visitor.base_url)
    await visitor.open("/")
    await page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    await _pushed(visitor, {"url": "https://example.com/elsewhere"})
    await until(lambda: page.evaluate(_SHOWN))
    (shown,) = await page.evaluate(_SHOWN)
    assert (shown["title"], shown["body"]) == ("一码办", "您有一条新消息，点开看。")
    await visitor.context.service_workers[0].evaluate(_TAP)
    await page.wait_for_url(lambda url: url.endswith("/inbox"))


async def test_a_correction_is_told_tapped_and_answered_on_the_page_it_leads_to(device: Arrive, people: People) -> None:
    visitor = await device(NARROW, "wangmin")
    page = visitor.page
    await visitor.open("/inbox")
    await page.locator(".notice").first.wait_for()
    await look(visitor, "notices/inbox-narrow")
    await page.locator(".notice .btn-boat").first.click()
    await page.wait_for_url(re.compile("/cases/[^/]+/correction$"))
    await page.locator("h1").first.wait_for()
    await page.go_back()
    await page.wait_for_url(re.compile("/inbox$"))


async def test_the_inbox_without_network_leads_on_and_notes_what_was_read(device: Arrive) -> None:
    visitor = await device(PHONE, "lijianguo")
    page = visitor.page
    await page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    await visitor.open("/cases")
    await visitor.open("/inbox")
    link = page.locator(".notice.unread a[data-case]").first
    case = await link.get_attribute("data-case")
    key = (await link.get_attribute("href") or "").rpartition("/")[2]
    await visitor.open(f"/cases/{case}")
    await visitor.open("/inbox")
    await visitor.context.set_offline(True)
    await page.goto(f"{visitor.base_url}/inbox")
    await page.locator(f'.notice.unread a[href="/inbox/{key}"]').click()
    await page.wait_for_url(re.compile(f"/cases/{case}"))
    await page.goto(f"{visitor.base_url}/outbox")
    await page.get_by_text("标为已读").wait_for()
    await visitor.context.set_offline(False)
    visitor.complaints.clear()  # Chromium notes each request that found no network

    async def is_read() -> bool:
        answer = await visitor.context.request.get(f"{visitor.base_url}/api/v1/notices/{key}")
        return (await answer.json())["is_read"]

    await until(is_read)
    visitor.complaints.clear()


@pytest.mark.parametrize("manner", MANNERS)
async def test_before_filing_for_a_parent_one_chooses_who_is_told(device: Arrive, people: People, manner: str) -> None:
    wang = await people("wangmin")
    family = (await wang.get("/me/family"))["items"]
    parent = next(one for one in family if one["kind"] == "parent")
    draft = await wang.post("/drafts", {"matter": "gaj-06", "filed_for": "parent", "dependent": parent["id"]})
    visitor = await device(PHONE, "wangmin")
    await _reads(visitor, manner)
    page = visitor.page
    await visitor.open(f"/drafts/{draft['id']}/check")
    await page.locator("#told input[value=both]").wait_for()
    await look(visitor, f"notices/told-{manner}")
    await page.locator("#told label", has=page.locator(":scope")).nth(2).click()
    assert await page.locator("#told input[value=both]").is_checked()
    await page.locator(".act button").click()
    await page.locator(".govuk-error-summary").wait_for()
    assert await page.locator("#told input[value=both]").is_checked()
    assert (await wang.get(f"/drafts/{draft['id']}"))["told"]["who"] == "both"


# A push service can't be reached from here: what a browser with one would answer.
_SERVICE = """(() => {
  let held = null;
  const made = {
    endpoint: "https://fcm.googleapis.com/fcm/send/journey",
    toJSON() { return { endpoint: this.endpoint, expirationTime: null, keys: %s }; },
    unsubscribe: async () => ((held = null), true),
  };
  PushManager.prototype.subscribe = async () => (held = made);
  PushManager.prototype.getSubscription = async () => held;
})()"""
_KEYS = {
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",  # RFC 8291
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


async def test_push_is_switched_on_by_a_tap_and_off_again(device: Arrive, people: People) -> None:
    visitor = await device(PHONE, "ouyang")
    page = visitor.page
    await visitor.context.grant_permissions(["notifications"], origin=visitor.base_url)
    await page.add_init_script(_SERVICE % json.dumps(_KEYS))
    await visitor.open("/me/notices")
    await page.locator('push-switch[data-word="push.off"]').wait_for()
    await page.get_by_role("button", name="打开推送").click()
    await page.locator('push-switch[data-word="push.on"]').wait_for()
    ouyang = await people("ouyang")
    assert len((await ouyang.get("/me/notices"))["devices"]) == 1
    await page.get_by_role("button", name="不再推送到这台手机").click()
    await page.locator('push-switch[data-word="push.off"]').wait_for()

    async def is_gone() -> bool:
        return (await ouyang.get("/me/notices"))["devices"] == []

    await until(is_gone)


async def test_where_no_push_service_answers_the_page_says_so(device: Arrive) -> None:
    visitor = await device(PHONE, "xuting")
    page = visitor.page
    await visitor.context.grant_permissions(["notifications"], origin=visitor.base_url)
    await visitor.open("/me/notices")
    await page.locator('push-switch[data-word="push.off"]').wait_for()
    await page.get_by_role("button", name="打开推送").click()
    await page.locator('push-switch[data-word="push.unreachable"]').wait_for()
    visitor.complaints.clear()  # Chromium notes that it has no push service here
    await look(visitor, "notices/push-unreachable")
