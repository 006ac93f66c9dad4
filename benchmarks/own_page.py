# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long `/mijn` takes for everybody one can log in as in the demo world, and how many queries it makes.

Start `huisartsplek demo`, then: python benchmarks/own_page.py --url http://localhost:8000
"""

import argparse
import html
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

PAGE = "/mijn"
FORM = re.compile(r"<form[^>]*>.*?</form>", re.DOTALL)
ACTION = re.compile(r'<form[^>]*\baction="([^"]*)"')
BUTTON = re.compile(r"Ga verder als ([^<]+)<")
FIELD = re.compile(r'<(?:input|button)[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"')


@dataclass(frozen=True)
class Choice:
    """Somebody one can log in as, and the form that does it."""

    name: str
    action: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Measured:
    """What the answers took until their first byte, and how many questions they put to the database."""

    name: str
    milliseconds: list[float]
    kilobytes: float
    queries: list[int]

    def line(self) -> str:
        """A row of the table."""
        cuts = statistics.quantiles(self.milliseconds, n=100)
        return (
            f"| {self.name} | {len(self.milliseconds)} | {cuts[49]:.0f} | {cuts[94]:.0f}"
            f" | {max(self.milliseconds):.0f} | {self.kilobytes:.0f} | {max(self.queries)} |"
        )


def browser() -> OpenerDirector:
    """Somebody who is not logged in yet."""
    return build_opener(HTTPCookieProcessor(CookieJar()))


def choices(opener: OpenerDirector, url: str) -> Iterator[Choice]:
    """List whom the login page of the demo offers."""
    with opener.open(urljoin(url, PAGE)) as answer:
        address, text = answer.url, answer.read().decode()
    for form in FORM.findall(text):
        named = BUTTON.search(form)
        action = ACTION.search(form)
        if named is not None:
            fields = {html.unescape(name): html.unescape(value) for name, value in FIELD.findall(form)}
            target = urljoin(address, html.unescape(action[1]) if action else "")
            yield Choice(html.unescape(named[1]).strip(), target, fields)


def measure(opener: OpenerDirector, url: str, name: str, times: int) -> Measured:
    """Ask for one's own page again and again."""
    took, queries, size = [], [], 0
    for number in range(times + 2):
        start = time.perf_counter()
        with opener.open(urljoin(url, PAGE)) as answer:
            answer.read(1)
            elapsed = (time.perf_counter() - start) * 1000
            size = len(answer.read()) + 1
            if not answer.url.endswith(PAGE):
                raise SystemExit(f"{name} was led to {answer.url}")
            if number >= 2:  # the first answers also fill caches
                took.append(elapsed)
                queries.append(int(answer.headers.get("Server-Timing", '"0"').split('"')[1].split()[0]))
    return Measured(name, took, size / 1024, queries)


def main() -> None:
    """Measure everybody's page and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8000")
    parser.add_argument("--times", type=int, default=40)
    arguments = parser.parse_args()
    print("| who | times | median ms | p95 ms | slowest ms | page kB | most queries |")
    print("|---|---|---|---|---|---|---|")
    for number in range(len(list(choices(browser(), arguments.url)))):
        opener = browser()
        choice = list(choices(opener, arguments.url))[number]
        data = urlencode(choice.fields).encode()
        opener.open(Request(choice.action, data, headers={"Referer": choice.action})).close()  # noqa: S310  local
        print(measure(opener, arguments.url, choice.name, arguments.times).line())


if __name__ == "__main__":
    main()
