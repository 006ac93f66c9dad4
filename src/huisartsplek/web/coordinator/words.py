# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the state of a round, its next step and an alarm are called on the pages of a region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huisartsplek.rounds.halting import Halt
from huisartsplek.rounds.models import Round
from huisartsplek.rules.lifecycles import RoundState
from huisartsplek.web.components.parts import Step, steps_until
from huisartsplek.web.components.wording import clock, day, day_without_year

STATES: dict[RoundState, str] = {
    RoundState.OPEN: gettext_noop("Mensen kunnen zich aanmelden"),
    RoundState.CLOSING: gettext_noop("Wordt vastgezet"),
    RoundState.FROZEN: gettext_noop("Vastgezet, wacht op het lot"),
    RoundState.DRAWN: gettext_noop("Geloot, wordt berekend"),
    RoundState.COMPUTED: gettext_noop("Berekend en nagerekend"),
    RoundState.PUBLISHED: gettext_noop("Openbaar, mensen antwoorden"),
    RoundState.SETTLED: gettext_noop("Antwoorden verwerkt"),
    RoundState.CARRIED_OUT: gettext_noop("Klaar"),
    RoundState.CANCELLED: gettext_noop("Geannuleerd"),
}
NEXT_STEPS: dict[RoundState, str] = {
    RoundState.OPEN: gettext_noop("U zet de ronde vast"),
    RoundState.CLOSING: gettext_noop("Het vastzetten gaat vanzelf"),
    RoundState.FROZEN: gettext_noop("Het lot komt vanzelf"),
    RoundState.DRAWN: gettext_noop("De uitslag komt vanzelf"),
    RoundState.COMPUTED: gettext_noop("U maakt de uitslag openbaar"),
    RoundState.PUBLISHED: gettext_noop("Na de laatste antwoorddag gaat het vanzelf verder"),
    RoundState.SETTLED: gettext_noop("De overstap gaat vanzelf"),
    RoundState.CARRIED_OUT: gettext_noop("Niets meer"),
    RoundState.CANCELLED: gettext_noop("Niets meer"),
}
ALARMS: dict[str, str] = {
    "request_waits_a_year": gettext_noop("Verzoeken die langer dan een jaar wachten"),
    "request_sleeps_a_year": gettext_noop("Verzoeken die langer dan een jaar slapen"),
    "interim_not_recorded": gettext_noop(
        "Mensen die de tijdelijke praktijk na zes weken nog niet heeft ingeschreven"
    ),
    "exchange_not_settled": gettext_noop("Antwoorden die na de laatste antwoorddag nog niet verwerkt zijn"),
    "registration_not_decided": gettext_noop(
        "Inschrijvingen die na 28 dagen nog niet klaar zijn en waarover u met de patiënt beslist"
    ),
    "round_open_long": gettext_noop("Een ronde die langer dan 90 dagen open staat"),
    "round_not_published": gettext_noop("Een uitslag die klaar is en nog niet openbaar"),
    "correction_not_confirmed": gettext_noop("Beurten die op een tweede mens wachten, langer dan 2 werkdagen"),
    "number_still_pending": gettext_noop("Mensen van wie het BSN na 28 dagen nog niet bekend is"),
    "number_never_came": gettext_noop("Mensen die al een jaar zonder BSN bij ons bekend zijn"),
    "review_not_answered": gettext_noop("Vragen om mee te kijken die langer dan 5 werkdagen wachten"),
    "confirmation_forgotten": gettext_noop("Inschrijvingen die een praktijk nog niet heeft bevestigd"),
    "freeze_late": gettext_noop("Het vastzetten duurt te lang. De beheerder heeft een melding gekregen."),
    "draw_late": gettext_noop("Het lot is te laat. De ronde wacht tot het er is. Er gaat niets verloren."),
    "computing_late": gettext_noop("Het berekenen duurt te lang. De beheerder heeft een melding gekregen."),
    "round_not_settled": gettext_noop(
        "De antwoorden zijn nog niet verwerkt. De beheerder heeft een melding gekregen."
    ),
    "round_not_carried_out": gettext_noop(
        "Niet elke overstap is klaar. De beheerder heeft een melding gekregen. Niemand is zijn huisarts kwijt."
    ),
    Halt.DRAW_REFUSED: gettext_noop(
        "De bron gaf een lot dat niet klopt. Daarom is er niet geloot. De beheerder zoekt uit wat er is."
    ),
    Halt.ROUND_BROKEN: gettext_noop(
        "Bij het narekenen klopte de uitslag niet. Daarom wordt er niets openbaar."
        " De beheerder zoekt uit wat er is."
    ),
}


@dataclass(frozen=True, slots=True)
class Act:
    """What a page asks before a heavy act, and what follows from a yes."""

    question: str
    lead: str
    consequences: Sequence[str]
    yes: str


def round_name(round_: Round) -> str:
    """The name of a round: its number in the region, and the month it opened."""
    month = day(round_.opened_at).split(" ", 1)[1]
    return _("Ronde %(number)d, %(month)s") % {"number": round_.number, "month": month}


def state_text(round_: Round) -> str:
    """Where a round stands."""
    return _("Gestopt, iemand moet kijken") if round_.halted_by else _(STATES[RoundState(round_.state)])


def next_step_text(round_: Round) -> str:
    """What happens next with a round, and by whom."""
    return _("De beheerder zoekt het uit") if round_.halted_by else _(NEXT_STEPS[RoundState(round_.state)])


def alarm_text(alarm: str) -> str:
    """What an alarm is about."""
    return _(ALARMS[alarm])


def moment_text(moment: datetime) -> str:
    """A day and the time of it."""
    return f"{day_without_year(moment)}, {clock(moment)}"


# The step of the row that is going on in each state: publishing takes no time, answering does.
_PRESENT = {
    RoundState.OPEN: 0,
    RoundState.CLOSING: 0,
    RoundState.FROZEN: 1,
    RoundState.DRAWN: 2,
    RoundState.COMPUTED: 3,
    RoundState.PUBLISHED: 5,
    RoundState.SETTLED: 6,
    RoundState.CARRIED_OUT: 7,
}


def phases(round_: Round, since: dict[str, datetime]) -> tuple[Step, ...]:
    """The phases of a round with when each began; none for a cancelled one."""
    if round_.state == RoundState.CANCELLED:
        return ()

    def began(state: RoundState) -> str:
        return moment_text(since[state]) if state in since else ""

    until = round_.answers_until
    return steps_until(
        [
            (_("Aanmelden"), _("vanaf %(day)s") % {"day": day_without_year(round_.opened_at)}),
            (_("Vastgezet"), began(RoundState.FROZEN)),
            (_("Geloot"), began(RoundState.DRAWN)),
            (_("Proefuitslag"), began(RoundState.COMPUTED)),
            (_("Openbaar"), began(RoundState.PUBLISHED)),
            (_("Antwoorden"), _("tot %(moment)s") % {"moment": moment_text(until)} if until else ""),
            (_("Overstap"), day_without_year(round_.switch_on) if round_.switch_on else ""),
        ],
        present=_PRESENT[RoundState(round_.state)],
    )
