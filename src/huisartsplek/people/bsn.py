# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The BSN at rest: sealed with a key of the ring for the person it belongs to, found again by a keyed hash.

Outside the database stand two secrets: the ring, of which the first key seals and all of them open, and the key of
the look-up. A copy of the database alone gives no BSN, and a sealed BSN put beside another person does not open.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_CHANGED, PERSON_READ
from huisartsplek.audit.services import Line, record, record_many
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Person, PersonBsn
from huisartsplek.people.numbers import learn_number
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.values import Bsn

_NONCE_BYTES = 12
_ROWS_AT_ONCE = 500


class UnreadableBsn(Exception):  # noqa: N818  it reads as what it is
    """A sealed BSN that does not open: changed, moved to another person, or sealed with a key we do not have."""

    def __init__(self, person_id: UUID) -> None:
        super().__init__(f"the stored BSN of person {person_id} cannot be opened")
        self.person_id = person_id


@dataclass(frozen=True, slots=True)
class Sealed:
    """A BSN as it is stored, and the number of the key it was sealed with."""

    key_id: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did: how many were sealed anew, and whose could not be opened."""

    resealed: int
    unreadable: tuple[UUID, ...]


def seal(bsn: Bsn, person_id: UUID) -> Sealed:
    """Seal a BSN for one person with the newest key."""
    key_id, key = next(iter(_ring().items()))
    nonce = os.urandom(_NONCE_BYTES)
    return Sealed(key_id, nonce + AESGCM(key).encrypt(nonce, bsn.reveal().encode(), person_id.bytes))


def open_sealed(sealed: Sealed, person_id: UUID) -> Bsn:
    """Open what was sealed for this person."""
    key = _ring().get(sealed.key_id)
    if key is None:
        raise UnreadableBsn(person_id)
    nonce, content = sealed.content[:_NONCE_BYTES], sealed.content[_NONCE_BYTES:]
    try:
        return Bsn(AESGCM(key).decrypt(nonce, content, person_id.bytes).decode())
    except (InvalidTag, ValueError):
        # A number that would not be a BSN stays out of the chain of exceptions too.
        raise UnreadableBsn(person_id) from None


def look_up(bsn: Bsn) -> bytes:
    """Give the value by which a BSN is found again; without the key nobody can compute it."""
    key = settings.BSN_LOOKUP_KEY
    if not key:
        raise ImproperlyConfigured("HP_BSN_LOOKUP_KEY is not set")
    return hmac.new(key.encode(), bsn.reveal().encode(), hashlib.sha256).digest()


def store_bsn(actor: Actor, person: Person, bsn: Bsn, at: datetime) -> None:
    """Keep the BSN of a person; twice the same is once.

    A number of the wrong range for this installation, a number that somebody else has and a second number for one
    person get the same answer, so that nobody can find out by trying whose BSN is known here.
    """
    if bsn.is_demo == settings.IS_PRODUCTION:
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW)
    with transaction.atomic():
        lock_people([person.pk])
        known = PersonBsn.objects.filter(person=person).first()
        if known is not None:
            if not hmac.compare_digest(bytes(known.look_up), look_up(bsn)):
                raise Refusal(RefusalCode.NOT_ALLOWED_NOW)
            return
        sealed = seal(bsn, person.pk)
        try:
            with transaction.atomic():
                PersonBsn.objects.create(
                    person=person, key_id=sealed.key_id, sealed=sealed.content, look_up=look_up(bsn)
                )
        except IntegrityError:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW) from None
        record(PERSON_CHANGED, actor=actor, at=at, person=person.pk, thing=person, field="bsn")
        learn_number(actor, person, at=at)


def find_by_bsn(bsn: Bsn) -> Person | None:
    """Find whose BSN this is. The caller records why it was looked for."""
    return Person.objects.filter(stored_bsn__look_up=look_up(bsn)).first()


def has_other_bsn(person: Person, bsn: Bsn) -> bool:
    """Tell whether another BSN is stored for this person."""
    return PersonBsn.objects.filter(person=person).exclude(look_up=look_up(bsn)).exists()


def read_bsn(actor: Actor, person: Person, at: datetime) -> Bsn | None:
    """Open the stored BSN of a person, on the record."""
    with transaction.atomic():
        stored = PersonBsn.objects.filter(person=person).first()
        if stored is None:
            return None
        record(PERSON_READ, actor=actor, at=at, person=person.pk, thing=person, view="bsn")
        return open_sealed(_sealed(stored), person.pk)


def rotate_bsn_keys(actor: Actor, *, at: datetime) -> Rotation:
    """Seal with the newest key what was sealed with an older one: in batches, each its own transaction.

    Stopped half-way it can simply run again. What does not open is left as it is and reported.
    """
    resealed, unreadable = 0, list[UUID]()
    after: UUID | None = None
    while True:
        with transaction.atomic():
            batch = _next_batch(after)
            if not batch:
                return Rotation(resealed, tuple(unreadable))
            after = batch[-1].pk
            done, failed = _reseal(batch)
            PersonBsn.objects.bulk_update(done, ["key_id", "sealed"])
            lines = [Line(row.pk, row, {"field": "bsn_key"}) for row in done]
            record_many(PERSON_CHANGED, lines, actor=actor, at=at)
            resealed += len(done)
            unreadable += failed


def _next_batch(after: UUID | None) -> list[PersonBsn]:
    rows = PersonBsn.objects.select_for_update().exclude(key_id=next(iter(_ring()))).order_by("pk")
    return list((rows if after is None else rows.filter(pk__gt=after))[:_ROWS_AT_ONCE])


def _reseal(batch: list[PersonBsn]) -> tuple[list[PersonBsn], list[UUID]]:
    done, failed = list[PersonBsn](), list[UUID]()
    for row in batch:
        try:
            sealed = seal(open_sealed(_sealed(row), row.pk), row.pk)
        except UnreadableBsn:
            failed.append(row.pk)
            continue
        row.key_id, row.sealed = sealed.key_id, sealed.content
        done.append(row)
    return done, failed


def _sealed(row: PersonBsn) -> Sealed:
    return Sealed(row.key_id, bytes(row.sealed))


def _ring() -> dict[str, bytes]:
    if settings.BSN_KEYS is None:
        raise ImproperlyConfigured("HP_BSN_KEYS is not set")
    return {str(number): key for number, key in settings.BSN_KEYS.keys}
