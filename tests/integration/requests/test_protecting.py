# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody becomes protected: no page or mail of who they lived with tells where they live or go from then on."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from tests.builders import (
    AT,
    SYSTEM,
    a_citizen,
    a_household,
    a_person,
    a_practice,
    a_region,
    a_request,
    hours_after,
)
from tests.integration.rounds.running import PUBLISHED_AT, published
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Person
from huisartsplek.requests.models import Offer, Request, RequestMember, Wish
from huisartsplek.requests.offers import answer_offer, offer_to_first
from huisartsplek.requests.protecting import protect_person
from huisartsplek.requests.queries import request_of
from huisartsplek.requests.services import admit_at_once, change_wishes
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def joris() -> Person:
    return a_person(a_household(), given_name="Joris")


@pytest.fixture
def lotte(joris: Person) -> Person:
    return a_person(joris.household, given_name="Lotte")


def open_request_of(person: Person) -> Request:
    return Request.objects.get(members__person=person, members__is_open=True)


def test_who_becomes_protected_goes_on_alone_with_the_same_wishes_and_turn(joris: Person, lotte: Person) -> None:
    first, second = a_practice(), a_practice()
    shared = a_request(joris, members=[joris, lotte], wishes=[first, second])
    before = Notice.objects.count()
    own = protect_person(SYSTEM, lotte, at=hours_after(5))
    assert own is not None
    assert open_request_of(lotte) == own
    assert (own.since, own.region_id, own.household_id) == (shared.since, shared.region_id, lotte.household_id)
    wishes = Wish.objects.filter(request=own).order_by("rank").values_list("practice_id", flat=True)
    assert list(wishes) == [first.pk, second.pk]
    assert open_request_of(joris) == shared
    assert not RequestMember.objects.filter(request=shared, person=lotte).exists()
    assert Notice.objects.count() == before
    seen = request_of(a_citizen(lotte), own.pk, at=hours_after(5))
    assert seen is not None
    assert seen.is_complete
    lotte.refresh_from_db()
    assert lotte.is_protected


def test_a_running_offer_ends_and_a_new_one_shows_on_no_page_or_in_no_mail_of_the_others(
    joris: Person, lotte: Person
) -> None:
    known, canary = a_practice(free=2, name="Praktijk Bekend"), a_practice(free=1, name="Praktijk Kanarie")
    shared = a_request(joris, members=[joris, lotte], wishes=[known])
    offer = offer_to_first(SYSTEM, known.pk, at=AT)
    assert offer is not None
    own = protect_person(SYSTEM, lotte, at=AT)
    assert own is not None
    assert Offer.objects.get(pk=offer.pk).state == "declined"
    change_wishes(a_citizen(lotte), own.pk, wishes=[canary.pk], seen_version=1, at=AT)
    told = Notice.objects.filter(person_id=joris.pk).count()
    new = offer_to_first(SYSTEM, canary.pk, at=AT)
    assert new is not None
    assert new.request_id == own.pk
    assert "Praktijk Kanarie" in browser_of(lotte).get(f"/mijn/aanbod/{new.pk}").content.decode()
    answer_offer(SYSTEM, new.pk, person=lotte, answered_by=lotte, says_yes=True, at=AT)
    his = browser_of(joris)
    assert his.get(f"/mijn/aanbod/{new.pk}").status_code == 404
    assert his.get(f"/mijn/verzoek/{own.pk}").status_code == 404
    for page in ("/mijn", f"/mijn/aanbod/{offer.pk}", f"/mijn/verzoek/{shared.pk}", "/mijn/gegevens"):
        text = his.get(page).content.decode()
        assert "Kanarie" not in text
        assert "Lotte" not in text
    assert Notice.objects.filter(person_id=joris.pk).count() == told


def test_a_planned_move_is_called_off_and_the_places_go_back(joris: Person, lotte: Person) -> None:
    practice = a_practice(free=2)
    shared = a_request(joris, members=[joris, lotte], wishes=[practice])
    admit_at_once(SYSTEM, shared.pk, practice.pk, at=AT)
    protect_person(SYSTEM, lotte, at=AT)
    practice.places.refresh_from_db()
    assert practice.places.free == 2
    assert Request.objects.get(pk=shared.pk).state == RequestState.WAITING


def test_the_outcome_of_a_round_says_nothing_of_who_was_protected_in_it() -> None:
    region = a_region()
    there, canary = a_practice(free=2, region=region), a_practice(region=region, name="Praktijk Kanarie")
    joris = a_person()
    lotte = a_person(joris.household, given_name="Lotte", enrolled_at=canary)
    a_request(joris, members=[joris, lotte], wishes=[there])
    round_ = published(region)
    page = f"/mijn/rondes/{round_.pk}"
    protect_person(SYSTEM, lotte, at=PUBLISHED_AT)
    text = browser_of(joris).get(page).content.decode()
    assert "Lotte" not in text
    assert "Kanarie" not in text
    assert canary.agb not in browser_of(joris).get(f"{page}/bewijs").content.decode()


def test_a_child_is_taken_out_without_a_request_and_who_files_for_children_takes_them_along(
    joris: Person, lotte: Person
) -> None:
    child = a_person(joris.household, birth_date=date(2018, 1, 1), parents=[joris], given_name="Sami")
    shared = a_request(joris, members=[joris, lotte, child], wishes=[a_practice()])
    own = protect_person(SYSTEM, joris, at=AT)
    assert own is not None
    assert set(own.members.values_list("person", flat=True)) == {joris.pk, child.pk}
    assert Request.objects.get(pk=shared.pk).filed_by_id == lotte.pk
    assert protect_person(SYSTEM, child, at=AT) is None
    assert not RequestMember.objects.filter(person=child, is_open=True).exists()


def test_who_lives_alone_keeps_their_request(joris: Person) -> None:
    request = a_request(joris, wishes=[a_practice()])
    assert protect_person(SYSTEM, joris, at=AT) is None
    assert open_request_of(joris) == request


def test_nobody_protects_somebody_by_their_own_login_but_the_operator_does(joris: Person) -> None:
    with pytest.raises(Refusal) as refused:
        protect_person(a_citizen(joris), joris, at=AT)
    assert refused.value.code is RefusalCode.NOT_YOUR_TURN
    call_command("protect_person", str(joris.pk), stdout=StringIO())
    joris.refresh_from_db()
    assert joris.is_protected
