# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A worker seals by itself, as the application's role, and stops when it is told to."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.integration.audit.log_tampering import NOON, write_lines

from huisartsplek.audit.models import AuditEvent, AuditSeal
from huisartsplek.audit.verification import verify_audit


@pytest.mark.slow
@pytest.mark.usefixtures("committed")
def test_a_worker_seals_what_is_written_while_it_runs(application_url: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "huisartsplek.config.settings",
        "HP_ENV": "test",
        "HP_DATABASE_ROLE": "application",
        "HP_DATA_DIR": str(tmp_path),
        "DATABASE_URL": application_url,
    }
    command = [sys.executable, "-W", "ignore", "-m", "django", "procrastinate", "worker", "--concurrency=2"]
    worker = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        for round_number in (1, 2):
            write_lines(3)
            until = time.monotonic() + 60
            while AuditSeal.objects.count() < 3 * round_number:
                assert worker.poll() is None, "the worker could not start"
                assert time.monotonic() < until, "nothing was sealed in a minute"
                time.sleep(0.1)
    finally:
        worker.terminate()
        worker.wait(30)

    found = verify_audit(on=NOON.date())
    assert (found.fault, found.unsealed, found.lines) == (None, 0, AuditEvent.objects.count())
