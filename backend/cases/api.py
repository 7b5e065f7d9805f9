"""What was done under an Idempotency-Key: for a phone or tablet that never heard the answer."""

from __future__ import annotations

from litestar import Response, get

from backend.cases import deeds
from backend.cases.uploads import owner_of
from backend.people.guards import signed_in_only
from shared_schemas.case import DeedDone
from shared_schemas.people import CitizenActor, OfficerActor


@get(
    "/deeds/{key:str}",
    guards=[signed_in_only],
    tags=["verbs"],
    summary="Whether a verb was done under this key",
    operation_id="ReadDeed",
    description="For a client that heard no answer and whose user has changed the words since: the case and when it was done, "
    "or 404 `deed.unknown` when nothing was done under this Idempotency-Key of yours.",
)
async def done(actor: CitizenActor | OfficerActor, key: str) -> Response[DeedDone]:
    """Case and instant."""
    return Response(await deeds.done(owner_of(actor), key), headers={"cache-control": "no-store"})


handlers = [done]
