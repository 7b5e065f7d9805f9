"""One collection: everything of a filing that lies ready, handed over at one window or downloaded at once."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.bundles import queries
from backend.cases import facts, reading
from backend.domain import approval
from backend.domain.refusal import Refusal
from backend.issuance import collecting
from shared_schemas.case import Case
from shared_schemas.issuance import HandOver
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Delivery, Step, Verb


async def ready_of(filing: int) -> list[Case]:
    """The cases of a filing whose certificates wait to be collected."""
    return [case for case in await queries.cases_of(filing) if case.step is Step.ISSUED]


async def hand_over(case_no: str, given: HandOver, *, by: OfficerActor, now: datetime) -> list[Case]:
    """一次发证: all that is ready goes to whoever stands at the window, each with its own proof of service.

    `case_no` is any case of the filing that the officer may read. All or nothing: a refusal of one leaves all as they are.
    Raises Refusal("case.not_found"), "bundle.none", "bundle.nothing_ready" and those of `issuance.collecting.hand_over`.
    """
    case = await reading.by_number(case_no)
    if not approval.may_read(case.department, by):
        raise Refusal("case.not_found")
    if case.filing is None:
        raise Refusal("bundle.none")
    handed: list[Case] = []
    async with db.transaction():
        for each in await ready_of(case.filing):
            one = HandOver(given.last_four, given.relation, given.collector)
            handed.append(await collecting.hand_over(each.case_no, one, by=by, now=now))
    if not handed:
        raise Refusal("bundle.nothing_ready")
    return handed


async def collect(case_no: str, *, by: CitizenActor, now: datetime) -> list[Case]:
    """一次下载领证: all electronic results that are ready; what is fetched at a window stays there.

    Raises Refusal("case.not_found"), "bundle.none", "bundle.nothing_ready".
    """
    case = await reading.owned(case_no, by.id)
    if case.filing is None:
        raise Refusal("bundle.none")
    async with db.transaction():
        ready = [each for each in await ready_of(case.filing) if await _may_download(each)]
        taken = [await collecting.collect(each.case_no, by=by, now=now) for each in ready]
    if not taken:
        raise Refusal("bundle.nothing_ready")
    return taken


async def _may_download(case: Case) -> bool:
    verbs = approval.citizen_verbs(await facts.load(case), is_owner=True)
    return case.delivery is Delivery.DOWNLOAD and Verb.DOWNLOAD in verbs
