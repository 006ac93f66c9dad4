# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made-up rounds: that what can be varied does vary, and nothing else."""

from collections import Counter

from huisartsplek.simulator.instances import Shape, base_instance, household_instance


def test_each_part_of_the_shape_changes_what_it_names() -> None:
    base = base_instance(5_000, seed=1)
    assert base == base_instance(5_000, seed=1, shape=Shape())
    fewer = base_instance(5_000, seed=1, shape=Shape(requests_per_practice=50))
    assert (len(base.practices.practice), len(fewer.practices.practice)) == (24, 100)
    everybody = base_instance(5_000, seed=1, shape=Shape(without=1.0))
    assert set(everybody.members.practice) == {""}
    assert "" not in base_instance(5_000, seed=1, shape=Shape(without=0.0)).members.practice
    lists = Counter(base_instance(5_000, seed=1, shape=Shape(shortest=1, longest=2)).wishes.request)
    assert set(lists.values()) == {1, 2}
    longer = Counter(base_instance(5_000, seed=1, shape=Shape(shortest=10, longest=10)).wishes.request)
    assert set(longer.values()) == {10}
    assert not any(base_instance(5_000, seed=1, shape=Shape(open_share=0.0)).practices.places)
    assert all(base_instance(5_000, seed=1, shape=Shape(open_share=1.0)).practices.places)


def test_where_practices_differ_more_first_wishes_are_for_fewer_of_them() -> None:
    def most_wanted(popularity: float) -> int:
        wishes = base_instance(5_000, seed=1, shape=Shape(popularity=popularity)).wishes
        first = (at for rank, at in zip(wishes.rank, wishes.practice, strict=True) if rank == 1)
        return Counter(first).most_common(1)[0][1]

    assert most_wanted(2.0) > 1.5 * most_wanted(0.1)


def test_households_are_of_one_to_eight_people_who_sometimes_are_not_all_at_one_practice() -> None:
    tables = household_instance(5_000, seed=1)
    assert tables == household_instance(5_000, seed=1)
    size = Counter(tables.members.request)
    assert set(size.values()) == set(range(1, 9))
    assert len(size) == 5_000
    at: dict[str, set[str]] = {}
    for request, practice in zip(tables.members.request, tables.members.practice, strict=True):
        at.setdefault(request, set()).add(practice)
    apart = sum(len(practices) > 1 for practices in at.values())
    assert 0.05 < apart / sum(count > 1 for count in size.values()) < 0.12
    assert len(set(tables.members.person)) == len(tables.members.person)
