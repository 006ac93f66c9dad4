# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/berichten` and `/mijn/inzage`: what we told somebody, and who looked at their data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen, citizen_or_desk, policy
from huisartsplek.audit.actors import Ground
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.notify.port import Channel
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.notices.queries import notices_of
from huisartsplek.people.insight import Look, Who, looks_at
from huisartsplek.rules.lifecycles import NoticeState
from huisartsplek.web.citizen.reading import for_the_described, reader_of
from huisartsplek.web.components.parts import Column, Table
from huisartsplek.web.components.wording import clock, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huisartsplek.people.models import Person

NEWS: dict[NoticeKind, tuple[str, str]] = {
    NoticeKind.OFFER_MADE: (
        gettext_noop("Er is een plek voor u"),
        gettext_noop("Zeg ja of nee. Het aanbod staat op uw eigen pagina."),
    ),
    NoticeKind.OFFER_REMINDER: (
        gettext_noop("Er wacht een aanbod op uw antwoord"),
        gettext_noop("Zeg ja of nee. Doet u niets, dan telt dat als nee."),
    ),
    NoticeKind.OFFER_ACCEPTED_BEFOREHAND: (
        gettext_noop("Wij zeiden ja voor u"),
        gettext_noop("Dat vroeg u vooraf voor deze praktijk. U kunt nog nee zeggen, op uw eigen pagina."),
    ),
    NoticeKind.OFFER_LAPSED: (
        gettext_noop("Een aanbod is voorbij"),
        gettext_noop("Er kwam geen antwoord. Dat telt als nee. U houdt uw huisarts en uw plek in de rij."),
    ),
    NoticeKind.OFFER_FELL: (
        gettext_noop("Een ruil ging niet door"),
        gettext_noop("Iemand anders zei nee. U houdt uw huisarts en uw plek in de rij."),
    ),
    NoticeKind.MOVE_PLANNED: (
        gettext_noop("Uw overstap staat klaar"),
        gettext_noop("De dag staat op uw eigen pagina. Tot die dag verandert er niets."),
    ),
    NoticeKind.MOVE_CANCELLED: (
        gettext_noop("Uw overstap gaat niet door"),
        gettext_noop("U houdt uw huisarts van nu. Uw verzoek loopt verder."),
    ),
    NoticeKind.MOVED: (
        gettext_noop("U bent overgestapt"),
        gettext_noop("Uw nieuwe praktijk staat op uw eigen pagina."),
    ),
    NoticeKind.YES_ASKED: (
        gettext_noop("De wensen zijn veranderd"),
        gettext_noop("Er staat een praktijk bij. Zeg op uw eigen pagina of u mee wilt doen."),
    ),
    NoticeKind.CHILD_IN_REQUEST: (
        gettext_noop("Er is een verzoek voor uw kind"),
        gettext_noop("Iemand vraagt een andere huisarts voor uw kind. Op uw eigen pagina kunt u bezwaar maken."),
    ),
    NoticeKind.CHILD_MOVES: (
        gettext_noop("Er is een overstap gepland voor uw kind"),
        gettext_noop("Op uw eigen pagina staat tot welke dag u bezwaar kunt maken."),
    ),
    NoticeKind.CHILD_STAYS: (
        gettext_noop("Een kind gaat niet mee"),
        gettext_noop("Zeg op uw eigen pagina of u verder wilt zonder dit kind. Uw datum blijft staan."),
    ),
    NoticeKind.JOINING_ASKED: (
        gettext_noop("Iemand wil bij uw huishouden komen"),
        gettext_noop("Zeg op de pagina van uw huishouden ja of nee."),
    ),
    NoticeKind.JOINING_AGREED: (
        gettext_noop("U kunt bij het huishouden komen"),
        gettext_noop("De anderen zeiden ja. Maak het af op de pagina van uw huishouden."),
    ),
    NoticeKind.HELPED: (
        gettext_noop("Een medewerker heeft u geholpen"),
        gettext_noop("Bij Inzage staat wat er in uw naam is gedaan. Was u dit niet? Bel ons."),
    ),
    NoticeKind.PHONE_CODE: (
        gettext_noop("Een code voor uw telefoonnummer"),
        gettext_noop("Met die code laat u zien dat het nummer van u is."),
    ),
    NoticeKind.REVIEW_ANSWERED: (
        gettext_noop("Een mens heeft meegekeken"),
        gettext_noop("Het antwoord staat op uw eigen pagina."),
    ),
    NoticeKind.STILL_LOOKING: (
        gettext_noop("Zoekt u nog een huisarts?"),
        gettext_noop("Zeg het op uw eigen pagina. Het is één knop."),
    ),
    NoticeKind.STILL_LOOKING_AGAIN: (
        gettext_noop("Wij vragen het nog één keer: zoekt u nog?"),
        gettext_noop("Zeg het op uw eigen pagina. Zonder antwoord gaat uw verzoek slapen. Het gaat niet weg."),
    ),
    NoticeKind.SLEEPS: (
        gettext_noop("Uw verzoek slaapt"),
        gettext_noop("U kunt het wakker maken met één knop. U krijgt dan uw plek in de rij terug."),
    ),
    NoticeKind.TURN_RESTORED: (
        gettext_noop("U hebt uw beurt terug"),
        gettext_noop("Er was een fout gemaakt. Op uw eigen pagina staat wat er nu geldt, en waarom."),
    ),
}

WAYS: dict[Channel, str] = {
    Channel.EMAIL: gettext_noop("E-mail"),
    Channel.LETTER: gettext_noop("Brief"),
    Channel.SMS: gettext_noop("Sms"),
}

FATES: dict[NoticeState, str] = {
    NoticeState.QUEUED: gettext_noop("gaat zo weg"),
    NoticeState.SENT: gettext_noop("verstuurd"),
    NoticeState.DELIVERED: gettext_noop("aangekomen"),
    NoticeState.UNHEARD: gettext_noop("verstuurd, en niet teruggekomen"),
    NoticeState.FAILED: gettext_noop("kwam niet aan. Wij zoeken een andere weg"),
    NoticeState.REROUTED: gettext_noop("kwam niet aan"),
    NoticeState.GIVEN_UP: gettext_noop("kwam niet aan"),
}
NOT_ARRIVED = frozenset({NoticeState.FAILED, NoticeState.REROUTED, NoticeState.GIVEN_UP})

KINDS: dict[str, str] = {
    "help_begun": gettext_noop("Begonnen u te helpen"),
    "help_ended": gettext_noop("Gestopt met helpen"),
    "person_looked_for": gettext_noop("U opgezocht om u te helpen"),
    "number_pending": gettext_noop("Bewaard dat uw BSN nog niet bekend is"),
    "person_read": gettext_noop("Uw gegevens bekeken"),
    "people_listed": gettext_noop("U in een lijst gezien"),
    "people_exported": gettext_noop("Uw gegevens gedownload"),
    "log_read": gettext_noop("Dit overzicht bekeken"),
    "logged_in": gettext_noop("Ingelogd"),
    "logged_out": gettext_noop("Uitgelogd"),
    "person_registered": gettext_noop("Uw gegevens ingevoerd"),
    "person_linked": gettext_noop("Uw login gekoppeld"),
    "person_changed": gettext_noop("Uw gegevens veranderd"),
    "person_erased": gettext_noop("Uw gegevens verwijderd"),
    "representation_recorded": gettext_noop("Vastgelegd wie voor wie beslist"),
    "consent_given": gettext_noop("Ja gezegd"),
    "correction_proposed": gettext_noop("Voorgesteld om u uw beurt terug te geven"),
    "turn_restored": gettext_noop("U uw beurt teruggegeven"),
    "refusal_recorded": gettext_noop("Bewaard dat een praktijk nee zei"),
    "review_asked": gettext_noop("Gevraagd of een mens meekijkt"),
    "consent_withdrawn": gettext_noop("Een ja teruggenomen"),
    "consent_declined": gettext_noop("Nee gezegd"),
    "record_sent": gettext_noop("Gezegd dat uw dossier is verstuurd"),
    "statement_made": gettext_noop("Een verklaring gemaakt"),
    "statement_withdrawn": gettext_noop("Een verklaring ingetrokken"),
    "statement_checked": gettext_noop("Gecontroleerd of uw verklaring klopt"),
    "practice_stated": gettext_noop("Gezegd wie de huisarts is"),
    "confirmation_asked": gettext_noop("De praktijk gevraagd of dat klopt"),
    "enrolment_confirmed": gettext_noop("Uw inschrijving bevestigd"),
    "enrolment_begun": gettext_noop("Een inschrijving begonnen"),
    "enrolment_ended": gettext_noop("Een inschrijving beëindigd"),
    "move_planned": gettext_noop("Een overstap klaargezet"),
    "request_filed": gettext_noop("Een verzoek gedaan"),
    "child_stays": gettext_noop("Een kind buiten een verzoek gehouden"),
    "acted_for": gettext_noop("Voor u gehandeld"),
    "member_left": gettext_noop("Uit een verzoek gegaan"),
    "still_looking_asked": gettext_noop("Gevraagd of u nog zoekt"),
    "interim_chosen": gettext_noop("Gekozen of u blijft wachten"),
    "offer_made": gettext_noop("Een aanbod gedaan"),
    "offer_answered": gettext_noop("Op een aanbod geantwoord"),
    "yes_beforehand_given": gettext_noop("Vooraf ja gezegd tegen een ruil"),
    "yes_beforehand_withdrawn": gettext_noop("Dat ja vooraf teruggenomen"),
    "notice_queued": gettext_noop("Een bericht gestuurd"),
    "advanced": gettext_noop("Een stap verder gezet"),
}

GROUNDS: dict[str, str] = {
    Ground.OWN_REQUEST: gettext_noop("op eigen verzoek"),
    Ground.PARENTAL_AUTHORITY: gettext_noop("als ouder"),
    Ground.MANDATE: gettext_noop("met een machtiging"),
    Ground.TREATMENT_RELATION: gettext_noop("voor uw zorg"),
    Ground.REGION_TASK: gettext_noop("voor de taak van de regio"),
    Ground.CONSENT: gettext_noop("met uw toestemming"),
    Ground.LEGAL_TASK: gettext_noop("voor een wettelijke taak"),
    Ground.OPERATIONS: gettext_noop("om het systeem te laten werken"),
}

ROLES: dict[str, str] = {
    "practice_owner": gettext_noop("huisarts"),
    "practice_assistant": gettext_noop("assistent"),
    "coordinator": gettext_noop("coördinator van de regio"),
    "desk": gettext_noop("medewerker van het loket"),
    "mediator": gettext_noop("bemiddelaar van een verzekeraar"),
    "privacy_officer": gettext_noop("functionaris gegevensbescherming"),
    "auditor": gettext_noop("auditor"),
    "operator": gettext_noop("beheerder"),
}


@policy(citizen_or_desk())
@require_GET
def notices(request: HttpRequest) -> HttpResponseBase:
    """List the messages somebody got, newest first."""
    reader = reader_of(request)
    by_news: dict[str, list[Notice]] = {}
    for notice in notices_of(reader.pk):
        by_news.setdefault(notice.news_key, []).append(notice)
    news = [
        {
            "title": _(NEWS[NoticeKind(ways[0].kind)][0]),
            "text": _(NEWS[NoticeKind(ways[0].kind)][1]),
            "letter": ways[0].pk if ways[0].kind != NoticeKind.PHONE_CODE else None,
            "ways": [
                (_(WAYS[Channel(way.channel)]), _(FATES[NoticeState(way.state)]), way.state_since)
                for way in reversed(ways)
            ],
        }
        for ways in by_news.values()
    ]
    newest = next(iter(by_news.values()), [])
    context = {"news": news, "did_not_arrive": any(way.state in NOT_ARRIVED for way in newest)}
    return render(request, "web/citizen/notices.html", context)


@policy(citizen())
@require_GET
@for_the_described
def insight(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Show who looked at one's data: by organisation and role, never by name."""
    del reader
    actor, at = actor_from(request), current_moment()
    others = looks_at(actor, at=at, own=False)
    own = looks_at(actor, at=at, own=True)
    context = {
        "others": _table(_("Anderen"), others) if others else None,
        "own": _table(_("Uzelf en Huisartsplek"), own),
        "since": own[-1].at if own else at,
    }
    return render(request, "web/citizen/insight.html", context)


def _table(caption: str, looks: Sequence[Look]) -> Table:
    columns = (Column(_("Wanneer")), Column(_("Wie")), Column(_("Wat")), Column(_("Waarom")))
    seen: dict[tuple[str, str, str, str], list[Look]] = {}
    for look in looks:
        seen.setdefault((day(look.at), who_text(look), what_text(look), why_text(look)), []).append(look)
    rows = [
        (f"{on}, {clock(same[0].at)}", who, _times(what, len(same)), why)
        for (on, who, what, why), same in seen.items()
    ]
    return Table(caption, columns, rows, hide_caption=True)


def _times(what: str, count: int) -> str:
    return what if count == 1 else _("%(what)s, %(count)d keer") % {"what": what, "count": count}


WHO: dict[Who, str] = {
    Who.SELF: gettext_noop("Uzelf"),
    Who.HOUSEMATE: gettext_noop("Iemand uit uw huishouden"),
    Who.PARENT: gettext_noop("Een ouder"),
    Who.REPRESENTATIVE: gettext_noop("Iemand met een machtiging"),
    Who.SYSTEM: gettext_noop("Huisartsplek, vanzelf"),
    Who.STRANGER: gettext_noop("Iemand die niet was ingelogd"),
}


def who_text(look: Look) -> str:
    """Who it was, without a name."""
    if look.who is not Who.STAFF:
        return _(WHO[look.who])
    role = _(ROLES.get(look.role, gettext_noop("medewerker")))
    return f"{look.organisation}, {role}" if look.organisation else capfirst(role)


def what_text(look: Look) -> str:
    """What was done."""
    return _(KINDS.get(look.kind, gettext_noop("Uw gegevens gebruikt")))


def why_text(look: Look) -> str:
    """On what ground."""
    return _(GROUNDS.get(look.ground, gettext_noop("om het systeem te laten werken")))
