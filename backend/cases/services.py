"""送达 on the way and arrived (行政许可法 §44): what was served how, and the day that counts. Only the trunk writes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from backend import db
from backend.cases import sealing
from backend.documents import shapes
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.service import PostSent, ServiceConfirmed, ServiceMethod, ServiceView

_COLUMNS = "id, documents, method, made_at, carrier, tracking_no, sent_at, served_on, relation"


async def of(case_id: int) -> tuple[ServiceView, ...]:
    """Every service of a case, oldest first."""
    return tuple(map(_view, await db.fetch(f"SELECT {_COLUMNS} FROM service WHERE case_id = $1 ORDER BY id", case_id)))


async def mailed(case_id: int) -> ServiceView | None:
    """The certificate of this case while it is in the post."""
    row = await db.fetchrow(
        f"SELECT {_COLUMNS} FROM service WHERE case_id = $1 AND method = 'post' AND served_on IS NULL AND documents @> "
        "(SELECT jsonb_build_array(jsonb_build_array(t.title, t.number)) FROM certificate t "
        "WHERE t.case_id = $1 AND t.revoked_at IS NULL) ORDER BY id DESC LIMIT 1",
        case_id,
    )
    return _view(row) if row else None


def _view(row: db.Record) -> ServiceView:
    documents = tuple((name, number) for name, number in row["documents"])
    return ServiceView(row["id"], documents, ServiceMethod(row["method"]), *list(row)[3:])


async def keep(
    case: Case,
    delivered: Iterable[shapes.Delivered],
    method: ServiceMethod,
    now: datetime,
    *,
    recipient: str = "",
    relation: str = "",
) -> int:
    """Documents on their way; with a recipient they have arrived. In the caller's transaction."""
    return await db.fetchval(
        "INSERT INTO service (case_id, documents, method, made_at, served_on, recipient_sealed, relation) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        case.id,
        [[each.name, each.number] for each in delivered],
        method,
        now,
        day_of(now) if recipient else None,
        sealing.seal(case.case_no, "service|recipient", recipient) if recipient else None,
        relation[:20],
    )


async def open_one(case: Case, service: int) -> ServiceView:
    """A service that is still on its way, locked. Raises Refusal("service.not_open")."""
    row = await db.fetchrow(
        f"SELECT {_COLUMNS} FROM service WHERE id = $1 AND case_id = $2 AND served_on IS NULL FOR UPDATE",
        service,
        case.id,
    )
    if row is None:
        raise Refusal("service.not_open")
    return _view(row)


async def sent(service: int, given: PostSent, now: datetime) -> None:
    """It went to the post, perhaps once more."""
    await db.execute(
        "UPDATE service SET method = 'post', carrier = $2, tracking_no = $3, sent_at = $4 WHERE id = $1",
        service,
        given.carrier.strip(),
        "".join(given.tracking_no.split()),
        now,
    )


def check_day(view: ServiceView, served_on: date, today: date) -> None:
    """Raises Refusal("service.in_future") or "service.too_early" for a day that can't be the one of service."""
    if served_on > today:
        raise Refusal("service.in_future")
    if served_on < day_of(view.sent_at or view.made_at):
        raise Refusal("service.too_early", day=day_of(view.sent_at or view.made_at).isoformat())


async def reached(case: Case, number: str, served_on: date, recipient: str) -> None:
    """A notice that was on its way reached the applicant on this day."""
    await db.execute(
        "UPDATE service SET served_on = $3, recipient_sealed = $4 WHERE case_id = $1 AND served_on IS NULL "
        "AND EXISTS (SELECT FROM jsonb_array_elements(documents) AS d WHERE d->>1 = $2)",
        case.id,
        number,
        served_on,
        sealing.seal(case.case_no, "service|recipient", recipient),
    )


async def arrived(case: Case, service: int, given: ServiceConfirmed) -> None:
    """The day that counts, and who took it."""
    await db.execute(
        "UPDATE service SET served_on = $2, recipient_sealed = $3, relation = $4 WHERE id = $1",
        service,
        given.served_on,
        sealing.seal(case.case_no, "service|recipient", given.recipient.strip()),
        given.relation.zh,
    )
