"""Scanning: a camera that shows a real code, photos of good and foreign ones, and the list of codes seen."""

from __future__ import annotations

import io
from pathlib import Path

import qrcode
from PIL import Image

from tests.journeys import browser
from tests.journeys.browser import PHONE, TABLET, Visitor, arrive, look
from tests.journeys.conftest import Arrive, enter
from tests.journeys.server import Hall
from tests.journeys.talking import People

_WIDTH, _HEIGHT = 640, 480


def _picture(text: str) -> Image.Image:
    """A code as a camera sees it: on a grey table, not filling the frame."""
    made = qrcode.QRCode(border=4, box_size=6)
    made.add_data(text)
    code = made.make_image().get_image().convert("RGB").resize((360, 360))
    table = Image.new("RGB", (_WIDTH, _HEIGHT), (120, 120, 116))
    table.paste(code, (140, 60))
    return table


def _jpeg(text: str) -> bytes:
    kept = io.BytesIO()
    _picture(text).save(kept, "JPEG", quality=80)
    return kept.getvalue()


def _film(text: str, path: Path) -> Path:
    """Two frames of raw video (YUV4MPEG2), which Chromium's fake camera repeats for ever."""
    luma, blue, red = _picture(text).convert("YCbCr").split()
    half = (_WIDTH // 2, _HEIGHT // 2)
    frame = b"FRAME\n" + luma.tobytes() + blue.resize(half).tobytes() + red.resize(half).tobytes()
    path.write_bytes(f"YUV4MPEG2 W{_WIDTH} H{_HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 2)
    return path


async def _address(hall: Hall, people: People) -> str:
    wang = await people("wangmin")
    case_no = (await wang.get("/cases"))["items"][0]["case_no"]
    return f"{hall.base_url}/t/{(await wang.get(f'/cases/{case_no}'))['tracking_code']}"


async def test_the_camera_reads_a_code_and_opens_the_case(hall_: Hall, people: People, tmp_path: Path) -> None:
    address = await _address(hall_, people)
    film = _film(address, tmp_path / "code.y4m")
    async with browser.chromium(*_camera(film)) as own:
        visitor = await arrive(own, hall_.base_url, PHONE, permissions=["camera"])
        await visitor.open("/scan")
        await visitor.go("打开相机扫码")
        assert visitor.page.url == address
        matter = await _matter(people)
        assert matter in await visitor.text()
        await _is_remembered(visitor, matter)
        await visitor.context.close()


async def _matter(people: People) -> str:
    return str((await (await people("wangmin")).get("/cases"))["items"][0]["matter_zh"])


async def _is_remembered(visitor: Visitor, matter: str) -> None:
    """The code is on the phone's list, with where its case stands, until it is taken off."""
    await visitor.page.locator("code-keeper[data-kept]").wait_for(state="attached")
    await visitor.open("/scan")
    listed = visitor.page.locator("watched-codes")
    await listed.get_by_role("link", name=matter).wait_for()
    await look(visitor, "scan/seen")
    await listed.get_by_role("button", name="不再记着").click()
    await listed.wait_for(state="hidden")
    assert not visitor.complaints


async def test_photos_of_good_foreign_and_no_codes(device: Arrive, hall_: Hall, people: People) -> None:
    visitor = await device(PHONE)
    address = await _address(hall_, people)
    await visitor.open("/scan")
    says, photo = visitor.page.locator("qr-scan [role=status]"), visitor.page.locator("qr-scan input[type=file]")

    async def shows(data: bytes, words: str) -> None:
        await photo.set_input_files({"name": "码.jpg", "mimeType": "image/jpeg", "buffer": data})
        await says.get_by_text(words).wait_for()

    await shows(_jpeg("https://example.com/t/01KAR5Z7W3C8Q2N9V4T6H0MXBE"), "不是大厅的码")
    empty = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(empty, "JPEG")
    await shows(empty.getvalue(), "没看到码")
    async with visitor.page.expect_navigation():
        await photo.set_input_files({"name": "码.jpg", "mimeType": "image/jpeg", "buffer": _jpeg(address)})
    assert visitor.page.url == address


async def test_a_tampered_code_is_told_so(device: Arrive, hall_: Hall, people: People) -> None:
    visitor = await device(PHONE)
    address = await _address(hall_, people)
    await visitor.open("/t/" + address.rsplit("/", 1)[1][:-1] + ("0" if address[-1] != "0" else "1"))
    await look(visitor, "scan/tampered")
    assert "码" in await visitor.text()


def _camera(film: Path) -> tuple[str, ...]:
    return (
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )


async def test_a_clerks_tablet_scans_a_case_and_a_draft(hall_: Hall, people: People, tmp_path: Path) -> None:
    """A citizen's tracking code opens the case on the desk; the code of a draft takes the draft over."""
    film = _film(await _address(hall_, people), tmp_path / "case.y4m")
    async with browser.chromium(*_camera(film)) as own:
        tablet = await arrive(own, hall_.base_url, TABLET, permissions=["camera"])
        await enter(tablet, "clerk")
        await tablet.open("/desk")
        await tablet.page.locator(".q-scan summary").click()
        await look(tablet, "scan/desk")
        await tablet.go("打开相机", within=".q-scan")
        assert "/desk/cases/" in tablet.page.url
        await tablet.context.close()

    wang = await people("wangmin")
    draft = (await wang.post("/drafts", {"matter": "jwt-06"}))["id"]
    relay = await wang.post(f"/drafts/{draft}/relay")
    async with browser.chromium(*_camera(_film(relay["url"], tmp_path / "draft.y4m"))) as own:
        tablet = await arrive(own, hall_.base_url, TABLET, permissions=["camera"])
        await enter(tablet, "clerk")
        await tablet.open("/desk/intake")
        await tablet.go("扫码", within="qr-scan")
        assert tablet.page.url.endswith(f"/drafts/{draft}")
        assert "办事人的草稿" in await tablet.text()
        assert not tablet.complaints
        await tablet.context.close()


async def test_a_foreign_code_on_the_desk_is_told_so(hall_: Hall, tmp_path: Path) -> None:
    film = _film("https://example.com/t/01KAR5Z7W3C8Q2N9V4T6H0MXBE", tmp_path / "foreign.y4m")
    async with browser.chromium(*_camera(film)) as own:
        tablet = await arrive(own, hall_.base_url, TABLET, permissions=["camera"])
        await enter(tablet, "clerk")
        await tablet.open("/desk")
        await tablet.page.locator(".q-scan summary").click()
        await tablet.page.locator(".q-scan [data-scan=camera]").click()
        await tablet.page.locator("qr-scan [role=status]").get_by_text("不是大厅的码").wait_for()
        assert tablet.page.url.endswith("/desk")
        await tablet.context.close()
