# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Start the embedded PostgreSQL, find the one that runs already, and stop it so that nothing is left behind."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

import psycopg

from huisartsplek.config.database.cluster import (
    APPLICATION,
    HOST,
    OWNER,
    Cluster,
    Memory,
    environment,
    is_free,
    prepare,
)
from huisartsplek.config.database.processes import is_alive, live_servers, read_claim
from huisartsplek.config.database.programs import (
    Account,
    DatabaseUnavailable,
    Programs,
    Say,
    find_programs,
    server_account,
    server_home,
)
from huisartsplek.config.database.roles import create_roles

PATIENCE_SECONDS = 300
STOP_SECONDS = 30
LOG_LIMIT = 10_000_000
TICK = 0.02

# A line about a failed statement must not carry the values of a person into the log.
SETTINGS = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "max_connections": "250",
    "password_encryption": "scram-sha-256",
    # Said here, not at initdb: a folder made before with a name that helping processes refuse is mended too.
    "default_text_search_config": "pg_catalog.simple",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, kw_only=True)
class Connection:
    """The ways into a running database, and whether this process is the one that stops it."""

    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)
    pid: int
    is_ours: bool


def say_on_stderr(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def running_database(
    data_dir: Path, *, bindir: Path | None = None, durable: bool = True, say: Say = say_on_stderr
) -> Iterator[Connection]:
    """Have the database of this folder running: start it and stop it again, or use the one that runs.

    `durable=False` trades safety against a crash for speed and is for throw-away folders only.
    """
    account = server_account()
    home = server_home(data_dir, account, say)
    cluster = Cluster(data_dir, home)
    deadline = time.monotonic() + PATIENCE_SECONDS
    with contextlib.ExitStack() as stack:
        while (lock := _try_lock(cluster.lock)) is None:
            found = _find_running(cluster)
            if found is not None:
                yield found
                return
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(
                    f"Another process has been starting the database in {data_dir} for {PATIENCE_SECONDS} s."
                    f" See {cluster.log}, or stop that process."
                )
            time.sleep(TICK * 5)
        stack.enter_context(lock)
        programs = find_programs(bindir, home, account, say)
        with _signals_as_exit():
            clear_the_way(cluster, say)
            server = Server(cluster, programs, account, durable=durable)
            try:
                memory, pid = server.start()
                create_roles(cluster, memory)
                yield _connection(cluster, memory, pid, is_ours=True)
            finally:
                with _deaf_to_signals():
                    server.stop()


def _connection(cluster: Cluster, memory: Memory, pid: int, *, is_ours: bool) -> Connection:
    return Connection(
        owner_url=cluster.address(memory, OWNER).url,
        app_url=cluster.address(memory, APPLICATION).url,
        pid=pid,
        is_ours=is_ours,
    )


def _try_lock(path: Path) -> IO[bytes] | None:
    handle = path.open("ab")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def _find_running(cluster: Cluster) -> Connection | None:
    """Find a server that another process started and that lets the application in."""
    memory, claim = cluster.recall(), read_claim(cluster.data)
    if memory is None or claim is None or not claim.is_ready or not is_alive(claim.pid):
        return None
    found = _connection(cluster, memory, claim.pid, is_ours=False)
    try:
        psycopg.connect(found.app_url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return None
    return found


def clear_the_way(cluster: Cluster, say: Say) -> None:
    """End what an earlier run left behind, so that no half-dead server keeps the new one from starting.

    Only the holder of the lock may call this. `postmaster.pid` goes only when no process of this folder
    is alive, for it is what keeps two servers from one folder.
    """
    if live_servers(cluster.data):
        say(f"A database server left behind in {cluster.data} is stopped first.")
        claim = read_claim(cluster.data)
        for signal_number in (signal.SIGINT, signal.SIGKILL):
            for pid in live_servers(cluster.data):
                # Asking the postmaster is enough; its children follow it.
                if signal_number == signal.SIGKILL or (claim and pid == claim.pid):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal_number)
            deadline = time.monotonic() + STOP_SECONDS
            while live_servers(cluster.data) and time.monotonic() < deadline:
                time.sleep(TICK)
        if live_servers(cluster.data):
            raise DatabaseUnavailable(f"Processes in {cluster.data} cannot be ended; see `ps -ef | grep postgres`")
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)


class Server:
    """The PostgreSQL process that is our child."""

    def __init__(self, cluster: Cluster, programs: Programs, account: Account, *, durable: bool) -> None:
        self.cluster = cluster
        self.programs = programs
        self.account = account
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> tuple[Memory, int]:
        """Start until it is ready; take another port when somebody was faster."""
        for _attempt in range(5):
            memory = prepare(self.cluster, self.programs, self.account, durable=self.durable)
            pid = self._launch(memory)
            if self._became_ready(pid):
                return memory, pid
            if is_free(memory.port):
                break
        raise DatabaseUnavailable(f"The database did not start. {self.cluster.log} ends with:\n{self._log_end()}")

    def _launch(self, memory: Memory) -> int:
        settings = {**SETTINGS, **({} if self.durable else NOT_DURABLE)}
        if self.cluster.log.exists() and self.cluster.log.stat().st_size > LOG_LIMIT:
            self.cluster.log.replace(self.cluster.log.with_suffix(".log.1"))
        self.cluster.log.touch(mode=0o600)
        with self.cluster.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    self.programs.path("postgres"),
                    "-D",
                    str(self.cluster.data),
                    "-h",
                    HOST,
                    "-p",
                    str(memory.port),
                    "-k",
                    "",
                    *(f"--{name}={value}" for name, value in settings.items()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=environment(),
                # Ctrl-C at the terminal is for us; we then stop the server in good order.
                start_new_session=True,
                **self.account.popen,
            )
        return self.process.pid

    def _became_ready(self, pid: int) -> bool:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                return False
            claim = read_claim(self.cluster.data)
            # After a crash the old file still says "ready"; only our own child's word counts.
            if claim is not None and claim.pid == pid and claim.is_ready:
                return True
            time.sleep(TICK)
        return False

    def _log_end(self) -> str:
        return "\n".join(self.cluster.log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])

    def stop(self) -> None:
        """Stop fast but clean: open transactions are rolled back, everything else is on disk."""
        if self.process is None:
            return
        for signal_number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self.process.poll() is not None:
                return
            self.process.send_signal(signal_number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_SECONDS)


def _exit(signal_number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + signal_number)


@contextlib.contextmanager
def _signals_as_exit() -> Iterator[None]:
    """Let SIGTERM and SIGHUP unwind the program, where nobody else has decided what they do."""
    chosen = []
    if threading.current_thread() is threading.main_thread():
        chosen = [s for s in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(s) is signal.SIG_DFL]
    for signal_number in chosen:
        signal.signal(signal_number, _exit)
    try:
        yield
    finally:
        for signal_number in chosen:
            signal.signal(signal_number, signal.SIG_DFL)


@contextlib.contextmanager
def _deaf_to_signals() -> Iterator[None]:
    """Keep an impatient second Ctrl-C from interrupting the stop and orphaning the server."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = {s: signal.signal(s, signal.SIG_IGN) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for signal_number, handler in former.items():
            signal.signal(signal_number, handler)
