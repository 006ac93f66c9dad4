# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verification: is every sealed line still what it was, and how old is what is not yet sealed?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from huisartsplek.audit.chain import anchor_hash, link, start_of
from huisartsplek.audit.models import AuditAnchor, AuditBatch, AuditEvent, AuditSeal
from huisartsplek.audit.queries import unsealed_tail

_LINES_AT_ONCE = 2000
_TERM_IN_MONTHS = 5 * 12 + 1


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is not as it was sealed."""

    month: date
    position: int
    event_id: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain of a month reaches; kept elsewhere, it proves that nothing was cut off later."""

    month: date
    events: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found."""

    lines: int
    fault: Fault | None
    unsealed: int
    oldest_unsealed_at: datetime | None
    heads: tuple[Head, ...]


class _FoundError(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.what)


def verify_audit(*, on: date, kept: tuple[Head, ...] = ()) -> Verification:
    """Check all sealed lines, also against heads that were kept elsewhere; name the first that is bad."""
    heads: list[Head] = []
    fault = None
    try:
        _verify_whole_months(on, kept)
        for month in _months():
            heads.append(_verify_month(month, _marks(month, kept)))  # noqa: PERF401  the good months stay known
    except _FoundError as found:
        fault = found.fault
    tail = unsealed_tail()
    return Verification(
        lines=sum(head.events for head in heads),
        fault=fault,
        unsealed=tail.lines,
        oldest_unsealed_at=tail.oldest_at,
        heads=tuple(heads),
    )


def _verify_whole_months(on: date, kept: tuple[Head, ...]) -> None:
    """Find a month that was once kept, whose term is not over, and of which nothing is left."""
    known = [anchor.month for anchor in _checked_anchors()] + [head.month for head in kept]
    sealed = set(_months())
    for month in known:
        if month not in sealed and not _may_be_gone(month, on):
            raise _FoundError(Fault(month, 1, None, "all lines of the month are missing"))


def _months() -> list[date]:
    sealed = set(AuditSeal.objects.values_list("month", flat=True).distinct())
    batched = set(AuditBatch.objects.values_list("month", flat=True).distinct())
    return sorted(sealed | batched)


def _marks(month: date, kept: tuple[Head, ...]) -> dict[int, set[bytes]]:
    """Return which hashes must stand at which positions, according to batches, anchors and kept heads."""
    marks: dict[int, set[bytes]] = {}
    batches = AuditBatch.objects.filter(month=month).values_list("events", "head")
    anchors = AuditAnchor.objects.filter(month=month).values_list("events", "head")
    elsewhere = [(head.events, bytes.fromhex(head.hash)) for head in kept if head.month == month]
    for events, head in [*batches, *anchors, *elsewhere]:
        marks.setdefault(events, set()).add(bytes(head))
    return marks


def _verify_month(month: date, marks: Mapping[int, set[bytes]]) -> Head:
    hash_ = start_of(month)
    position = 0
    for seal, event in _sealed_lines(month):
        position += 1
        if seal.position != position:
            raise _FoundError(Fault(month, position, None, "a seal is missing"))
        if event is None:
            raise _FoundError(Fault(month, position, seal.event_id, "the line is missing"))
        hash_ = link(hash_, event)
        if event.month != month or hash_ != bytes(seal.hash) or marks.get(position, {hash_}) != {hash_}:
            raise _FoundError(Fault(month, position, event.pk, "the line or its seal was changed"))
    if max(marks, default=0) != position:
        raise _FoundError(Fault(month, position + 1, None, "the end of the month was cut off or its batch changed"))
    return Head(month, position, hash_.hex())


def _sealed_lines(month: date) -> Iterator[tuple[AuditSeal, AuditEvent | None]]:
    seals = AuditSeal.objects.filter(month=month).order_by("position").iterator(_LINES_AT_ONCE)
    while chunk := list(islice(seals, _LINES_AT_ONCE)):
        events = AuditEvent.objects.in_bulk([seal.event_id for seal in chunk])
        for seal in chunk:
            yield seal, events.get(seal.event_id)


def _checked_anchors() -> Iterator[AuditAnchor]:
    previous = b""
    for anchor in AuditAnchor.objects.order_by("id"):
        previous = anchor_hash(previous, anchor.month, anchor.events, bytes(anchor.head))
        if previous != bytes(anchor.hash):
            raise _FoundError(Fault(anchor.month, anchor.events, None, "an anchor was changed or removed"))
        yield anchor


def _may_be_gone(month: date, on: date) -> bool:
    return (on.year - month.year) * 12 + on.month - month.month >= _TERM_IN_MONTHS
