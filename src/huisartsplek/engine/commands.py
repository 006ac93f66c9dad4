# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`round run`, `round verify` and `round settle`, from files to files, as functions that answer with an exit code.

0: done, everything holds. 1: a rule is broken. 2: the input is bad or the question cannot be answered.
What is wrong goes to standard error; how far the work is too, but only on a terminal.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter

from huisartsplek.engine.files import BadInput, check_writable, read_tables, write_output
from huisartsplek.engine.mechanisms.whole_households import EXTRA, SolverMissingError
from huisartsplek.engine.preparing import prepare as compile_everything
from huisartsplek.engine.regions import run_by_region
from huisartsplek.engine.reserves import read_reserves
from huisartsplek.engine.rounds import MECHANISM_NAMES, run_round
from huisartsplek.engine.settle import read_answers, read_computed, settle_round
from huisartsplek.engine.tables import ReserveTable, Tables
from huisartsplek.engine.verify import Broken, verify_files
from huisartsplek.engine.verify.regions import SUMMARY, verify_by_region
from huisartsplek.engine.verify.reserves import MECHANISMS as RESERVING
from huisartsplek.engine.verify.reserves import RESERVED, verify_with_reserves

DONE, BROKEN, BAD = 0, 1, 2
AT_MOST = 50


def _say(line: str) -> None:
    """One line to standard error, whatever characters an id may hold."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _list(lines: Sequence[str]) -> None:
    """At most fifty, then how many more."""
    for line in lines[:AT_MOST]:
        _say(line)
    if len(lines) > AT_MOST:
        _say(f"and {len(lines) - AT_MOST} more")


class Progress:
    """Says what is being done and for how long, on a terminal only."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._began = perf_counter()

    def __call__(self, stage: str) -> None:
        if self._shown:
            _say(f"{perf_counter() - self._began:7.1f} s  {stage}")


def _read(in_dir: Path) -> Tables | None:
    """The input, or None after saying everything that is wrong with it."""
    try:
        return read_tables(in_dir)
    except BadInput as bad:
        _list([str(fault) for fault in bad.faults])
        return None


def _read_with(in_dir: Path, reserves_file: Path | None) -> tuple[Tables, ReserveTable | None] | None:
    """The input and the reserves, if there are any; or None after saying everything that is wrong with them."""
    tables = _read(in_dir)
    if tables is None or reserves_file is None:
        return None if tables is None else (tables, None)
    try:
        return tables, read_reserves(reserves_file, tables.practices)
    except BadInput as bad:
        _list([str(fault) for fault in bad.faults])
        return None


def _broken_lines(broken: Iterable[Broken]) -> list[str]:
    lines = []
    for one in broken:
        record = f", record {one.record}" if one.record is not None else ""
        lines.append(f"{one.file}{record}: {one.rule}: {one.message}")
    return lines


def _objection(out_dir: Path, seed: str, mechanism: str) -> str | None:
    """Why a run cannot even begin."""
    if mechanism not in MECHANISM_NAMES:
        return f"mechanism {mechanism} is not available in this version; there are {', '.join(MECHANISM_NAMES)}"
    if not _is_text(seed):
        return "the seed is not UTF-8 text"
    return _refusal(out_dir)


def _unsuited(mechanism: str, *, bound: bool, by_region: bool, reserves: bool) -> str | None:
    """Why these options do not go together."""
    if by_region and bound:
        return "--bound is for one round: without --regions, or on the input of one phase"
    if reserves and (by_region or bound):
        return "--reserves does not go with --regions or --bound"
    if reserves and mechanism not in RESERVING:
        return f"--reserves is for {' and '.join(RESERVING)}"
    return None


def _refusal(out_dir: Path) -> str | None:
    """Why nothing can be written there."""
    try:
        check_writable(out_dir)
    except OSError as error:
        return f"{out_dir} is refused: {error.strerror or error}; give a directory that does not exist yet"
    return None


def run(
    in_dir: Path,
    out_dir: Path,
    seed: str,
    mechanism: str,
    bound: bool,
    by_region: bool = False,
    reserves_file: Path | None = None,
) -> int:
    """Read, decide, have the result checked, and only then write it."""
    objection = _objection(out_dir, seed, mechanism) or _unsuited(
        mechanism, bound=bound, by_region=by_region, reserves=reserves_file is not None
    )
    if objection:
        _say(objection)
        return BAD
    progress = Progress()
    progress(f"reading {in_dir}")
    read = _read_with(in_dir, reserves_file)
    if read is None:
        return BAD
    tables, reserves = read
    if by_region and len(tables.practices.practice) and not any(tables.practices.region):
        _say("practices.csv, region: no practice has a region; leave out --regions")
        return BAD
    try:
        if by_region:
            files = run_by_region(tables, seed=seed, mechanism=mechanism, progress=progress).files()
        else:
            files = run_round(
                tables, seed=seed, mechanism=mechanism, bound=bound, reserves=reserves, progress=progress
            ).files()
    except SolverMissingError:
        _say(f"max-moves with households needs the solver HiGHS: install the extra {EXTRA}")
        return BAD
    progress("verifying")
    broken = _broken_in(tables, reserves, files, seed)
    if broken:
        _say("the result does not pass its own verification; nothing is written")
        _list(_broken_lines(broken))
        return BROKEN
    return _write(files, out_dir, progress)


def _broken_in(
    tables: Tables, reserves: ReserveTable | None, files: dict[str, bytes], seed: str | None
) -> list[Broken]:
    """What does not hold, by the check that is made for a result of this kind."""
    if reserves is not None:
        return verify_with_reserves(tables, reserves, files, seed)
    return (verify_by_region if SUMMARY in files else verify_files)(tables, files, seed)


def _write(files: dict[str, bytes], out_dir: Path, progress: Progress) -> int:
    try:
        write_output(files, out_dir)
    except OSError as error:
        _say(f"{out_dir} cannot be written: {error.strerror or error}")
        return BAD
    progress(f"written to {out_dir}")
    return DONE


def _files_in(out_dir: Path) -> dict[str, bytes] | None:
    """All that a result's directory holds, if it is there; None after saying why it cannot be read.

    A round decided regional first is read with the directories of its phases.
    """
    if not out_dir.is_dir():
        return {}
    try:
        if (out_dir / SUMMARY).is_file():
            found = [path for path in sorted(out_dir.rglob("*")) if not path.is_dir()]
            return {path.relative_to(out_dir).as_posix(): path.read_bytes() for path in found}
        return {path.name: path.read_bytes() if path.is_file() else b"" for path in sorted(out_dir.iterdir())}
    except OSError as error:
        _say(f"{out_dir} cannot be read: {error.strerror or error}")
        return None


def verify(in_dir: Path, out_dir: Path, seed: str | None, reserves_file: Path | None = None) -> int:
    """Check a result against its input, without any of the code that made it."""
    if seed is not None and not _is_text(seed):
        _say("the seed is not UTF-8 text")
        return BAD
    progress = Progress()
    progress(f"reading {in_dir}")
    read = _read_with(in_dir, reserves_file)
    files = _files_in(out_dir)
    if read is None or files is None:
        return BAD
    progress("verifying")
    broken = _broken_in(*read, files, seed)
    _list(_broken_lines(broken))
    progress(f"{len(broken)} broken rules" if broken else "everything holds")
    return BROKEN if broken else DONE


def settle(in_dir: Path, out_dir: Path, answers_file: Path, settled_dir: Path) -> int:
    """Read a round, check its result, and write what its answers make of it; nothing on any fault."""
    refusal = _refusal(settled_dir)
    if refusal:
        _say(refusal)
        return BAD
    progress = Progress()
    progress(f"reading {in_dir}")
    tables = _read(in_dir)
    files = _files_in(out_dir)
    if tables is None or files is None or _is_besides(out_dir, files):
        return BAD
    progress("verifying")
    broken = verify_files(tables, files)
    if broken:
        _say(f"{out_dir} is not a result that holds; nothing is written")
        _list(_broken_lines(broken))
        return BROKEN
    computed = read_computed(files)
    try:
        answers = read_answers(answers_file, known=computed.rank.keys(), offered=computed.offered)
    except BadInput as bad:
        _list([str(fault) for fault in bad.faults])
        return BAD
    progress("settling")
    return _write(settle_round(tables, computed, answers).files(), settled_dir, progress)


def prepare() -> int:
    """Compile what rounds are computed with, so that no later command has to."""
    _say("Compiling what rounds are computed with (about a minute the first time; it is kept)")
    compile_everything()
    return DONE


NOT_AT_ONCE = {
    SUMMARY: "was decided regional first, and is not settled at once, as its national round counts on places that a"
    " regional no takes back: settle each regional/N/out against its regional/N/in, then run the country anew on"
    " what is left",
    RESERVED: "was decided with reserves, which a repair would not keep: carry out what stands, and run a round"
    " with what is left of the reserves on what is left",
}


def _is_besides(out_dir: Path, files: dict[str, bytes]) -> bool:
    """Whether a result is of a kind that cannot be settled at once; what to do instead is then said."""
    instead = next((told for name, told in NOT_AT_ONCE.items() if name in files), None)
    if instead:
        _say(f"{out_dir} {instead} (docs/algorithms/settle.md)")
    return instead is not None


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
