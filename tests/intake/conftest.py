"""A hall with three matters and the people who file: what every test of this slice starts from."""

from __future__ import annotations

import base64
import io
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest
import pytest_asyncio
from PIL import Image

if TYPE_CHECKING:
    from shared_schemas.matter import Matter

API = "/api/v1"
FOOD, SCHOOL, RESIDENCE = "scj-18", "jwt-06", "gaj-06"
TUS = {"tus-resumable": "1.0.0"}


@pytest.fixture(scope="session")
def starter() -> dict[str, Matter]:
    """The starter catalogue's matters by code, as version 1."""
    from backend.catalogue import compiling, sources

    compiled = compiling.compiled(sources.read(sources.STARTER), compiling.Known(), [])
    return {
        m.code: msgspec.structs.replace(m, version=1) for m in compiled.matters if m.code in (FOOD, SCHOOL, RESIDENCE)
    }


@pytest.fixture
def matters(starter: dict[str, Matter]) -> Iterator[Callable[..., None]]:
    """The catalogue in force; call it with matters to put new versions in force."""
    from backend.catalogue import queries, shelf

    held = dict(starter)

    def put_in_force(*changed: Matter) -> None:
        for matter in changed:
            shelf._versions[matter.code, held[matter.code].version] = held[matter.code]
            held[matter.code] = matter
        shelf._current = shelf.build(msgspec.structs.replace(queries.EMPTY, matters=tuple(held.values())))

    put_in_force()
    yield put_in_force
    shelf._current = shelf.build(queries.EMPTY)
    shelf._versions.clear()


@pytest_asyncio.fixture(loop_scope="session")
async def visitors(db: ModuleType, now: datetime, matters: Any) -> AsyncIterator[Callable[[], httpx.AsyncClient]]:
    """Browsers of one running application; each keeps its own cookies."""
    del db, now, matters
    from backend.app import app

    opened: list[httpx.AsyncClient] = []

    def make() -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]
        opened.append(httpx.AsyncClient(transport=transport, base_url="http://testserver.local"))
        return opened[-1]

    # Without the application's lifespan: the database's pool is the test run's own, and nothing else lives beside it.
    yield make
    for client in opened:
        await client.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def wang(visitors: Callable[[], httpx.AsyncClient]) -> httpx.AsyncClient:
    """王敏, verified, on her phone."""
    return await citizen(visitors(), "13812341234", "王敏", "330402199003071245")


@pytest_asyncio.fixture(loop_scope="session")
async def li(visitors: Callable[[], httpx.AsyncClient]) -> httpx.AsyncClient:
    """李强, another verified citizen."""
    return await citizen(visitors(), "13912345678", "李强", "330499199001010018")


async def citizen(client: httpx.AsyncClient, mobile: str, name: str, number: str) -> httpx.AsyncClient:
    """Sign in as a citizen with that identity, past the code (its own tests try that)."""
    from backend import clock
    from backend.people import citizens, sessions
    from backend.people.sessions import Visitor
    from shared_schemas.id_kind import IdKind
    from shared_schemas.people import CitizenActor

    now = clock.now()
    made = await citizens.create(mobile, now)
    await citizens.verify(
        made, name=name, kind=IdKind.RESIDENT, number=number, by=CitizenActor(made, name, mobile), now=now
    )
    token = await sessions.begin("citizen", made, method="code", visitor=Visitor(), now=now)
    client.cookies.set(sessions.cookie_name(), token)
    return client


@pytest_asyncio.fixture(loop_scope="session")
async def clerk(visitors: Callable[[], httpx.AsyncClient]) -> httpx.AsyncClient:
    """陈洁, acceptance clerk, at her tablet."""
    from backend import clock, db
    from backend.people import officers, sessions
    from backend.people.sessions import Visitor
    from shared_schemas.people import SystemActor

    now = clock.now()
    made = await officers.add("W05", "陈洁", department=None, phone="0573-1", by=SystemActor(), now=now)
    await db.execute("INSERT INTO officer_role (officer, role, at) VALUES ($1, 'acceptance_clerk', $2)", made, now)
    client = visitors()
    client.cookies.set(
        sessions.cookie_name(), await sessions.begin("officer", made, method="passkey", visitor=Visitor(), now=now)
    )
    return client


def picture(text: str = "", size: tuple[int, int] = (80, 60)) -> bytes:
    """A small JPEG; `text` makes it another one."""
    out = io.BytesIO()
    Image.new("RGB", size, (len(text) * 7 % 255, 90, 120)).save(out, "JPEG", comment=text.encode())
    return out.getvalue()


def metadata(**told: str) -> str:
    """The tus header Upload-Metadata."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())


async def begin_upload(client: httpx.AsyncClient, length: int, **told: str) -> httpx.Response:
    """tus creation."""
    return await client.post(
        f"{API}/uploads", headers={**TUS, "upload-length": str(length), "upload-metadata": metadata(**told)}
    )


async def send_bytes(client: httpx.AsyncClient, address: str, offset: int, body: bytes, **more: str) -> httpx.Response:
    """tus PATCH."""
    headers = {**TUS, "upload-offset": str(offset), "content-type": "application/offset+octet-stream", **more}
    return await client.patch(address, content=body, headers=headers)


async def upload(client: httpx.AsyncClient, body: bytes | None = None, **told: str) -> str:
    """A whole file, stored; its id."""
    body = picture() if body is None else body
    made = await begin_upload(client, len(body), **{"filename": "照片.jpg", "filetype": "image/jpeg", **told})
    assert made.status_code == 201, made.text
    sent = await send_bytes(client, made.headers["location"], 0, body)
    assert sent.status_code == 204, sent.text
    return made.headers["location"].rsplit("/", 1)[1]


SCHOOL_FORM = {"mobile": "13812341234", "address": "中山东路 118 号", "delivery_mode": "窗口领取"}


async def begin(client: httpx.AsyncClient, matter: str = SCHOOL, **start: Any) -> str:
    """Begin a draft; its id."""
    made = await client.post(f"{API}/drafts", json={"matter": matter, **start})
    assert made.status_code == 201, made.text
    return made.json()["id"]


async def filled(client: httpx.AsyncClient) -> str:
    """A draft of the school matter that can be filed as it is."""
    draft = await begin(client)
    saved = await client.patch(f"{API}/drafts/{draft}", json={"fields": SCHOOL_FORM})
    assert saved.status_code == 200, saved.text
    for key in ("zxsqb", "zxlyzm"):
        await upload(client, picture(key), draft=draft, material=key)
    return draft


async def file_draft(client: httpx.AsyncClient, draft: str, key: str | None = None) -> httpx.Response:
    """POST /cases for a draft."""
    return await client.post(
        f"{API}/cases", json={"draft": draft}, headers={"idempotency-key": key or f"draft-{draft}"}
    )
