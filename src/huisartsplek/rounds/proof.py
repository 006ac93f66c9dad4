# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof that somebody's own rows are in a frozen round: a Merkle tree over salted leaves.

A leaf is SHA-256 over 0x00, the salt and the rows; an inner node is SHA-256 over 0x01 and its two children; a node
without a sibling goes up as it is. Whoever holds the salt, the rows and the path finds the published root again;
whoever holds all files of the round finds it from the files alone, so that the root covers what was hashed and
decided on.
"""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from huisartsplek.engine.tables import Tables

LEAVES_FILE = "leaves.csv"  # beside the four tables of a round, for whoever checks the root


@dataclass(frozen=True, slots=True)
class Step:
    """One sibling on the way up: its hash, and the side on which it stands."""

    side: Literal["left", "right"]
    digest: bytes


def leaf_digest(salt: bytes, rows: str) -> bytes:
    """Give the leaf of these rows."""
    return hashlib.sha256(b"\x00" + salt + rows.encode()).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Give the root over these leaves; of no leaves at all it is the hash of nothing."""
    level = list(leaves)
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        level = _above(level)
    return level[0]


def rows_by_request(tables: Tables) -> dict[str, str]:
    """Give every request its own lines of the files: of the request, its members, its wishes; each kind sorted."""
    rows: dict[str, list[str]] = {}
    requests = tables.requests
    for request, priority, since in zip(requests.request, requests.priority, requests.since, strict=True):
        rows[request] = [f"{request},{priority},{since}"]
    members, wishes = tables.members, tables.wishes
    columns = zip(members.person, members.request, members.practice, members.trades, strict=True)
    for line, request in sorted(
        (f"{person},{request},{practice},{'yes' if trades else 'no'}", request)
        for person, request, practice, trades in columns
    ):
        rows[request].append(line)
    for line, request in sorted(
        (f"{request},{rank},{practice}", request)
        for request, rank, practice in zip(wishes.request, wishes.rank, wishes.practice, strict=True)
    ):
        rows[request].append(line)
    return {request: "".join(f"{line}\n" for line in lines) for request, lines in rows.items()}


def root_over(tables: Tables, salts: Mapping[str, bytes]) -> str:
    """Give the root, in hexadecimal, over everybody's rows in these tables: leaves in the order of requests."""
    return root_over_rows(rows_by_request(tables), salts)


def root_over_rows(rows: Mapping[str, str], salts: Mapping[str, bytes]) -> str:
    """Do that for who has everybody's rows at hand."""
    if rows.keys() != salts.keys():
        raise ValueError("every request has one salt, and every salt one request")
    return root_of([leaf_digest(salts[request], rows[request]) for request in sorted(rows)]).hex()


def render_leaves(salts: Mapping[str, bytes]) -> bytes:
    """Give the file of the salts, by request."""
    return "".join(
        ["request,salt\n", *(f"{request},{salts[request].hex()}\n" for request in sorted(salts))]
    ).encode()


def read_leaves(content: bytes) -> dict[str, bytes]:
    """Read the file of the salts."""
    return {row["request"]: bytes.fromhex(row["salt"]) for row in csv.DictReader(io.StringIO(content.decode()))}


def levels_over(leaves: Sequence[bytes]) -> tuple[tuple[bytes, ...], ...]:
    """Give every level of the tree below its root, the leaves first: made once, each path is then a look-up."""
    levels, level = [], list(leaves)
    while len(level) > 1:
        levels.append(tuple(level))
        level = _above(level)
    return tuple(levels)


def path_in(levels: Sequence[Sequence[bytes]], index: int) -> list[Step]:
    """Give the siblings from a leaf up to the root, in as many steps as there are levels."""
    steps = []
    for level in levels:
        sibling = index ^ 1
        if sibling < len(level):
            steps.append(Step("right" if sibling > index else "left", level[sibling]))
        index //= 2
    return steps


def root_from(leaf: bytes, path: Sequence[Step]) -> bytes:
    """Walk a path up from a leaf to the root it leads to."""
    digest = leaf
    for step in path:
        digest = _node(step.digest, digest) if step.side == "left" else _node(digest, step.digest)
    return digest


def _above(level: Sequence[bytes]) -> list[bytes]:
    pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
