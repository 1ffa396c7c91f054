"""Logs as JSON lines that cannot carry a person: only listed keys, codes and ids pass.

Libraries log through the same pipe. Their messages are kept as templates, without the values that
were put in, and an exception is told by its class and place, never by its text.
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, TextIO
from uuid import UUID

import structlog
from structlog.typing import Processor

ALLOWED = frozenset(
    {
        "action",
        "activity_id",
        "activity_type",
        "address",
        "application_id",
        "attempt",
        "bytes",
        "code",
        "count",
        "end",
        "epoch",
        "error",
        "event",
        "exception",
        "gateway",
        "gateway_id",
        "interview",
        "interview_id",
        "job_id",
        "journeys",
        "kind",
        "level",
        "logger",
        "method",
        "ms",
        "org_id",
        "packets",
        "phase",
        "pid",
        "port",
        "process",
        "queue",
        "reason",
        "request_id",
        "role",
        "route",
        "run_id",
        "seconds",
        "segment_id",
        "segments",
        "started",
        "state",
        "status",
        "step",
        "task_id",
        "timestamp",
        "turn_id",
        "user_id",
        "version",
        "workflow_id",
    }
)
"""Keys a line may have. A new one is added here, after asking whether it could name a person."""

_CODE = re.compile(r"[\w.:/@+\[\]{}<>-]{1,200}")
_LONGEST = 300
Event = MutableMapping[str, Any]


def keep_allowed(_logger: object, _method: str, event: Event) -> Event:
    """Drop every key that is not listed, and every value that is not a code, id or number."""
    return {
        key: value
        for key, value in event.items()
        if key in ALLOWED and (key in {"event", "exception"} or _is_plain(value))
    }


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return _CODE.fullmatch(value) is not None
    return value is None or isinstance(value, bool | int | float | UUID)


def tell_place(_logger: object, _method: str, event: Event) -> Event:
    """Replace an exception by its class and the place it came from: its text may quote anything."""
    found = event.pop("exc_info", None)
    error = _error_of(found)
    if error is not None:
        event["exception"] = describe(error)
    return event


def describe(error: BaseException) -> str:
    """Return class and innermost places of an error, without any of its text."""
    names: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(names) < 3:
        names.append(f"{type(seen).__name__} at {_places(seen.__traceback__)}")
        seen = seen.__cause__ or seen.__context__
    return " <- ".join(names)


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-3:]
    return ", ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames)


def _error_of(found: object) -> BaseException | None:
    if isinstance(found, BaseException):
        return found
    if isinstance(found, tuple):
        error: BaseException | None = found[1]
        return error
    return sys.exc_info()[1] if found else None


def keep_template(_logger: object, _method: str, event: Event) -> Event:
    """Keep a library's message as it was written, without the values that were put in."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None:
        event["event"] = str(record.msg).split("\n", 1)[0][:_LONGEST]
        event["exc_info"] = record.exc_info
    return event


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send this process's logs, and those of its libraries, to `stream` (standard error)."""
    ours: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*ours, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*ours, keep_template],
        processors=[tell_place, keep_allowed, structlog.processors.JSONRenderer(default=str)],
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
