# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The settings of gunicorn, by its own names."""

import logging
from pathlib import Path
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger


class SharedLog(Logger):
    """Send the web server's lines through the application's log; write no line per visitor."""

    def setup(self, cfg: Config) -> None:
        """Leave format and destination to the root of the log."""
        super().setup(cfg)
        for logger in (self.error_log, self.access_log):
            logger.handlers.clear()
        self.error_log.propagate = True
        self.error_log.setLevel(logging.NOTSET)

    def access(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing: who looked at which page when is personal data."""


worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 15
keepalive = 5
max_requests = 0
logger_class = SharedLog
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes its own file
