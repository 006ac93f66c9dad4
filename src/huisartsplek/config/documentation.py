# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operator's page about the variables, made from their declarations."""

from enum import StrEnum

from huisartsplek.config.places import project_root
from huisartsplek.config.production import REQUIRED
from huisartsplek.config.variables import Declaration, declarations

PAGE = project_root() / "docs" / "operations" / "configuration.md"

INTRODUCTION = """\
# Configuration

Everything is set by environment variables. This page is made from their declarations in
`src/huisartsplek/config/variables.py` by `huisartsplek manage document_settings`.

A wrong or unknown variable stops the start, and all faults are named at once. In production
(`HP_ENV=production`) unsafe settings stop it too: what is required is marked so below; besides, nothing may
go unencrypted over a network, no secret may be guessable or used twice, and the demo must be off.

Outside production the secrets that are not set are made once, at random, in `keys.json` in the data folder.
"""


def _default(declaration: Declaration) -> str:
    if declaration.default_text is not None:
        return declaration.default_text
    value = declaration.default
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{value.value if isinstance(value, StrEnum) else value}`"


def configuration_page() -> str:
    """Write the page: one section for each variable."""
    sections = [INTRODUCTION]
    for field, declaration in declarations().items():
        lines = [
            f"## `{declaration.name}`",
            "",
            declaration.help,
            "",
            f"- Type: {declaration.kind}",
            f"- Default: {_default(declaration)}",
        ]
        if field in REQUIRED:
            lines.append("- Required in production")
        if declaration.secret:
            lines.append("- Secret: keep it out of files that others can read")
        sections.append("\n".join(lines) + "\n")
    return "\n".join(sections)
