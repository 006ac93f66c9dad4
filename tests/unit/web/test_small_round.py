# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The small round on the page about swapping is what the engine decides, whatever is chosen for Fatma."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from huisartsplek.engine.explaining import NeedsTaker, NoPlace, NothingToGive, OwnOnly
from huisartsplek.web.public.small_round import OTHERS, TOWNS, YOU, Exchange, Move, Person, small_round
from huisartsplek.web.public.try_it import read_trial

CHOICES = [(here, wish) for here in ("", *TOWNS) for wish in TOWNS if here != wish]


def places_after(people: tuple[Person, ...], exchanges: tuple[Exchange, ...]) -> dict[str, str]:
    """Where everybody is once these moves are made; each leaves from where they are."""
    where = {person.name: person.here for person in people}
    for exchange in exchanges:
        for move in exchange.moves:
            assert where[move.name] == move.here
        for move in exchange.moves:
            where[move.name] = move.there
    return where


@pytest.mark.parametrize(("here", "wish"), CHOICES)
def test_the_two_stages_lead_everybody_to_their_wish_or_leave_them_with_a_reason(here: str, wish: str) -> None:
    found = small_round(here, wish)
    where = places_after(found.people, found.queue + found.swaps)
    staying = {stays.person.name for stays in found.staying}
    for person in found.people:
        assert where[person.name] == (person.here if person.name in staying else person.wish)
    assert found.people[-1] == Person(YOU, here, wish)


@pytest.mark.parametrize(("here", "wish"), CHOICES)
def test_no_practice_ever_has_more_people_than_places(here: str, wish: str) -> None:
    found = small_round(here, wish)
    for stages in (found.queue, found.queue + found.swaps):
        where = places_after(found.people, stages)
        for town in TOWNS:
            before = sum(person.here == town for person in found.people)
            assert list(where.values()).count(town) <= before + (town == "Zeist")


@pytest.mark.parametrize(("here", "wish"), CHOICES)
def test_each_follows_the_one_before_in_a_chain_and_a_circle_closes(here: str, wish: str) -> None:
    found = small_round(here, wish)
    for exchange in found.queue + found.swaps:
        moves = exchange.moves
        if exchange.is_circle:
            assert [move.there for move in moves] == [move.here for move in (*moves[1:], moves[0])]
        else:
            assert [move.there for move in moves[1:]] == [move.here for move in moves[:-1]]
            assert moves[0].there == "Zeist"
    assert all(exchange.is_circle for exchange in found.swaps)


def test_the_example_shows_a_swap_that_the_waiting_list_does_not_make() -> None:
    found = small_round("Leiden", "Delft")
    assert found.queue == ()
    assert {frozenset(exchange.moves) for exchange in found.swaps} == {
        frozenset({Move("Bram", "Delft", "Leiden"), Move("Fatma", "Leiden", "Delft")}),
        frozenset({Move("Chadia", "Leiden", "Gouda"), Move("Daan", "Gouda", "Leiden")}),
    }
    anna, emre = found.staying
    assert anna.why.queue == OwnOnly(0)
    assert anna.why.swap == NothingToGive(NoPlace.NO_PRACTICE)
    assert emre.why.swap == NothingToGive(NoPlace.PRACTICE_DOES_NOT_SWAP)


def test_one_free_place_sets_off_a_chain() -> None:
    (chain, *_rest) = small_round("Gouda", "Zeist").queue
    assert [move.name for move in chain.moves] == ["Fatma", "Chadia", "Bram", "Anna"]


def test_who_can_give_a_place_that_nobody_in_reach_wants_hears_so() -> None:
    why = {stays.person.name: stays.why.swap for stays in small_round("Gouda", "Delft").staying}
    assert why["Fatma"] == NeedsTaker(("Gouda",), 1)


@pytest.mark.parametrize(("here", "wish"), CHOICES)
def test_every_choice_is_told_with_a_picture_or_sentences_and_a_reason_for_who_stays(here: str, wish: str) -> None:
    form, trial = read_trial(QueryDict(f"nu={here or 'geen'}&wil={wish}"))
    assert not form.errors
    assert trial is not None
    assert len(trial.people) == len(OTHERS) + 1
    for shown in (*trial.queue, *trial.swaps):
        assert shown.sentences
        assert shown.picture is None or len(shown.picture.movers) == len(shown.sentences)
    gone = {sentence.rsplit(" ", 1)[-1].rstrip(".") for shown in trial.swaps for sentence in shown.sentences}
    for name, why in trial.staying:
        wished = next(one.wish for one in small_round(here, wish).people if one.name == name)
        assert ("gaf zelf een plek weg" in why) == (wished in gone)


@pytest.mark.parametrize(
    "asked", ["nu=Delft&wil=Delft", "nu=Delft", "wil=Delft", "nu=&wil=", "nu=Rome&wil=Delft", "nu=Delft&wil=geen"]
)
def test_what_cannot_be_is_refused_with_words_at_the_field(asked: str) -> None:
    form, trial = read_trial(QueryDict(asked))
    assert trial is None
    assert form.errors


def test_it_is_told_in_english_too() -> None:
    with override("en"):
        _form, trial = read_trial(QueryDict("nu=geen&wil=Delft"))
    assert trial is not None
    assert trial.people[-1] == "Fatma does not have a GP yet and wants to go to Delft."
    assert "whoever has no GP yet has no place to give" in dict(trial.staying)["Fatma"]


def test_without_a_question_the_example_is_shown_and_no_error() -> None:
    form, trial = read_trial(QueryDict("taal=en"))
    assert not form.errors
    assert trial is not None
