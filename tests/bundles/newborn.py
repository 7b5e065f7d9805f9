"""新生儿出生, filed by 王敏 on her phone: four matters, of which two wait."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared_schemas.case import Case
    from shared_schemas.draft import FilingResult
    from tests.desk import Desk

CODE = "yjs-newborn~2"  # birth, hukou, insure, and costs of the optional ones
CHILD = {
    "child_name": "王小一",
    "child_sex": "女",
    "birth_datetime": "2026-11-02T08:20",
    "birth_place": "浙江省嘉兴市南湖区",
    "follow_parent": "随母",
    "mother_id": "330402199003071245",
    "ethnicity": "汉族",
    "surname_rule": "母姓",
    "address": "中山东路 118 号",
    "delivery_mode": "电子证照",
}


async def draft_of(desk: Desk, code: str = CODE, values: dict[str, Any] | None = None, who: str = "wangmin") -> str:
    """A draft that can be filed as it is, its papers stored; its id."""
    from backend import catalogue
    from backend.domain.materials import is_needed
    from backend.intake import actions
    from shared_schemas.draft import DraftChange, DraftStart

    citizen = await desk.who(who)
    draft = await actions.begin(citizen, DraftStart(code), desk.now)
    await actions.save(draft.id, draft.owner, DraftChange(fields=values or CHILD), desk.now)
    for material in catalogue.current().matter(code).materials:
        if is_needed(material) and not material.is_shareable:
            await give(desk, draft.id, draft.owner, material.key)
    return draft.id


async def give(desk: Desk, draft: str, owner: str, material: str) -> str:
    """A stored file for one paper of the draft."""
    from backend import db

    upload = await desk.upload(owner, material)
    await db.execute("UPDATE upload SET draft = $2::text::uuid WHERE id = $1::text::uuid", upload, draft)
    return upload


async def filed(desk: Desk, code: str = CODE, *, key: str | None = None, now: datetime | None = None) -> FilingResult:
    """The bundle filed."""
    draft = await draft_of(desk, code)
    return await submit(desk, draft, key or secrets.token_hex(8), now)


async def submit(desk: Desk, draft: str, key: str, now: datetime | None = None) -> FilingResult:
    """File that draft."""
    from backend.intake import filing
    from shared_schemas.vocabulary import Channel

    citizen = await desk.who("wangmin")
    return await filing.submit(draft, citizen, key=key, channel=Channel.MOBILE, declared=True, now=now or desk.now)


async def filing_of(result: FilingResult) -> int:
    """The id of the filing."""
    from backend.cases import reading

    found = (await reading.by_number(result.case_no)).filing
    assert found is not None
    return found


async def case_of(filing: int, matter: str) -> Case:
    """The case of that matter in the filing."""
    from backend.bundles import queries

    return next(case for case in await queries.cases_of(filing) if case.matter == matter)


async def accepted(desk: Desk, case: Case) -> None:
    """受理 at window 5."""
    from backend.review import actions
    from shared_schemas.review import Acceptance

    clerk = await desk.taken(case.case_no)
    await actions.accept(case.case_no, Acceptance(), by=clerk, now=desk.now)


async def granted(desk: Desk, case: Case) -> None:
    """Accepted, reviewed and granted in its own mode; its certificate made."""
    from backend.issuance import actions as _issuance  # noqa: F401 - follows the grant
    from backend.review import actions
    from shared_schemas.review import Grant, Proposal, Review

    await accepted(desk, case)
    third, second = [await desk.who(f"approver_{tier}") for tier in ("third", "second")]
    if case.mode == "sole":
        await actions.grant(case.case_no, Grant("同意"), by=third, now=desk.now)
        return
    await actions.review(case.case_no, Review(Proposal.GRANT, "材料齐全"), by=third, now=desk.now)
    await actions.grant(case.case_no, Grant("同意"), by=second, now=desk.now)


async def declined(desk: Desk, case: Case) -> None:
    """不予受理 at window 5."""
    from backend.review import actions
    from shared_schemas.review import Ground, NonAcceptance

    clerk = await desk.who("clerk")
    await actions.take(case.case_no, by=clerk, now=desk.now)
    given = NonAcceptance(Ground.NOT_OUR_AUTHORITY, "不归这里管。", "省卫生健康委")
    await actions.decline(case.case_no, given, by=clerk, now=desk.now)
