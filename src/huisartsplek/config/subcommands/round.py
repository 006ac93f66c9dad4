# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek round`: the engine on files, without Django and without a database."""

import argparse

from huisartsplek.engine import commands


def run(arguments: argparse.Namespace) -> int:
    """Compute or verify a round and give the exit code of the contract."""
    if arguments.action == "verify":
        return commands.verify(arguments.in_dir, arguments.out_dir, arguments.seed)
    return commands.run(arguments.in_dir, arguments.out, arguments.seed, arguments.mechanism, arguments.bound)
