# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What we hold about somebody, in words: a name for each table and each column, and how a value is said."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from huisartsplek.privacy.export import SELF, SOMEBODY_ELSE
from huisartsplek.web.components.wording import clock, day

if TYPE_CHECKING:
    from huisartsplek.privacy.export import Value

BSN_KEPT = gettext_lazy(
    "Wij bewaren uw BSN versleuteld, zodat alleen een zorgverlener het kan gebruiken om u in te schrijven."
    " Het staat in geen enkel bestand, ook niet in dit."
)

NO_BSN = gettext_lazy("Uw BSN hebben wij niet.")


def bsn_words(*, is_kept: bool) -> str:
    """Say whether we keep the number of somebody, and why; nothing is said of a number that we do not have."""
    return str(BSN_KEPT if is_kept else NO_BSN)


TABLES: dict[str, str] = {
    "people.Person": gettext_noop("Wie u bent en waar u woont"),
    "people.Representation": gettext_noop("Wie voor wie beslist"),
    "people.Consent": gettext_noop("Waar u ja op zei"),
    "people.SaidNo": gettext_noop("Waar u nee op zei"),
    "people.Invitation": gettext_noop("Uitnodigingen"),
    "people.PhoneToConfirm": gettext_noop("Een telefoonnummer dat op zijn code wacht"),
    "people.PendingNumber": gettext_noop("Of uw BSN nog moet komen"),
    "desk.Help": gettext_noop("Wanneer een medewerker u hielp"),
    "desk.LetterCode": gettext_noop("Brieven met een code"),
    "people.Joining": gettext_noop("Bij welk huishouden u wilde komen"),
    "people.Block": gettext_noop("Van wie u geen uitnodigingen wilt"),
    "accounts.User": gettext_noop("Uw login"),
    "enrolments.Enrolment": gettext_noop("Bij welke praktijk u staat of stond"),
    "enrolments.Confirmation": gettext_noop("Wat wij aan uw praktijk vroegen"),
    "enrolments.Move": gettext_noop("Overstappen"),
    "enrolments.Statement": gettext_noop("Verklaringen die u maakte"),
    "requests.Request": gettext_noop("Verzoeken"),
    "requests.RequestMember": gettext_noop("Uw plaats in een verzoek"),
    "requests.ChildStays": gettext_noop("Welk kind niet meeging met een verzoek"),
    "requests.Wish": gettext_noop("Wensen"),
    "requests.Offer": gettext_noop("Aanbod"),
    "requests.StillLooking": gettext_noop("Gevraagd of u nog zoekt"),
    "requests.OfferAnswer": gettext_noop("Antwoorden op een aanbod"),
    "requests.YesBeforehand": gettext_noop("Waar u vooraf ja op zei"),
    "requests.Review": gettext_noop("Vragen of een mens meekijkt"),
    "rounds.Entry": gettext_noop("Uw verzoek in een ronde"),
    "rounds.EntryMember": gettext_noop("Uzelf in een ronde, onder een schuilnaam"),
    "requests.RecordedRefusal": gettext_noop("Waar u nee hoorde"),
    "rounds.Correction": gettext_noop("Een beurt die u terugkreeg"),
    "rounds.PlannedMove": gettext_noop("Overstappen die een ronde klaarzette"),
    "notices.Notice": gettext_noop("Berichten aan u"),
}

COLUMNS: dict[str, str] = {
    "id": gettext_noop("nummer"),
    "household": gettext_noop("nummer van uw huishouden"),
    "given_name": gettext_noop("voornaam"),
    "family_name": gettext_noop("achternaam"),
    "birth_date": gettext_noop("geboortedatum"),
    "postcode": gettext_noop("postcode"),
    "street": gettext_noop("straat"),
    "house_number": gettext_noop("huisnummer"),
    "phone": gettext_noop("telefoonnummer voor sms"),
    "number": gettext_noop("telefoonnummer"),
    "tries": gettext_noop("hoe vaak een code is geprobeerd"),
    "wants_large_print": gettext_noop("wil grote letters"),
    "notice_id": gettext_noop("nummer van het bericht"),
    "role": gettext_noop("rol van de medewerker"),
    "scope_id": gettext_noop("nummer van het loket"),
    "identified_by": gettext_noop("hoe wij wisten wie u bent"),
    "script_version": gettext_noop("versie van wat is voorgelezen"),
    "script_language": gettext_noop("taal van wat is voorgelezen"),
    "matter": gettext_noop("waar het over ging"),
    "matter_id": gettext_noop("nummer van waar het over ging"),
    "started_at": gettext_noop("begonnen op"),
    "ends_at": gettext_noop("kan tot"),
    "ended_at": gettext_noop("gestopt op"),
    "place": gettext_noop("plaats"),
    "longitude": gettext_noop("lengtegraad van uw postcode"),
    "latitude": gettext_noop("breedtegraad van uw postcode"),
    "moved_in_on": gettext_noop("woont hier sinds"),
    "email": gettext_noop("e-mailadres"),
    "channel": gettext_noop("krijgt bericht per"),
    "language": gettext_noop("taal"),
    "is_protected": gettext_noop("adres is afgeschermd"),
    "ended_on": gettext_noop("overleden of vertrokken op"),
    "end_reason": gettext_noop("waarom"),
    "representative": gettext_noop("wie beslist"),
    "represented": gettext_noop("voor wie"),
    "basis": gettext_noop("als"),
    "valid_from": gettext_noop("vanaf"),
    "valid_until": gettext_noop("tot en met"),
    "person": gettext_noop("wie"),
    "person_id": gettext_noop("uw nummer"),
    "kind": gettext_noop("soort"),
    "reference": gettext_noop("waarover (nummer)"),
    "given_by": gettext_noop("gezegd door"),
    "given_at": gettext_noop("gezegd op"),
    "withdrawn_at": gettext_noop("teruggenomen op"),
    "wording": gettext_noop("de tekst die u las"),
    "wording_version": gettext_noop("welke tekst dat was"),
    "invited_by": gettext_noop("uitgenodigd door"),
    "made_at": gettext_noop("gemaakt op"),
    "expires_at": gettext_noop("geldig tot"),
    "answered_at": gettext_noop("antwoord op"),
    "done_at": gettext_noop("klaar op"),
    "child": gettext_noop("welk kind"),
    "because": gettext_noop("omdat"),
    "said_at": gettext_noop("gezegd op"),
    "blocked": gettext_noop("geblokkeerd"),
    "since": gettext_noop("sinds"),
    "last_login": gettext_noop("laatst ingelogd"),
    "is_active": gettext_noop("mag inloggen"),
    "created_at": gettext_noop("gemaakt op"),
    "practice": gettext_noop("praktijk"),
    "starts_on": gettext_noop("van"),
    "ends_on": gettext_noop("tot"),
    "source": gettext_noop("hoe wij het weten, of wiens plek"),
    "confirmed_at": gettext_noop("bevestigd op"),
    "held_since": gettext_noop("bekend sinds"),
    "enrolment": gettext_noop("nummer van de inschrijving"),
    "state": gettext_noop("stand"),
    "state_since": gettext_noop("stand sinds"),
    "deadline_at": gettext_noop("uiterste moment"),
    "alarmed_at": gettext_noop("gemeld dat het te laat is op"),
    "own_moment_at": gettext_noop("eigen uiterste moment"),
    "request": gettext_noop("nummer van het verzoek"),
    "request_id": gettext_noop("nummer van het verzoek"),
    "exchange": gettext_noop("nummer van de ruil"),
    "exchange_id": gettext_noop("nummer van de ruil"),
    "held_for": gettext_noop("nummer van de ronde die de plek vasthoudt"),
    "from_practice": gettext_noop("van praktijk"),
    "to_practice": gettext_noop("naar praktijk"),
    "way": gettext_noop("langs welke weg"),
    "sure_at": gettext_noop("zeker sinds"),
    "switch_on": gettext_noop("dag van de overstap"),
    "ended": gettext_noop("nummer van de oude inschrijving"),
    "begun": gettext_noop("nummer van de nieuwe inschrijving"),
    "refused_because": gettext_noop("geweigerd omdat"),
    "record_sent_at": gettext_noop("dossier verstuurd op"),
    "filed_by": gettext_noop("gedaan door"),
    "region": gettext_noop("regio"),
    "goes_first": gettext_noop("gaat voor"),
    "set_aside": gettext_noop("opzij gezet"),
    "still_at": gettext_noop("zocht nog op"),
    "interim_at": gettext_noop("gaat zolang naar"),
    "kept_class": gettext_noop("groep in de rij die u houdt"),
    "version": gettext_noop("hoe vaak de wensen veranderden"),
    "is_open": gettext_noop("telt nog mee"),
    "rank": gettext_noop("wens nummer"),
    "rests_rounds": gettext_noop("telt zoveel rondes niet mee"),
    "places": gettext_noop("aantal plekken"),
    "round": gettext_noop("nummer van de ronde"),
    "round_id": gettext_noop("nummer van de ronde"),
    "by_letter": gettext_noop("iemand krijgt een brief"),
    "answer_by": gettext_noop("antwoord vóór"),
    "offer": gettext_noop("nummer van het aanbod"),
    "remind_at": gettext_noop("wij herinneren eraan op"),
    "is_beforehand": gettext_noop("vooraf gezegd"),
    "until": gettext_noop("tot en met"),
    "says_yes": gettext_noop("zei ja"),
    "answered_by": gettext_noop("antwoord van"),
    "outcome": gettext_noop("uitkomst"),
    "asked_by": gettext_noop("gevraagd door"),
    "asked_at": gettext_noop("gevraagd op"),
    "reason": gettext_noop("reden"),
    "answer": gettext_noop("antwoord"),
    "policy": gettext_noop("de regel van de praktijk toen"),
    "at": gettext_noop("op"),
    "review": gettext_noop("nummer van de vraag om mee te kijken"),
    "error": gettext_noop("wat er fout ging"),
    "gives": gettext_noop("wat u terugkrijgt"),
    "proposed_at": gettext_noop("voorgesteld op"),
    "went_first": gettext_noop("ging voor"),
    "alias": gettext_noop("schuilnaam in de ronde"),
    "leaf": gettext_noop("plaats in het bewijs"),
    "salt": gettext_noop("geheim getal van uw bewijs"),
    "rows": gettext_noop("uw regels in de ronde"),
    "queue_rank": gettext_noop("wens die de wachtlijst zou geven"),
    "wish_reasons": gettext_noop("reden per wens"),
    "stands": gettext_noop("gaat door"),
    "fell_below_floor": gettext_noop("kreeg minder door het nee van een ander"),
    "is_unsettled": gettext_noop("nog niet afgerond"),
    "entry": gettext_noop("nummer in de ronde"),
    "to_address": gettext_noop("verstuurd naar"),
    "key": gettext_noop("kenmerk"),
    "others": gettext_noop("andere wegen"),
    "receipt": gettext_noop("kenmerk bij de verzender"),
    "attempts": gettext_noop("pogingen"),
    "next_try_at": gettext_noop("volgende keer kijken op"),
    "last_trouble": gettext_noop("wat er misging"),
}


def table_name(table: str) -> str:
    """Say what a table holds."""
    return _(TABLES[table])


def fact_name(column: str) -> str:
    """Say what a column is."""
    return _(COLUMNS[column])


def fact_text(value: Value) -> str:
    """Say a value; a code of the system stays as it is."""
    match value:
        case bool():
            return _("ja") if value else _("nee")
        case str() if value == SELF:
            return _("uzelf")
        case str() if value == SOMEBODY_ELSE:
            return _("iemand anders")
        case str():
            return _moment(value)
        case _:
            return str(value)


def _moment(text: str) -> str:
    try:
        if len(text) == len("2026-11-23"):
            return day(date.fromisoformat(text))
        moment = datetime.fromisoformat(text) if len(text) > len("2026-11-23T10:00") and text[10] == "T" else None
    except ValueError:
        return text
    return text if moment is None else f"{day(moment)}, {clock(moment)}"
