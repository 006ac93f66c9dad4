# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""People come to be known, log in, act for each other, and die or leave the country."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date, datetime
from typing import TypedDict, Unpack, cast
from uuid import UUID

from django.db import IntegrityError, transaction

from huisartsplek.audit.actors import Actor, ActorKind, Ground
from huisartsplek.audit.events import (
    CONSENT_DECLINED,
    CONSENT_GIVEN,
    CONSENT_WITHDRAWN,
    PERSON_CHANGED,
    PERSON_LINKED,
    PERSON_REGISTERED,
    REPRESENTATION_RECORDED,
    EventKind,
)
from huisartsplek.audit.services import record
from huisartsplek.integrations.login.port import LoginAnswer, LoginRefused, RefusedBecause
from huisartsplek.people.bsn import find_by_bsn, has_other_bsn
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Consent, Household, Person, Representation, SaidNo
from huisartsplek.people.permissions import may_decide_for, may_speak_for
from huisartsplek.people.queries import among, login_reference, needed_consents_of, person_of
from huisartsplek.rules.consent import mandate_counts
from huisartsplek.rules.consent_texts import Wording
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.values import BadValue, Bsn, Postcode


class MoreDetails(TypedDict, total=False):
    """What may be known of a person beyond name, birth date and address."""

    street: str
    place: str
    longitude: float | None
    latitude: float | None
    moved_in_on: date | None
    email: str
    channel: Person.Channel
    language: str
    is_protected: bool


def register_person(
    actor: Actor,
    *,
    household_id: UUID | None,
    given_name: str,
    family_name: str,
    birth_date: date,
    postcode: Postcode,
    house_number: str,
    at: datetime,
    **more: Unpack[MoreDetails],
) -> Person:
    """Enter a person, in a household that is known or in one of their own.

    A citizen adds people to their own household only; that makes them nobody's parent yet.
    """
    with transaction.atomic():
        _require_own_household(actor, household_id)
        person = Person(household_id=household_id or Household.objects.create().pk)
        _describe(person, given_name, family_name, birth_date, at)
        _house(person, postcode, house_number, more)
        person.save(force_insert=True)
        record(PERSON_REGISTERED, actor=actor, at=at, person=person.pk, thing=person)
    return person


def describe_person(
    actor: Actor,
    person: Person,
    *,
    given_name: str,
    family_name: str,
    birth_date: date,
    postcode: Postcode,
    house_number: str,
    at: datetime,
    **more: Unpack[MoreDetails],
) -> Person:
    """Let somebody who logged in for the first time say who they are, once."""
    with transaction.atomic():
        own = person_of(actor)
        if own is None or own.pk != person.pk:
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        locked = lock_people([person.pk])[person.pk]
        if locked.is_described:
            raise Refusal(RefusalCode.CHANGED_MEANWHILE)
        if actor.ground is Ground.MANDATE and not mandate_counts(birth_date, on=day_in_amsterdam(at)):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        _describe(locked, given_name, family_name, birth_date, at)
        _house(locked, postcode, house_number, more)
        locked.save()
        record(PERSON_CHANGED, actor=actor, at=at, person=locked.pk, thing=locked, field="description")
    return locked


def _require_own_household(actor: Actor, household_id: UUID | None) -> None:
    if actor.kind in {ActorKind.STAFF, ActorKind.SYSTEM}:
        return
    own = person_of(actor)
    if own is None or own.household_id != household_id:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)


def _describe(person: Person, given_name: str, family_name: str, birth_date: date, at: datetime) -> None:
    if birth_date > day_in_amsterdam(at):
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW, field="birth_date")
    person.given_name, person.family_name, person.birth_date = given_name, family_name, birth_date


def _house(person: Person, postcode: Postcode, house_number: str, more: MoreDetails) -> None:
    person.postcode, person.house_number = f"{postcode.pc4}{postcode.letters}", house_number
    for name, value in more.items():
        setattr(person, name, value)


def link_login(answer: LoginAnswer, *, actor: Actor, at: datetime) -> Person:
    """Find whose login this is: by its reference, else by the BSN it proves, which then gets the reference.

    Who is not known begins as an empty record with the reference only, to be described by themselves. Two first
    logins at the same moment end at one person: the reference is unique.
    """
    bsn = _proved_bsn(answer)
    reference = login_reference(answer.issuer, answer.subject)
    with transaction.atomic():
        person = _known_by(reference)
        if person is None:
            try:
                with transaction.atomic():
                    person = _link(bsn, reference, actor, at)
            except IntegrityError:
                # The same login came in at the same moment and was first; only the reference can clash here.
                person = Person.objects.get(login_reference=reference)
        if bsn is not None and has_other_bsn(person, bsn):
            raise LoginRefused(RefusedBecause.BAD_TOKEN)
    return person


def _proved_bsn(answer: LoginAnswer) -> Bsn | None:
    if not answer.bsn:
        return None
    try:
        bsn = Bsn.parse(answer.bsn)
    except BadValue:
        raise LoginRefused(RefusedBecause.BAD_TOKEN) from None
    if bsn.reveal() in answer.subject:
        # The reference is kept in the clear, where a BSN must never be.
        raise LoginRefused(RefusedBecause.BAD_TOKEN)
    return bsn


def _known_by(reference: str) -> Person | None:
    return Person.objects.filter(login_reference=reference).first()


def _link(bsn: Bsn | None, reference: str, actor: Actor, at: datetime) -> Person:
    found = None if bsn is None else find_by_bsn(bsn)
    if found is None:
        person = Person(household=Household.objects.create(), login_reference=reference)
        person.save(force_insert=True)
    else:
        person = lock_people([found.pk])[found.pk]
        if person.login_reference == reference:
            return person
        person.login_reference = reference
        person.save(update_fields=["login_reference"])
    record(PERSON_LINKED, actor=actor, at=at, person=person.pk, thing=person)
    return person


def record_representation(
    actor: Actor,
    *,
    representative: Person,
    represented: Person,
    basis: Representation.Basis,
    valid_from: date,
    valid_until: date | None = None,
    at: datetime,
) -> Representation:
    """Keep that somebody decides for somebody else, as a register or a desk has shown; again puts another period.

    Nobody makes themselves a parent: a citizen's own word does not count here.
    """
    if actor.kind not in {ActorKind.STAFF, ActorKind.SYSTEM}:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    if representative.pk == represented.pk or (valid_until is not None and valid_until < valid_from):
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW)
    with transaction.atomic():
        lock_people([representative.pk, represented.pk])
        kept, is_new = Representation.objects.get_or_create(
            representative=representative,
            represented=represented,
            basis=basis,
            defaults={"valid_from": valid_from, "valid_until": valid_until},
        )
        if not is_new:
            if (kept.valid_from, kept.valid_until) == (valid_from, valid_until):
                return kept
            kept.valid_from, kept.valid_until = valid_from, valid_until
            kept.save(update_fields=["valid_from", "valid_until"])
        record(REPRESENTATION_RECORDED, actor=actor, at=at, person=represented.pk, thing=kept, basis=basis)
    return kept


def end_person(actor: Actor, person: Person, reason: Person.End, on: date, at: datetime) -> Person:
    """Keep that somebody died, or left the country; the latter one may say oneself.

    The same twice is once. What else ends with it is decided under the same lock by who calls.
    """
    if reason is Person.End.ERASED:
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW, reason=reason)
    own = person_of(actor)
    may_say = actor.kind in {ActorKind.STAFF, ActorKind.SYSTEM} or (
        own is not None and own.pk == person.pk and reason is Person.End.EMIGRATED
    )
    if not may_say:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    if on > day_in_amsterdam(at):
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW, on=on)
    with transaction.atomic():
        locked = lock_people([person.pk])[person.pk]
        if locked.ended_on is not None:
            if (locked.ended_on, locked.end_reason) != (on, reason):
                raise Refusal(RefusalCode.CHANGED_MEANWHILE)
            return locked
        locked.ended_on, locked.end_reason = on, reason
        locked.save(update_fields=["ended_on", "end_reason"])
        record(PERSON_CHANGED, actor=actor, at=at, person=locked.pk, thing=locked, field=reason)
    return locked


def give_consent(
    actor: Actor,
    *,
    person: Person,
    kind: Consent.Kind,
    reference: UUID,
    given_by: Person,
    at: datetime,
    wording: Wording | None = None,
) -> Consent:
    """Keep the yes of a person, or of who decides for them, with the text they read; the same yes twice is one."""
    with transaction.atomic():
        locked = lock_people([person.pk])[person.pk]
        if not (may_speak_for(actor, given_by) and may_decide_for(given_by, locked, day_in_amsterdam(at))):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        consent, is_new = Consent.objects.get_or_create(
            person=locked,
            kind=kind,
            reference=reference,
            given_by=given_by,
            withdrawn_at=None,
            defaults={"given_at": at, **_read(wording)},
        )
        if is_new:
            SaidNo.objects.filter(person=locked, kind=kind, reference=reference, given_by=given_by).delete()
            _record_consent(CONSENT_GIVEN, actor, consent, at)
    return consent


def _read(wording: Wording | None) -> dict[str, str]:
    return {} if wording is None else {"wording": wording.text, "wording_version": wording.version}


def decline_consent(
    actor: Actor, *, person: Person, kind: Consent.Kind, reference: UUID, given_by: Person, at: datetime
) -> None:
    """Keep that somebody was asked and said no, and take back the yes they gave; the same no twice is one."""
    with transaction.atomic():
        locked = lock_people([person.pk])[person.pk]
        if not (may_speak_for(actor, given_by) and may_decide_for(given_by, locked, day_in_amsterdam(at))):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        withdraw_consent(actor, person=locked, kind=kind, reference=reference, given_by=given_by, at=at)
        said, is_new = SaidNo.objects.get_or_create(
            person=locked, kind=kind, reference=reference, given_by=given_by, defaults={"given_at": at}
        )
        if is_new:
            _record_consent(CONSENT_DECLINED, actor, said, at)


def withdraw_consent(
    actor: Actor, *, person: Person, kind: Consent.Kind, reference: UUID, given_by: Person, at: datetime
) -> None:
    """Take back a yes that one gave oneself, at any time and whatever has changed since; none in force is fine."""
    with transaction.atomic():
        lock_people([person.pk])
        if not may_speak_for(actor, given_by):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        in_force = Consent.objects.filter(
            person=person, kind=kind, reference=reference, given_by=given_by, withdrawn_at__isnull=True
        )
        _end_consents(actor, in_force, at)


def ask_anew(actor: Actor, reference: UUID, persons: Collection[Person], *, speaker: Person, at: datetime) -> None:
    """End the yeses to taking part, because what they were said to has changed; everybody says it again.

    The yeses of who changes it stay, and every parent's for the children that they decide for too.
    """
    with transaction.atomic():
        lock_people([person.pk for person in persons])
        needed = needed_consents_of(persons, day_in_amsterdam(at))
        in_force = Consent.objects.filter(
            person__in=persons, kind=Consent.Kind.TAKE_PART, reference=reference, withdrawn_at__isnull=True
        ).exclude(given_by=speaker)
        own_children = {pk for pk, need in needed.items() if speaker.pk in (need.one_of or frozenset())}
        of_others = [
            consent
            for consent in in_force
            if consent.given_by_id == consent.person_id or consent.person_id not in own_children
        ]
        _end_consents(actor, of_others, at)


def end_consents(
    actor: Actor, reference: UUID, persons: Collection[Person], *, given_by: Collection[UUID] | None, at: datetime
) -> None:
    """End the yeses to a request about these people that these gave, or that anybody gave."""
    with transaction.atomic():
        lock_people([person.pk for person in persons])
        in_force = Consent.objects.filter(
            person__in=persons, kind=Consent.Kind.TAKE_PART, reference=reference, withdrawn_at__isnull=True
        )
        _end_consents(actor, in_force if given_by is None else in_force.filter(given_by__in=given_by), at)


def _end_consents(actor: Actor, consents: Iterable[Consent], at: datetime) -> None:
    for consent in consents:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        _record_consent(CONSENT_WITHDRAWN, actor, consent, at)


def _record_consent(kind: EventKind, actor: Actor, consent: Consent | SaidNo, at: datetime) -> None:
    if actor.kind is ActorKind.PERSON and not actor.on_behalf_of and consent.given_by_id != consent.person_id:
        actor = actor.acting_for(consent.person_id, ground=Ground.PARENTAL_AUTHORITY)
    record(
        kind,
        actor=actor,
        at=at,
        person=consent.person_id,
        thing=consent,
        consent=consent.kind,
        reference=consent.reference,
    )


def still_asked(
    reference: UUID, persons: Collection[Person], on: date, *, kind: Consent.Kind = Consent.Kind.TAKE_PART
) -> dict[UUID, frozenset[UUID]]:
    """Give, for each person whose consent is not complete, whose yes could still count; perhaps nobody's."""
    given = _given([reference], kind)
    needed = needed_consents_of(persons, on)
    return {
        person_id: cast("frozenset[UUID]", need.still_asked(given[reference, person_id]))
        for person_id, need in needed.items()
        if not need.is_met(given[reference, person_id])
    }


def consents_complete(
    reference: UUID, persons: Collection[Person], on: date, *, kind: Consent.Kind = Consent.Kind.TAKE_PART
) -> bool:
    """Tell whether everybody's yes is there for each of these people."""
    return reference in complete_for_many({reference: persons}, on, kind=kind)


def complete_for_many(
    members: Mapping[UUID, Collection[Person]], on: date, *, kind: Consent.Kind = Consent.Kind.TAKE_PART
) -> set[UUID]:
    """Of many references, each with the people it is about, give those for which every yes is there.

    Two queries, however many there are.
    """
    given = _given(members, kind)
    needed = needed_consents_of({person for persons in members.values() for person in persons}, on)
    return {
        reference
        for reference, persons in members.items()
        if all(needed[person.pk].is_met(given[reference, person.pk]) for person in persons)
    }


def complete_for_each(
    members: Mapping[UUID, Collection[Person]], on: date, *, kind: Consent.Kind
) -> set[tuple[UUID, UUID]]:
    """Of many references, each with people, give each person whose own yes is whole, whatever the others said."""
    given = _given(members, kind)
    needed = needed_consents_of({person for persons in members.values() for person in persons}, on)
    return {
        (reference, person.pk)
        for reference, persons in members.items()
        for person in persons
        if needed[person.pk].is_met(given[reference, person.pk])
    }


def _given(references: Iterable[UUID], kind: Consent.Kind) -> Mapping[tuple[UUID, UUID], set[Hashable]]:
    in_force = Consent.objects.filter(reference__in=among(references), kind=kind, withdrawn_at__isnull=True)
    given: dict[tuple[UUID, UUID], set[Hashable]] = defaultdict(set)
    for reference, person_id, giver_id in in_force.values_list("reference", "person_id", "given_by_id"):
        given[reference, person_id].add(giver_id)
    return given
