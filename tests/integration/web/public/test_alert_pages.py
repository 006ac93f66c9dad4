# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form that asks for an alert, and the page to which its mails lead."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.integration.requests.alerting import JOBS, STRANGER, an_alert, mails_waiting
from tests.integration.web.public.searching import HOME, NOW, search
from tests.unit.web.page import Element, parse

from huisartsplek.requests.alerts import confirm_alert, keep_alerts_short, token_of
from huisartsplek.requests.models import PlaceAlert
from huisartsplek.rules.lifecycles import AlertState

pytestmark = pytest.mark.django_db

GOOD = {"postcode": "2514 GL", "straal": "5", "wat": "perhaps", "email": "noor@example.org"}


def own_page(client: Client, alert: PlaceAlert, **query: str) -> Element:
    answer = client.get(f"/seintje/{token_of(alert.pk)}", query)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return parse(answer.content.decode())


def press(client: Client, alert: PlaceAlert, answer: str) -> Element:
    address = f"/seintje/{token_of(alert.pk)}"
    sent = client.post(address, {"antwoord": answer})
    assert (sent.status_code, sent["Location"]) == (302, address)
    return own_page(client, alert)


def test_the_search_leads_to_the_form_with_the_postcode_filled_in(client: Client) -> None:
    link = next(link for link in search(client, straal="10").all("a") if link.text.startswith("Krijg een seintje"))
    page = parse(client.get(link.attrs["href"]).content.decode())
    assert page.one("input", id="id_postcode").attrs["value"] == HOME
    (chosen,) = [one for one in page.one("select", id="id_straal").all("option") if "selected" in one.attrs]
    assert chosen.attrs["value"] == "10"


def test_a_form_notes_four_digits_and_leads_to_a_page_that_says_to_look_in_the_mail(client: Client) -> None:
    answer = client.post("/seintje", GOOD, follow=True)
    assert answer.redirect_chain == [("/seintje/gevraagd", 302)]
    assert parse(answer.content.decode()).one("h1").text == "Kijk in uw mail"
    alert = PlaceAlert.objects.get()
    assert (alert.pc4, alert.radius_km, alert.counts, alert.state) == (2514, 5, "perhaps", AlertState.ASKED)
    assert [job["mail"] for job in mails_waiting()] == ["confirm"]


def test_every_fault_is_told_at_once_and_what_was_typed_stays(client: Client) -> None:
    answer = client.post("/seintje", {"postcode": "25l4", "straal": "7", "wat": "alles", "email": "noor"})
    page = parse(answer.content.decode())
    assert page.one("title").text.strip().startswith("Fout:")
    for fault in (
        "Vul een postcode in, zoals 2514 GL.",
        "Kies een afstand uit de lijst",
        "Kies een antwoord uit de lijst",
        "Vul een e-mailadres in, zoals naam@voorbeeld.nl.",
    ):
        assert fault in page.one("main").text
    assert page.one("input", id="id_email").attrs["value"] == "noor"
    assert not PlaceAlert.objects.exists()


def test_who_asked_before_sees_the_same_answer(client: Client) -> None:
    first = client.post("/seintje", GOOD, follow=True)
    confirm_alert(STRANGER, PlaceAlert.objects.get().pk, at=NOW)
    again = client.post("/seintje", GOOD, follow=True)
    assert again.content == first.content
    assert len(mails_waiting()) == 1


def test_an_eleventh_question_from_one_place_is_told_to_wait(client: Client) -> None:
    for number in range(10):
        client.post("/seintje", {**GOOD, "email": f"n{number}@example.org"})
    page = parse(client.post("/seintje", {**GOOD, "email": "n10@example.org"}).content.decode())
    assert "hiervandaan al vaak" in page.one("main").text
    assert page.one("input", id="id_email").attrs["value"] == "n10@example.org"
    # The rest of the same range is the same household; another range is another.
    for address, number in (("2001:db8:1:2::1", 1), ("2001:db8:1:2::2", 2), ("2001:db8:1:3::1", 3)):
        client.post("/seintje", {**GOOD, "email": f"six{number}@example.org"}, REMOTE_ADDR=address)
    newest = PlaceAlert.objects.order_by("-asked_at")[:3]
    assert len({alert.visitor for alert in newest}) == 2


def test_a_link_does_nothing_until_its_button_is_pressed(client: Client) -> None:
    alert = an_alert(at=NOW)
    for query in ({}, {"stop": "ja"}):
        own_page(client, alert, **query)
        client.head(f"/seintje/{token_of(alert.pk)}", query)
    alert.refresh_from_db()
    assert alert.state == AlertState.ASKED


def test_from_the_first_mail_to_the_end_each_page_has_one_main_button(client: Client) -> None:
    alert = an_alert(at=NOW)

    def main_action(page: Element) -> str:
        (found,) = [
            one
            for tag in ("a", "button")
            for one in page.all(tag)
            if "utrecht-button--primary-action" in one.attrs.get("class", "")
        ]
        return found.text.strip()

    assert main_action(own_page(client, alert)) == "Ja, stuur mij een seintje"
    standing = press(client, alert, "ja")
    assert main_action(standing) == "Kijk wie er nu plek heeft"
    assert "postcode 8333, binnen 5 kilometer" in standing.one("main").text
    PlaceAlert.objects.update(state_since=NOW - timedelta(days=90))
    keep_alerts_short(JOBS, at=NOW)
    assert main_action(own_page(client, alert)) == "Ja, ik zoek nog"
    assert main_action(press(client, alert, "door")) == "Kijk wie er nu plek heeft"
    assert main_action(own_page(client, alert, stop="ja")) == "Stop, en wis mijn e-mailadres"
    ended = press(client, alert, "stop")
    assert ended.one("h1").text == "U krijgt geen seintje meer"
    assert not PlaceAlert.objects.exclude(sealed=b"").exists()


@pytest.mark.parametrize("answer", ["", "door", "ja", "stop", "weg", "<b>"])
def test_an_old_button_shows_how_it_stands_now(client: Client, answer: str) -> None:
    alert = an_alert(at=NOW)
    press(client, alert, "stop")
    assert press(client, alert, answer).one("h1").text == "U krijgt geen seintje meer"


@pytest.mark.parametrize("token", ["x", "0" * 32, "0" * 32 + ":abc", "a:b:c"])
def test_a_link_that_we_never_gave_leads_nowhere(client: Client, token: str) -> None:
    an_alert(at=NOW)
    assert client.get(f"/seintje/{token}").status_code == 404
    assert client.post(f"/seintje/{token}", {"antwoord": "stop"}).status_code == 404


def test_nobody_is_stopped_by_another_site() -> None:
    alert = an_alert(at=NOW)
    answer = Client(enforce_csrf_checks=True).post(f"/seintje/{token_of(alert.pk)}", {"antwoord": "stop"})
    assert answer.status_code == 403
    alert.refresh_from_db()
    assert alert.state == AlertState.ASKED
