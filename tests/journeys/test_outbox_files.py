"""Files of the outbox: sent in pieces, taken up where they stopped, let go once the hall has them."""

from __future__ import annotations

import io
import os
from uuid import UUID

from PIL import Image

from tests.journeys.browser import PHONE, Visitor, until
from tests.journeys.conftest import Arrive
from tests.journeys.outbox import Counter, Patient, awake, becomes, blobs, engine, items, put, put_with_file
from tests.journeys.proxy import Line
from tests.journeys.server import Hall, ask
from tests.journeys.steps import pdf

# A line that is cut while pieces are on their way: twice after one has arrived, once before.
_CUTS = """
const real = window.fetch;
window.pieces = []; window.tried = 0;
window.fetch = async (address, options) => {
  if (options?.method !== "PATCH") return real(address, options);
  window.tried += 1;
  if (window.tried === 3) throw new TypeError("cut before it arrived");
  window.pieces.push(options.body.size);
  const answer = await real(address, options);
  if (window.tried === 2 || window.tried === 5) throw new TypeError("cut after it arrived");
  return answer;
};
"""


_ADDRESSES = """async (outbox) => (await new outbox.Box(document.querySelector("meta[name=person]").content).store.all("blobs"))
  .map((each) => each.url)"""


async def _phone(device: Arrive) -> tuple[Visitor, Counter]:
    visitor = await device(PHONE, "wangmin", service_workers="block")
    visitor.complaints = Patient()
    counter = Counter()
    await counter.stand(visitor)
    return visitor, counter


def _big_photo() -> bytes:
    """Some three megabytes that can't be made smaller."""
    out = io.BytesIO()
    Image.frombytes("RGB", (1400, 1000), os.urandom(1400 * 1000 * 3)).save(out, "JPEG", quality=95)
    return out.getvalue()


async def test_a_file_goes_along_and_is_let_go_once_the_hall_has_it(device: Arrive, hall_: Hall) -> None:
    visitor, counter = await _phone(device)
    await visitor.open("/scan")
    await put_with_file(visitor.page, "7", pdf())
    await becomes(visitor.page, [("done", None)])
    (upload,) = counter.bodies[-1]["items"][0]["uploads"]
    (row,) = await ask(hall_, "SELECT state FROM upload WHERE id = $1", UUID(upload))
    assert row["state"] == "stored"
    assert await blobs(visitor.page) == 0


async def test_a_file_that_can_t_be_read_is_refused_and_nothing_is_handed_in(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    await visitor.open("/scan")
    await put_with_file(visitor.page, "7", b"%PDF-1.4 torn" + bytes(200_000))
    await becomes(visitor.page, [("stuck", "refused")])
    assert (await items(visitor.page))[0]["code"] == "upload.damaged"
    assert counter.arrived == []
    assert await blobs(visitor.page) == 1


async def test_a_file_cut_three_times_goes_on_where_it_stopped(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    await visitor.context.add_init_script(_CUTS)
    await visitor.open("/scan")
    photo = _big_photo()
    await put_with_file(visitor.page, "7", photo, name="平面图.jpg")
    await put(visitor.page, "8")
    await becomes(visitor.page, [("done", None)] * 2)
    assert await visitor.page.evaluate("() => window.tried") >= 6
    assert await visitor.page.evaluate("() => window.pieces.reduce((sum, piece) => sum + piece, 0)") == len(photo)
    assert [lane for lane, _key in counter.arrived] == ["8", "7"]


async def test_a_file_the_hall_has_thrown_away_is_begun_again(device: Arrive) -> None:
    visitor, counter = await _phone(device)
    await visitor.open("/scan")
    await awake(visitor.page)
    lost = "/api/v1/uploads/00000000-0000-4000-8000-000000000000"
    await counter.cut(visitor)
    await put_with_file(visitor.page, "7", pdf())
    remember = """async (outbox, flush, url) => {
      const box = new outbox.Box(document.querySelector("meta[name=person]").content);
      const [record] = await box.store.all("blobs");
      await box.store.put("blobs", record.id, {...record, url});
    }"""
    await engine(visitor.page, remember, lost)
    await counter.cut(visitor, is_cut=False)
    await becomes(visitor.page, [("done", None)])
    assert lost.rsplit("/", maxsplit=1)[-1] not in counter.bodies[-1]["items"][0]["uploads"]


async def test_what_is_cancelled_half_sent_leaves_no_bytes_here_or_there(
    caller: Arrive, line: Line, hall_: Hall
) -> None:
    phone = await caller(PHONE, "wangmin")
    phone.is_unplugged = True
    await phone.open("/scan")
    broken = line.break_bodies("PATCH", "/api/v1/uploads/[^/]+", after=100_000, times=99, skips=1)
    await put_with_file(phone.page, "7", _big_photo(), name="平面图.jpg")
    await broken.came()
    await becomes(phone.page, [("waiting", "server")])
    (held,) = await engine(phone.page, _ADDRESSES)
    upload = UUID(held.rsplit("/", 1)[1])
    growing = hall_.data / "incoming" / str(upload)
    assert growing.stat().st_size > 0
    await phone.open("/outbox")
    await phone.page.locator("[data-do=cancel]").click()
    await phone.page.locator("[data-do=cancel-yes]").click()

    async def is_swept() -> bool:
        (row,) = await ask(hall_, "SELECT removed_at FROM upload WHERE id = $1", upload)
        return row["removed_at"] is not None and not growing.exists()

    await until(is_swept)
    assert await blobs(phone.page) == 0
    assert await items(phone.page) == []
