"""消息设置: which channel for what, when the phone may ring, and this browser's pushes."""

from __future__ import annotations

import re
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from backend import views
from backend.notices import choosing, devices
from backend.notices.choosing import MannerChosen, Quiet
from backend.people.guards import citizen_only
from shared_schemas.notice import ChannelName, NoticeTopic
from shared_schemas.people import CitizenActor

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_GUARD: dict[str, Any] = {"guards": [citizen_only]}


@get("/me/notices", **_GUARD)
async def settings(request: Request[Any, Any, Any], citizen: CitizenActor, saved: str = "") -> Response[bytes]:
    """Everything on one page."""
    manner = await choosing.manner(citizen.id)
    times = {name: _clock(getattr(manner.quiet, name)) for name in ("starts", "ends")}
    return views.page(request, "notices/settings.html", manner=manner, times=times, is_saved=saved == "1")


@post("/me/notices", status_code=303, **_GUARD)
async def save(data: Form, citizen: CitizenActor) -> Redirect:
    """Keep what is ticked; a time that is none stays as it was."""
    manner = await choosing.manner(citizen.id)
    choices = {topic: {channel: f"{topic}.{channel}" in data for channel in manner.channels} for topic in NoticeTopic}
    quiet = Quiet(
        is_on="is_quiet" in data,
        starts=_minute(data.get("starts", ""), manner.quiet.starts),
        ends=_minute(data.get("ends", ""), manner.quiet.ends),
        urgent_anyway="urgent_anyway" in data,
    )
    lang = data.get("lang", "")
    await choosing.choose(
        citizen.id, MannerChosen(choices=choices, quiet=quiet, lang=lang if lang in {"zh", "en"} else None)
    )
    return Redirect("/me/notices?saved=1", status_code=303)


@post("/me/notices/devices/{device:int}/removal", status_code=303, **_GUARD)
async def forget(device: int, citizen: CitizenActor) -> Redirect:
    """No more pushes to that device."""
    await devices.forget(citizen.id, device)
    return Redirect("/me/notices", status_code=303)


@post("/me/notices/bindings/{channel:str}/removal", status_code=303, **_GUARD)
async def unbind(channel: ChannelName, citizen: CitizenActor) -> Redirect:
    """No more messages there."""
    await choosing.unbind(citizen.id, channel)
    return Redirect("/me/notices", status_code=303)


def _minute(text: str, otherwise: int) -> int:
    found = _TIME.fullmatch(text)
    return int(found[1]) * 60 + int(found[2]) if found else otherwise


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


handlers = [settings, save, forget, unbind]
