# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Folders that the server's user can enter, and the PostgreSQL programs this machine has."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
PROGRAMS = [None, *(postgres.parent for postgres in DEBIAN if int(postgres.parts[-3]) >= 15)]


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A throw-away data folder; pytest's own is closed to the other user as whom the server may run."""
    folder = Path(tempfile.mkdtemp(prefix="huisartsplek-launcher-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(params=PROGRAMS, ids=lambda found: "wheel" if found is None else f"PostgreSQL {found.parts[-2]}")
def bindir(request: pytest.FixtureRequest) -> Path | None:
    """Each PostgreSQL of this machine in turn; the wheel's is always there."""
    found: Path | None = request.param
    return found
