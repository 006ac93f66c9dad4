# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rules and answers in words, Dutch and English side by side, so that page, letter and API say the same.

Any other language is a `Speaker`: it translates the Dutch and knows its own plurals, dates and numbers.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import assert_never

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
from huisartsplek.rules.speakers import DUTCH, ENGLISH, Language, Speaker
from huisartsplek.rules.wording import (
    FACTS,
    PRACTICE_REFUSALS,
    STATUSES,
    STOP_REASONS,
    UNKNOWN_FACTS,
    VERDICTS,
    YES_OR_NO,
    Counted,
    Text,
)

Sayable = Condition | Clause | Rule | IntakePolicy | Check | Verdict | StopReason | PublicStatus | PracticeRefusal

_OR = Text("%(first)s of %(last)s", "%(first)s or %(last)s")
_AND = Text("%(first)s en %(last)s", "%(first)s and %(last)s")
_COMMA = Text("%(first)s, %(next)s", "%(first)s, %(next)s")


def sentence(thing: Sayable, lang: Language | Speaker) -> str:
    """Say a rule, an answer or one of its parts as a person reads it."""
    return _said(thing, _speaker(lang))


def missing_sentence(missing: Iterable[Fact], lang: Language | Speaker) -> str:
    """Say on which facts an undecided answer depends."""
    by = _speaker(lang)
    wanted = frozenset(missing)
    named = [by.say(FACTS[fact]) for fact in Fact if fact in wanted]
    return by.say(Text("Het hangt af van %(facts)s.", "It depends on %(facts)s."), facts=_listed(named, _AND, by))


def _speaker(lang: Language | Speaker) -> Speaker:
    if not isinstance(lang, str):
        return lang
    return DUTCH if lang == "nl" else ENGLISH


def _said(thing: Sayable, by: Speaker) -> str:
    match thing:
        case IntakePolicy():
            said = _policy(thing, by)
        case Open() | PartialStop() | FullStop():
            said = _rule(thing, by)
        case Clause():
            said = _as_sentence(_clause(thing, by), by)
        case Check():
            said = _check(thing, by)
        case Verdict():
            said = _verdict(thing, by)
        case StopReason():
            said = by.say(STOP_REASONS[thing])
        case PublicStatus():
            said = by.say(STATUSES[thing])
        case PracticeRefusal():
            said = by.say(PRACTICE_REFUSALS[thing])
        case _:
            said = _as_sentence(_condition(thing, by), by)
    return said


def _policy(policy: IntakePolicy, by: Speaker) -> str:
    parts = [_rule(policy.rule, by)]
    reason = policy.public_stop_reason()
    if reason is not None:
        parts.append(by.say(STOP_REASONS[reason]))
    if policy.waiting_list and not policy.admits_nobody:
        parts.append(by.say(Text("Er is een wachtlijst.", "There is a waiting list.")))
    if policy.swaps:
        parts.append(by.say(Text("De praktijk doet mee met ruilen.", "The practice takes part in swaps.")))
    if policy.valid_until is not None:
        until = Text("Dit geldt tot en met %(day)s.", "This holds up to and including %(day)s.")
        parts.append(by.say(until, day=by.day(policy.valid_until)))
    return " ".join(parts)


def _rule(rule: Rule, by: Speaker) -> str:
    match rule:
        case Open():
            return by.say(
                Text(
                    "De praktijk neemt iedereen aan, zolang er plek is.",
                    "The practice takes everyone, as long as there is room.",
                )
            )
        case FullStop() | PartialStop(admits=()):
            return by.say(Text("De praktijk neemt nu niemand aan.", "The practice takes nobody at the moment."))
        case PartialStop(admits=(clause,)):
            only = Text(
                "De praktijk neemt u aan als dit klopt: %(clause)s.",
                "The practice takes you if this is true: %(clause)s.",
            )
            return by.say(only, clause=_clause(clause, by))
        case PartialStop(admits):
            one = Text(
                "De praktijk neemt u aan als één van deze dingen klopt: %(clauses)s.",
                "The practice takes you if one of these is true: %(clauses)s.",
            )
            either = Text("%(first)s; of %(next)s", "%(first)s; or %(next)s")
            clauses = [_clause(clause, by) for clause in admits]
            said = clauses[0]
            for other in clauses[1:]:
                said = by.say(either, first=said, next=other)
            return by.say(one, clauses=said)
        case _ as never:
            assert_never(never)


def _clause(clause: Clause, by: Speaker) -> str:
    phrases = [_condition(condition, by) for condition in clause.conditions]
    said = phrases[0]
    for phrase in phrases[1:]:
        said = by.say(_AND, first=said, last=phrase)
    return said


def _condition(condition: Condition, by: Speaker) -> str:
    match condition:
        case LivesIn(ranges):
            areas = _listed([_range(ends, by) for ends in ranges], _OR, by)
            said = by.say(Text("u woont in postcode %(areas)s", "you live in postcode area %(areas)s"), areas=areas)
        case MovedIntoArea(months):
            said = by.count(
                Counted(
                    "u bent minder dan %(count)s maand geleden hier komen wonen",
                    "u bent minder dan %(count)s maanden geleden hier komen wonen",
                    "you moved here less than %(count)s month ago",
                    "you moved here less than %(count)s months ago",
                ),
                months,
            )
        case HouseholdMemberOfPatient():
            said = by.say(
                Text(
                    "iemand in uw huishouden is patiënt van de praktijk",
                    "someone in your household is a patient of the practice",
                )
            )
        case NewbornSibling(days):
            said = by.count(
                Counted(
                    "het gaat om een pasgeboren broertje of zusje van een patiënt, hoogstens %(count)s dag oud",
                    "het gaat om een pasgeboren broertje of zusje van een patiënt, hoogstens %(count)s dagen oud",
                    "it is for a newborn brother or sister of a patient, at most %(count)s day old",
                    "it is for a newborn brother or sister of a patient, at most %(count)s days old",
                ),
                days,
            )
        case FamilyReunification():
            said = by.say(
                Text(
                    "u kwam door gezinshereniging naar Nederland",
                    "you came to the Netherlands through family reunification",
                )
            )
        case WithoutGp():
            said = by.say(Text("u heeft nog geen huisarts", "you have no GP yet"))
        case WithinKm(km):
            said = by.say(
                Text(
                    "u woont hoogstens %(number)s kilometer van de praktijk",
                    "you live at most %(number)s kilometres from the practice",
                ),
                number=by.number(km),
            )
        case WithinMinutes(minutes):
            said = by.count(
                Counted(
                    "u woont hoogstens %(count)s minuut fietsen van de praktijk",
                    "u woont hoogstens %(count)s minuten fietsen van de praktijk",
                    "you live at most %(count)s minute by bicycle from the practice",
                    "you live at most %(count)s minutes by bicycle from the practice",
                ),
                minutes,
            )
        case ViaMediation():
            said = by.say(
                Text(
                    "u komt via bemiddeling door de regio of uw zorgverzekeraar",
                    "you come through mediation by the region or your health insurer",
                )
            )
        case _ as never:
            assert_never(never)
    return said


def _check(check: Check, by: Speaker) -> str:
    if check.answer is Answer.UNKNOWN:
        fact = by.say(UNKNOWN_FACTS[check.fact])
        return by.say(Text("Wij weten niet %(fact)s.", "We do not know %(fact)s."), fact=fact)
    fits = Text("%(own)s: dat klopt.", "%(own)s: that fits.")
    does_not = Text("%(own)s: dat past niet bij de voorwaarde.", "%(own)s: that does not fit the condition.")
    return by.say(fits if check.answer is Answer.HOLDS else does_not, own=_own(check, by))


def _own(check: Check, by: Speaker) -> str:
    """Say the person's own fact, without a word on whether it fits."""
    match check.fact, check.own:
        case Fact.PC4, own:
            said = by.say(Text("U woont in %(area)s", "You live in %(area)s"), area=str(own))
        case Fact.MOVED_IN_ON, date() as own:
            said = by.say(Text("U woont hier sinds %(day)s", "You have lived here since %(day)s"), day=by.day(own))
        case Fact.DISTANCE_KM, Decimal() as own:
            far = Text(
                "U woont %(number)s kilometer van de praktijk", "You live %(number)s kilometres from the practice"
            )
            said = by.say(far, number=by.number(own))
        case Fact.MINUTES, int() as own:
            said = by.count(
                Counted(
                    "U woont %(count)s minuut fietsen van de praktijk",
                    "U woont %(count)s minuten fietsen van de praktijk",
                    "You live %(count)s minute by bicycle from the practice",
                    "You live %(count)s minutes by bicycle from the practice",
                ),
                own,
            )
        case Fact.NEWBORN_SIBLING, int() as own:
            said = by.count(
                Counted(
                    "Dit broertje of zusje van een patiënt is %(count)s dag oud",
                    "Dit broertje of zusje van een patiënt is %(count)s dagen oud",
                    "This brother or sister of a patient is %(count)s day old",
                    "This brother or sister of a patient is %(count)s days old",
                ),
                own,
            )
        case Fact.NEWBORN_SIBLING, _:
            said = by.say(
                Text(
                    "Het gaat niet om een pasgeboren broertje of zusje van een patiënt",
                    "It is not for a newborn brother or sister of a patient",
                )
            )
        case fact, own:
            said = by.say(YES_OR_NO[fact][own is True])
    return said


def _verdict(verdict: Verdict, by: Speaker) -> str:
    match verdict.kind:
        case VerdictKind.MAYBE:
            return by.say(Text("Misschien. %(why)s", "Maybe. %(why)s"), why=missing_sentence(verdict.missing, by))
        case VerdictKind.NO if verdict.until is not None:
            until = Text("Nee, nu niet. Dit geldt tot en met %(day)s.", "No, not now. This holds until %(day)s.")
            return by.say(until, day=by.day(verdict.until))
        case kind:
            return by.say(VERDICTS[kind])


def _as_sentence(phrase: str, by: Speaker) -> str:
    return by.say(Text("%(phrase)s.", "%(phrase)s."), phrase=by.with_capital(phrase))


def _range(ends: tuple[int, int], by: Speaker) -> str:
    first, last = ends
    if first == last:
        return str(first)
    return by.say(Text("%(first)s tot en met %(last)s", "%(first)s to %(last)s"), first=str(first), last=str(last))


def _listed(parts: list[str], last_two: Text, by: Speaker) -> str:
    if len(parts) < 2:
        return "".join(parts)
    said = parts[0]
    for part in parts[1:-1]:
        said = by.say(_COMMA, first=said, next=part)
    return by.say(last_two, first=said, last=parts[-1])
