# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Several processes that live and die together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from huisartsplek.config.surroundings import tell

GRACE_SECONDS = 25
TICK = 0.1
ASK_EVERY_SECONDS = 1
INTERRUPTED = 130

# Linux can end a child when its parent dies, even of `kill -9`; elsewhere such a child lives on.
_LIBC = ctypes.CDLL(None)
_DIE_WITH_PARENT = 1


@dataclass(frozen=True)
class Child:
    """A process to start: its name for people, its command line and its environment."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)


class Stopped(Exception):  # noqa: N818 - no fault: somebody asked
    """A signal asked this process to stop."""


def _die_with_parent() -> None:
    if hasattr(_LIBC, "prctl"):
        _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def _start(child: Child) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        child.command,
        env=child.environment,
        stdin=subprocess.DEVNULL,
        # Ctrl-C at the terminal is for us; we then end the children in good order.
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - this process has no other threads
    )


def run_to_end(child: Child) -> int:
    """Run one process until it is done, or end it when a signal comes, and give its exit code."""
    with _signals_as_stop():
        process = _start(child)
        try:
            return process.wait()
        except Stopped:
            return INTERRUPTED
        finally:
            _end([process])


def supervise(children: Sequence[Child], *, once_up: Callable[[], bool] | None = None) -> int:
    """Run these processes until one ends or a signal comes; then end them all and give an exit code.

    `once_up` is asked time and again until it says yes; it is where "ready" is told.
    """
    with _signals_as_stop():
        running: dict[str, subprocess.Popen[bytes]] = {}
        waiting = once_up
        next_question = 0.0
        try:
            for child in children:
                running[child.name] = _start(child)
            while True:
                ended = [name for name, process in running.items() if process.poll() is not None]
                if ended:
                    for name in ended:
                        tell(
                            f"The {name} ended by itself (code {running[name].returncode}); everything is stopped."
                        )
                    return 1
                if waiting is not None and time.monotonic() >= next_question:
                    next_question = time.monotonic() + ASK_EVERY_SECONDS
                    if waiting():
                        waiting = None
                time.sleep(TICK)
        except Stopped:
            return 0
        finally:
            _end(list(running.values()))


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask every process group to stop, insist after a while, and reap them all."""
    former = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for number in (signal.SIGTERM, signal.SIGKILL):
            for process in processes:
                _signal_group(process, number)
            deadline = time.monotonic() + GRACE_SECONDS
            for process in processes:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(max(0.0, deadline - time.monotonic()))
            if all(process.returncode is not None for process in processes):
                break
        for process in processes:
            # What a child of ours may itself have left behind in its group.
            _signal_group(process, signal.SIGKILL)
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


@contextlib.contextmanager
def _signals_as_stop() -> Iterator[None]:
    def stop(_number: int, _frame: object) -> None:
        raise Stopped

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    former = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
