# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`huisartsplek round`: the engine on files, without Django and without a database."""

import argparse

from huisartsplek.engine.commands import prepare as prepare_rounds
from huisartsplek.engine.commands import run as run_round
from huisartsplek.engine.commands import settle as settle_round
from huisartsplek.engine.commands import verify as verify_round


def run(arguments: argparse.Namespace) -> int:
    """Compute, verify or settle a round, or prepare for it, and give the exit code of the contract."""
    if arguments.action == "prepare":
        return prepare_rounds()
    if arguments.action == "verify":
        return verify_round(arguments.in_dir, arguments.out_dir, arguments.seed, arguments.reserves)
    if arguments.action == "settle":
        return settle_round(arguments.in_dir, arguments.out_dir, arguments.answers, arguments.out)
    return run_round(
        arguments.in_dir,
        arguments.out,
        arguments.seed,
        arguments.mechanism,
        arguments.bound,
        arguments.regions,
        arguments.reserves,
    )
