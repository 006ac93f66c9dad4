# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compile a kernel to machine code, keeping the result on disk where there is a place for it."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., Any])
Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def compiled(kernel: Kernel) -> Kernel:
    """The kernel, compiled at its first call.

    An installation that cannot be written to keeps compiled code in the user's cache directory; where there is
    none either, every process compiles for itself.
    """
    try:
        return cast("Kernel", njit(cache=True)(kernel))
    except RuntimeError:
        return cast("Kernel", njit(kernel))
