"""How I am told, under /api/v1: choices, quiet hours, this browser's pushes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, delete, get, post, put
from msgspec import Meta, Struct

from backend.i18n import language
from backend.notices import choosing, devices
from backend.people.guards import citizen_only
from shared_schemas.notice import ChannelName
from shared_schemas.people import CitizenActor

_TAGS = ["notices"]


class BindingCode(Struct, frozen=True, forbid_unknown_fields=True):
    """A code of the mini program, good for once."""

    code: Annotated[str, Meta(min_length=1, max_length=200)]


class DeviceAdded(Struct, frozen=True):
    """The device under which this browser is now told."""

    id: int


@get(
    "/me/notices",
    guards=[citizen_only],
    tags=_TAGS,
    summary="How I am told",
    operation_id="NoticeManner",
    description="Channels by topic, quiet hours (minutes of the day, Asia/Shanghai), language, and my devices that take "
    "pushes. `push_key` is the applicationServerKey for `pushManager.subscribe`, null where the hall has no push. The "
    "inbox can't be switched off.",
)
async def read(citizen: CitizenActor) -> choosing.Manner:
    """The settings."""
    return await choosing.manner(citizen.id)


@put(
    "/me/notices",
    guards=[citizen_only],
    tags=_TAGS,
    summary="Choose how I am told",
    operation_id="ChooseNoticeManner",
    description="What is left out stays as it is.",
)
async def choose(data: choosing.MannerChosen, citizen: CitizenActor) -> choosing.Manner:
    """Keep."""
    await choosing.choose(citizen.id, data)
    return await choosing.manner(citizen.id)


@post(
    "/me/notices/devices",
    guards=[citizen_only],
    status_code=201,
    tags=_TAGS,
    summary="Take pushes in this browser",
    operation_id="AddPushDevice",
    description="The body is `PushSubscription.toJSON()`; `replaces` is the endpoint this browser had before. The address "
    "must be one of a push service: anything else is 422 `push.not_a_service`. Said again it is the same device.",
)
async def add(
    request: Request[Any, Any, Any], data: devices.PushSubscription, citizen: CitizenActor, now: datetime
) -> DeviceAdded:
    """Add."""
    agent = request.headers.get("user-agent", "")
    return DeviceAdded(await devices.add(citizen.id, data, agent=agent, lang=language(), now=now))


@delete(
    "/me/notices/devices/{device:int}",
    guards=[citizen_only],
    tags=_TAGS,
    summary="No more pushes to one of my devices",
    operation_id="RemovePushDevice",
    description="Another's device is 404 like a missing one.",
)
async def forget(device: int, citizen: CitizenActor) -> None:
    """Remove by id."""
    await devices.forget(citizen.id, device)


@post(
    "/me/notices/devices/removal",
    guards=[citizen_only],
    status_code=204,
    tags=_TAGS,
    summary="No more pushes to this browser",
    operation_id="RemovePushEndpoint",
    description="By the endpoint that only this browser knows. One that is not there is no fault.",
)
async def remove(data: devices.PushEndpoint, citizen: CitizenActor) -> None:
    """Remove by endpoint."""
    await devices.remove(citizen.id, data.endpoint)


@put(
    "/me/notices/bindings/{channel:str}",
    guards=[citizen_only],
    status_code=200,
    tags=_TAGS,
    summary="Bind WeChat or Alipay",
    operation_id="BindChannel",
    description="From the mini program there, signed in: `code` is what `wx.login` or `my.getAuthCode` just gave it. An account "
    "there tells one person only. 422 `binding.code` where the provider does not know the code.",
)
async def bind(channel: ChannelName, data: BindingCode, citizen: CitizenActor, now: datetime) -> choosing.Manner:
    """Bind."""
    await choosing.bind(citizen.id, channel, data.code, now)
    return await choosing.manner(citizen.id)


@delete(
    "/me/notices/bindings/{channel:str}",
    guards=[citizen_only],
    tags=_TAGS,
    summary="Unbind WeChat or Alipay",
    operation_id="UnbindChannel",
    description="`wechat` or `alipay`; one that is not bound is no fault.",
)
async def unbind(channel: ChannelName, citizen: CitizenActor) -> None:
    """Unbind."""
    await choosing.unbind(citizen.id, channel)


handlers = [read, choose, add, forget, remove, bind, unbind]
