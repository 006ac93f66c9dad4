# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is published of a round can be checked: everybody's own rows, and the whole by whoever has the files."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import a_citizen, a_person, a_practice, a_region, a_request, hours_after
from tests.integration.rounds.running import a_chain, a_seeker, a_swap, computed, frozen

from huisartsplek.engine.files import input_sha256
from huisartsplek.engine.verify import verify_files
from huisartsplek.rounds.computing import frozen_tables
from huisartsplek.rounds.models import Entry, EntryMember, Round
from huisartsplek.rounds.proof import leaf_digest, levels_over, path_in, read_leaves, root_from, root_of, root_over
from huisartsplek.rounds.queries import own_proof


def a_market() -> Round:
    region = a_region()
    a_swap(region)
    a_chain(region, 4)
    popular = a_practice(free=1, region=region)
    for n in range(3):
        a_seeker(None, popular, at=hours_after(-n))
    mother = a_person()
    a_request(mother, members=[mother, a_person(mother.household)], wishes=[popular])
    return computed(region)


def output_of(round_: Round) -> dict[str, bytes]:
    return {file.name: bytes(file.content) for file in round_.files.filter(is_input=False)}


@pytest.mark.django_db
def test_everybodys_own_rows_lead_to_the_published_root() -> None:
    round_ = a_market()
    entries = list(Entry.objects.filter(round=round_).order_by("leaf"))
    assert len(entries) == 10
    leaves = [leaf_digest(bytes(entry.salt), entry.rows) for entry in entries]
    for entry in entries:
        path = path_in(levels_over(leaves), entry.leaf)
        own = leaf_digest(bytes(entry.salt), entry.rows)
        assert root_from(own, path).hex() == round_.leaves_root
        changed = leaf_digest(bytes(entry.salt), entry.rows.replace(",1,", ",2,"))
        assert root_from(changed, path).hex() != round_.leaves_root


@pytest.mark.django_db
def test_a_second_proof_of_a_round_reads_nobody_elses_leaf() -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    round_ = computed(region)
    actors = [a_citizen(seeker.person) for seeker in (first, second)]
    asked = []
    for actor in actors:
        with CaptureQueriesContext(connection) as queries:
            found = own_proof(actor, round_.pk, at=hours_after(9))
        assert found is not None
        assert root_from(leaf_digest(found.salt, found.rows), found.path).hex() == round_.leaves_root
        asked.append(len(queries))
    assert asked[1] == asked[0] - 1


@pytest.mark.django_db
def test_everybodys_own_rows_are_the_rows_of_the_files_and_the_files_hold_no_others() -> None:
    round_ = a_market()
    in_files = [
        line
        for name in ("requests.csv", "members.csv", "wishes.csv")
        for line in bytes(round_.files.get(name=name, is_input=True).content).decode().splitlines()[1:]
    ]
    own = [line for entry in Entry.objects.filter(round=round_) for line in entry.rows.splitlines()]
    assert sorted(own) == sorted(in_files)


@pytest.mark.django_db
def test_the_published_root_is_found_again_from_the_files_alone() -> None:
    round_ = a_market()
    salts = read_leaves(bytes(round_.files.get(name="leaves.csv", is_input=True).content))
    tables = frozen_tables(round_)
    assert input_sha256(tables) == round_.input_sha256
    assert root_over(tables, salts) == round_.leaves_root
    requests, members, wishes = tables.requests, tables.members, tables.wishes
    others = (
        replace(tables, requests=replace(requests, priority=[number + 1 for number in requests.priority])),
        replace(tables, members=replace(members, trades=[not trades for trades in members.trades])),
        replace(tables, wishes=replace(wishes, rank=[rank + 1 for rank in wishes.rank])),
    )
    assert round_.leaves_root not in {root_over(other, salts) for other in others}
    with pytest.raises(ValueError, match="one salt"):
        root_over(tables, {**salts, "r0": b""})


@pytest.mark.django_db
def test_the_files_name_nobody() -> None:
    round_ = a_market()
    text = b"".join(bytes(file.content) for file in round_.files.all()).decode()
    for member in EntryMember.objects.filter(round=round_).select_related("person", "entry"):
        assert member.alias in text
        for secret in (member.person.pk, member.person.pk.hex, member.entry.request_id, member.person.family_name):
            assert str(secret) not in text


@pytest.mark.django_db
def test_nobody_has_the_same_pseudonym_in_two_rounds() -> None:
    region = a_region()
    seeker = a_seeker(None, a_practice(free=1, region=region))
    first = frozen(region)
    alias = Entry.objects.get(round=first, request=seeker.request).alias
    assert alias not in {entry.alias for entry in Entry.objects.filter(round=a_market())}


@pytest.mark.django_db
def test_the_stored_files_replayed_are_clean() -> None:
    round_ = a_market()
    tables = frozen_tables(round_)
    assert input_sha256(tables) == round_.input_sha256
    assert verify_files(tables, output_of(round_), round_.seed) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda round_: round_.files.filter(name="practices.csv").update(content=b"practice,places\n"),
        lambda round_: round_.files.filter(is_input=True).delete(),
        lambda round_: round_.entries.update(rows=""),
        lambda round_: round_.entries.update(salt=b"another"),
        lambda round_: round_.entries.filter(leaf=0).update(leaf=99),
        lambda round_: round_.entries.filter(leaf=0).update(alias="r0"),
    ],
)
def test_what_was_frozen_cannot_be_changed_any_more(change: Callable[[Round], object]) -> None:
    round_ = a_market()
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        change(round_)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["moves.csv", "outcomes.csv", "exchanges.csv", "cutoffs.csv", "report.json"])
def test_stored_files_that_were_tampered_with_are_refused(name: str) -> None:
    round_ = a_market()
    tables, files = frozen_tables(round_), output_of(round_)
    lines = files[name].splitlines(keepends=True)
    without = b"".join(lines[:-2] + lines[-1:]) if name == "report.json" else b"".join(lines[:-1])
    assert verify_files(tables, {**files, name: without}, round_.seed)
    assert verify_files(tables, {**files, name: files[name].replace(b"1", b"2")}, round_.seed)


@pytest.mark.django_db
def test_input_that_was_tampered_with_is_refused() -> None:
    round_ = a_market()
    tables = frozen_tables(round_)
    practices = replace(tables.practices, places=[number + 1 for number in tables.practices.places])
    assert verify_files(replace(tables, practices=practices), output_of(round_), round_.seed)


@pytest.mark.django_db
def test_another_seed_than_the_drawn_one_is_refused() -> None:
    round_ = a_market()
    assert verify_files(frozen_tables(round_), output_of(round_), f"{round_.seed}0")


@settings(deadline=None)
@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_each_leaf_leads_to_the_root_and_another_leaf_does_not(rows: list[bytes], data: st.DataObject) -> None:
    leaves = [leaf_digest(bytes([number]), row.hex()) for number, row in enumerate(rows)]
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = path_in(levels_over(leaves), index)
    assert root_from(leaves[index], path) == root_of(leaves)
    assert root_from(leaf_digest(b"other", "rows"), path) != root_of(leaves)


def test_a_round_without_anybody_has_a_root_too() -> None:
    assert len(root_of([])) == 32
