"""Who is told once this is filed, and how: said before filing, chosen by who files for somebody else."""

from __future__ import annotations

from uuid import UUID

from backend import db
from backend.domain.masking import mask_mobile
from backend.domain.notices import is_wanted
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.notices.people import readers, targets
from backend.notices.telling import reachable
from backend.people.sealing import mobile_index
from shared_schemas.draft import Draft
from shared_schemas.notice import ChannelName, NoticeTopic, Party, Told, ToldBy, ToldShown, WhoIsTold
from shared_schemas.vocabulary import FiledFor


def chosen(told: str, owner: str) -> WhoIsTold:
    """What was chosen; until then whoever files by phone hears of it, and at a window who applies."""
    if told:
        return WhoIsTold(told)
    return WhoIsTold.APPLICANT if owner.startswith("officer:") else WhoIsTold.HELPER


def may_choose(draft: Draft) -> bool:
    """Whether somebody else than the applicant files."""
    return draft.filed_for is not FiledFor.SELF


async def choose(draft: Draft, who: WhoIsTold) -> None:
    """Note who is told. Raises Refusal("draft.told_yourself") where one files for oneself and nobody else is to tell."""
    if who is draft.told:
        return
    if not may_choose(draft):
        raise Refusal("draft.told_yourself")
    await db.execute("UPDATE draft SET told = $2 WHERE id = $1", UUID(draft.id), who)


def told(who: WhoIsTold, citizen: int | None, mobile: str | None, helper: str | None) -> Told:
    """What goes with the case: the applicant's number and, of who files at a window without an account, theirs."""
    own = helper if citizen is None and helper != mobile else None
    return Told(who, mobile or "", own or "", language())


async def shown(draft: Draft) -> ToldShown:
    """Who will hear of it and how, as it stands now."""
    mobile, helper = numbers(draft)
    is_same = draft.citizen is not None and mobile != "" and await _is_of(mobile, draft.citizen)
    tells_applicant = _is_other(draft) and mobile != "" and not is_same
    if draft.citizen is not None:
        tells_applicant = tells_applicant and draft.told is not WhoIsTold.HELPER
        is_loud = not (tells_applicant and draft.told is WhoIsTold.APPLICANT)
        lines = await _by_account(draft.citizen, is_loud=is_loud)
    else:
        tells_helper = helper != "" and draft.told is not WhoIsTold.APPLICANT
        lines = [ToldBy(Party.OWNER, ChannelName.SMS, mask_mobile(helper))] if tells_helper else []
        tells_applicant = tells_applicant and not (tells_helper and draft.told is WhoIsTold.HELPER)
    if tells_applicant:
        lines.append(ToldBy(Party.APPLICANT, ChannelName.SMS, mask_mobile(mobile)))
    return ToldShown(draft.told, may_choose(draft), tuple(lines), may_choose(draft) and is_same)


async def _is_of(mobile: str, citizen: int) -> bool:
    return await db.fetchval("SELECT mobile_index FROM citizen WHERE id = $1", citizen) == mobile_index(mobile)


def numbers(draft: Draft) -> tuple[str, str]:
    """The applicant's number, and the helper's where it is another one."""
    mobile, helper = [str(draft.values.get(name) or draft.known.get(name) or "") for name in ("mobile", "agent_mobile")]
    return mobile or helper, helper if helper != mobile else ""


def _is_other(draft: Draft) -> bool:
    return draft.filed_for is not FiledFor.SELF or draft.citizen is None


async def _by_account(citizen: int, *, is_loud: bool) -> list[ToldBy]:
    lines = [ToldBy(Party.OWNER, None)]
    reader = (await readers([citizen])).get(citizen)
    if reader is None or not is_loud:
        return lines
    for channel in ChannelName:
        is_on = channel in reachable() and is_wanted(NoticeTopic.YOUR_MOVE, channel, reader.chosen)
        if is_on and targets(reader, channel, language()):
            lines.append(ToldBy(Party.OWNER, channel, reader.mobile_masked if channel is ChannelName.SMS else ""))
    return lines
