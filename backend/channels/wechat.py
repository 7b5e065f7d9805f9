"""WeChat subscription messages of a mini program.

Facts: developers.weixin.qq.com "sendMessage" (subscribe-message) and "getStableAccessToken". The stable token, because
the plain one ends the token every other process of ours holds.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

import httpx

from backend import clock
from backend.channels.asking import ask, body_of, unread
from backend.channels.message import Message, Outcome, State
from backend.settings_channels import Template

_TOKEN_ENDED = frozenset({40001, 40014, 42001})
_REFUSED = frozenset({43101, 43107, 43108, 40003})  # not subscribed (any more), or no such openid
_LATER: Mapping[int, int] = {-1: 60, 45009: 86_400, 45011: 60, 45047: 3600}  # errcode -> seconds
_LONGEST_VALUE = 20  # of a `thing` placeholder; longer ones are refused whole (47003)
_EARLY_S = 300


class WeChat:
    """Sends into the WeChat of somebody who asked for it there; a repeated request is a second message."""

    name = "wechat"
    repeats_safely = False

    def __init__(
        self,
        client: httpx.AsyncClient,
        templates: dict[str, Template],
        *,
        app_id: str,
        secret: str,
        page: str,
        url: str,
    ) -> None:
        self._client = client
        self._templates = templates
        self._app_id = app_id
        self._secret = secret
        self._page = page
        self._url = url.rstrip("/")
        self._token = ""
        self._token_ends = 0.0

    async def send(self, message: Message) -> Outcome:
        """As `Channel.send`. A token that ended early is fetched anew, once: the first request was not taken."""
        template = self._templates.get(message.template)
        if template is None:
            return Outcome(State.FAILED, reason="no_template")
        body = {
            "touser": message.to,
            "template_id": template.id,
            "page": f"{self._page}?to={quote(message.url, safe='')}",
            "data": {
                place: {"value": value[:_LONGEST_VALUE]} for place, value in template.filled(message.params).items()
            },
        }
        code, outcome = await self._try(body)
        if code in _TOKEN_ENDED:
            self._token = ""
            _code, outcome = await self._try(body)
        return outcome

    async def identify(self, code: str) -> str | None:
        """The openid behind a code that its mini program just got from `wx.login`; None where WeChat knows of none."""
        params = {
            "appid": self._app_id,
            "secret": self._secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        answer = await ask(
            self._client, self._client.build_request("GET", f"{self._url}/sns/jscode2session", params=params)
        )
        found = None if isinstance(answer, Outcome) else body_of(answer).get("openid")
        return found if isinstance(found, str) and found else None

    async def _try(self, body: Mapping[str, object]) -> tuple[int, Outcome]:
        """The provider's errcode (0 where there is none) and what it means."""
        token = await self._access_token()
        if isinstance(token, Outcome):
            return 0, token
        address = f"{self._url}/cgi-bin/message/subscribe/send?access_token={quote(token, safe='')}"
        answer = await ask(self._client, self._client.build_request("POST", address, json=body))
        if isinstance(answer, Outcome):
            return 0, answer
        code = _code(answer)
        return code, _outcome(answer, code, clock.now())

    async def _access_token(self) -> str | Outcome:
        """The cached token, or a new one; nothing is sent before there is one, so no failure here is unsure."""
        if self._token and time.monotonic() < self._token_ends:
            return self._token
        body = {"grant_type": "client_credential", "appid": self._app_id, "secret": self._secret}
        # A token refused before its time was ended by somebody: only force_refresh gives another.
        forced = {"force_refresh": True} if self._token_ends > time.monotonic() else {}
        request = self._client.build_request("POST", f"{self._url}/cgi-bin/stable_token", json={**body, **forced})
        answer = await ask(self._client, request)
        if isinstance(answer, Outcome):
            return Outcome(State.BUSY, reason=f"token_{answer.reason}")
        said = body_of(answer)
        token = said.get("access_token")
        if not isinstance(token, str) or not token:
            code = _code(answer)
            return Outcome(State.BUSY, retry_after=_LATER.get(code, 600), reason=f"token_{code or answer.status_code}")
        lasts = said.get("expires_in")
        self._token = token
        self._token_ends = time.monotonic() + max(60, (lasts if isinstance(lasts, int) else 0) - _EARLY_S)
        return token


def _code(answer: httpx.Response) -> int:
    code = body_of(answer).get("errcode", 0)
    return code if isinstance(code, int) else 0


def _outcome(answer: httpx.Response, code: int, now: datetime) -> Outcome:
    said = body_of(answer)
    if code in _REFUSED:
        return Outcome(State.GONE, reason=f"errcode_{code}")
    if code in _LATER or code in _TOKEN_ENDED:
        return Outcome(State.BUSY, retry_after=_LATER.get(code, 60), reason=f"errcode_{code}")
    if code:
        return Outcome(State.FAILED, reason=f"errcode_{code}")
    if answer.is_success and "errcode" in said:
        return Outcome(State.SENT, provider_id=str(said.get("msgid", ""))[:80])
    return unread(answer, now)
