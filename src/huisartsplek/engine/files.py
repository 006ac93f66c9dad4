# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of a round: four in, some out."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from huisartsplek.engine import finished
from huisartsplek.engine.careful import COLUMNS, read_carefully
from huisartsplek.engine.columns import Column
from huisartsplek.engine.faults import BadInput, Fault
from huisartsplek.engine.sound import read_sound
from huisartsplek.engine.tables import Tables

__all__ = ["BadInput", "Fault", "input_sha256", "read_tables", "render_input", "write_output"]


def read_tables(directory: Path) -> Tables:
    """Read the four files of a round, or raise `BadInput` with every fault in them."""
    return read_sound(directory) or read_carefully(directory)


def _cells(tables: Tables) -> dict[str, list[Column[str]]]:
    """The normalised cells of the four files."""
    practices, requests, members, wishes = tables.practices, tables.requests, tables.members, tables.wishes
    return {
        "practices.csv": [
            finished.text_cells(practices.practice),
            finished.number_cells(practices.places),
            finished.yes_no_cells(practices.swaps),
            finished.text_cells(practices.region),
        ],
        "requests.csv": [
            finished.text_cells(requests.request),
            finished.number_cells(requests.priority),
            finished.text_cells(requests.since),
        ],
        "members.csv": [
            finished.text_cells(members.person),
            finished.text_cells(members.request),
            finished.text_cells(members.practice),
            finished.yes_no_cells(members.trades),
        ],
        "wishes.csv": [
            finished.text_cells(wishes.request),
            finished.number_cells(wishes.rank),
            finished.text_cells(wishes.practice),
        ],
    }


def _input_pieces(tables: Tables) -> Iterator[tuple[str, Iterator[bytes]]]:
    for file, cells in _cells(tables).items():
        yield file, finished.pieces([column.name for column in COLUMNS[file]], cells)


def render_input(tables: Tables) -> dict[str, bytes]:
    """The four files in their normalised form: what the input's hash is taken over, and readable back."""
    return {file: b"".join(pieces) for file, pieces in _input_pieces(tables)}


def input_sha256(tables: Tables) -> str:
    """The hash that is published when a round is frozen; the same for every form of the same input."""
    digest = hashlib.sha256()
    for file, pieces in _input_pieces(tables):
        digest.update(file.encode() + b"\n")
        for piece in pieces:
            digest.update(piece)
    return digest.hexdigest()


def write_output(files: Mapping[str, bytes], out: Path) -> None:
    """Write all files or none: into a new directory beside `out`, which then takes its name.

    A name may be a path with slashes; its directories are made. An `out` that holds anything is refused with
    FileExistsError; an empty one is replaced.
    """
    check_writable(out)
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        for name, content in files.items():
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).write_bytes(content)
        aside.chmod(0o755)
        aside.rename(out)  # replaces an empty directory, fails on one that holds something
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def check_writable(out: Path) -> None:
    """Refuse, with FileExistsError, an `out` that is a file or a directory that holds files."""
    if out.is_dir():
        if any(out.iterdir()):
            raise FileExistsError(f"{out} holds files")
    elif out.exists() or out.is_symlink():
        raise FileExistsError(f"{out} is not a directory")
