# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The console command `huisartsplek`. Each subcommand's module is loaded only when it is asked for."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from huisartsplek import __version__

MECHANISMS = ("waiting-list", "trading-cycles", "queue-then-swaps", "max-moves")

DESCRIPTION = "Huisartsplek: find a GP with room, enrol, wait, or swap."
EPILOG = """\
to begin:
  huisartsplek demo                                  a demo world on http://localhost:8000
  huisartsplek round run IN --out OUT --seed TEXT    compute a round from four CSV files
  huisartsplek round verify IN OUT                   check what somebody computed
  huisartsplek round settle IN OUT --answers FILE --out SETTLED
                                                     carry out what everybody in it accepted
  huisartsplek round prepare                         compile once, so that no round has to

Settings are environment variables: see docs/operations/configuration.md.
"""


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a whole number from 1 to 65535")
    return int(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 up")
    return int(text)


def build_parser() -> argparse.ArgumentParser:
    """Describe every subcommand."""
    parser = argparse.ArgumentParser(
        prog="huisartsplek",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"huisartsplek {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_round(commands)
    _add_serve(commands)
    _add_worker(commands)
    _add_demo(commands)
    manage = commands.add_parser(
        "manage", help="Django's commands, such as `manage migrate`", add_help=False, allow_abbrev=False
    )
    manage.add_argument("arguments", nargs=argparse.REMAINDER)
    return parser


def _add_round(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    round_parser = commands.add_parser("round", help="compute, check or settle a round, from files to files")
    actions = round_parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    run = actions.add_parser(
        "run",
        help="read the four tables, decide, check the result, write it",
        description="Exits 0 when written, and 2 on bad input: every fault is named and nothing is written.",
        allow_abbrev=False,
    )
    run.add_argument("in_dir", metavar="IN_DIR", type=Path, help="folder with the four CSV files")
    run.add_argument(
        "--out", metavar="OUT_DIR", type=Path, required=True, help="folder to make; one that holds files is refused"
    )
    run.add_argument("--seed", metavar="TEXT", required=True, help="the public value that settles the lots")
    run.add_argument(
        "--mechanism",
        choices=MECHANISMS,
        default="queue-then-swaps",
        help="default: %(default)s; max-moves needs the extra huisartsplek[optimum] where there are households",
    )
    run.add_argument(
        "--bound",
        action="store_true",
        help="also compute how many persons could be placed at most, above the queue's floor and without it",
    )
    run.add_argument(
        "--regions",
        action="store_true",
        help="each region's round first, then a national one on what is left, and what that costs",
    )
    run.add_argument(
        "--reserves",
        metavar="FILE",
        type=Path,
        help="CSV with columns practice, class and places: places that go first to newcomers of a priority class",
    )
    verify = actions.add_parser(
        "verify",
        help="check a result against its input",
        description="Exits 0 when everything holds, 1 with each broken rule, and 2 when the input itself is bad.",
        allow_abbrev=False,
    )
    verify.add_argument("in_dir", metavar="IN_DIR", type=Path, help="folder with the four CSV files")
    verify.add_argument("out_dir", metavar="OUT_DIR", type=Path, help="folder with the result")
    verify.add_argument(
        "--seed", metavar="TEXT", help="the seed as it was published; without it the report's own is believed"
    )
    verify.add_argument("--reserves", metavar="FILE", type=Path, help="the reserves it was decided with, if any")
    _add_settle(actions)
    actions.add_parser(
        "prepare",
        help="compile what rounds are computed with, so that the first one need not; once per installation",
        description="Computes small rounds of every kind. What is compiled is kept beside the program, in the"
        " user's cache directory, or where NUMBA_CACHE_DIR says.",
        allow_abbrev=False,
    )


def _add_settle(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    settle = actions.add_parser(
        "settle",
        help="what the answers make of a result: what stands, what is proposed, who goes first next time",
        description="Exits 0 when written, 1 when the result does not hold, and 2 on bad input or answers: every"
        " fault is named and nothing is written. Writes moves.csv (carried out), repair.csv (new proposals, each"
        " of which needs a yes), below_floor.csv and settlement.json.",
        allow_abbrev=False,
    )
    settle.add_argument("in_dir", metavar="IN_DIR", type=Path, help="folder with the four CSV files")
    settle.add_argument("out_dir", metavar="OUT_DIR", type=Path, help="folder with the result")
    settle.add_argument(
        "--answers",
        metavar="FILE",
        type=Path,
        required=True,
        help="CSV with columns request and answer (yes or no); who is not in it said nothing, which counts as no",
    )
    settle.add_argument(
        "--out",
        metavar="SETTLED_DIR",
        type=Path,
        required=True,
        help="folder to make; one that holds files is refused",
    )


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="run the web application", allow_abbrev=False)
    serve.add_argument("--bind", metavar="ADDRESS", default="127.0.0.1", help="default: %(default)s")
    serve.add_argument("--port", type=_port, default=8000, help="default: %(default)s")
    serve.add_argument("--processes", type=_count, default=2, help="default: %(default)s")
    serve.add_argument("--threads", type=_count, default=4, help="in each process; default: %(default)s")


def _add_worker(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    worker = commands.add_parser("worker", help="run the jobs: notices, deadlines, rounds", allow_abbrev=False)
    worker.add_argument(
        "--concurrency",
        type=_count,
        default=4,
        help="jobs at once in each of its processes (rounds and deadlines; bulk); default: %(default)s",
    )


def _add_demo(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = commands.add_parser(
        "demo",
        help="database, demo world, web application and worker in one",
        description="Starts everything on this machine; Ctrl-C stops it all. The world is kept in the data folder.",
        allow_abbrev=False,
    )
    demo.add_argument("--port", type=_port, default=8000, help="default: %(default)s")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and give its exit code."""
    arguments = build_parser().parse_args(argv)
    module = importlib.import_module(f"huisartsplek.config.subcommands.{arguments.command}")
    try:
        code: int = module.run(arguments)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return code
