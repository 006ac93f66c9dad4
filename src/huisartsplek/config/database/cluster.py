# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of one embedded database: its data, its remembered port and its passwords."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from huisartsplek.config.database.programs import Account, DatabaseUnavailable, Programs
from huisartsplek.config.values import DatabaseAddress

HOST = "127.0.0.1"
NAME = "huisartsplek"
ADMIN, OWNER, APPLICATION = "hp_admin", "hp_owner", "hp_app"


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What every later start must know again."""

    port: int
    admin_password: str
    owner_password: str
    application_password: str


@dataclass(frozen=True)
class Cluster:
    """One embedded database on disk: `data_dir` is ours, `home` is where the server's user can come."""

    data_dir: Path
    home: Path

    @property
    def data(self) -> Path:
        """Give PostgreSQL's own data directory."""
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        """Give the file with what the server says."""
        return self.data_dir / "postgres.log"

    @property
    def lock(self) -> Path:
        """Give the file that is locked by whoever starts and stops the server."""
        return self.data_dir / "database.lock"

    @property
    def memory_file(self) -> Path:
        """Give the file with port and passwords, readable by its owner alone."""
        return self.data_dir / "database.json"

    def recall(self) -> Memory | None:
        """Read port and passwords; nothing before the first start."""
        try:
            return Memory(**json.loads(self.memory_file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def remember(self, memory: Memory) -> None:
        """Write port and passwords in one step, readable by their owner alone."""
        handle, draft = tempfile.mkstemp(prefix=".database-", dir=self.data_dir)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(memory), file, indent=2)
        Path(draft).replace(self.memory_file)

    def address(self, memory: Memory, user: str, name: str = NAME) -> DatabaseAddress:
        """Give the way in for one of the three roles."""
        password = {
            ADMIN: memory.admin_password,
            OWNER: memory.owner_password,
            APPLICATION: memory.application_password,
        }[user]
        return DatabaseAddress(host=HOST, port=memory.port, name=name, user=user, password=password)


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Let the machine name a port that nobody uses."""
    with socket.socket() as attempt:
        attempt.bind((HOST, 0))
        return int(attempt.getsockname()[1])


def prepare(cluster: Cluster, programs: Programs, account: Account, *, durable: bool) -> Memory:
    """Make the data directory at the first start, and give the port and passwords of every start."""
    memory = cluster.recall()
    if cluster.data.exists():
        _refuse_other_version(cluster, programs)
        if memory is None:
            raise DatabaseUnavailable(
                f"{cluster.memory_file} with the passwords is gone while {cluster.data} is there."
                f" Put it back, or remove {cluster.data} to begin anew."
            )
    else:
        memory = Memory(
            port=free_port(),
            admin_password=secrets.token_urlsafe(24),
            owner_password=secrets.token_urlsafe(24),
            application_password=secrets.token_urlsafe(24),
        )
        cluster.remember(memory)
        _make(cluster, programs, account, memory.admin_password, durable=durable)
    if not is_free(memory.port):
        memory = Memory(**{**asdict(memory), "port": free_port()})
        cluster.remember(memory)
    return memory


def _refuse_other_version(cluster: Cluster, programs: Programs) -> None:
    made_by = (cluster.data / "PG_VERSION").read_text(encoding="utf-8").strip()
    if made_by != str(programs.major):
        raise DatabaseUnavailable(
            f"{cluster.data} was made by PostgreSQL {made_by}, and {programs.bindir} is version {programs.major}."
            " Choose that version with HP_PG_BINDIR, or another folder with HP_DATA_DIR."
        )


def _make(cluster: Cluster, programs: Programs, account: Account, password: str, *, durable: bool) -> None:
    for leftover in cluster.home.glob(".postgres-*"):
        shutil.rmtree(leftover)
    draft = Path(tempfile.mkdtemp(prefix=".postgres-", dir=cluster.home))
    account.owns(draft)
    # initdb reads the password after it has become the other user, so the file must be that user's.
    handle, name = tempfile.mkstemp(prefix=".password-", dir=cluster.home)
    password_file = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(password + "\n")
        account.owns(password_file)
        locale = (
            ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if programs.has_builtin_locale
            else ["--locale=C.UTF-8", "--lc-messages=C"]
        )
        made = subprocess.run(
            [
                programs.path("initdb"),
                f"--pgdata={draft}",
                f"--username={ADMIN}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--data-checksums",
                *locale,
                *([] if durable else ["--no-sync"]),
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            env=environment(),
            **account.popen,
        )
    finally:
        password_file.unlink()
    if made.returncode:
        shutil.rmtree(draft)
        raise DatabaseUnavailable(f"The database could not be made:\n{made.stdout}{made.stderr}")
    draft.rename(cluster.data)


def environment() -> dict[str, str]:
    """Give the server an environment that holds none of our secrets."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
