"""What people do in these tests, in a line each."""

from __future__ import annotations

import re

import httpx

from backend import db
from backend.people import messages
from tests.people.authenticator import Authenticator

API = "/api/v1"
MOBILE = "13912345678"
ID_NUMBER = "330499199001010018"


async def code_for(mobile: str = MOBILE) -> str:
    """The newest code in the outbox for this number."""
    text = (await messages.latest(mobile=mobile))[0].text
    found = re.search(r"\d{6}", text)
    assert found
    return found[0]


async def sign_in(client: httpx.AsyncClient, mobile: str = MOBILE) -> str:
    """Sign a citizen in by code; the client keeps the cookie. Returns the token."""
    assert (await client.post(f"{API}/sign-in/codes", json={"mobile": mobile})).status_code == 202
    answer = await client.post(f"{API}/sessions", json={"mobile": mobile, "code": await code_for(mobile)})
    assert answer.status_code == 201, answer.text
    return answer.json()["token"]


async def verified(
    client: httpx.AsyncClient, mobile: str = MOBILE, name: str = "赵一民", number: str = ID_NUMBER
) -> None:
    """Sign in and register real name and ID."""
    await sign_in(client, mobile)
    answer = await client.post(f"{API}/me/identity", json={"name": name, "id_number": number})
    assert answer.status_code == 201, answer.text


async def persona(client: httpx.AsyncClient, key: str) -> str:
    """Become somebody of the demo hall."""
    client.cookies.clear()
    answer = await client.post(f"{API}/demo/sessions", json={"persona": key})
    assert answer.status_code == 201, answer.text
    return answer.json()["token"]


async def no_finger_yet() -> None:
    """A demo session begins as confirmed; here nobody has been."""
    await db.execute("UPDATE session SET stepped_up_at = NULL")


async def add_passkey(client: httpx.AsyncClient, device: Authenticator) -> httpx.Response:
    """Register a passkey in the present session."""
    options = await client.post(f"{API}/passkeys/options", json={})
    if options.status_code != 200:
        return options
    return await client.post(f"{API}/passkeys", json=device.create(options.json()))


def device() -> Authenticator:
    """A phone on our own pages."""
    from backend.people import passkeys

    return Authenticator(passkeys.origin())
