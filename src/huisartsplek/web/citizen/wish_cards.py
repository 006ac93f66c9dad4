# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A wish as its card shows it: how far, and in plain words what will happen with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huisartsplek.requests.prospects import Outlook, Prospect, Why
from huisartsplek.rules.intake import PublicStatus
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.rules.queue import PriorityClass
from huisartsplek.rules.sentences import missing_sentence
from huisartsplek.rules.values import Postcode
from huisartsplek.simulator.distances import DUTCH_SPEEDS, Travel
from huisartsplek.web.components.speaking import page_speaker
from huisartsplek.web.components.status import say
from huisartsplek.web.components.wording import cycling, day, distance, driving

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from huisartsplek.people.models import Person
    from huisartsplek.practices.models import Practice
    from huisartsplek.requests.standing import Standing
    from huisartsplek.rules.bands import Band

REFUSED_BY_RULE = frozenset({Why.OUTSIDE_RULE, Why.CLOSED, Why.NOT_ENOUGH_ROOM, Why.OTHER_REGION, Why.RESTS})
CYCLED_AT_MOST_KM = 12
ESTIMATED_AT_MOST_KM = 30  # farther than that the straight line and one speed tell nothing


@dataclass(frozen=True, slots=True)
class WishCard:
    """One wish on a page; the addresses are where its buttons post to, empty where there is no button."""

    rank: int
    name: str
    url: str
    facts: tuple[str, ...]
    status: PublicStatus
    status_text: str
    happens: str
    turn: str
    before_class: str = ""  # how many go first because their class does
    waited: str = ""  # how long people waited there
    up: str = ""
    down: str = ""
    remove: str = ""
    choose: str = ""
    review: str = ""
    is_alone: bool = False  # one person goes
    last_round: str = ""  # why it was not had there
    in_swap: str = ""  # whether they are asked first when a swap comes
    in_swap_url: str = ""
    in_swap_change: str = ""


@dataclass(frozen=True, slots=True)
class Household:
    """What the words about a wish need to know of who goes."""

    size: int
    since: datetime
    is_complete: bool
    is_filed: bool
    offered: UUID | None = None  # the practice that has offered a place
    moves_to: UUID | None = None  # the practice they are on their way to
    state: RequestState = RequestState.WAITING

    @property
    def is_settled(self) -> bool:
        """Whether no queue and no round counts for them just now."""
        rests = self.state in {RequestState.SLEEPING, RequestState.ARRIVING}
        return rests or self.offered is not None or self.moves_to is not None


def distance_facts(km: float | None) -> tuple[str, ...]:
    """How far a practice is, and about how long one travels."""
    if km is None:
        return ()
    return tuple(fact for fact in (distance(km), travel_time(km)) if fact)


def travel_time(km: float) -> str:
    """About how long one travels: by bicycle, by car where that is too far, nothing where nobody can tell."""
    if km > ESTIMATED_AT_MOST_KM:
        return ""
    if km <= CYCLED_AT_MOST_KM:
        return cycling(DUTCH_SPEEDS.minutes(km, Travel.BICYCLE))
    return driving(DUTCH_SPEEDS.minutes(km, Travel.CAR))


def practice_url(practice: Practice) -> str:
    """The public page of a practice."""
    return reverse("public:practice", args=[practice.slug])


def search_url(reader: Person) -> str:
    """The search for practices near where somebody lives."""
    return f"{reverse('public:practices')}?{urlencode({'postcode': str(Postcode.parse(reader.postcode))})}"


def wish_cards(
    prospects: Sequence[Prospect],
    household: Household,
    *,
    address: Callable[[Prospect, str], str] | None = None,
    choose: Callable[[Prospect], str] | None = None,
    review: Callable[[Prospect], str] | None = None,
    last_round: Mapping[UUID, str] | None = None,
) -> list[WishCard]:
    """The cards of a list of wishes; `address` gives where a button posts to, for a step such as "hoger"."""
    last = len(prospects)
    return [
        WishCard(
            rank=prospect.rank,
            name=prospect.practice.name,
            url=practice_url(prospect.practice),
            facts=distance_facts(prospect.km),
            status=prospect.status,
            status_text=_status_text(prospect),
            happens=happens(prospect, household),
            turn=_turn(prospect, household),
            before_class=_before_class(prospect, household),
            waited=_waited(prospect, household),
            up=address(prospect, "hoger") if address and prospect.rank > 1 else "",
            down=address(prospect, "lager") if address and prospect.rank < last else "",
            remove=address(prospect, "weg") if address else "",
            choose=choose(prospect) if choose and prospect.outlook is Outlook.AT_ONCE else "",
            review=review(prospect) if review and _is_refused(prospect, household) else "",
            is_alone=household.size == 1,
            last_round=(last_round or {}).get(prospect.practice.pk, ""),
        )
        for prospect in prospects
    ]


def _is_refused(prospect: Prospect, household: Household) -> bool:
    return prospect.why in REFUSED_BY_RULE and not household.is_settled


def _status_text(prospect: Prospect) -> str:
    if prospect.status is PublicStatus.CLOSED and prospect.until is not None:
        return _("Gesloten tot en met %(day)s") % {"day": day(prospect.until)}
    return say(prospect.status)


def _standing(prospect: Prospect, household: Household) -> Standing | None:
    return None if household.is_settled else prospect.standing


def _turn(prospect: Prospect, household: Household) -> str:
    standing = _standing(prospect, household)
    return "" if standing is None else band_text(standing.own)


def band_text(band: Band) -> str:
    """A place in a queue, as a band."""
    if band.last is None:
        return _("verder dan plek %(number)d") % {"number": band.first - 1}
    return _("plek %(first)d tot %(last)d") % {"first": band.first, "last": band.last}


def _before_class(prospect: Prospect, household: Household) -> str:
    standing = _standing(prospect, household)
    if standing is None or standing.before_class is None:
        return ""
    count = _number_in(standing.before_class)
    if standing.own_class is PriorityClass.WITHOUT_PRACTICE:
        return _("Wie een praktijk heeft die stopt, gaat voor. Dat zijn er hier %(count)s.") % {"count": count}
    return _("Mensen zonder huisarts gaan voor. Dat zijn er hier %(count)s.") % {"count": count}


def _number_in(band: Band) -> str:
    if band.first == 1:
        return _("minder dan 10")
    if band.last is None:
        return _("meer dan %(number)d") % {"number": band.first - 1}
    return _("%(first)d tot %(last)d") % {"first": band.first, "last": band.last}


def _waited(prospect: Prospect, household: Household) -> str:
    if _standing(prospect, household) is None:
        return ""
    if prospect.waited is None:
        return _("Hoe lang het duurt, weten wij nog niet.")
    months = {"least": prospect.waited.least, "most": prospect.waited.most}
    text = _(
        "De helft van de mensen die hier het laatste jaar een plek kreeg, wachtte %(least)d tot %(most)d maanden."
        " Het is een schatting, geen belofte."
    )
    return text % months


def happens(prospect: Prospect, household: Household) -> str:
    """What will happen with a wish, as the rest of a sentence."""
    if household.is_settled:
        return _meanwhile(prospect, household)
    match prospect.outlook:
        case Outlook.AT_ONCE:
            return _at_once(household)
        case Outlook.QUEUE:
            return _queue(household)
        case Outlook.ROUND:
            return _(
                "u doet mee met de volgende ronde in deze regio. Is er een ruil? Dan krijgt u een aanbod."
                " U hebt dan 72 uur om ja of nee te zeggen."
            )
        case Outlook.NOTHING | Outlook.UNKNOWN:
            return _nothing(prospect, household)
        case _ as never:
            assert_never(never)


def _meanwhile(prospect: Prospect, household: Household) -> str:
    """What happens with a wish while no queue and no round counts for them."""
    if household.moves_to is not None:
        here = prospect.practice.pk == household.moves_to
        return _("u stapt hierheen over.") if here else _("niets meer. U stapt over naar een andere wens.")
    if household.offered is not None:
        here = prospect.practice.pk == household.offered
        later = _("deze wens wacht op uw antwoord op het aanbod. Gaat dat niet door, dan telt deze wens weer mee.")
        return _("er is hier een plek voor u. Bekijk het aanbod.") if here else later
    if household.state is RequestState.SLEEPING:
        return _("niets zolang uw verzoek slaapt.")
    return _("deze wens telt weer mee zodra uw nieuwe praktijk u heeft ingeschreven.")


def _at_once(household: Household) -> str:
    if not household.is_filed:
        return _("u kunt hier nu terecht. Na uw verzoek kunt u zich meteen inschrijven.")
    if not household.is_complete:
        return _("u kunt hier nu terecht. Zodra iedereen ja heeft gezegd, kunt u zich inschrijven.")
    return _("u kunt zich hier nu inschrijven.")


def _queue(household: Household) -> str:
    room = ngettext(
        "Komt er plek, dan krijgt u een aanbod.",
        "Komt er plek voor %(count)d mensen, dan krijgt u een aanbod.",
        household.size,
    ) % {"count": household.size}
    if not household.is_filed:
        return _("u komt op de wachtlijst.") + " " + room
    return _("u staat op de wachtlijst.") + " " + room


def _nothing(prospect: Prospect, household: Household) -> str:
    kept = _("Wij bewaren uw wens.")
    dated = _("Verandert dat, dan telt uw datum: %(day)s.") % {"day": day(household.since)}
    missing = missing_sentence(prospect.missing, page_speaker())
    closed = _("nu niets. De praktijk neemt niemand aan en ruilt niet.")
    too_small = _("nu niets. Er is geen plek voor uw hele huishouden, en deze praktijk heeft geen wachtlijst.")
    refused = _("nu niets. De regel van deze praktijk laat uw huishouden niet toe.")
    unknown = _("wij weten het niet. De praktijk heeft lang niet gezegd of zij mensen aanneemt. Bel de praktijk.")
    texts = {
        Why.THERE_ALREADY: _("niets. Dit is al de huisarts van nu."),
        Why.OUTSIDE_RULE: f"{refused} {kept} {dated}",
        Why.CLOSED: f"{closed} {kept} {dated}",
        Why.NOT_ENOUGH_ROOM: f"{too_small} {kept} {dated}",
        Why.OTHER_REGION: _(
            "nu niets. Deze praktijk neemt alleen mensen aan in de ronde van haar eigen regio."
            " U doet mee in de regio van uw eerste wens."
        ),
        Why.RESTS: _(
            "één ronde niets. Er kwam een aanbod en u ging er niet op in."
            " Na die ronde telt deze wens weer mee, en in elk geval na 90 dagen."
        ),
        Why.PRACTICE_STOPPED: _("niets. Deze praktijk is gestopt. Haal deze wens weg en kies een andere."),
        Why.NOT_CONFIRMED_LATELY: f"{unknown} {kept}",
        Why.FACT_MISSING: _("wij weten het nog niet.") + f" {missing}",
    }
    return texts[prospect.why or Why.CLOSED]
