# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a search takes over the practices of the demo world, how many bytes it sends and queries it makes.

Start `huisartsplek demo`, then: python benchmarks/search.py --url http://localhost:8000
"""

import argparse
import gzip
import http.client
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

SEED = 20261123
PLACES = ("Amsterdam", "Delft", "Hengelo", "Den Haag", "Emmen", "Vlissingen", "Maastricht", "Dokkum")


@dataclass(frozen=True)
class Measured:
    """What the answers to one kind of question took, and how many questions they put to the database."""

    name: str
    milliseconds: list[float]
    sizes: list[int]
    queries: list[int]

    def line(self) -> str:
        """A row of the table."""
        cuts = statistics.quantiles(self.milliseconds, n=100)
        return (
            f"| {self.name} | {len(self.milliseconds)} | {cuts[49]:.0f} | {cuts[94]:.0f} | {cuts[98]:.0f}"
            f" | {max(self.milliseconds):.0f} | {statistics.mean(self.sizes) / 1024:.1f}"
            f" | {max(self.sizes) / 1024:.1f} | {max(self.queries)} |"
        )


def kinds(chance: random.Random) -> Iterator[tuple[str, Callable[[], str]]]:
    """Name each kind of question with a way to make one."""
    postcode = "/huisartsen?postcode={}"
    yield "front page", lambda: "/"
    yield "any postcode", lambda: postcode.format(chance.randint(1000, 9999))
    yield "The Hague", lambda: postcode.format(chance.randint(2491, 2597))
    yield "Amsterdam, 25 km", lambda: postcode.format(chance.randint(1011, 1109)) + "&straal=25"
    yield "place", lambda: postcode.format(quote(chance.choice(PLACES)))


def measure(url: str, name: str, make: Callable[[], str], times: int) -> Measured:
    """Ask one after another over one connection; a page sent plain is counted as a proxy would compress it."""
    target = urlsplit(url)
    connection = http.client.HTTPConnection(target.hostname or "localhost", target.port or 80, timeout=30)
    took, sizes, queries = [], [], []
    for number in range(times + 3):
        address = make()
        start = time.perf_counter()
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        elapsed = (time.perf_counter() - start) * 1000
        if answer.status != 200:
            raise SystemExit(f"{address} answered {answer.status}")
        if number >= 3:  # the first answers also fill caches
            took.append(elapsed)
            sizes.append(len(body if answer.getheader("Content-Encoding") == "gzip" else gzip.compress(body, 6)))
            queries.append(int(answer.getheader("Server-Timing", "").split('"')[1]))
    connection.close()
    return Measured(name, took, sizes, queries)


def main() -> None:
    """Measure every kind of question and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8000")
    parser.add_argument("--times", type=int, default=100)
    arguments = parser.parse_args()
    chance = random.Random(SEED)
    print("| question | times | median ms | p95 ms | p99 ms | slowest ms | mean kB | largest kB | most queries |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, make in kinds(chance):
        print(measure(arguments.url, name, make, arguments.times).line())


if __name__ == "__main__":
    main()
