# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rules and answers in words, Dutch and English side by side, so that page, letter and API say the same."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal, assert_never

from huisartsplek.rules.intake import (
    Answer,
    Check,
    Clause,
    Condition,
    Fact,
    FamilyReunification,
    FullStop,
    HouseholdMemberOfPatient,
    IntakePolicy,
    LivesIn,
    MovedIntoArea,
    NewbornSibling,
    Open,
    PartialStop,
    PublicStatus,
    Rule,
    StopReason,
    Verdict,
    VerdictKind,
    ViaMediation,
    WithinKm,
    WithinMinutes,
    WithoutGp,
)
from huisartsplek.rules.refusals import PracticeRefusal
from huisartsplek.rules.wording import (
    FACTS,
    MONTHS,
    PRACTICE_REFUSALS,
    STATUSES,
    STOP_REASONS,
    UNKNOWN_FACTS,
    VERDICTS,
    YES_OR_NO,
    Text,
)

Language = Literal["nl", "en"]
Sayable = Condition | Clause | Rule | IntakePolicy | Check | Verdict | StopReason | PublicStatus | PracticeRefusal


def sentence(thing: Sayable, lang: Language) -> str:
    """Say a rule, an answer or one of its parts as a person reads it."""
    return _in(_text(thing), lang)


def missing_sentence(missing: Iterable[Fact], lang: Language) -> str:
    """Say on which facts an undecided answer depends."""
    wanted = frozenset(missing)
    named = [_in(FACTS[fact], lang) for fact in Fact if fact in wanted]
    if lang == "nl":
        return f"Het hangt af van {_listed(named, 'en')}."
    return f"It depends on {_listed(named, 'and')}."


def _in(text: Text, lang: Language) -> str:
    return text.nl if lang == "nl" else text.en


def _text(thing: Sayable) -> Text:
    match thing:
        case IntakePolicy():
            said = _policy(thing)
        case Open() | PartialStop() | FullStop():
            said = _rule(thing)
        case Clause():
            said = _as_sentence(_clause(thing))
        case Check():
            said = _check(thing)
        case Verdict():
            said = _verdict(thing)
        case StopReason():
            said = STOP_REASONS[thing]
        case PublicStatus():
            said = STATUSES[thing]
        case PracticeRefusal():
            said = PRACTICE_REFUSALS[thing]
        case _:
            said = _as_sentence(_condition(thing))
    return said


def _policy(policy: IntakePolicy) -> Text:
    parts = [_rule(policy.rule)]
    reason = policy.public_stop_reason()
    if reason is not None:
        parts.append(STOP_REASONS[reason])
    if policy.waiting_list and not policy.admits_nobody:
        parts.append(Text("Er is een wachtlijst.", "There is a waiting list."))
    if policy.swaps:
        parts.append(Text("De praktijk doet mee met ruilen.", "The practice takes part in swaps."))
    if policy.valid_until is not None:
        until = _day(policy.valid_until)
        parts.append(Text(f"Dit geldt tot en met {until.nl}.", f"This holds up to and including {until.en}."))
    return Text(" ".join(part.nl for part in parts), " ".join(part.en for part in parts))


def _rule(rule: Rule) -> Text:
    match rule:
        case Open():
            return Text(
                "De praktijk neemt iedereen aan, zolang er plek is.",
                "The practice takes everyone, as long as there is room.",
            )
        case FullStop() | PartialStop(admits=()):
            return Text("De praktijk neemt nu niemand aan.", "The practice takes nobody at the moment.")
        case PartialStop(admits=(clause,)):
            only = _clause(clause)
            return Text(
                f"De praktijk neemt u aan als dit klopt: {only.nl}.",
                f"The practice takes you if this is true: {only.en}.",
            )
        case PartialStop(admits):
            clauses = [_clause(clause) for clause in admits]
            return Text(
                f"De praktijk neemt u aan als één van deze dingen klopt: {'; of '.join(c.nl for c in clauses)}.",
                f"The practice takes you if one of these is true: {'; or '.join(c.en for c in clauses)}.",
            )
        case _ as never:
            assert_never(never)


def _clause(clause: Clause) -> Text:
    phrases = [_condition(condition) for condition in clause.conditions]
    return Text(" en ".join(phrase.nl for phrase in phrases), " and ".join(phrase.en for phrase in phrases))


def _condition(condition: Condition) -> Text:
    match condition:
        case LivesIn(ranges):
            nl = _listed([_range(ends, "tot en met") for ends in ranges], "of")
            en = _listed([_range(ends, "to") for ends in ranges], "or")
            said = Text(f"u woont in postcode {nl}", f"you live in postcode area {en}")
        case MovedIntoArea(months):
            said = Text(
                f"u bent minder dan {_counted(months, 'maand', 'maanden')} geleden hier komen wonen",
                f"you moved here less than {_counted(months, 'month', 'months')} ago",
            )
        case HouseholdMemberOfPatient():
            said = Text(
                "iemand in uw huishouden is patiënt van de praktijk",
                "someone in your household is a patient of the practice",
            )
        case NewbornSibling(days):
            said = Text(
                f"het gaat om een pasgeboren broertje of zusje van een patiënt, hoogstens {days} dagen oud",
                f"it is for a newborn brother or sister of a patient, at most {days} days old",
            )
        case FamilyReunification():
            said = Text(
                "u kwam door gezinshereniging naar Nederland",
                "you came to the Netherlands through family reunification",
            )
        case WithoutGp():
            said = Text("u heeft nog geen huisarts", "you have no GP yet")
        case WithinKm(km):
            number = _number(km)
            said = Text(
                f"u woont hoogstens {number.nl} kilometer van de praktijk",
                f"you live at most {number.en} kilometres from the practice",
            )
        case WithinMinutes(minutes):
            said = Text(
                f"u woont hoogstens {_counted(minutes, 'minuut', 'minuten')} fietsen van de praktijk",
                f"you live at most {_counted(minutes, 'minute', 'minutes')} by bicycle from the practice",
            )
        case ViaMediation():
            said = Text(
                "u komt via bemiddeling door de regio of uw zorgverzekeraar",
                "you come through mediation by the region or your health insurer",
            )
        case _ as never:
            assert_never(never)
    return said


def _check(check: Check) -> Text:
    if check.answer is Answer.UNKNOWN:
        fact = UNKNOWN_FACTS[check.fact]
        return Text(f"Wij weten niet {fact.nl}.", f"We do not know {fact.en}.")
    own = _own(check)
    if check.answer is Answer.HOLDS:
        return Text(f"{own.nl}: dat klopt.", f"{own.en}: that fits.")
    return Text(f"{own.nl}: dat past niet bij de voorwaarde.", f"{own.en}: that does not fit the condition.")


def _own(check: Check) -> Text:
    """Say the person's own fact, without a word on whether it fits."""
    match check.fact, check.own:
        case Fact.PC4, own:
            said = Text(f"U woont in {own}", f"You live in {own}")
        case Fact.MOVED_IN_ON, date() as own:
            day = _day(own)
            said = Text(f"U woont hier sinds {day.nl}", f"You have lived here since {day.en}")
        case Fact.DISTANCE_KM, Decimal() as own:
            number = _number(own)
            said = Text(
                f"U woont {number.nl} kilometer van de praktijk",
                f"You live {number.en} kilometres from the practice",
            )
        case Fact.MINUTES, int() as own:
            said = Text(
                f"U woont {_counted(own, 'minuut', 'minuten')} fietsen van de praktijk",
                f"You live {_counted(own, 'minute', 'minutes')} by bicycle from the practice",
            )
        case Fact.NEWBORN_SIBLING, int() as own:
            said = Text(
                f"Dit broertje of zusje van een patiënt is {_counted(own, 'dag', 'dagen')} oud",
                f"This brother or sister of a patient is {_counted(own, 'day', 'days')} old",
            )
        case Fact.NEWBORN_SIBLING, _:
            said = Text(
                "Het gaat niet om een pasgeboren broertje of zusje van een patiënt",
                "It is not for a newborn brother or sister of a patient",
            )
        case fact, own:
            said = YES_OR_NO[fact][own is True]
    return said


def _verdict(verdict: Verdict) -> Text:
    match verdict.kind:
        case VerdictKind.MAYBE:
            return Text(
                f"Misschien. {missing_sentence(verdict.missing, 'nl')}",
                f"Maybe. {missing_sentence(verdict.missing, 'en')}",
            )
        case VerdictKind.NO if verdict.until is not None:
            until = _day(verdict.until)
            return Text(
                f"Nee, nu niet. Dit geldt tot en met {until.nl}.", f"No, not now. This holds until {until.en}."
            )
        case kind:
            return VERDICTS[kind]


def _as_sentence(phrase: Text) -> Text:
    return Text(f"{phrase.nl[:1].upper()}{phrase.nl[1:]}.", f"{phrase.en[:1].upper()}{phrase.en[1:]}.")


def _range(ends: tuple[int, int], to: str) -> str:
    first, last = ends
    return str(first) if first == last else f"{first} {to} {last}"


def _listed(parts: list[str], last_word: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last_word} {parts[-1]}"


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _number(number: Decimal) -> Text:
    plain = f"{number:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return Text(plain.replace(".", ","), plain)


def _day(day: date) -> Text:
    months = MONTHS[day.month - 1]
    return Text(f"{day.day} {months.nl} {day.year}", f"{day.day} {months.en} {day.year}")
