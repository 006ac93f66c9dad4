# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek round`: the engine on files, without Django and without a database."""

import argparse

from huisartsplek.engine.commands import run as run_round
from huisartsplek.engine.commands import verify as verify_round


def run(arguments: argparse.Namespace) -> int:
    """Compute or verify a round and give the exit code of the contract."""
    if arguments.action == "verify":
        return verify_round(arguments.in_dir, arguments.out_dir, arguments.seed)
    return run_round(arguments.in_dir, arguments.out, arguments.seed, arguments.mechanism, arguments.bound)
