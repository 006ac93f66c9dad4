# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The codes the field runs on, each read once and right ever after."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class ValueFault(StrEnum):
    """Which kind of code could not be read."""

    POSTCODE = "bad_postcode"
    BSN = "bad_bsn"
    AGB_CODE = "bad_agb_code"
    UZOVI = "bad_uzovi"


class BadValue(ValueError):  # noqa: N818  reads as what it is: a bad value
    """A text that is not the code it should be; never repeats the text, which may be personal."""

    def __init__(self, code: ValueFault, facts: Mapping[str, int] | None = None) -> None:
        super().__init__(str(code))
        self.code = code
        self.facts: dict[str, int] = dict(facts or {})


_POSTCODE = re.compile(r"([1-9][0-9]{3})(?:\s?([A-Z]{2}))?")
_NEVER_ISSUED = frozenset({"SA", "SD", "SS"})


@dataclass(frozen=True, slots=True, order=True)
class Postcode:
    """A Dutch postcode: four digits, and two letters where known."""

    pc4: int
    letters: str = ""

    def __post_init__(self) -> None:
        right = (not self.letters) or (
            re.fullmatch("[A-Z]{2}", self.letters) is not None and self.letters not in _NEVER_ISSUED
        )
        if not (1000 <= self.pc4 <= 9999 and right):
            raise BadValue(ValueFault.POSTCODE)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read '2514 gl', '2514GL' or '2514'."""
        found = _POSTCODE.fullmatch(text.strip().upper())
        if found is None:
            raise BadValue(ValueFault.POSTCODE, {"length": len(text)})
        return cls(int(found[1]), found[2] or "")

    def __str__(self) -> str:
        return f"{self.pc4} {self.letters}".rstrip()


@dataclass(frozen=True, slots=True, repr=False)
class Bsn:
    """A citizen service number, which shows itself only when asked to."""

    _digits: str

    def __post_init__(self) -> None:
        if not _passes_eleven_test(self._digits):
            raise BadValue(ValueFault.BSN, {"length": len(self._digits)})

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read nine digits, with or without blanks and dots between them."""
        return cls(re.sub(r"[\s.]", "", text))

    def reveal(self) -> str:
        """Give the nine digits, to whoever may have them."""
        return self._digits

    @property
    def is_demo(self) -> bool:
        """Whether it comes from the range that demo data uses."""
        return self._digits.startswith("9999")

    def __str__(self) -> str:
        return f"*****{self._digits[-4:]}"

    def __repr__(self) -> str:
        return f"Bsn({self})"


def _passes_eleven_test(digits: str) -> bool:
    if re.fullmatch("[0-9]{9}", digits) is None or digits == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


@dataclass(frozen=True, slots=True, order=True)
class AgbCode:
    """The code of a care provider; that of a GP practice starts with 01."""

    digits: str

    def __post_init__(self) -> None:
        if re.fullmatch("[0-9]{8}", self.digits) is None:
            raise BadValue(ValueFault.AGB_CODE, {"length": len(self.digits)})

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read eight digits."""
        return cls(text.strip())

    @property
    def is_practice(self) -> bool:
        """Whether it is in the range of GP care."""
        return self.digits.startswith("01")

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True, slots=True, order=True)
class Uzovi:
    """The code of a health insurer."""

    digits: str

    def __post_init__(self) -> None:
        if re.fullmatch("[0-9]{4}", self.digits) is None:
            raise BadValue(ValueFault.UZOVI, {"length": len(self.digits)})

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read four digits."""
        return cls(text.strip())

    def __str__(self) -> str:
        return self.digits
