"""The steps that stories are made of: what a citizen, a clerk or an approver does on a screen."""

from __future__ import annotations

import io
import re
from typing import Any

from PIL import Image, ImageDraw
from playwright.async_api import expect

from tests.journeys.browser import Visitor, until

NOODLES = {
    "business_form": "餐饮服务经营者", "items": ["热食类食品制售"], "premises": "嘉兴市南湖区勤俭路 218 号", "area": "86.5", "kitchen_area": "30",
    "equipment.0.name": "六眼灶", "equipment.0.qty": "1", "equipment.0.position": "后厨", "safety_manager.name": "王敏",
    "safety_manager.mobile": "13805730001", "employees": "3", "health_certs": "3", "apply_mode": "一般程序",
    "delivery_mode": "电子证照",
}  # fmt: skip


def photo_with_place(text: str = "布局图") -> bytes:
    """A JPEG as a phone takes it: with the place it was taken at in its EXIF."""
    image = Image.new("RGB", (1600, 1200), "#dfe7e2")
    draw = ImageDraw.Draw(image)
    for n in range(0, 1600, 160):
        draw.rectangle((n, 300, n + 90, 520), outline="#445", width=6)
    draw.text((700, 900), text.encode("ascii", "replace").decode(), fill="black")
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (30.0, 44.0, 45.0), 3: "E", 4: (120.0, 45.0, 10.0)}  # GPS IFD: 南湖
    exif[0x010F] = "PhoneMaker"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def pdf(pages: int = 2) -> bytes:
    """A PDF of some pages."""
    out = io.BytesIO()
    sheets = [Image.new("RGB", (620, 877), (250, 250, 255 - n)) for n in range(pages)]
    for number, sheet in enumerate(sheets, start=1):
        ImageDraw.Draw(sheet).text((80, 80), f"System of rules, page {number}", fill="black")
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


async def attach(visitor: Visitor, name: str, data: bytes, kind: str, *, input_: str = "last") -> None:
    """Choose a file of the phone; it is there when the list says 收到了."""
    picker = visitor.page.locator("upload-list input[type=file]")
    chosen = picker.last if input_ == "last" else picker.first
    row = visitor.page.locator("upload-list .file")
    before = await row.count()
    await chosen.set_input_files({"name": name, "mimeType": kind, "buffer": data})
    await expect(row).to_have_count(before + 1)
    await expect(row.last).to_contain_text(re.compile("收到了|Received|Got it"), timeout=20_000)


async def fill(visitor: Visitor, values: dict[str, Any]) -> None:
    """Answer whatever of `values` is asked on this page, and wait until it is saved."""
    page = visitor.page
    touched = False
    for name, value in values.items():
        field = page.locator(f'[name="{name}"]:not([type=hidden])')
        if not await field.count():
            continue
        kind = await field.first.get_attribute("type")
        if kind in {"radio", "checkbox"}:
            for each in value if isinstance(value, list) else [value]:
                await page.locator(f'[name="{name}"][value="{each}"]').check(force=True)
        elif await field.first.evaluate("e => e.tagName") == "SELECT":
            await field.first.select_option(value)
        else:
            await field.first.fill(value)
        touched = True
    if touched:
        await saved(visitor)


async def saved(visitor: Visitor) -> None:
    """The page says that what was typed is on the server."""
    await expect(visitor.page.locator("auto-save output")).to_contain_text(re.compile("已保存|Saved"))


async def whole_draft(visitor: Visitor, values: dict[str, Any]) -> None:
    """From the task list to check-your-answers: every topic filled, a photo for every paper."""
    page = visitor.page
    for _ in range(20):
        going_on = page.locator("a.govuk-button", has_text=re.compile("^继续："))
        if not await going_on.count():
            break
        async with page.expect_navigation():
            await going_on.click()
        await visitor.quiet()
        await one_topic(visitor, values)
    await visitor.go("核对并提交", kind="link")


async def one_topic(visitor: Visitor, values: dict[str, Any]) -> None:
    """Fill this topic, send its files, and go on until the task list is back."""
    page, stumbled = visitor.page, False
    for _ in range(20):
        await fill(visitor, values)
        if await page.locator("upload-list").count() and not await page.locator("upload-list .file").count():
            await attach(visitor, "照片.jpg", photo_with_place(), "image/jpeg")
        await visitor.go("下一步", kind="button")
        # An answer may have opened a further question; the same page twice is a fault.
        faults = page.locator(".govuk-error-summary")
        if await faults.count():
            assert not stumbled, f"{page.url}: {await faults.inner_text()}"
            stumbled = True
            continue
        stumbled = False
        if "/topics/" not in page.url:
            return
    raise AssertionError("the topics never end")


async def submit(visitor: Visitor) -> str:
    """Declare and submit; the case number from the receipt."""
    await visitor.page.locator("[name=declared]").check(force=True)
    await visitor.go("提交", kind="button")
    return await case_number(visitor)


async def case_number(visitor: Visitor) -> str:
    """The number on the receipt, without the gaps it is read aloud with."""
    href = await visitor.page.locator('a[href^="/cases/"], a[href^="/desk/cases/"]').last.get_attribute("href")
    found = re.search(r"/cases/(\d+)", href or "")
    assert found, "no case number on the receipt"
    return found[1]


async def tick(tablet: Visitor, case_no: str, key: str, verdict: str, note: str = "") -> None:
    """The clerk opens one paper and says what it is."""
    page = tablet.page
    await tablet.open(f"/desk/cases/{case_no}?material={key}")
    await tablet.quiet()
    if note:
        await page.locator("[name=note]").fill(note)
    async with page.expect_response(lambda answer: answer.url.endswith("/verdict")) as answered:
        await page.locator(f"[name=verdict][value={verdict}]").check(force=True)
    assert (await answered.value).ok
    await tablet.quiet()


async def decide(tablet: Visitor, case_no: str, choice: str, opinion: str, **more: str) -> None:
    """An approver opens the case, chooses, writes, signs; asked for a fingerprint, finds everything kept and signs again."""
    page = tablet.page
    await tablet.open(f"/approvals/{case_no}")
    await page.locator(f"[name=choice][value={choice}]").check(force=True)
    for name, words in {"opinion": opinion, **more}.items():
        field = page.locator(f"textarea[name={name}]")
        if not await field.is_visible():
            await page.locator("details", has=field).locator("summary").click()
        await field.fill(words)
    sign = page.locator("form[action$='/decision'] button.wide[type=submit]")
    async with page.expect_navigation(wait_until="load"):
        await sign.click()
    await tablet.quiet()
    if "/step-up" in page.url:
        await confirm(tablet)
        await expect(page.locator("textarea[name=opinion]")).to_have_value(opinion)
        async with page.expect_navigation(wait_until="load"):
            await sign.click()
        await tablet.quiet()


async def confirm(tablet: Visitor) -> None:
    """The pretend fingerprint of the demo."""
    async with tablet.page.expect_navigation(wait_until="load"):
        await tablet.page.locator('form[action="/demo/step-up"] button').click()
    await tablet.quiet()


async def sees(visitor: Visitor, words: str) -> None:
    """Wait until the words can be read on the screen."""

    async def there() -> bool:
        return words in await visitor.text()

    try:
        await until(there)
    except TimeoutError:
        raise AssertionError(f"“{words}” is not on {visitor.page.url}:\n{(await visitor.text())[:1500]}") from None
