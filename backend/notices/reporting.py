"""What providers report afterwards of messages they took: delivered, or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, post

from backend import channels, db
from backend.channels import Receipt, State
from backend.people import messages

_REPORTED = {State.SENT: "sent", State.DELIVERED: "delivered", State.FAILED: "failed"}


async def take(receipt: Receipt) -> None:
    """Note one report, whichever queue it belongs to.

    Said again it changes nothing; what arrived has arrived, whatever is said later.
    """
    await messages.reported(receipt)
    state = _REPORTED.get(receipt.state)
    if state is not None:
        await db.execute(
            "UPDATE notice_delivery SET state = $3, reason = $4, is_unsure = false, ended_at = $5, lease_until = NULL, "
            "sent_at = coalesce(sent_at, $5) WHERE channel = 'sms' AND ((provider_id = $1 AND $1 <> '') OR key = $2) "
            "AND state IN ('queued', 'sent')",
            receipt.provider_id,
            receipt.message,
            state,
            receipt.reason,
            receipt.at,
        )


async def _taken(request: Request[Any, Any, Any], provider: str, token: str, now: datetime) -> dict[str, Any]:
    headers = {name.lower(): value for name, value in request.headers.items()}
    for receipt in channels.receipts(provider, headers, await request.body(), now, token=token):
        await take(receipt)
    return channels.accepted(provider)


@post(
    "/receipts/{provider:str}",
    opt={"public": True},
    status_code=200,
    tags=["receipts"],
    summary="Delivery reports, signed",
    operation_id="SignedReceipts",
    description="For the plain SMS gateway (`json`): what became of a message, signed by Standard Webhooks with the "
    "receipt token. Unsigned, stale or forged is 401; repeated changes nothing.",
)
async def signed(request: Request[Any, Any, Any], provider: str, now: datetime) -> dict[str, Any]:
    """Take a signed report."""
    return await _taken(request, provider, "", now)


@post(
    "/receipts/{provider:str}/{token:str}",
    opt={"public": True},
    status_code=200,
    tags=["receipts"],
    summary="Delivery reports of a cloud provider",
    operation_id="Receipts",
    description="For `aliyun` and `tencent`, which sign nothing: the address they are given holds the receipt token. "
    "A wrong token is 401; repeated changes nothing. Answered as that provider wants it.",
)
async def by_address(request: Request[Any, Any, Any], provider: str, token: str, now: datetime) -> dict[str, Any]:
    """Take a report whose address proves who sends it."""
    return await _taken(request, provider, token, now)


handlers = [signed, by_address]
