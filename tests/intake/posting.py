"""Forms posted as their pages would."""

from __future__ import annotations

import re
from typing import Any

import httpx


async def token(client: httpx.AsyncClient, path: str) -> str:
    """The CSRF token of a page."""
    page = await client.get(path)
    assert page.status_code == 200, (path, page.status_code, page.text[:500])
    found = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert found, path
    return found[1]


async def send(client: httpx.AsyncClient, path: str, **fields: Any) -> httpx.Response:
    """Post a form as its page would."""
    page = path if "/topics/" in path else re.sub(r"/(submission|version|removal)$", "", path)
    if path.endswith("/submission"):
        page = path.replace("/submission", "/check")
    elif path.endswith("/version"):
        page = path.replace("/version", "/changes")
    return await client.post(path, data={"_csrf": await token(client, page), **fields})
