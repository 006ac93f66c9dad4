# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The settings of gunicorn, by its own names."""

import gc
from pathlib import Path

# Its lines go through the application's log, and there is none per visitor: who looked at which page when
# is personal data.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "root": {"level": "INFO", "handlers": []},
    "handlers": {},
    "loggers": {
        "gunicorn.error": {"level": "NOTSET", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
}
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 15
keepalive = 5
max_requests = 0
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes its own file


def pre_fork(server: object, worker: object) -> None:  # noqa: ARG001  gunicorn says who
    """Set what is loaded once apart from what a request makes: walking through all of it held answers up 100 ms."""
    gc.collect()
    gc.freeze()
