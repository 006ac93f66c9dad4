# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compile a kernel to machine code, keeping the result on disk where there is a place for it.

Kept code is found again by the text of the kernel's file and by that of every kernel it calls from other files,
so that no upgrade ever runs half of what was kept before it.
"""

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt
from numba import njit
from numba.core.dispatcher import Dispatcher

Kernel = TypeVar("Kernel", bound=Callable[..., Any])
Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_stamps: dict[Any, str] = {}


@cache
def _text_stamp(file: str) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


def _stamp(kernel: Callable[..., Any]) -> str:
    """What the compiled code depends on: the text of its file, and the kernels and values it takes from others."""
    file = kernel.__code__.co_filename
    known = kernel.__globals__
    parts = [_text_stamp(file)]
    for name in sorted({*kernel.__code__.co_names} & known.keys()):
        value = known[name]
        if isinstance(value, Dispatcher):
            parts.append(f"{name}: {_stamps.get(value)}")
        elif isinstance(value, (int, np.integer)):
            parts.append(f"{name}: {value}")
        else:
            parts.append(f"{name}: {getattr(value, '_fields', None)}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _places(file: str) -> Iterator[Path]:
    """Where compiled code may be kept, best first."""
    if "NUMBA_CACHE_DIR" in os.environ:
        yield Path(os.environ["NUMBA_CACHE_DIR"])
    yield Path(file).parent / "__pycache__"
    if "XDG_CACHE_HOME" in os.environ:
        yield Path(os.environ["XDG_CACHE_HOME"]) / "huisartsplek"
    elif "HOME" in os.environ:
        yield Path(os.environ["HOME"]) / ".cache" / "huisartsplek"


@cache
def _place(file: str) -> Path | None:
    """The first of these places that can be written to."""
    for place in _places(file):
        try:
            place.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=place).close()
        except OSError:
            continue
        return place
    return None


def _never_in_the_way(kept: Any) -> None:
    """A full disk, or a file of kept code of which half is left, costs time and never stops a round.

    Nor do processes that compile at once: files are put in place whole, and which is of which types stands in an
    index that the last one writes. When two compile a kernel for different types, code of the one can come to stand
    where the index says the other's is. So what is loaded is used only for the types it says it is for.
    """
    load, save = kept.load_overload, kept.save_overload
    unusable = (OSError, EOFError, pickle.UnpicklingError)

    def load_or_none(types: Any, *arguments: Any) -> Any:
        with suppress(*unusable):
            found = load(types, *arguments)
            if found is not None and found.signature.args == tuple(types):
                return found
        return None

    def save_or_not(*arguments: Any) -> None:
        with suppress(*unusable):
            save(*arguments)

    kept.load_overload, kept.save_overload = load_or_none, save_or_not


def compiled(kernel: Kernel) -> Kernel:
    """The kernel, compiled at its first call.

    An installation that cannot be written to keeps compiled code in the user's cache directory; where there is
    none either, or its disk is full, every process compiles for itself.
    """
    file = kernel.__code__.co_filename
    stamp = _stamp(kernel)
    place = _place(file)
    if place is None:
        dispatcher = njit(kernel)
    else:
        settings: Any = numba.config
        before = settings.CACHE_DIR
        settings.CACHE_DIR = str(place / "compiled" / f"{Path(file).stem}-{stamp}")
        try:
            dispatcher = njit(cache=True)(kernel)
        finally:
            settings.CACHE_DIR = before
        _never_in_the_way(vars(dispatcher)["_cache"])
    _stamps[dispatcher] = stamp
    return cast("Kernel", dispatcher)
