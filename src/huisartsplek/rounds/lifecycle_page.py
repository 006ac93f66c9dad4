# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""docs/lifecycles.md: every table of states as a diagram, with who must act before when."""

from pathlib import Path
from typing import Any

from huisartsplek.rules.lifecycles import LIFECYCLES, Clock, DeadlineRule, Lifecycle, mermaid

PAGE = Path(__file__).parents[3] / "docs" / "lifecycles.md"

_HEAD = """# Lifecycles

Everything here that changes has a table of states. `audit.advance` is the only one that writes a state, and every
state that is not the last has an owner, a deadline and an alarm. This page is written from those tables by
`huisartsplek manage document_lifecycles`; a test fails when it is out of date.
"""


def lifecycles_page() -> str:
    """Write the page."""
    return _HEAD + "".join(_section(lifecycle) for lifecycle in LIFECYCLES)


def _section(lifecycle: Lifecycle[Any, Any]) -> str:
    rows = [
        f"| {state} | {watch.owner} | {_deadline(watch.deadline)} | `{watch.alarm}` |"
        for state, watch in lifecycle.watch.items()
    ]
    return "\n".join(
        [
            f"\n## {lifecycle.name.capitalize()}\n",
            f"```mermaid\n{mermaid(lifecycle)}```\n",
            "| state | who must act | before | alarm |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _deadline(rule: DeadlineRule) -> str:
    match rule.clock:
        case Clock.OWN:
            return f"{rule.amount} hours after its own moment" if rule.amount else "its own moment"
        case Clock.HOURS:
            return f"{rule.amount} hours"
        case Clock.DAYS:
            return f"{rule.amount} days"
        case _:
            return f"{rule.amount} working days"
