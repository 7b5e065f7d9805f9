"""A plain SMS gateway: one JSON object over HTTPS, the same `id` sent twice is one message.

POST {"id", "to", "template", "params", "text"} with a bearer token -> 2xx {"id"}; 409 = had it before; 429 or 503 with
Retry-After = later; 400, 404, 422 {"code"} = never. `id` also comes as Idempotency-Key.
"""

from __future__ import annotations

import httpx

from backend import clock
from backend.channels.asking import ask, body_of, by_status
from backend.channels.message import Message, Outcome, State
from backend.settings_channels import Template


class JsonSms:
    """The simplest dialect: a gateway of one's own in front of any provider."""

    name = "sms"
    repeats_safely = True

    def __init__(self, client: httpx.AsyncClient, url: str, token: str, templates: dict[str, Template]) -> None:
        self._client = client
        self._url = url
        self._token = token
        self._templates = templates

    async def send(self, message: Message) -> Outcome:
        """As `Channel.send`. A template without an id of theirs goes out under our own key."""
        template = self._templates.get(message.template, Template(message.template))
        body = {
            "id": str(message.id),
            "to": message.to,
            "template": template.id,
            "params": template.filled(message.params),
            "text": message.body,
        }
        headers = {"idempotency-key": str(message.id)}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        answer = await ask(self._client, self._client.build_request("POST", self._url, json=body, headers=headers))
        if isinstance(answer, Outcome):
            return answer
        said = body_of(answer)
        if answer.is_success or answer.status_code == 409:
            return Outcome(State.SENT, provider_id=str(said.get("id", ""))[:80])
        reason = str(said.get("code") or f"http_{answer.status_code}")[:80]
        return by_status(answer, clock.now()) or Outcome(State.FAILED, reason=reason)
