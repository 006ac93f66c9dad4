# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which chromium the browser tests use; `python -m tests.browser` prints it, or fails when there is none."""

import shutil
import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@cache
def find_chromium() -> Path | None:
    """Give the machine's own chromium, else the one Playwright has downloaded, else nothing."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    with sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    return downloaded if downloaded.is_file() else None


if __name__ == "__main__":
    chromium = find_chromium()
    if chromium is None:
        sys.exit("There is no chromium on this machine.")
    sys.stdout.write(f"{chromium}\n")
