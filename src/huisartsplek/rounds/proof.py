# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof that somebody's own rows are in a frozen round: a Merkle tree over salted leaves.

A leaf is SHA-256 over 0x00, the salt and the rows; an inner node is SHA-256 over 0x01 and its two children; a node
without a sibling goes up as it is. Whoever holds the salt, the rows and the path finds the published root again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


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


def path_of(leaves: Sequence[bytes], index: int) -> list[Step]:
    """Give the siblings from a leaf up to the root."""
    level, steps = list(leaves), []
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            steps.append(Step("right" if sibling > index else "left", level[sibling]))
        level, index = _above(level), index // 2
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
