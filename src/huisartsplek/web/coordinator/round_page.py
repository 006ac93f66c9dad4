# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""One round of one's region: how far it is, what is in it, what it decided, and the one thing to do next."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huisartsplek.accounts.policies import coordinator, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rounds.counts import (
    Answers,
    Contents,
    Settled,
    answers_to,
    contents_now,
    contents_of,
    decided_in,
    settled_in,
)
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.regional import moments_of, unanswered_offers
from huisartsplek.rules.lifecycles import ROUND, RoundState
from huisartsplek.web.components.wording import number
from huisartsplek.web.coordinator.figures import decided_figures, few, told_together
from huisartsplek.web.coordinator.reach import own_round
from huisartsplek.web.coordinator.words import alarm_text, moment_text, phases, round_name, state_text

_DECIDED = {RoundState.COMPUTED, RoundState.PUBLISHED, RoundState.SETTLED, RoundState.CARRIED_OUT}
_OFFERED = _DECIDED - {RoundState.COMPUTED}
_SETTLED = {RoundState.SETTLED, RoundState.CARRIED_OUT}


@policy(coordinator())
@require_safe
def page(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show a round of one's region."""
    round_ = own_round(request, round_id)
    state = RoundState(round_.state)
    since = moments_of(round_)
    contents = contents_now(round_, at=current_moment()) if round_.frozen_at is None else contents_of(round_)
    is_decided = state in _DECIDED or (state is RoundState.CANCELLED and RoundState.COMPUTED in since)
    decided = decided_figures(decided_in(round_)) if is_decided else None
    in_tens = decided is not None and decided.is_rounded
    answers = _answers(answers_to(round_)) if state in _OFFERED else {}
    settled = _settled(settled_in(round_)) if state in _SETTLED else {}
    return render(
        request,
        "web/coordinator/round.html",
        {
            "round": round_,
            "name": round_name(round_),
            "stands": state_text(round_),
            "task": f"web/coordinator/tasks/{state.value}.html",
            "phases": phases(round_, since),
            "cancelled_at": since.get(RoundState.CANCELLED),
            "alarm": _alarm(round_, current_moment()),
            "contents": contents_figures(contents, in_tens=in_tens),
            "decided": decided,
            "answers": told_together(answers, in_tens=in_tens),
            "settled": told_together(settled, in_tens=in_tens),
            "draw": draw_facts(round_),
            **(_waits_for(round_) if state is RoundState.CLOSING else {}),
            "may_cancel": state in {state for state, event in ROUND.table if event == "cancel"},
        },
    )


def _waits_for(round_: Round) -> dict[str, object]:
    """Tell how many answers a closing round still waits for, and until when at the latest."""
    number, last = unanswered_offers(round_.region_id)
    return {"unanswered": few(number) if number else "", "last": last}


def _alarm(round_: Round, at: datetime) -> str:
    """Tell what is wrong with a round, if anything: it was halted, or its state lasts too long."""
    if round_.halted_by:
        return alarm_text(round_.halted_by)
    watch = ROUND.watch.get(RoundState(round_.state))
    is_late = watch is not None and round_.deadline_at is not None and round_.deadline_at < at
    return alarm_text(watch.alarm) if watch is not None and is_late else ""


def contents_figures(contents: Contents, *, in_tens: bool = False) -> list[tuple[str, str]]:
    """The figures of what is in a round."""
    counts = {
        _("Verzoeken"): contents.requests,
        _("Mensen"): contents.persons,
        _("Praktijken die meedoen"): contents.practices,
    }
    average = (_("Wensen per verzoek"), number(contents.wishes_per_request))
    return [*told_together(counts, in_tens=in_tens), average]


def _answers(answers: Answers) -> dict[str, int]:
    answered = {
        _("Kregen een aanbod"): answers.offers,
        _("Zeiden ja"): answers.yes,
        _("Zeiden nee"): answers.no,
    }
    return answered | (
        {_("Nog geen antwoord"): answers.open} if answers.open else {_("Gaven geen antwoord"): answers.silent}
    )


def _settled(settled: Settled) -> dict[str, int]:
    return {
        _("Verzoeken die doorgaan"): settled.requests,
        _("Mensen die overstappen"): settled.persons,
        _("Al overgestapt"): settled.switched,
        _("Verzoeken die niet doorgaan"): settled.fell,
        _("Door de nee van een ander"): settled.fell_below_floor,
    }


def draw_facts(round_: Round) -> list[tuple[str, object]]:
    """What anybody needs to check a round: the hash of what was frozen, the draw, the rules."""
    if round_.frozen_at is None or round_.beacon_round is None:
        return []
    words = {
        "source": _("Voorbeeldbron") if round_.is_example_draw else round_.beacon,
        "round": number(round_.beacon_round),
        "at": moment_text(round_.own_moment_at) if round_.own_moment_at else "",
    }
    due = round_.state == RoundState.FROZEN
    lot = (
        _("%(source)s, nummer %(round)s. Bekend op %(at)s") if due else _("%(source)s, nummer %(round)s")
    ) % words
    example = _(" (voorbeeldloting: wie de sleutel van deze installatie kent, kent de uitslag)")
    seed = round_.seed.rsplit(":", 1)[-1]
    return [
        (_("Vingerafdruk van de invoer"), _in_groups(round_.input_sha256)),
        (_("Bron van het lot"), lot + (example if round_.is_example_draw else "")),
        (_("Het lot"), _in_groups(seed) if seed else _("Nog niet bekend")),
        (
            _("Regels"),
            _("Versie %(version)s, eerst de wachtlijst en dan ruilen") % {"version": round_.rules_version},
        ),
        (_("Narekenen"), _("De controleur krijgt de bestanden na het openbaar maken.")),
    ]


def _in_groups(digits: str) -> str:
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
