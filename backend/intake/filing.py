"""Submitting: a draft, or a filing in one piece, becomes one case, however often it is sent."""

from __future__ import annotations

import re
from datetime import datetime

from backend import catalogue, db
from backend.bundles import receiving as bundles
from backend.bundles.receiving import NewPart
from backend.cases import papers, receiving, recording, sealing
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.intake import bundled, changes, dossier, overriding, profile, queries, whereabouts
from backend.intake.actions import check_applicant
from backend.intake.dossier import Checked, Dossier
from backend.intake.new_case import new_case
from backend.intake.owners import owner_of
from shared_schemas.case import NewCase
from shared_schemas.draft import Draft, DraftStart, FilingResult
from shared_schemas.filing import Filing
from shared_schemas.matter import Matter
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Channel, Verb

_KEY = re.compile(r"[!-~]{8,128}\Z")


def checked_key(key: str | None) -> str:
    """The Idempotency-Key as it was sent. Raises Refusal("filing.key_missing")."""
    if not key or not _KEY.match(key):
        raise Refusal("filing.key_missing")
    return key


async def submit(
    draft_id: str, by: CitizenActor | OfficerActor, *, key: str, channel: Channel, declared: bool, now: datetime
) -> FilingResult:
    """File a draft. Ten taps, a crash in between, another key: it stays one case.

    Raises Refusal("draft.not_found"), "filing.not_declared", "filing.matter_changed", "filing.key_reused",
    "filing.undone", "filing.undecided", "filing.incomplete" with every fault in `errors`, and those of
    `profile.of_citizen` when an authorisation is gone.
    """
    owner = owner_of(by)
    draft = await queries.draft(draft_id, owner)
    body_hash = receiving.body_hash({"draft": draft.id})
    if (before := await _became(draft, key, body_hash)) is not None:
        return before
    if not declared:
        raise Refusal("filing.not_declared")
    matter = _current(draft.matter, draft.matter_version, await catalogue.version(draft.matter, draft.matter_version))
    if (citizen := await whereabouts.citizen_behind(draft, by)) is not None:
        start = DraftStart(draft.matter, draft.filed_for, draft.company, draft.dependent)
        await profile.of_citizen(citizen, start, now)
    whole = await dossier.of_draft(draft, matter)
    try:
        checked = await _complete(whole, now)
    except Refusal:
        # Another tap may have filed this very draft, and with it the papers, while we were looking.
        draft = await queries.draft(draft_id, owner)
        if draft.submitted_case_id is not None:
            return await result_of(draft.submitted_case_id)
        raise
    # Whatever key comes with a later tap: the draft is filed under the first one.
    first = await db.fetchval(
        "UPDATE draft SET filing_key = coalesce(filing_key, $2) WHERE id = $1 RETURNING filing_key",
        queries.as_uuid(draft.id),
        key,
    )
    new = new_case(whole, checked, by, key=first, body_hash=body_hash, channel=channel)
    try:
        result = await _receive(new, by, now, bundled.cases_of(whole, checked, new, by))
    except Refusal as refusal:
        if refusal.code == "filing.key_reused":
            await db.execute(
                "UPDATE draft SET filing_key = NULL WHERE id = $1 AND filing_key = $2 AND submitted_case_id IS NULL",
                queries.as_uuid(draft.id),
                first,
            )
        raise
    if isinstance(by, OfficerActor) and result.is_new:
        await overriding.tell_filed(by, result.case_no, checked.overridden, now)
    return result


async def _became(draft: Draft, key: str, body_hash: bytes) -> FilingResult | None:
    """What the draft became when it was filed. Raises Refusal("filing.undone") for the key of a case taken back."""
    if await _received(draft.owner, key, body_hash) is not None:
        draft = await queries.draft(draft.id, draft.owner)
        if draft.submitted_case_id is None:  # to be changed: it is filed again only when its owner says so anew
            raise Refusal("filing.undone")
    return await result_of(draft.submitted_case_id) if draft.submitted_case_id is not None else None


async def file(filing: Filing, by: CitizenActor, *, key: str, channel: Channel, now: datetime) -> FilingResult:
    """File in one piece, as the JSON API does. Raises as `submit`, and Refusal("filing.not_online")."""
    owner, body_hash = owner_of(by), receiving.body_hash(filing)
    try:
        new, parts = await _checked(filing, by, owner, key, body_hash, channel, now)
    except Refusal:
        # What was received once stays received, whatever would be refused now: its papers are in that case, the
        # matter may have changed since. Asked only here, since nearly every filing comes once.
        if (before := await _received(owner, key, body_hash)) is not None:
            return before
        raise
    return await _receive(new, by, now, parts)


async def _checked(
    filing: Filing, by: CitizenActor, owner: str, key: str, body_hash: bytes, channel: Channel, now: datetime
) -> tuple[NewCase, tuple[NewPart, ...]]:
    """A filing in one piece that was found complete, and the parts of a bundle."""
    matter = catalogue.current().matter(filing.matter)
    if filing.matter_version not in (None, matter.version):
        matter = _current(
            filing.matter, filing.matter_version, await catalogue.version(filing.matter, filing.matter_version)
        )
    if not matter.may_file_online:
        raise Refusal("filing.not_online", matter=matter.name, matter_en=matter.name_en)
    check_applicant(matter, filing.filed_for)
    if not filing.declared:
        raise Refusal("filing.not_declared")
    start = DraftStart(matter.code, filing.filed_for, filing.company, filing.dependent)
    prefill = await profile.of_citizen(by, start, now)
    whole = dossier.of_filing(filing, matter, owner, by.id, prefill)
    checked = await _complete(whole, now)
    new = new_case(whole, checked, by, key=key, body_hash=body_hash, channel=channel)
    return new, bundled.cases_of(whole, checked, new, by)


async def check_draft(draft: Draft, now: datetime) -> Checked:
    """Every fault a submission would meet now, without submitting."""
    matter = await catalogue.version(draft.matter, draft.matter_version)
    return await dossier.check(await dossier.of_draft(draft, matter), day_of(now))


def _current(code: str, version: int, before: Matter) -> Matter:
    matter = catalogue.current().matter(code)
    if matter.version != version:
        found = changes.between(before, matter)
        raise Refusal(
            "filing.matter_changed",
            version=matter.version,
            changes=[{"what": d.what, "kind": d.kind, "key": d.key, "name": d.zh, "name_en": d.en} for d in found],
        )
    return matter


async def _complete(whole: Dossier, now: datetime) -> Checked:
    checked = await dossier.check(whole, day_of(now))
    if checked.undecided:
        errors = {path: words for path, words in checked.errors.items() if path[5:] in checked.undecided}
        raise Refusal("filing.undecided", count=len(checked.undecided), errors=errors)
    if checked.errors:
        raise Refusal("filing.incomplete", count=len(checked.errors), errors=checked.errors)
    return checked


async def _receive(
    new: NewCase, by: CitizenActor | OfficerActor, now: datetime, parts: tuple[NewPart, ...] = ()
) -> FilingResult:
    """One case; or with `parts` those of a bundle, of which the first is named."""
    if parts:
        receipts = await bundles.receive(new, parts, by=by, now=now)
        receipt = receipts[0]
    else:
        receipt = await receiving.receive(new, by=by, now=now)
        receipts = (receipt,)
    if isinstance(by, OfficerActor):
        for each in receipts:
            await _take(each.case_no, by, now)
    return FilingResult(
        case_no=receipt.case_no,
        tracking_code=receipt.tracking_code,
        query_password=receipt.query_password,
        track_url=papers.track_url(receipt.tracking_code),
        is_new=receipt.is_new,
    )


async def _take(case_no: str, officer: OfficerActor, now: datetime) -> None:
    """首办责任: whoever received it at the window handles it, unless a conflict of interest leaves it to the others."""
    try:
        async with db.transaction():
            case = await recording.load_for(Verb.TAKE, case_no, officer, now)
            await recording.record(
                case, Verb.TAKE, by=officer, at=now, handler=officer.id, first_handler=case.first_handler or officer.id
            )
    except Refusal:
        return


async def _received(owner: str, key: str, body_hash: bytes) -> FilingResult | None:
    row = await db.fetchrow("SELECT body_hash, case_id FROM filing_key WHERE owner = $1 AND key = $2", owner, key)
    if row is None:
        return None
    if row["body_hash"] != body_hash:
        raise Refusal("filing.key_reused")
    return await result_of(row["case_id"])


async def result_of(case_id: int) -> FilingResult:
    """What a filing gave back, for its owner again."""
    row = await db.fetchrow("SELECT case_no, tracking_sealed, password_sealed FROM case_file WHERE id = $1", case_id)
    if row is None:
        raise Refusal("case.not_found")
    code = sealing.unseal(row["case_no"], "tracking", row["tracking_sealed"])
    return FilingResult(
        case_no=row["case_no"],
        tracking_code=code,
        track_url=papers.track_url(code),
        is_new=False,
        query_password=sealing.unseal(row["case_no"], "password", row["password_sealed"]),
    )
