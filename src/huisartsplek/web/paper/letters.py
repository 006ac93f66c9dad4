# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in the letter of a message: no more than the person needs, and a code to answer by telephone.

A letter is sealed. It names the practice only to who chose letters, and never for somebody protected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from huisartsplek.desk.matters import give_code, move_told_of, offer_told_of
from huisartsplek.desk.queries import help_told_of, kinds_done
from huisartsplek.notices.models import NoticeKind
from huisartsplek.people.queries import addressee
from huisartsplek.people.reaching import window_of
from huisartsplek.requests.models import Offer
from huisartsplek.rules.lifecycles import OfferState
from huisartsplek.web.citizen.news import KINDS, NEWS
from huisartsplek.web.components.wording import deadline, weekday_with_year
from huisartsplek.web.languages import language_of_paper
from huisartsplek.web.paper.sheet import Section, Sheet, as_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huisartsplek.notices.models import Notice

PHONE = "088 000 00 00"
IN_ENGLISH = f"Need this letter in another language? Call {PHONE}."


def letter_of(notice: Notice) -> bytes:
    """Write the letter of a message as the person wants it, for the one who posts it."""
    return write_letter(notice)


def write_letter(notice: Notice, *, is_large: bool | None = None) -> bytes:
    """Write the letter of a message in the language of who gets it, and let its code work."""
    large = addressee(notice.person_id).wants_large_print if is_large is None else is_large
    with translation.override(notice.language), language_of_paper() as language:
        return as_letter(sheet_of(notice, give_code(notice)), language=language, is_large=large)


def sheet_of(notice: Notice, code: str) -> Sheet:
    """Say what stands on the letter of a message, in the language of now."""
    person = addressee(notice.person_id)
    title, text = NEWS[NoticeKind(notice.kind)]
    offer = offer_told_of(notice)
    is_open = offer is not None and offer.state in {OfferState.OPEN, OfferState.ACCEPTED}
    tells = person.is_reached_by_letter and not person.is_protected
    until = (
        _("Zeg ja of nee vóór %(deadline)s.") % {"deadline": deadline(offer.answer_by)} if offer and is_open else ""
    )
    return Sheet(
        window=window_of(person),
        day=weekday_with_year(notice.state_since),
        title=_(title),
        greeting=_("Beste %(name)s,") % {"name": person.full_name},
        lead=[_(text), *(_details(notice, offer) if tells else [])],
        deadline=until,
        sections=list(_sections(notice, code, offer if is_open else None)),
        closing=[
            _("Met vriendelijke groet, Huisartsplek"),
            _("Hulp bij lezen? Bel ons, of ga naar een loket bij u in de buurt."),
            IN_ENGLISH,
        ],
    )


def _details(notice: Notice, offer: Offer | None) -> list[str]:
    """Say which practice it is about, and when."""
    move = move_told_of(notice) if notice.kind in {NoticeKind.MOVE_PLANNED, NoticeKind.MOVED} else None
    if move is not None:
        named = {"practice": move.to_practice.name, "place": move.to_practice.place}
        day = weekday_with_year(move.switch_on)
        if notice.kind == NoticeKind.MOVED:
            return [_("Uw huisarts is nu %(practice)s in %(place)s.") % named]
        return [_("Op %(day)s stapt u over naar %(practice)s in %(place)s.") % {**named, "day": day}]
    if offer is not None:
        named = {"practice": offer.practice.name, "place": offer.practice.place}
        return [_("Het gaat om %(practice)s in %(place)s.") % named]
    return []


def _sections(notice: Notice, code: str, offer: Offer | None) -> Iterator[Section]:
    log_in = _("Of log in op Huisartsplek met DigiD. Daar staat alles.")
    if code:
        call = _("Bel %(phone)s, op werkdagen van 8 tot 20 uur. Noem uw geboortedatum en deze code:")
        yield Section(_("Zo geeft u antwoord"), [call % {"phone": PHONE}], code)
        yield Section(_("Liever met een computer?"), [log_in])
    else:
        yield Section(_("Hebt u een vraag?"), [_("Bel %(phone)s.") % {"phone": PHONE}, log_in])
    if offer is not None:
        stays = _("U houdt uw huisarts van nu totdat de nieuwe inschrijving klaar is.")
        switch = _("Zegt u ja, dan stapt u op %(day)s over.") % {"day": weekday_with_year(offer.switch_on)}
        yield Section(_("Wat verandert er?"), [stays, switch, _("U hoeft zich niet uit te schrijven.")])
        no = _("Dan houdt u uw huisarts en uw plek in de rij. Alleen deze wens telt één ronde niet mee.")
        yield Section(_("Zegt u nee, of doet u niets?"), [no])
    if notice.kind == NoticeKind.HELPED:
        yield _what_was_done(notice)


def _what_was_done(notice: Notice) -> Section:
    help_ = help_told_of(notice.about)
    kinds = kinds_done(help_) if help_ is not None else []
    done = [_(KINDS[kind]) for kind in kinds if kind in KINDS]
    nothing = _("Er is alleen gekeken. Er is niets veranderd.")
    return Section(_("Dit is in uw naam gedaan"), done or [nothing])
