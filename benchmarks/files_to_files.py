# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`round run` and `round verify` as commands, from files to files: `python benchmarks/files_to_files.py 1000000`.

Makes the base instance of as many requests, or takes a folder that holds one (`--input`), runs both commands each
in a process of its own, and prints for each the seconds on the clock, the seconds of the processor and the most
memory in use. With `--first` nothing is compiled yet and kernels are kept in a new place, so the first command
compiles.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

from huisartsplek.engine import MECHANISM_NAMES

COMMAND = "import sys; from huisartsplek.config.cli import main; sys.exit(main())"
MAKE = """
import sys
from pathlib import Path
from huisartsplek.engine.files import render_input
from huisartsplek.simulator.instances import base_instance
for name, content in render_input(base_instance(int(sys.argv[1]), seed=7)).items():
    (Path(sys.argv[2]) / name).write_bytes(content)
"""


def measure(what: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run one command and print what it took."""
    began = perf_counter()
    process = subprocess.Popen(command, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{what} answered {process.returncode}")
    processor = used.ru_utime + used.ru_stime
    memory = used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    print(f"{what:24} {seconds:8.1f} s {processor:8.1f} s of processor {memory:8.0f} MB")


def main() -> None:
    """Make the files, run, verify, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("requests", type=int, nargs="*", default=[100_000])
    parser.add_argument("--input", type=Path, help="a folder with the four files, instead of made ones")
    parser.add_argument("--mechanism", choices=MECHANISM_NAMES, default="queue-then-swaps")
    parser.add_argument("--first", action="store_true", help="with nothing compiled yet")
    arguments = parser.parse_args()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for requests in [0] if arguments.input else arguments.requests:
        with tempfile.TemporaryDirectory() as scratch:
            environment = dict(os.environ)
            if arguments.first:
                environment["NUMBA_CACHE_DIR"] = f"{scratch}/compiled"
            inputs, out = arguments.input or Path(scratch) / "in", Path(scratch) / "out"
            if not arguments.input:
                inputs.mkdir()
                # In a process of its own, so that its memory is not counted with what it starts.
                subprocess.run([sys.executable, "-c", MAKE, str(requests), str(inputs)], check=True)
                print(f"{requests:,} requests")
            program = [sys.executable, "-c", COMMAND, "round"]
            run = [*program, "run", str(inputs), "--out", str(out), "--seed", "benchmark"]
            measure("round run", [*run, "--mechanism", arguments.mechanism], environment)
            measure("round verify", [*program, "verify", str(inputs), str(out)], environment)


if __name__ == "__main__":
    main()
