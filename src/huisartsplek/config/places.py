# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where things are on disk."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def project_root() -> Path:
    """Give the checkout this package runs from, or the present folder when it was installed as a package."""
    checkout = PACKAGE.parent.parent
    return checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()


def default_data_dir() -> Path:
    """Give the folder for the embedded database and the local keys when nobody names one."""
    return project_root() / ".data"
