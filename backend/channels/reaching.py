"""Where a push subscription may point: the address comes from a browser, so it is never simply called (SSRF).

Only https, only services the setting names, and only addresses of the public internet: the name is resolved once, every
address is checked, and the connection goes to the very address that was checked (a second lookup could answer else).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence

import httpx

from backend.domain.refusal import Refusal

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST = 1000


def check_endpoint(endpoint: str, hosts: Sequence[str]) -> None:
    """Raises Refusal("push.not_a_service") unless `endpoint` is https at one of `hosts` or below it.

    "*" takes every name (its addresses are checked when it is called). A loopback name is taken only where it is
    itself in `hosts`, and then over http too: settings refuse that in production.
    """
    if not _may_reach(endpoint, hosts):
        raise Refusal("push.not_a_service")


def _may_reach(endpoint: str, hosts: Sequence[str]) -> bool:
    if len(endpoint) > _LONGEST or not endpoint.isascii() or not endpoint.isprintable():
        return False
    try:
        url = httpx.URL(endpoint)  # read by the very parser that will call it
    except httpx.InvalidURL:
        return False
    host = url.host
    if host in _LOOPBACK:
        return host in hosts and url.scheme in {"http", "https"}
    if url.scheme != "https" or url.userinfo or url.port is not None:
        return False
    named = any(host == known or host.endswith(f".{known}") for known in hosts if known != "*")
    return named or ("*" in hosts and "." in host)


class PublicOnly(httpx.AsyncBaseTransport):
    """Connects only to addresses that were checked; a name that leads inside is as good as unreachable."""

    def __init__(self, hosts: Sequence[str], inner: httpx.AsyncBaseTransport | None = None) -> None:
        self._hosts = hosts
        self._inner = inner or httpx.AsyncHTTPTransport(retries=0)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pin the address, keep the name for TLS and Host. Raises httpx.ConnectError where none may be called."""
        host = request.url.host
        if host in _LOOPBACK and host in self._hosts:
            return await self._inner.handle_async_request(request)
        address = await _public_address(host, request.url.port or 443)
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=address)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


async def _public_address(host: str, port: int) -> str:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx.ConnectError("no such name") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(_is_public(address) for address in addresses):
        raise httpx.ConnectError("not a public address")
    return addresses[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (mapped is None or mapped.is_global)
