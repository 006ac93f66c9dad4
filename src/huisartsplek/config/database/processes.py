# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which server processes of a data directory are really alive; what `postmaster.pid` says is only a claim."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Claim:
    """What `postmaster.pid` says: whose, on which port, and whether it is ready."""

    pid: int
    port: int
    is_ready: bool


def read_claim(cluster: Path) -> Claim | None:
    """Read `postmaster.pid`; nothing when it is absent or half written."""
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        return Claim(
            pid=int(lines[0]),
            port=int(lines[3]) if len(lines) > 3 else 0,
            is_ready=len(lines) > 7 and lines[7].strip() == "ready",
        )
    except (OSError, ValueError, IndexError):
        return None


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; a zombie does not, though it still answers to signals."""
    if PROC.is_dir():
        try:
            status = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        # The name in brackets may itself hold blanks and brackets.
        return status.rpartition(")")[2].split()[0] not in {"Z", "X"}
    answer = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)],
        check=False,
        capture_output=True,
        text=True,
    )
    return bool(answer.stdout.strip()) and not answer.stdout.strip().startswith("Z")


def live_servers(cluster: Path) -> set[int]:
    """Find every live process that works in this data directory: the postmaster and whoever outlived it."""
    if not PROC.is_dir():
        claim = read_claim(cluster)
        return {claim.pid} if claim and is_alive(claim.pid) and _is_postgres(claim.pid) else set()
    found = set()
    for entry in PROC.iterdir():
        if not entry.name.isdigit() or not is_alive(int(entry.name)):
            continue
        try:
            if (entry / "cwd").samefile(cluster) and _is_postgres(int(entry.name)):
                found.add(int(entry.name))
        except OSError:
            continue
    return found


def _is_postgres(pid: int) -> bool:
    if PROC.is_dir():
        command = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")[0].decode(errors="replace")
    else:
        answer = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)],
            check=False,
            capture_output=True,
            text=True,
        )
        command = answer.stdout.strip()
    first = command.split(" ")[0].rstrip(":")
    return os.path.basename(first) == "postgres"  # noqa: PTH119 - a title of a process, not a path
