"""The checker is trusted only after it caught each of these: a seeded fault on one side, in a transaction that is taken back."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest
import pytest_asyncio
from msgspec import Struct

from backend.cases import sealing
from tests.journeys import checker, evidence
from tests.journeys.checker import Witness
from tests.journeys.evidence import Phone
from tests.journeys.server import Hall
from tests.journeys.steps import pdf
from tests.journeys.stormy import PAPER, WITH_PAPER, sha256
from tests.journeys.talking import People

_WHO = "zhoulixin"


class Storm(Struct):
    """A storm that went well: one filing and one withdrawal acknowledged to the phone, another filing waiting with its paper."""

    hall: Hall
    connection: asyncpg.Connection
    witness: Witness
    phone: Phone
    case_no: str
    case_id: int
    path: Path

    async def found(self) -> str:
        """What the checker says now."""
        server = await evidence.of_server(self.hall, _WHO, self.connection)
        return "\n".join(checker.faults(self.witness, server, [self.phone], filed=1, done=1, waiting=1))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def before(hall_: Hall, people: People) -> dict[str, Any]:
    """The storm itself, once for all."""
    witness = await Witness.of(hall_, _WHO)
    person, paper, later = await people(_WHO), witness.chose(pdf(2)), witness.chose(pdf(3))
    draft, key = (await person.post("/drafts", {"matter": WITH_PAPER}))["id"], secrets.token_hex(16)
    typed = witness.wrote(delivery_mode="电子证照")
    await person.send("PATCH", f"/drafts/{draft}", {"fields": typed}, expect=200)
    upload = await person.upload(paper, name="证明.pdf", kind="application/pdf", draft=draft, material=PAPER)
    receipt = await person.post("/cases", {"draft": draft, "declared": True}, idempotency_key=key)
    deed = secrets.token_hex(16)
    await person.post(f"/cases/{receipt['case_no']}/withdrawal", {"reason": ""}, idempotency_key=deed)
    blob = {"name": "b.pdf", "sha256": sha256(later), "size": len(later)}
    waiting = {"id": "2", "kind": "filing", "state": "waiting", "draft": "d2"}
    done = {"id": key, "kind": "filing", "state": "done", "draft": draft, "result": {"case_no": receipt["case_no"]}}
    withdrawn = {"id": deed, "kind": "deed", "state": "done", "case_no": receipt["case_no"]}
    phone = Phone(outbox=[done, withdrawn, waiting], blobs=[{"id": "x", "upload": None, "blob": blob}])
    return {"witness": witness, "phone": phone, "case_no": receipt["case_no"], "upload": upload}


@pytest_asyncio.fixture(loop_scope="session")
async def storm(hall_: Hall, before: dict[str, Any]) -> AsyncIterator[Storm]:
    """That storm, seen from inside a transaction that may do what nobody may."""
    connection = await asyncpg.connect(hall_.database_url)
    taken_back = connection.transaction()
    await taken_back.start()
    await connection.execute("SET LOCAL session_replication_role = replica")  # the log's own guard is off
    path, case_id = await connection.fetchrow(
        "SELECT path, case_id FROM upload WHERE id = $1::text::uuid", before["upload"]
    )
    phone = msgspec.convert(msgspec.to_builtins(before["phone"]), Phone)
    yield Storm(hall_, connection, before["witness"], phone, before["case_no"], case_id, hall_.data / "objects" / path)
    await taken_back.rollback()
    await connection.close()


async def test_a_storm_that_went_well_has_no_fault(storm: Storm) -> None:
    assert await storm.found() == ""


async def _key_is_lost(storm: Storm) -> None:
    """No idempotency: the next tap would make a second case."""
    await storm.connection.execute("DELETE FROM filing_key WHERE case_id = $1", storm.case_id)


async def _case_is_lost(storm: Storm) -> None:
    """Acknowledged before the commit, and the commit never came."""
    for table in ("case_file WHERE id", "case_event WHERE case_id", "filing_key WHERE case_id"):
        await storm.connection.execute(f"DELETE FROM {table} = $1", storm.case_id)


async def _case_is_there_twice(storm: Storm) -> None:
    names = await storm.connection.fetchval(
        "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns WHERE table_name = 'case_file' "
        "AND column_name NOT IN ('id', 'case_no', 'tracking_hash', 'form_sealed')"
    )
    await storm.connection.execute(
        f"INSERT INTO case_file (case_no, tracking_hash, form_sealed, {names}) "
        f"SELECT 'TWIN', 'twin', $2, {names} FROM case_file WHERE id = $1",
        storm.case_id,
        _sealed_there(storm, "TWIN", {}),
    )


async def _answer_is_changed(storm: Storm) -> None:
    form = _sealed_there(storm, storm.case_no, {"delivery_mode": "纸质证照"})
    await storm.connection.execute("UPDATE case_file SET form_sealed = $2 WHERE id = $1", storm.case_id, form)


def _sealed_there(storm: Storm, case_no: str, form: Any) -> bytes:
    """As the hall itself would seal it."""
    with evidence.keys_of(storm.hall):
        return sealing.seal_json(case_no, "form", form)


async def _event_is_changed(storm: Storm) -> None:
    await storm.connection.execute(
        "UPDATE case_event SET particulars = jsonb_set(particulars, '{materials}', '9') WHERE case_id = $1",
        storm.case_id,
    )


async def _event_is_gone(storm: Storm) -> None:
    await storm.connection.execute("DELETE FROM case_event WHERE case_id = $1", storm.case_id)


async def _step_is_ahead(storm: Storm) -> None:
    await storm.connection.execute("UPDATE case_file SET step = 'accepted' WHERE id = $1", storm.case_id)


async def _paper_is_gone(storm: Storm) -> None:
    await storm.connection.execute("DELETE FROM case_upload WHERE case_id = $1", storm.case_id)


async def _paper_is_there_twice(storm: Storm) -> None:
    await storm.connection.execute(
        "INSERT INTO case_upload (case_id, material, upload, position, added_at) "
        "SELECT case_id, material, upload, 1, added_at FROM case_upload WHERE case_id = $1",
        storm.case_id,
    )


async def _paper_is_not_stored(storm: Storm) -> None:
    for guard in ("upload_filed_is_stored", "upload_stored_whole"):
        await storm.connection.execute(f"ALTER TABLE upload DROP CONSTRAINT {guard}")
    await storm.connection.execute("UPDATE upload SET state = 'receiving' WHERE case_id = $1", storm.case_id)


async def _byte_is_changed(storm: Storm) -> None:
    """On disk; put back by the test."""
    whole = storm.path.read_bytes()
    storm.path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))


async def _deed_has_no_key(storm: Storm) -> None:
    """No idempotency: the next try would do it again."""
    await storm.connection.execute("DELETE FROM deed WHERE case_no = $1", storm.case_no)


async def _deed_is_done_twice(storm: Storm) -> None:
    await storm.connection.execute(
        "INSERT INTO deed (owner, key, body_hash, case_no, at) SELECT owner, 'other', body_hash, case_no, at FROM deed "
        "WHERE case_no = $1",
        storm.case_no,
    )


async def _phone_has_a_receipt_of_nothing(storm: Storm) -> None:
    storm.phone.outbox[0]["result"]["case_no"] = "330402000000000"


async def _phone_counts_another_key(storm: Storm) -> None:
    storm.phone.outbox[0] |= {"id": "another key", "draft": "another draft"}


async def _phone_was_told_twice(storm: Storm) -> None:
    storm.phone.outbox.append({**storm.phone.outbox[0], "id": "second key"})


async def _phone_forgot_what_waits(storm: Storm) -> None:
    storm.phone.outbox.pop()


async def _phone_lost_a_photo(storm: Storm) -> None:
    storm.phone.blobs.clear()


async def _phone_kept_half_a_photo(storm: Storm) -> None:
    storm.phone.blobs[0]["blob"]["sha256"] = sha256(b"half")


_SEEDED: dict[str, tuple[Callable[[Storm], Awaitable[None]], str]] = {
    "key lost": (_key_is_lost, "has 0 keys"),
    "acknowledged before commit": (_case_is_lost, "which the server does not know"),
    "case twice": (_case_is_there_twice, "has 2 cases"),
    "answer changed": (_answer_is_changed, "was typed and is nowhere"),
    "event changed": (_event_is_changed, "is torn at 1"),
    "event gone": (_event_is_gone, "is torn"),
    "step without its event": (_step_is_ahead, "which its log does not tell"),
    "paper gone": (_paper_is_gone, "is there 0 times"),
    "paper twice": (_paper_is_there_twice, "is there 2 times"),
    "paper not stored": (_paper_is_not_stored, "a paper that is not stored"),
    "byte changed": (_byte_is_changed, "are not those of its row"),
    "deed without its key": (_deed_has_no_key, "1 deeds were done, but the server has 0"),
    "deed twice": (_deed_is_done_twice, "2 deeds of"),
    "receipt of nothing": (_phone_has_a_receipt_of_nothing, "which the server does not know"),
    "receipt under another key": (_phone_counts_another_key, "under a key that the server does not have"),
    "two receipts": (_phone_was_told_twice, "was acknowledged 2 times"),
    "outbox forgot": (_phone_forgot_what_waits, "1 items should wait, but there are 0"),
    "photo lost": (_phone_lost_a_photo, "is there 0 times"),
    "photo cut": (_phone_kept_half_a_photo, "is there 0 times"),
}


@pytest.mark.parametrize("fault", _SEEDED)
async def test_a_seeded_fault_is_found(storm: Storm, fault: str) -> None:
    seed, said = _SEEDED[fault]
    whole = storm.path.read_bytes()
    try:
        await seed(storm)
        assert said in await storm.found()
    finally:
        storm.path.write_bytes(whole)
