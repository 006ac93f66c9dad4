# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Processes that belong together live together, stop together, and leave nobody behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from huisartsplek.config.database.cluster import Cluster, free_port
from huisartsplek.config.database.launcher import clear_the_way
from huisartsplek.config.database.processes import is_alive, live_servers

SUPERVISOR = """
import os, sys
from huisartsplek.config.supervisor import Child, supervise
children = [Child(f"child {n}", ["sh", "-c", line], dict(os.environ)) for n, line in enumerate(sys.argv[1:])]
sys.exit(supervise(children))
"""


def wait_until(condition: Callable[[], bool], seconds: int = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"it did not come about in {seconds} s"
        time.sleep(0.05)


def supervisor(*lines: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, *lines], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def marked(mark: str) -> set[int]:
    """Find the live processes that carry a mark in their command line or environment."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                text = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if mark.encode() in text and is_alive(int(entry.name)):
                found.add(int(entry.name))
    return found


def test_when_one_ends_the_others_are_ended_and_the_exit_code_says_so(tmp_path: Path) -> None:
    mark = f"MARK={tmp_path}"
    process = supervisor(f"{mark} sleep 600", f"({mark} sleep 600) & sleep 0.3; exit 3")
    _out, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "child 1 ended by itself (code 3)" in told
    assert marked(str(tmp_path)) == set()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_them_all_without_a_fault(tmp_path: Path, number: signal.Signals) -> None:
    process = supervisor(f"MARK={tmp_path} sleep 600", f"touch {tmp_path}/up; MARK={tmp_path} sleep 600")
    wait_until((tmp_path / "up").exists)
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert marked(f"MARK={tmp_path}") == set()


def test_they_do_not_outlive_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    process = supervisor(f"touch {tmp_path}/up; MARK={tmp_path} exec sleep 600")
    wait_until((tmp_path / "up").exists)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    wait_until(lambda: marked(f"MARK={tmp_path}") == set())


@pytest.fixture
def demo_dir(data_dir: Path) -> Iterator[Path]:
    """A data folder whose server is ended whatever happens in the test."""
    yield data_dir
    clear_the_way(Cluster(data_dir, data_dir), print)


@pytest.mark.slow
def test_manage_starts_the_database_migrates_as_owner_and_works_as_the_application(demo_dir: Path) -> None:
    environment = {**os.environ, "HP_ENV": "demo", "HP_DATA_DIR": str(demo_dir), "HP_LOG_LEVEL": "ERROR"}
    for name in ("HP_DATABASE_ROLE", "DATABASE_URL", "DATABASE_OWNER_URL"):
        environment.pop(name, None)

    def manage(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "huisartsplek", "manage", *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
        return done.stdout

    manage("migrate", "--verbosity", "0")
    asked = manage(
        "shell",
        "--verbosity",
        "0",
        "--command",
        "from django.db import connection as c; k = c.cursor();"
        " k.execute('SELECT current_user, count(*) FROM django_migrations'); print(*k.fetchone())",
    )
    role, count = asked.split()
    assert role == "hp_app"
    assert int(count) > 0
    assert not live_servers(demo_dir / "postgres")


def test_a_taken_port_is_named_before_anything_starts(tmp_path: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        refused = subprocess.run(
            [sys.executable, "-m", "huisartsplek", "demo", "--port", str(port)],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "HP_ENV": "demo", "HP_DATA_DIR": str(tmp_path / "none")},
        )
    assert refused.returncode == 1
    assert f"Port {port} is taken" in refused.stderr
    assert not (tmp_path / "none").exists()


def test_the_demo_does_not_start_in_production() -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "huisartsplek", "demo"],
        check=False,
        capture_output=True,
        text=True,
        env={"HP_ENV": "production", "PATH": os.environ["PATH"]},
    )
    assert refused.returncode == 1
    assert "HP_DEMO lets anyone log in as anyone" in refused.stderr
