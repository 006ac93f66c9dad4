# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log: one JSON object a line, holding only keys from a list, so that no personal data gets in."""

import logging
import sys
import traceback
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ALLOWED_KEYS = frozenset(
    {
        "attempt",
        "count",
        "duration_ms",
        "event",
        "exception",
        "job_id",
        "level",
        "logger",
        "method",
        "queue",
        "reference",
        "refusal",
        "round_id",
        "route",
        "status_code",
        "task",
        "timestamp",
    }
)

type_of_exc_info = tuple[type[BaseException], BaseException, TracebackType | None]


class ExceptionText:
    """Write an exception as its type and frames; its message may quote a person's data: only on wish."""

    def __init__(self, *, with_messages: bool) -> None:
        self.with_messages = with_messages

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        """Turn `exc_info` into `exception`."""
        exc_info = event.pop("exc_info", None)
        if exc_info is True:
            exc_info = sys.exc_info()
        elif isinstance(exc_info, BaseException):
            exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
        if exc_info and exc_info[0] is not None:
            event["exception"] = self._describe(exc_info)
        return event

    def _describe(self, exc_info: type_of_exc_info) -> str:
        if self.with_messages:
            return "".join(traceback.format_exception(*exc_info))
        frames = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(exc_info[2])]
        return "\n".join([*frames, exc_info[0].__qualname__])


def keep_allowed_keys(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop whatever the list does not name."""
    return {key: value for key, value in event.items() if key in ALLOWED_KEYS}


def configure(level: str, *, with_messages: bool) -> None:
    """Send our own lines and those of the libraries, from this level up, as JSON to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        # Of another library's line only the text in its source is sure to hold nobody's data.
        use_get_message=with_messages,
        foreign_pre_chain=[
            *shared,
            structlog.stdlib.ExtraAdder(),
        ],
        processors=[
            ExceptionText(with_messages=with_messages),
            keep_allowed_keys,
            structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for former in [known for known in root.handlers if getattr(known, "is_ours", False)]:
        root.removeHandler(former)
    vars(handler)["is_ours"] = True
    root.addHandler(handler)
    root.setLevel(level)
    # They would name every job at each start of any command, and whatever address is looked up.
    for chatty in ("procrastinate.blueprints", "procrastinate.periodic", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
