# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round decided regional first, checked: every phase as a round, what goes from phase to phase, and the totals.

It shares no code with what made it. What each phase was decided on is worked out here from the whole input and the
moves of the phases before, so no practice can be over its room in all phases together, and no regional move can be
taken back. Then only what stands in the files of the phases is compared and counted.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping

from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable
from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.fingerprint import cell, fingerprint
from huisartsplek.engine.verify.form import rows_of
from huisartsplek.engine.verify.verifier import verify_files

SUMMARY, ENDS, REGIONS = "regions.json", "ends.csv", "regions.csv"
INPUTS = ("practices.csv", "requests.csv", "members.csv", "wishes.csv")
COUNTS = (
    "requests",
    "persons",
    "placed_in_region",
    "placed_in_country",
    "placed_at_once",
    "better",
    "worse",
    "below_floor",
    "steps_below",
)
AT_ONCE, NATIONAL = "at-once/out/", "national/"

Row = dict[str, str]


class _Whole:
    """The whole input, read once: people by request, wishes that remain, and where practices lie."""

    def __init__(self, tables: Tables) -> None:
        practices, members, wishes = tables.practices, tables.members, tables.wishes
        self.tables = tables
        self.lies_in = dict(zip(practices.practice, practices.region, strict=True))
        self.places = dict(zip(practices.practice, practices.places, strict=True))
        self.swaps = dict(zip(practices.practice, practices.swaps, strict=True))
        self.regions = sorted({region for region in practices.region if region})
        self.members: dict[str, list[tuple[str, str, bool]]] = {name: [] for name in tables.requests.request}
        for person, request, practice, trades in zip(
            members.person, members.request, members.practice, members.trades, strict=True
        ):
            self.members[request].append((person, practice, trades))
        self.wishes: dict[str, dict[int, str]] = {name: {} for name in tables.requests.request}
        for request, rank, practice in zip(wishes.request, wishes.rank, wishes.practice, strict=True):
            self.wishes[request][rank] = practice
        requests = tables.requests
        self.turn = dict(zip(requests.request, zip(requests.priority, requests.since, strict=True), strict=True))
        self._remaining: dict[str, list[int]] = {}
        self.region = {}
        self.requests_of: dict[str, list[str]] = {region: [] for region in [*self.regions, ""]}
        for request, wished in self.wishes.items():
            self.region[request] = self.lies_in[wished[min(wished)]] if wished else ""
            self.requests_of[self.region[request]].append(request)
        self.practices_of: dict[str, list[str]] = {region: [] for region in [*self.regions, ""]}
        for practice, region in self.lies_in.items():
            self.practices_of[region].append(practice)

    def remaining(self, request: str) -> list[int]:
        """The ranks of the wishes above staying, most wanted first."""
        if request not in self._remaining:
            self._remaining[request] = self._above_staying(request)
        return self._remaining[request]

    def _above_staying(self, request: str) -> list[int]:
        present = {practice for _, practice, _ in self.members[request]}
        ranks = []
        for rank, practice in sorted(self.wishes[request].items()):
            if present == {practice}:
                break
            ranks.append(rank)
        return ranks

    def part(self, names: list[str], places: Mapping[str, int], ranks: Mapping[str, list[int]]) -> Tables:
        """The tables of some requests, with these practices and these of their wishes."""
        people = [(person, name, home, trades) for name in names for person, home, trades in self.members[name]]
        wished = [(name, rank, self.wishes[name][rank]) for name in names for rank in ranks[name]]
        return Tables(
            PracticeTable(
                list(places),
                list(places.values()),
                [self.swaps[name] for name in places],
                [self.lies_in[name] for name in places],
            ),
            RequestTable(names, [self.turn[name][0] for name in names], [self.turn[name][1] for name in names]),
            MemberTable(
                [person for person, _, _, _ in people],
                [name for _, name, _, _ in people],
                [home for _, _, home, _ in people],
                [trades for _, _, _, trades in people],
            ),
            WishTable(
                [name for name, _, _ in wished],
                [rank for _, rank, _ in wished],
                [practice for _, _, practice in wished],
            ),
        )

    def of_region(self, region: str) -> Tables:
        """What the round of one region is decided on."""
        requests = self.requests_of[region]
        places = {name: self.places[name] for name in self.practices_of[region]}
        ranks = {}
        for request in requests:
            homes = {home for _, home, _ in self.members[request]}
            places |= {home: 0 for home in homes if home and self.lies_in[home] != region}
            wished = self.wishes[request]
            ranks[request] = [rank for rank in self.remaining(request) if self.lies_in[wished[rank]] == region]
        return self.part(requests, places, ranks)

    def of_country(self, moves: list[Row]) -> Tables:
        """What the national round is decided on, after these regional moves."""
        places = dict(self.places)
        trades = {person: trading for members in self.members.values() for person, _, trading in members}
        for move in moves:
            places[move["to"]] -= 1
            if move["from"] and self.swaps[move["from"]] and trades[move["person"]]:
                places[move["from"]] += 1
        done = {move["request"] for move in moves}
        left = [request for request in self.members if request not in done]
        return self.part(left, places, {request: sorted(self.wishes[request]) for request in left})


def verify_by_region(tables: Tables, files: Mapping[str, bytes], seed: str | None = None) -> list[Broken]:
    """Everything that does not hold in a round decided regional first; files by path below its directory.

    Without a seed the one in `regions.json` is believed. Takes as long as verifying the phases does.
    """
    try:
        summary = json.loads(files.get(SUMMARY, b""))
        json.dumps(summary, ensure_ascii=False).encode()  # half a character is no text
    except (ValueError, RecursionError):
        return [Broken(Rule.FORMAT, SUMMARY, None, "is missing or no JSON")]
    if not isinstance(summary, dict) or not isinstance(summary.get("seed"), str):
        return [Broken(Rule.FORMAT, SUMMARY, None, "has no seed")]
    if seed is not None and summary["seed"] != seed:
        return [Broken(Rule.SEED, SUMMARY, None, f"seed is {summary['seed']!r}, it must be {seed!r}")]
    return list(_check(_Whole(tables), files, str(summary["seed"]), summary.get("mechanism")))


def _check(whole: _Whole, files: Mapping[str, bytes], seed: str, mechanism: object) -> Iterator[Broken]:
    directories = {region: f"regional/{number}" for number, region in enumerate(whole.regions, 1)}
    known = {SUMMARY, ENDS, REGIONS}
    phases = [AT_ONCE, NATIONAL, *(f"{directory}/" for directory in directories.values())]
    for name in sorted(files):
        if name not in known and not name.startswith(tuple(phases)):
            yield Broken(Rule.FILES, name, None, "is not a file of this round")
    broken = list(_check_output(whole.tables, files, AT_ONCE, seed, mechanism))
    for region, directory in directories.items():
        broken += _check_phase(whole.of_region(region), files, f"{directory}/", seed, mechanism)
    yield from broken
    if broken:
        return  # what goes on from phases that do not hold says nothing
    regional = [f"{directory}/out/" for directory in directories.values()]
    moves = [move for out in regional for move in _rows(files, f"{out}moves.csv")]
    national = list(_check_phase(whole.of_country(moves), files, NATIONAL, seed, mechanism))
    yield from national
    if not national:
        yield from _check_totals(whole, files, directories, seed, mechanism)


def _check_phase(
    tables: Tables, files: Mapping[str, bytes], directory: str, seed: str, mechanism: object
) -> Iterator[Broken]:
    """A phase's input is what it must be, in its finished form; and its output is what that gives."""
    inputs = f"{directory}in/"
    names = {name.removeprefix(inputs) for name in files if name.startswith(inputs)}
    for name in sorted(names.symmetric_difference(INPUTS)):
        message = "is missing" if name in INPUTS else "is not a file of this round"
        yield Broken(Rule.FILES, inputs + name, None, message)
    digest = hashlib.sha256()
    for name in INPUTS:
        digest.update(name.encode() + b"\n" + files.get(inputs + name, b""))
    if digest.hexdigest() != fingerprint(tables):
        message = "is not what follows from the whole input and the phases before"
        yield Broken(Rule.INPUT, inputs.rstrip("/"), None, message)
    for name in files:
        if name.startswith(directory) and not name.startswith((inputs, f"{directory}out/")):
            yield Broken(Rule.FILES, name, None, "is not a file of this round")
    yield from _check_output(tables, files, f"{directory}out/", seed, mechanism)


def _check_output(
    tables: Tables, files: Mapping[str, bytes], directory: str, seed: str, mechanism: object
) -> Iterator[Broken]:
    own = {name.removeprefix(directory): content for name, content in files.items() if name.startswith(directory)}
    broken = verify_files(tables, own, seed)
    for one in broken:
        yield Broken(one.rule, directory + one.file, one.record, one.message)
    if not broken and (decided := json.loads(own["report.json"])["mechanism"]) != mechanism:
        message = f"mechanism is {decided!r}, that of the whole is {mechanism!r}"
        yield Broken(Rule.MECHANISM, f"{directory}report.json", None, message)


def _rows(files: Mapping[str, bytes], name: str) -> list[Row]:
    """A file that has been found to hold, row by row."""
    return rows_of(files[name])


def _check_totals(
    whole: _Whole, files: Mapping[str, bytes], directories: Mapping[str, str], seed: str, mechanism: object
) -> Iterator[Broken]:
    """The files about the whole, written anew from the outcomes of the phases."""
    final: dict[str, tuple[str, Row]] = {}
    for phase, out in [("country", NATIONAL), *(("region", f"{own}/") for own in directories.values())]:
        for row in _rows(files, f"{out}out/outcomes.csv"):
            if phase == "country" or row["outcome"] == "moved":
                final[row["request"]] = (phase if row["outcome"] == "moved" else "", row)
    counted: dict[str, list[tuple[int, ...]]] = {region: [] for region in directories}
    ends = []
    for at_once in _rows(files, f"{AT_ONCE}outcomes.csv"):
        request = at_once["request"]
        phase, row = final[request]
        steps = ["", *reversed([str(rank) for rank in whole.remaining(request)])]  # from the worst end up
        got, floor, instead = (steps.index(rank) for rank in (row["rank"], at_once["queue_rank"], at_once["rank"]))
        people, region = len(whole.members[request]), whole.region[request]
        below = max(0, floor - got)
        of_each = (
            1,
            people,
            people * (phase == "region"),
            people * (phase == "country"),
            people * (instead > 0),
            got > instead,
            got < instead,
            below > 0,
            below,
        )
        counted.setdefault(region, []).append(of_each)
        cells = (request, region, phase, row["practice"], row["rank"], at_once["queue_rank"], at_once["rank"])
        ends.append([*cells, str(below)])
    header = "request,region,phase,practice,rank,queue_rank,at_once_rank,steps_below"
    yield from _compare(files, ENDS, header, ends)
    of_region = {
        region: [sum(column) for column in zip(*of_each, strict=True)] or [0] * len(COUNTS)
        for region, of_each in counted.items()
    }
    regions = [[region, directories.get(region, ""), *map(str, counts)] for region, counts in of_region.items()]
    yield from _compare(files, REGIONS, ",".join(("region", "directory", *COUNTS)), regions)
    outs = [AT_ONCE, f"{NATIONAL}out/", *(f"{directory}/out/" for directory in directories.values())]
    summary = {
        **{name: sum(counts[at] for counts in of_region.values()) for at, name in enumerate(COUNTS)},
        "input_sha256": fingerprint(whole.tables),
        "mechanism": mechanism,
        "regions": len(directories),
        "replayable": all(json.loads(files[f"{out}report.json"])["replayable"] for out in outs),
        "rules_version": json.loads(files[f"{AT_ONCE}report.json"])["rules_version"],
        "seed": seed,
    }
    if files[SUMMARY] != (json.dumps(summary, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode():
        yield Broken(Rule.REPORT, SUMMARY, None, "is not what the phases give")


def _compare(files: Mapping[str, bytes], name: str, header: str, rows: list[list[str]]) -> Iterator[Broken]:
    """A file of the whole against what it must hold, with the first record that differs."""
    lines = [header, *sorted(",".join(map(cell, row)) for row in rows)]
    if files.get(name) == ("\n".join(lines) + "\n").encode():
        return
    if name not in files:
        yield Broken(Rule.FILES, name, None, "is missing")
        return
    written = files[name].decode(errors="replace").split("\n")
    pairs = enumerate(zip(written, [*lines, ""], strict=False), 1)
    record = next((number for number, (one, other) in pairs if one != other), None)
    yield Broken(Rule.AGREEMENT, name, record, "is not what the phases give")
