# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a task asks of a person: fields filled in, clicks, pages and seconds, counted in the browser itself."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page

# Kept with the tab, so that it outlives a page. A click is a press; a field counts once, by its name.
_COUNTER = """
(() => {
    if (window.hpCounts || location.protocol === "about:") return;
    window.hpCounts = true;
    const read = () => JSON.parse(sessionStorage.getItem("hp-counts") || '{"clicks": 0, "pages": 0, "fields": []}');
    const add = change => {
        const counts = read();
        change(counts);
        sessionStorage.setItem("hp-counts", JSON.stringify(counts));
    };
    add(counts => counts.pages += 1);
    document.addEventListener("pointerdown", () => add(counts => counts.clicks += 1), true);
    document.addEventListener("input", event => add(counts => {
        if (!counts.fields.includes(event.target.name)) counts.fields.push(event.target.name);
    }), true);
})()
"""
_BEGIN = """sessionStorage.setItem('hp-counts', '{"clicks": 0, "pages": 1, "fields": []}')"""
_READ = "JSON.parse(sessionStorage.getItem('hp-counts'))"


@dataclass(slots=True)
class Effort:
    """What one task took; known once it is done."""

    fields: int = 0
    clicks: int = 0
    pages: int = 0
    seconds: float = 0.0


@contextmanager
def counted(page: Page) -> Iterator[Effort]:
    """Count what is done on a page in this block."""
    page.add_init_script(_COUNTER)
    if not page.url.startswith("about:"):
        page.evaluate(_COUNTER)
        page.evaluate(_BEGIN)
    effort, start = Effort(), time.perf_counter()
    yield effort
    effort.seconds = time.perf_counter() - start
    counts = page.evaluate(_READ)
    effort.fields, effort.clicks, effort.pages = len(counts["fields"]), counts["clicks"], counts["pages"]
