"""More acts of the demo's story: papers that follow, a second notice, a certificate by post, other ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from backend.cases import reading
from backend.corrections import again, queries
from backend.demo import remarks
from backend.demo.story import Act, Scene
from backend.procedures import archiving, mailing, promising, terminating
from shared_schemas.ending import Archiving, Termination
from shared_schemas.promise import PromiseSigned
from shared_schemas.second_notice import SecondNoticeAsked
from shared_schemas.service import PostSent


async def promise(stage: Any, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
    """Sign for what follows, from the citizen's own phone."""
    by = stage.citizens[scene.who]
    await promising.sign(case_no, PromiseSigned(by.name), by=by, now=now)


async def second(stage: Any, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
    """The clerk asks the supervisor for a second notice about what was said once."""
    places = await queries.asked_before((await reading.by_number(case_no)).id)
    given = SecondNoticeAsked(tuple(sorted(places)), remarks.OPINIONS["second"])
    await again.ask(case_no, given, by=stage.clerk(scene), now=now)


async def mail(stage: Any, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
    """The certificate goes by post."""
    await mailing.mail(case_no, PostSent("中国邮政", "EA304200118CN"), by=stage.clerk(scene), now=now)


async def terminate(stage: Any, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
    """终止, by the second tier."""
    given = Termination(remarks.OPINIONS["terminate"])
    await terminating.terminate(case_no, given, by=stage.approver(scene, "second"), now=now)


async def archive(stage: Any, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
    """归档, by the first handler."""
    await archiving.archive(case_no, Archiving("3 号柜 2 层"), by=stage.clerk(scene), now=now)


ENDS: Mapping[str, Callable[[Any, Scene, Act, str, datetime], Awaitable[None]]] = MappingProxyType(
    {"promise": promise, "second": second, "mail": mail, "terminate": terminate, "archive": archive}
)
