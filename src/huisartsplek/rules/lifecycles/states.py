# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states and events of everything that has a life, each with its table."""

from enum import StrEnum
from typing import Any

from huisartsplek.rules.dates import COORDINATOR_DAYS, REGISTRATION_DAYS
from huisartsplek.rules.lifecycles.alert import ALERT
from huisartsplek.rules.lifecycles.correction import CORRECTION
from huisartsplek.rules.lifecycles.lifecycle import Clock, DeadlineRule, Lifecycle, Owner, Watch
from huisartsplek.rules.lifecycles.number import NUMBER
from huisartsplek.rules.lifecycles.review import REVIEW
from huisartsplek.rules.lifecycles.still_looking import STILL_LOOKING


class RequestState(StrEnum):
    """Where a household's request stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    MOVING = "moving"
    ARRIVING = "arriving"
    SLEEPING = "sleeping"
    MET = "met"
    WITHDRAWN = "withdrawn"


class RequestEvent(StrEnum):
    """What happens to a request."""

    OFFER = "offer"
    ACCEPT = "accept"
    TAKE_BACK = "take_back"
    DECLINE = "decline"
    LAPSE = "lapse"
    FALL = "fall"
    STAND = "stand"
    ADMIT = "admit"
    CARRY_OUT = "carry_out"
    GO_ON = "go_on"
    ARRIVE = "arrive"
    CANCEL = "cancel"
    SLEEP = "sleep"
    WAKE = "wake"
    WITHDRAW = "withdraw"


REQUEST = Lifecycle(
    name="request",
    start=RequestState.WAITING,
    table={
        (RequestState.WAITING, RequestEvent.OFFER): RequestState.OFFERED,
        (RequestState.WAITING, RequestEvent.ADMIT): RequestState.MOVING,
        (RequestState.WAITING, RequestEvent.SLEEP): RequestState.SLEEPING,
        (RequestState.WAITING, RequestEvent.WITHDRAW): RequestState.WITHDRAWN,
        (RequestState.OFFERED, RequestEvent.ACCEPT): RequestState.ACCEPTED,
        (RequestState.OFFERED, RequestEvent.DECLINE): RequestState.WAITING,
        (RequestState.OFFERED, RequestEvent.LAPSE): RequestState.WAITING,
        (RequestState.OFFERED, RequestEvent.FALL): RequestState.WAITING,
        (RequestState.OFFERED, RequestEvent.WITHDRAW): RequestState.WITHDRAWN,
        (RequestState.ACCEPTED, RequestEvent.TAKE_BACK): RequestState.OFFERED,
        (RequestState.ACCEPTED, RequestEvent.FALL): RequestState.WAITING,
        (RequestState.ACCEPTED, RequestEvent.STAND): RequestState.MOVING,
        (RequestState.ACCEPTED, RequestEvent.WITHDRAW): RequestState.WITHDRAWN,
        (RequestState.MOVING, RequestEvent.CARRY_OUT): RequestState.MET,
        (RequestState.MOVING, RequestEvent.CANCEL): RequestState.WAITING,
        (RequestState.MOVING, RequestEvent.WITHDRAW): RequestState.WITHDRAWN,
        # An interim practice: they keep waiting for what they want more, once that practice has recorded them.
        (RequestState.MOVING, RequestEvent.GO_ON): RequestState.ARRIVING,
        (RequestState.ARRIVING, RequestEvent.ARRIVE): RequestState.WAITING,
        (RequestState.ARRIVING, RequestEvent.WITHDRAW): RequestState.WITHDRAWN,
        (RequestState.SLEEPING, RequestEvent.WAKE): RequestState.WAITING,
        (RequestState.SLEEPING, RequestEvent.WITHDRAW): RequestState.WITHDRAWN,
    },
    finals=frozenset({RequestState.MET, RequestState.WITHDRAWN}),
    watch={
        RequestState.WAITING: Watch(Owner.COORDINATOR, DeadlineRule(Clock.DAYS, 365), "request_waits_a_year"),
        RequestState.OFFERED: Watch(Owner.HOUSEHOLD, DeadlineRule(Clock.OWN), "offer_not_answered"),
        RequestState.ACCEPTED: Watch(Owner.COORDINATOR, DeadlineRule(Clock.OWN), "exchange_not_settled"),
        RequestState.MOVING: Watch(Owner.PRACTICE, DeadlineRule(Clock.OWN, 24), "switch_date_passed"),
        RequestState.ARRIVING: Watch(
            Owner.COORDINATOR,
            DeadlineRule(Clock.DAYS, COORDINATOR_DAYS + REGISTRATION_DAYS),
            "interim_not_recorded",
        ),
        RequestState.SLEEPING: Watch(Owner.COORDINATOR, DeadlineRule(Clock.DAYS, 365), "request_sleeps_a_year"),
    },
)


class OfferState(StrEnum):
    """Where an offer to a household stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    STANDING = "standing"
    FALLEN = "fallen"
    WITHDRAWN = "withdrawn"


class OfferEvent(StrEnum):
    """What happens to an offer."""

    ACCEPT = "accept"
    TAKE_BACK = "take_back"
    DECLINE = "decline"
    LAPSE = "lapse"
    STAND = "stand"
    FALL = "fall"
    WITHDRAW = "withdraw"


OFFER = Lifecycle(
    name="offer",
    start=OfferState.OPEN,
    table={
        (OfferState.OPEN, OfferEvent.ACCEPT): OfferState.ACCEPTED,
        (OfferState.OPEN, OfferEvent.DECLINE): OfferState.DECLINED,
        (OfferState.OPEN, OfferEvent.LAPSE): OfferState.LAPSED,
        (OfferState.OPEN, OfferEvent.FALL): OfferState.FALLEN,
        (OfferState.OPEN, OfferEvent.WITHDRAW): OfferState.WITHDRAWN,
        (OfferState.ACCEPTED, OfferEvent.TAKE_BACK): OfferState.OPEN,
        (OfferState.ACCEPTED, OfferEvent.DECLINE): OfferState.DECLINED,
        (OfferState.ACCEPTED, OfferEvent.STAND): OfferState.STANDING,
        (OfferState.ACCEPTED, OfferEvent.FALL): OfferState.FALLEN,
        (OfferState.ACCEPTED, OfferEvent.WITHDRAW): OfferState.WITHDRAWN,
    },
    finals=frozenset(OfferState) - {OfferState.OPEN, OfferState.ACCEPTED},
    watch={
        OfferState.OPEN: Watch(Owner.HOUSEHOLD, DeadlineRule(Clock.OWN), "offer_not_answered"),
        OfferState.ACCEPTED: Watch(Owner.COORDINATOR, DeadlineRule(Clock.OWN), "exchange_not_settled"),
    },
)


class MoveState(StrEnum):
    """Where one person's change of practice stands."""

    PLANNED = "planned"
    SWITCHED = "switched"
    OVERDUE = "overdue"
    WITH_COORDINATOR = "with_coordinator"
    REGISTERED = "registered"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class MoveEvent(StrEnum):
    """What happens to a change of practice."""

    SWITCH = "switch"
    REGISTER = "register"
    OVERDUE = "overdue"
    ESCALATE = "escalate"
    GIVE_TIME = "give_time"
    RETURN = "return"
    CANCEL = "cancel"


MOVE = Lifecycle(
    name="move",
    start=MoveState.PLANNED,
    table={
        (MoveState.PLANNED, MoveEvent.SWITCH): MoveState.SWITCHED,
        (MoveState.PLANNED, MoveEvent.CANCEL): MoveState.CANCELLED,
        (MoveState.SWITCHED, MoveEvent.REGISTER): MoveState.REGISTERED,
        (MoveState.SWITCHED, MoveEvent.OVERDUE): MoveState.OVERDUE,
        (MoveState.OVERDUE, MoveEvent.REGISTER): MoveState.REGISTERED,
        (MoveState.OVERDUE, MoveEvent.ESCALATE): MoveState.WITH_COORDINATOR,
        (MoveState.WITH_COORDINATOR, MoveEvent.REGISTER): MoveState.REGISTERED,
        (MoveState.WITH_COORDINATOR, MoveEvent.GIVE_TIME): MoveState.OVERDUE,
        (MoveState.WITH_COORDINATOR, MoveEvent.RETURN): MoveState.RETURNED,
    },
    finals=frozenset({MoveState.REGISTERED, MoveState.RETURNED, MoveState.CANCELLED}),
    watch={
        MoveState.PLANNED: Watch(Owner.OPERATOR, DeadlineRule(Clock.OWN, 24), "switch_date_passed"),
        MoveState.SWITCHED: Watch(
            Owner.PRACTICE, DeadlineRule(Clock.DAYS, REGISTRATION_DAYS), "registration_overdue"
        ),
        # Counted from when it became overdue, so that the coordinator's turn comes 28 days after the switch.
        MoveState.OVERDUE: Watch(
            Owner.PRACTICE,
            DeadlineRule(Clock.DAYS, COORDINATOR_DAYS - REGISTRATION_DAYS),
            "registration_to_coordinator",
        ),
        MoveState.WITH_COORDINATOR: Watch(
            Owner.COORDINATOR, DeadlineRule(Clock.WORKING_DAYS, 5), "registration_not_decided"
        ),
    },
)


class RoundState(StrEnum):
    """Where a round stands."""

    OPEN = "open"
    CLOSING = "closing"
    FROZEN = "frozen"
    DRAWN = "drawn"
    COMPUTED = "computed"
    PUBLISHED = "published"
    SETTLED = "settled"
    CARRIED_OUT = "carried_out"
    CANCELLED = "cancelled"


class RoundEvent(StrEnum):
    """What happens to a round; nothing unfreezes it."""

    CLOSE = "close"
    FREEZE = "freeze"
    DRAW = "draw"
    COMPUTE = "compute"
    PUBLISH = "publish"
    SETTLE = "settle"
    CARRY_OUT = "carry_out"
    CANCEL = "cancel"


ROUND = Lifecycle(
    name="round",
    start=RoundState.OPEN,
    table={
        (RoundState.OPEN, RoundEvent.CLOSE): RoundState.CLOSING,
        (RoundState.OPEN, RoundEvent.CANCEL): RoundState.CANCELLED,
        (RoundState.CLOSING, RoundEvent.FREEZE): RoundState.FROZEN,
        (RoundState.CLOSING, RoundEvent.CANCEL): RoundState.CANCELLED,
        (RoundState.FROZEN, RoundEvent.DRAW): RoundState.DRAWN,
        (RoundState.FROZEN, RoundEvent.CANCEL): RoundState.CANCELLED,
        (RoundState.DRAWN, RoundEvent.COMPUTE): RoundState.COMPUTED,
        (RoundState.DRAWN, RoundEvent.CANCEL): RoundState.CANCELLED,
        (RoundState.COMPUTED, RoundEvent.PUBLISH): RoundState.PUBLISHED,
        (RoundState.COMPUTED, RoundEvent.CANCEL): RoundState.CANCELLED,
        (RoundState.PUBLISHED, RoundEvent.SETTLE): RoundState.SETTLED,
        (RoundState.SETTLED, RoundEvent.CARRY_OUT): RoundState.CARRIED_OUT,
    },
    finals=frozenset({RoundState.CARRIED_OUT, RoundState.CANCELLED}),
    watch={
        RoundState.OPEN: Watch(Owner.COORDINATOR, DeadlineRule(Clock.DAYS, 90), "round_open_long"),
        # Its own moment is the last at which an offer by its queues can be answered.
        RoundState.CLOSING: Watch(Owner.OPERATOR, DeadlineRule(Clock.OWN, 1), "freeze_late"),
        RoundState.FROZEN: Watch(Owner.OPERATOR, DeadlineRule(Clock.OWN, 1), "draw_late"),
        RoundState.DRAWN: Watch(Owner.OPERATOR, DeadlineRule(Clock.HOURS, 4), "computing_late"),
        RoundState.COMPUTED: Watch(Owner.COORDINATOR, DeadlineRule(Clock.WORKING_DAYS, 2), "round_not_published"),
        RoundState.PUBLISHED: Watch(Owner.OPERATOR, DeadlineRule(Clock.OWN, 1), "round_not_settled"),
        RoundState.SETTLED: Watch(Owner.OPERATOR, DeadlineRule(Clock.OWN, 24), "round_not_carried_out"),
    },
)


class ExchangeState(StrEnum):
    """Where a place, a chain or a cycle stands."""

    PROPOSED = "proposed"
    STANDING = "standing"
    CARRIED_OUT = "carried_out"
    FALLEN = "fallen"


class ExchangeEvent(StrEnum):
    """What happens to an exchange."""

    STAND = "stand"
    CARRY_OUT = "carry_out"
    FALL = "fall"


EXCHANGE = Lifecycle(
    name="exchange",
    start=ExchangeState.PROPOSED,
    table={
        (ExchangeState.PROPOSED, ExchangeEvent.STAND): ExchangeState.STANDING,
        (ExchangeState.PROPOSED, ExchangeEvent.FALL): ExchangeState.FALLEN,
        (ExchangeState.STANDING, ExchangeEvent.CARRY_OUT): ExchangeState.CARRIED_OUT,
        (ExchangeState.STANDING, ExchangeEvent.FALL): ExchangeState.FALLEN,
    },
    finals=frozenset({ExchangeState.CARRIED_OUT, ExchangeState.FALLEN}),
    watch={
        ExchangeState.PROPOSED: Watch(Owner.COORDINATOR, DeadlineRule(Clock.OWN, 1), "exchange_not_settled"),
        ExchangeState.STANDING: Watch(Owner.OPERATOR, DeadlineRule(Clock.OWN, 24), "switch_date_passed"),
    },
)


class NoticeState(StrEnum):
    """Where a message to a person stands."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNHEARD = "unheard"
    FAILED = "failed"
    REROUTED = "rerouted"
    GIVEN_UP = "given_up"


class NoticeEvent(StrEnum):
    """What happens to a message."""

    SEND = "send"
    FAIL = "fail"
    ARRIVE = "arrive"
    BOUNCE = "bounce"
    HEAR_NOTHING = "hear_nothing"
    REROUTE = "reroute"
    RETRY = "retry"
    GIVE_UP = "give_up"


NOTICE = Lifecycle(
    name="notice",
    start=NoticeState.QUEUED,
    table={
        (NoticeState.QUEUED, NoticeEvent.SEND): NoticeState.SENT,
        (NoticeState.QUEUED, NoticeEvent.FAIL): NoticeState.FAILED,
        (NoticeState.SENT, NoticeEvent.ARRIVE): NoticeState.DELIVERED,
        (NoticeState.SENT, NoticeEvent.BOUNCE): NoticeState.FAILED,
        (NoticeState.SENT, NoticeEvent.HEAR_NOTHING): NoticeState.UNHEARD,
        (NoticeState.FAILED, NoticeEvent.REROUTE): NoticeState.REROUTED,
        (NoticeState.FAILED, NoticeEvent.RETRY): NoticeState.QUEUED,
        (NoticeState.FAILED, NoticeEvent.GIVE_UP): NoticeState.GIVEN_UP,
    },
    finals=frozenset({NoticeState.DELIVERED, NoticeState.UNHEARD, NoticeState.REROUTED, NoticeState.GIVEN_UP}),
    watch={
        NoticeState.QUEUED: Watch(Owner.OPERATOR, DeadlineRule(Clock.HOURS, 1), "notice_not_sent"),
        NoticeState.SENT: Watch(Owner.OPERATOR, DeadlineRule(Clock.DAYS, 14), "notice_fate_unknown"),
        NoticeState.FAILED: Watch(Owner.OPERATOR, DeadlineRule(Clock.HOURS, 24), "notice_failed"),
    },
)


class ConfirmationState(StrEnum):
    """Whether a practice has said that a person is really enrolled there."""

    ASKED = "asked"
    UNANSWERED = "unanswered"
    CONFIRMED = "confirmed"
    DENIED = "denied"


class ConfirmationEvent(StrEnum):
    """What happens to the question whether a person is enrolled."""

    CONFIRM = "confirm"
    DENY = "deny"
    LAPSE = "lapse"


CONFIRMATION = Lifecycle(
    name="confirmation",
    start=ConfirmationState.ASKED,
    table={
        (ConfirmationState.ASKED, ConfirmationEvent.CONFIRM): ConfirmationState.CONFIRMED,
        (ConfirmationState.ASKED, ConfirmationEvent.DENY): ConfirmationState.DENIED,
        (ConfirmationState.ASKED, ConfirmationEvent.LAPSE): ConfirmationState.UNANSWERED,
        (ConfirmationState.UNANSWERED, ConfirmationEvent.CONFIRM): ConfirmationState.CONFIRMED,
        (ConfirmationState.UNANSWERED, ConfirmationEvent.DENY): ConfirmationState.DENIED,
    },
    finals=frozenset({ConfirmationState.CONFIRMED, ConfirmationState.DENIED}),
    watch={
        ConfirmationState.ASKED: Watch(
            Owner.PRACTICE, DeadlineRule(Clock.WORKING_DAYS, 10), "confirmation_not_answered"
        ),
        ConfirmationState.UNANSWERED: Watch(
            Owner.COORDINATOR, DeadlineRule(Clock.DAYS, 30), "confirmation_forgotten"
        ),
    },
)


LIFECYCLES: tuple[Lifecycle[Any, Any], ...] = (
    REQUEST,
    OFFER,
    MOVE,
    ROUND,
    EXCHANGE,
    NOTICE,
    CONFIRMATION,
    REVIEW,
    CORRECTION,
    NUMBER,
    ALERT,
    STILL_LOOKING,
)
