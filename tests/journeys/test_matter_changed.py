"""A matter is published anew while a filing for it waits on a phone: stuck by name, shown what changed, nothing lost, filed once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.journeys import without_network as lift
from tests.journeys.browser import PHONE, look, until
from tests.journeys.checker import Witness, agree
from tests.journeys.conftest import Arrive, enter
from tests.journeys.outbox import becomes, items
from tests.journeys.proxy import Line
from tests.journeys.server import Hall
from tests.journeys.steps import pdf, sees
from tests.journeys.stormy import at_home, check_and_submit, choose, received
from tests.journeys.talking import People

_WHO = "linzhiyuan"
_COURT = "jwt-50"  # 公共体育场馆预约: one question, one paper
_ANSWERS = {"delivery_mode": "电子证照"}
_ROOT = Path(__file__).parents[2]
_STARTER = _ROOT / "backend/data/catalogue.toml"
_NEW = "场地使用承诺书"
_ROW = (
    f'  {{ name = "{_NEW}", type = "2", source = "10", need = "1", form = "3", share = false, required = true, '
    "tolerance = false, electronic = true, copies = 1 },\n"
)
_SURE = 12  # answers in a row: more than one process answers, each looks for news by itself


async def _is_known(hall: Hall) -> bool:
    """Whether every process tells of the new paper; each question on a connection of its own, so that any may answer."""
    async with httpx.AsyncClient(base_url=hall.base_url, headers={"connection": "close"}, trust_env=False) as anybody:
        seen = [(await anybody.get(f"/api/v1/matters/{_COURT}")).json() for _ in range(_SURE)]
    return all(_NEW in {material["name"] for material in each["materials"]} for each in seen)


def _published(hall: Hall, catalogue: Path) -> None:
    """As a department does it: the whole catalogue, with what changed."""
    done = subprocess.run(
        [sys.executable, "-m", "backend.cli", "catalogue", "import", str(catalogue)],
        cwd=_ROOT,
        env=hall.environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()[-2000:] + done.stderr.decode()[-2000:]


@pytest.fixture
def changed(hall_: Hall, tmp_path: Path) -> Iterator[Path]:
    """The catalogue with one paper more for this matter; afterwards it is asked no more."""
    before, place, after = _STARTER.read_text().partition(f'id = "{_COURT}"\n')
    start = after.index("materials = [\n") + len("materials = [\n")
    file = tmp_path / "catalogue.toml"
    file.write_text(before + place + after[:start] + _ROW + after[start:])
    yield file
    _published(hall_, _STARTER)


async def test_a_filing_that_waited_while_its_matter_was_published_anew(
    caller: Arrive, line: Line, hall_: Hall, people: People, changed: Path
) -> None:
    person, phone = await people(_WHO), await caller(PHONE)
    await enter(phone, _WHO)
    await at_home(phone)
    await lift.ready(phone)
    phone.is_unplugged = True
    witness = await Witness.of(hall_, _WHO)
    line.cut()
    await lift.no_network(phone)
    await lift.go(phone, f"/matters/{_COURT}/start")
    await lift.next_page(phone)
    draft = phone.page.url.split("/")[-1]
    paper = witness.chose(pdf(2))
    await lift.whole_draft(phone, witness.wrote(**_ANSWERS), paper, name="预约.pdf", kind="application/pdf")
    await lift.submit(phone)

    await asyncio.to_thread(_published, hall_, changed)

    await until(lambda: _is_known(hall_), seconds=60)
    line.mend()
    await lift.network(phone)
    await becomes(phone.page, [("stuck", "refused")], seconds=90)
    assert [item["code"] for item in await items(phone.page)] == ["filing.matter_changed"]
    await agree(witness, phone, waiting=1)

    await lift.no_network(phone)  # also in a lift it says what changed
    await lift.go(phone, f"/drafts/{draft}/changes")
    await sees(phone, _NEW)
    await sees(phone, "新要的")
    await look(phone, "changed/01-without-network")
    await lift.network(phone)
    await phone.open("/outbox")
    await look(phone, "changed/02-outbox")
    await phone.go("看变了什么", kind="link")
    assert phone.page.url.endswith("/changes")
    await sees(phone, _NEW)
    await phone.go("知道了，接着填", kind="button")

    view = await person.get(f"/drafts/{draft}")
    assert view["values"]["delivery_mode"] == _ANSWERS["delivery_mode"]
    key = next(each["key"] for each in view["materials"] if each["how"] is None and not each["is_optional"])
    file = changed.parent / "承诺书.pdf"
    file.write_bytes(witness.chose(pdf(3)))
    await phone.open(f"/drafts/{draft}/topics/m-{key}")
    await received(await choose(phone, file))
    await check_and_submit(phone, draft)
    await sees(phone, "收到了")
    await agree(witness, phone, filed=1)
