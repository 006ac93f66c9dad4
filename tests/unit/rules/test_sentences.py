# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.rules.strategies import TODAY, applicants, conditions, policies, policy_for

from huisartsplek.rules.intake import (
    Applicant,
    Clause,
    Condition,
    Fact,
    FullStop,
    IntakePolicy,
    LivesIn,
    MovedIntoArea,
    NewbornSibling,
    Open,
    PartialStop,
    PublicStatus,
    StopReason,
    Verdict,
    VerdictKind,
    WithinKm,
    WithinMinutes,
    WithoutGp,
    weigh,
)
from huisartsplek.rules.refusals import PracticeRefusal
from huisartsplek.rules.sentences import Sayable, missing_sentence, sentence
from huisartsplek.rules.speakers import Language

languages: st.SearchStrategy[Language] = st.sampled_from(["nl", "en"])


def is_well_formed(text: str) -> bool:
    """Tell whether it reads as sentences: a capital, a full stop, no trace of code."""
    return re.fullmatch(r"[A-Z][^{}<>_\n]*[^ ]\.", text) is not None and "None" not in text and "  " not in text


@given(conditions, applicants, languages)
def test_every_condition_and_how_it_stands_reads_as_a_sentence(
    condition: Condition, applicant: Applicant, lang: Language
) -> None:
    assert is_well_formed(sentence(condition, lang))
    assert is_well_formed(sentence(weigh(condition, applicant, on=TODAY), lang))


@given(policies, languages)
def test_every_policy_reads_as_sentences(policy: IntakePolicy, lang: Language) -> None:
    assert is_well_formed(sentence(policy, lang))
    assert is_well_formed(sentence(policy.rule, lang))


@given(policies)
def test_a_policy_in_words_never_gives_the_weekly_number(policy: IntakePolicy) -> None:
    without = replace(policy, weekly=None)
    assert sentence(policy, "nl") == sentence(without, "nl")


@given(policies)
def test_a_private_reason_of_a_stop_is_not_told(policy: IntakePolicy) -> None:
    said = sentence(policy, "nl")
    told = {reason for reason in StopReason if sentence(reason, "nl") in said}
    assert told == {reason for reason in [policy.public_stop_reason()] if reason is not None}


@given(st.sets(st.sampled_from(Fact), min_size=1), languages)
def test_what_an_answer_depends_on_reads_as_a_sentence(missing: set[Fact], lang: Language) -> None:
    assert is_well_formed(missing_sentence(missing, lang))


ALL_CODES: list[Iterable[Sayable]] = [StopReason, PublicStatus, PracticeRefusal]


@pytest.mark.parametrize("codes", ALL_CODES)
def test_every_code_has_its_own_words_in_both_languages(codes: Iterable[Sayable]) -> None:
    dutch = [sentence(code, "nl") for code in codes]
    english = [sentence(code, "en") for code in codes]
    assert len(set(dutch) | set(english)) == len(dutch) + len(english)


@pytest.mark.parametrize("kind", VerdictKind)
def test_every_verdict_has_words_in_both_languages(kind: VerdictKind) -> None:
    verdict = Verdict(kind, PublicStatus.OPEN, missing=frozenset({Fact.PC4}))
    assert is_well_formed(sentence(verdict, "nl"))
    assert sentence(verdict, "nl") != sentence(verdict, "en")


SAID: list[tuple[Sayable, str]] = [
    (LivesIn(((2512, 2518),)), "U woont in postcode 2512 tot en met 2518."),
    (
        LivesIn(((2512, 2518), (2520, 2520), (2526, 2526))),
        "U woont in postcode 2512 tot en met 2518, 2520 of 2526.",
    ),
    (MovedIntoArea(1), "U bent minder dan 1 maand geleden hier komen wonen."),
    (WithinKm(Decimal("2.50")), "U woont hoogstens 2,5 kilometer van de praktijk."),
    (WithinKm(Decimal(10)), "U woont hoogstens 10 kilometer van de praktijk."),
    (
        Clause((WithinMinutes(7), WithoutGp())),
        "U woont hoogstens 7 minuten fietsen van de praktijk en u heeft nog geen huisarts.",
    ),
    (Open(), "De praktijk neemt iedereen aan, zolang er plek is."),
    (PartialStop(()), "De praktijk neemt nu niemand aan."),
    (PartialStop((Clause((WithoutGp(),)),)), "De praktijk neemt u aan als dit klopt: u heeft nog geen huisarts."),
    (
        replace(policy_for(FullStop(), swaps=True, waiting_list=True), valid_until=date(2026, 12, 31)),
        "De praktijk neemt nu niemand aan. De praktijk doet mee met ruilen. Dit geldt tot en met 31 december 2026.",
    ),
    (weigh(LivesIn(((2512, 2518),)), Applicant(pc4=2514), on=TODAY), "U woont in 2514: dat klopt."),
    (
        weigh(WithoutGp(), Applicant(has_gp=True), on=TODAY),
        "U heeft al een huisarts: dat past niet bij de voorwaarde.",
    ),
    (weigh(WithoutGp(), Applicant(), on=TODAY), "Wij weten niet of u al een huisarts heeft."),
    (
        weigh(NewbornSibling(365), Applicant(newborn_sibling=1), on=TODAY),
        "Dit broertje of zusje van een patiënt is 1 dag oud: dat klopt.",
    ),
    (
        weigh(MovedIntoArea(6), Applicant(moved_in_on=date(2026, 3, 1)), on=TODAY),
        "U woont hier sinds 1 maart 2026: dat klopt.",
    ),
    (
        Verdict(VerdictKind.MAYBE, PublicStatus.CONDITIONAL, missing=frozenset({Fact.PC4, Fact.MINUTES})),
        "Misschien. Het hangt af van uw postcode en uw reistijd met de fiets.",
    ),
    (
        Verdict(VerdictKind.NO, PublicStatus.CLOSED, until=date(2026, 9, 1)),
        "Nee, nu niet. Dit geldt tot en met 1 september 2026.",
    ),
]


@pytest.mark.parametrize(("thing", "said"), SAID)
def test_rules_and_answers_read_as_plain_dutch(thing: Sayable, said: str) -> None:
    assert sentence(thing, "nl") == said


def test_english_says_the_same() -> None:
    rule = PartialStop((Clause((WithinKm(Decimal("2.5")), WithoutGp())), Clause((LivesIn(((2512, 2518),)),))))
    assert sentence(rule, "en") == (
        "The practice takes you if one of these is true: you live at most 2.5 kilometres from the practice "
        "and you have no GP yet; or you live in postcode area 2512 to 2518."
    )
