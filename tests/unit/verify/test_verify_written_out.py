# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds worked out by hand and written out whole, so that no program had a part in them."""

import pytest
from tests.unit.verify.making import household_pair, tables

from huisartsplek.engine.tables import Tables
from huisartsplek.engine.verify import verify_files
from huisartsplek.engine.verify.fingerprint import fingerprint


def existing_tenants() -> Tables:
    """The example of Abdulkadiroğlu and Sönmez (1999): houses are practices with one place each."""
    wishes = {"i1": "2651", "i2": "7165432", "i3": "21473", "i4": "24", "i5": "4371256"}
    present = {"i1": "h1", "i2": "h2", "i3": "h3", "i4": "h4", "i5": ""}
    return tables(
        [(f"h{house}", 1 if house > 4 else 0) for house in range(1, 8)],
        [(person, present[person], [f"h{house}" for house in wishes[person]]) for person in present],
    )


EXISTING_TENANTS = {
    "moves.csv": """\
person,request,from,to,rank,exchange,source
i1,r-i1,h1,h2,1,1,i2
i2,r-i2,h2,h7,1,1,
i3,r-i3,h3,h1,2,1,i1
i5,r-i5,,h3,2,1,i3
""",
    # The waiting list alone does it too: i2 takes house 7, which leaves 2 to i1, so 1 to i3, so 3 to i5.
    "outcomes.csv": """\
request,outcome,practice,rank,queue_rank,reason
r-i1,moved,h2,1,1,moved
r-i2,moved,h7,1,1,moved
r-i3,moved,h1,2,2,moved
r-i4,stays,h4,,,full-swap-needs-taker
r-i5,moved,h3,2,2,moved
""",
    "exchanges.csv": """\
exchange,kind,persons,requests
1,chain,4,4
""",
    "cutoffs.csv": """\
practice,state,position
h1,full,3
h2,full,1
h3,full,5
h4,own,
h5,open,
h6,open,
h7,full,2
""",
    "report.json": """\
{
  "bound": null,
  "bound_without_floor": null,
  "exchanges_by_size": {
    "4": 1
  },
  "input_sha256": "INPUT",
  "mechanism": "MECHANISM",
  "one_no_takes_out": {
    "largest": 4,
    "mean": 2.5,
    "p95": 4
  },
  "persons_by_outcome": {
    "moved": 4,
    "stays": 1,
    "waits": 0
  },
  "placed": 4,
  "replayable": true,
  "requests_by_outcome": {
    "moved": 4,
    "stays": 1,
    "waits": 0
  },
  "requests_by_rank": {
    "1": 2,
    "2": 2
  },
  "rules_version": "1",
  "seed": "any"
}
""",
}


@pytest.mark.parametrize("mechanism", ["waiting-list", "trading-cycles", "queue-then-swaps"])
def test_the_house_example_comes_out_as_in_the_paper(mechanism: str) -> None:
    round_ = existing_tenants()
    files = {
        name: text.replace("INPUT", fingerprint(round_)).replace("MECHANISM", mechanism).encode()
        for name, text in EXISTING_TENANTS.items()
    }
    assert verify_files(round_, files, "any") == []


HOUSEHOLD_PAIR = {
    "moves.csv": """\
person,request,from,to,rank,exchange,source
"b, jr",home,,q,5,1,
a,home,p,q,5,1,c
c,other,q,p,1,1,a
""",
    "outcomes.csv": """\
request,outcome,practice,rank,queue_rank,reason
far,waits,,,,household-does-not-fit
home,moved,q,5,,moved
none,stays,r,,,no-wish
other,moved,p,1,,moved
""",
    "exchanges.csv": """\
exchange,kind,persons,requests
1,mixed,3,2
""",
    "cutoffs.csv": """\
practice,state,position
p,own,
q,open,
r,open,
""",
    "report.json": """\
{
  "bound": null,
  "bound_without_floor": null,
  "exchanges_by_size": {
    "3": 1
  },
  "input_sha256": "INPUT",
  "mechanism": "queue-then-swaps",
  "one_no_takes_out": {
    "largest": 2,
    "mean": 2.0,
    "p95": 2
  },
  "persons_by_outcome": {
    "moved": 3,
    "stays": 1,
    "waits": 2
  },
  "placed": 3,
  "replayable": true,
  "requests_by_outcome": {
    "moved": 2,
    "stays": 1,
    "waits": 1
  },
  "requests_by_rank": {
    "1": 1,
    "5": 1
  },
  "rules_version": "1",
  "seed": "any"
}
""",
}


def test_a_household_that_swaps_with_one_person_and_a_free_place_is_one_mixed_exchange() -> None:
    """`home` is a at p and b without; q has one place beside c, who wants p; `far` needs two places at r."""
    round_ = household_pair()
    files = {name: text.replace("INPUT", fingerprint(round_)).encode() for name, text in HOUSEHOLD_PAIR.items()}
    assert verify_files(round_, files, "any") == []
