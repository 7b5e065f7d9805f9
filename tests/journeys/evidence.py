"""What server and phone hold of one person, read behind the back of the application: rows, sealed forms, bytes on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import asyncpg
import msgspec
from msgspec import Struct, field
from playwright.async_api import Page

from backend import crypto, settings
from backend.cases import sealing
from backend.demo.personas import CITIZENS
from backend.domain import case, chain
from backend.intake.sealing import open_answers
from backend.people.sealing import mobile_index
from shared_schemas.case import Event
from shared_schemas.vocabulary import Verb
from tests.journeys.browser import until
from tests.journeys.server import Hall


class Paper(Struct, frozen=True):
    """A stored file: its SHA-256 as the row says, and as its bytes say."""

    id: str
    material: str
    sha256: str
    on_disk: str


class FiledCase(Struct, frozen=True):
    """A case of the person with everything that came with its filing."""

    id: int
    case_no: str
    matter: str
    verbs: tuple[Verb, ...]
    form: dict[str, Any]
    keys: tuple[str, ...]
    drafts: tuple[str, ...]
    papers: tuple[Paper, ...]


class OpenDraft(Struct, frozen=True):
    """A draft that is no case yet; `rivals` are answers of other devices that the person has not chosen between."""

    id: str
    values: dict[str, Any]
    rivals: tuple[dict[str, Any], ...]
    papers: tuple[Paper, ...]


class Server(Struct, frozen=True):
    """The server's side for one person: `deeds` by key with their case numbers, `broken` what is wrong in the whole house."""

    cases: dict[str, FiledCase]
    drafts: dict[str, OpenDraft]
    deeds: dict[str, str]
    broken: list[str]


class Phone(Struct, frozen=True):
    """A phone's side: the tables of the person's store, Blobs as {name, type, size, sha256}."""

    outbox: list[dict[str, Any]] = field(default_factory=list)
    filings: list[dict[str, Any]] = field(default_factory=list)
    blobs: list[dict[str, Any]] = field(default_factory=list)
    uploads: list[dict[str, Any]] = field(default_factory=list)
    drafts: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)


async def of_server(hall: Hall, persona: str, connection: asyncpg.Connection | None = None) -> Server:
    """The server's side; `connection` where the caller looks from inside a transaction."""
    own = connection or await asyncpg.connect(hall.database_url)
    await own.set_type_codec("jsonb", schema="pg_catalog", encoder=_to_json, decoder=_from_json)
    try:
        with keys_of(hall):
            citizen = await _citizen(own, persona)
            owner = f"citizen:{citizen}"
            deeds = await own.fetch("SELECT key, case_no FROM deed WHERE owner = $1", owner)
            drafts = await _drafts(own, hall, owner)
            return Server(await _cases(own, hall, citizen), drafts, dict(map(tuple, deeds)), await _broken(own))
    finally:
        if connection is None:
            await own.close()


@contextmanager
def keys_of(hall: Hall) -> Iterator[None]:
    """The hall's own keys, so that what it sealed can be opened here, and sealed as it would."""
    with patch.object(crypto, "settings", settings.load(hall.environment)):
        yield


async def _citizen(own: asyncpg.Connection, persona: str) -> int:
    mobile = next(citizen.mobile for citizen in CITIZENS if citizen.key == persona)
    return await own.fetchval("SELECT id FROM citizen WHERE mobile_index = $1", mobile_index(mobile))


async def _cases(own: asyncpg.Connection, hall: Hall, citizen: int) -> dict[str, FiledCase]:
    rows = await own.fetch(
        "SELECT c.id, c.case_no, c.matter, c.form_sealed, "
        "ARRAY(SELECT verb FROM case_event e WHERE e.case_id = c.id ORDER BY seq) AS verbs, "
        "ARRAY(SELECT key FROM filing_key k WHERE k.case_id = c.id) AS keys, "
        "ARRAY(SELECT d.id::text FROM draft d WHERE d.submitted_case_id = c.id) AS drafts "
        "FROM case_file c WHERE c.citizen = $1",
        citizen,
    )
    found = {}
    for row in rows:
        papers = await own.fetch(
            "SELECT u.id::text, u.material, u.sha256, u.path FROM case_upload p JOIN upload u ON u.id::text = p.upload "
            "WHERE p.case_id = $1 AND p.superseded_at IS NULL",
            row["id"],
        )
        found[row["case_no"]] = FiledCase(
            row["id"],
            row["case_no"],
            row["matter"],
            tuple(Verb(verb) for verb in row["verbs"]),
            sealing.unseal_json(row["case_no"], "form", row["form_sealed"]),
            tuple(row["keys"]),
            tuple(row["drafts"]),
            tuple(_paper(hall, paper) for paper in papers),
        )
    return found


async def _drafts(own: asyncpg.Connection, hall: Hall, owner: str) -> dict[str, OpenDraft]:
    rows = await own.fetch(
        "SELECT id::text, values_sealed FROM draft WHERE owner = $1 AND submitted_case_id IS NULL", owner
    )
    found = {}
    for row in rows:
        papers = await own.fetch(
            "SELECT id::text, material, sha256, path FROM upload "
            "WHERE draft = $1::text::uuid AND state = 'stored' AND removed_at IS NULL",
            row["id"],
        )
        answers = open_answers(row["id"], row["values_sealed"])
        rivals = tuple({name: rival.value} for name, others in answers.others.items() for rival in others)
        kept = tuple(_paper(hall, paper) for paper in papers)
        found[row["id"]] = OpenDraft(row["id"], answers.values, rivals, kept)
    return found


def _paper(hall: Hall, row: asyncpg.Record) -> Paper:
    stored = hall.data / "objects" / row["path"]
    on_disk = hashlib.sha256(stored.read_bytes()).hexdigest() if row["path"] and stored.is_file() else ""
    return Paper(row["id"], row["material"], (row["sha256"] or b"").hex(), on_disk)


async def _broken(own: asyncpg.Connection) -> list[str]:
    """What must never be in any hall: torn chains, steps that their log does not tell, keys and papers of nothing."""
    events: dict[int, list[Event]] = {}
    for row in await own.fetch(
        "SELECT case_id, seq, verb, by_kind, by_id, by_name, at, particulars, previous_hash, hash FROM case_event "
        "ORDER BY case_id, seq"
    ):
        events.setdefault(row[0], []).append(Event(row[1], Verb(row[2]), *tuple(row)[3:]))
    faults = []
    for number, case_no, step in await own.fetch("SELECT id, case_no, step FROM case_file"):
        log = events.pop(number, [])
        if (at := chain.first_fault(case_no, log)) is not None or not log:
            faults.append(f"the log of {case_no} is torn at {at}")
        elif case.replay(event.verb for event in log) != step:
            faults.append(f"{case_no} stands at {step}, which its log does not tell")
    faults += [f"events of case {number}, which is gone" for number in events]
    for what, sql in _NEVER.items():
        faults += [f"{what}: {row[0]}" for row in await own.fetch(sql)]
    return faults


_NEVER = {
    "a key of a case that is gone": "SELECT key FROM filing_key k WHERE NOT EXISTS (SELECT FROM case_file c WHERE c.id = k.case_id)",
    "a key twice": "SELECT key FROM filing_key GROUP BY owner, key HAVING count(*) > 1",
    "two keys of one case": "SELECT case_id FROM filing_key GROUP BY case_id HAVING count(*) > 1",
    "two drafts of one case": "SELECT submitted_case_id FROM draft GROUP BY 1 HAVING count(submitted_case_id) > 1",
    "a draft of a case that is gone": "SELECT id FROM draft d WHERE submitted_case_id IS NOT NULL "
    "AND NOT EXISTS (SELECT FROM case_file c WHERE c.id = d.submitted_case_id)",
    "a paper that is not stored": "SELECT p.upload FROM case_upload p "
    "WHERE NOT EXISTS (SELECT FROM upload u WHERE u.id::text = p.upload AND u.state = 'stored')",
}


async def of_phone(page: Page) -> Phone:
    """The phone's side: the store of whoever used it last."""

    async def read() -> Phone:
        return Phone(**await page.evaluate(_TABLES, list(Phone.__struct_fields__)))

    return await until(read)


_TABLES = """async (names) => {
  const open = (name) => new Promise((done, failed) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const all = (database, table) => new Promise((done, failed) => {
    const request = database.transaction(table).objectStore(table).getAll();
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const plain = async (value) => {
    if (value instanceof Blob) {
      const sha256 = hex(await crypto.subtle.digest("SHA-256", await value.arrayBuffer()));
      return { name: value.name ?? "", type: value.type, size: value.size, sha256 };
    }
    if (Array.isArray(value)) return Promise.all(value.map(plain));
    if (value instanceof Date) return value.toISOString();
    if (!value || typeof value !== "object") return value;
    const pairs = await Promise.all(Object.entries(value).map(async ([key, each]) => [key, await plain(each)]));
    return Object.fromEntries(pairs);
  };
  const there = (await indexedDB.databases()).map((each) => each.name);
  if (!there.includes("yimaban-device")) return {};
  const device = await open("yimaban-device");
  const person = await new Promise((done) => {
    device.transaction("device").objectStore("device").get("person").onsuccess = (event) => done(event.target.result);
  });
  device.close();
  if (!there.includes(`yimaban-${person}`)) return {};
  const database = await open(`yimaban-${person}`);
  const held = names.filter((name) => database.objectStoreNames.contains(name));
  const found = await Promise.all(held.map(async (name) => [name, await Promise.all((await all(database, name)).map(plain))]));
  database.close();
  return Object.fromEntries(found);
}"""


def _to_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _from_json(text: str) -> Any:
    return msgspec.json.decode(text)
