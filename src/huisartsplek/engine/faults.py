# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with an input, said so that somebody can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault, by file, record number (the header is record 1) and English column name, where it has them."""

    file: str
    record: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        where = [self.file]
        if self.record is not None:
            where.append(f"record {self.record}")
        if self.column is not None:
            where.append(self.column)
        return f"{', '.join(where)}: {self.message}"


class BadInput(Exception):  # noqa: N818 - the contract names it so
    """The input cannot be decided upon; `faults` holds everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults in the input")
        self.faults = list(faults)
