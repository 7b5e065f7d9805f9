"""Logs: one JSON object a line, with the request's number and without anybody's personal data."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import msgspec
import structlog

# An ID number or a mobile number wherever it turns up: first and last digits stay, for whoever must match two lines.
_ID = re.compile(r"(?<!\d)(\d)\d{16}([\dXx])(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_NAME = "yimaban"


def configure(level: str) -> None:
    """Send structlog and the standard library's loggers to stderr as JSON lines; `level` is a name as "info"."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                without_personal_data,
                structlog.processors.JSONRenderer(serializer=_encoded),
            ],
        )
    )
    handler.set_name(_NAME)
    root = logging.getLogger()
    root.handlers = [other for other in root.handlers if other.get_name() != _NAME] + [handler]
    root.setLevel(logging.getLevelNamesMapping()[level.upper()])
    for chatty in ("httpx", "httpcore", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def without_personal_data(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Numbers that name a person are masked in every text of the line, nested ones too."""
    for name, value in event.items():
        event[name] = _masked(value)
    return event


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return _MOBILE.sub(r"\1****\2", _ID.sub(r"\1****************\2", value))
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    if isinstance(value, dict):
        return {name: _masked(item) for name, item in value.items()}
    return value


def _encoded(event: MutableMapping[str, Any], **_options: object) -> str:
    """JSON escapes CR and LF, so that a value can't start a line of its own."""
    return msgspec.json.encode(event, enc_hook=repr).decode()
