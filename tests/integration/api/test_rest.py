# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the REST API answers, and how it says what is wrong."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.builders import AT, COORDINATOR, LONG_AGO, SYSTEM, a_person, a_practice, a_region, a_request
from tests.integration.rounds.running import BEACON, DRAWN_AT, PUBLISHED_AT, a_swap, freeze
from tests.integration.web.public.searching import HOME, LATELY, for_all, full_stop, near, partial

from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.practices.centre import Centre, find_centre
from huisartsplek.rounds.computing import compute, draw
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rounds.services import begin_closing, open_round
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.intake import MovedIntoArea, WithoutGp

pytestmark = pytest.mark.django_db
PRACTICES = "/api/v1/practices"
EVERYWHERE = (
    "/api/v1/openapi.json",
    f"{PRACTICES}?postcode={HOME}",
    PRACTICES,
    "/api/v1/rounds",
    "/api/v1/nothing",
)


@pytest.fixture
def centre() -> Centre:
    found = find_centre(chosen_postcodes(), HOME)
    assert found is not None
    return found


def ask(path: str, language: str = "nl", **query: str) -> dict[str, Any]:
    """Ask what must be there."""
    answer = Client().get(path, query, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def problem_of(path: str, method: str = "get", **query: str) -> tuple[int, dict[str, Any]]:
    """Ask what goes wrong."""
    answer = getattr(Client(raise_request_exception=False), method)(path, query)
    assert answer["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = json.loads(answer.content)
    assert found["status"] == answer.status_code
    assert {"type", "title", "detail"} <= found.keys()
    return answer.status_code, found


def faults(problem: dict[str, Any]) -> set[tuple[str, str]]:
    assert all(set(error) == {"in", "field", "code", "detail"} for error in problem["errors"])
    return {(error["field"], error["code"]) for error in problem["errors"]}


def test_practices_come_nearest_first_with_an_answer_each(centre: Centre) -> None:
    here = (centre.lon, centre.lat)
    far = near(here, 3.0, full_stop(swaps=True))
    close = near(here, 1.0, for_all(), free=4, street="Dorpsstraat", house_number="3a")
    near(here, 7.0, for_all(), free=4)

    found = ask(PRACTICES, postcode=HOME)

    assert [one["slug"] for one in found["results"]] == [close.slug, far.slug]
    assert found["place"] == centre.place
    assert found["isApproximate"] is False
    first, second = found["results"]
    assert first["status"] == "open"
    assert first["verdict"] == {
        "kind": "yes_now",
        "sentence": "Ja, u kunt zich hier nu inschrijven.",
        "missing": [],
    }
    assert first["distanceKm"] == pytest.approx(1.0, abs=0.1)
    assert first["address"] == {
        "street": "Dorpsstraat",
        "houseNumber": "3a",
        "postcode": "2514 GL",
        "place": "Den Haag",
    }
    assert second["status"] == "swap_only"
    assert date.fromisoformat(first["confirmedOn"]) == day_in_amsterdam(LATELY)
    assert Client().get(first["links"]["self"]).status_code == 200
    assert Client().get(first["links"]["page"]).status_code == 200


def test_a_wider_circle_finds_more(centre: Centre) -> None:
    near((centre.lon, centre.lat), 7.0, for_all(), free=4)
    assert ask(PRACTICES, postcode=HOME)["results"] == []
    assert len(ask(PRACTICES, postcode=HOME, radius="10")["results"]) == 1


def test_what_somebody_tells_decides(centre: Centre) -> None:
    here = (centre.lon, centre.lat)
    for_new = near(here, 1.0, partial(MovedIntoArea(within_months=6)), free=2)
    without = near(here, 2.0, partial(WithoutGp()), free=2)

    def kinds(**query: str) -> dict[str, str]:
        results = ask(PRACTICES, postcode=HOME, **query)["results"]
        return {one["slug"]: one["verdict"]["kind"] for one in results}

    assert kinds() == {for_new.slug: "maybe", without.slug: "maybe"}
    assert kinds(withoutGp="true")[without.slug] == "yes_now"
    assert kinds(withoutGp="false")[without.slug] == "no"
    assert kinds(movedInOn=LONG_AGO.isoformat())[for_new.slug] == "no"
    assert kinds(movedInOn=LATELY.date().isoformat())[for_new.slug] == "yes_now"
    missing = ask(PRACTICES, postcode=HOME)["results"][1]["verdict"]["missing"]
    assert missing == ["has_gp"]


def test_sentences_come_in_english_for_who_asks(centre: Centre) -> None:
    near((centre.lon, centre.lat), 1.0, partial(WithoutGp()), free=2)
    dutch = ask(PRACTICES, postcode=HOME)["results"][0]
    english = ask(PRACTICES, "en", postcode=HOME)["results"][0]
    assert dutch["policy"][0].startswith("De praktijk neemt u aan")
    assert english["policy"][0].startswith("The practice takes you")
    assert dutch["verdict"]["sentence"] != english["verdict"]["sentence"]
    assert dutch["verdict"]["kind"] == english["verdict"]["kind"]


@pytest.mark.parametrize("weekly", [None, 2])
def test_the_number_of_places_changes_nothing_that_is_told(centre: Centre, weekly: int | None) -> None:
    here = (centre.lon, centre.lat)
    few = near(here, 1.0, for_all(weekly=weekly), free=1, name="Praktijk", slug="few")
    few_told = Client().get(f"{PRACTICES}/{few.slug}").json()
    many = near(here, 1.0, for_all(weekly=weekly), free=37, name="Praktijk", slug="many")
    many_told = Client().get(f"{PRACTICES}/{many.slug}").json()
    own = {"id", "slug", "links"}
    assert few_told["status"] == "open"
    assert {k: v for k, v in few_told.items() if k not in own} == {
        k: v for k, v in many_told.items() if k not in own
    }


def test_where_somebody_waits_the_answer_is_the_queue(centre: Centre) -> None:
    practice = near((centre.lon, centre.lat), 1.0, for_all(waiting_list=True), free=0)
    a_request(a_person(), wishes=[practice])
    assert ask(f"{PRACTICES}/{practice.slug}")["verdict"]["kind"] == "queue"


def test_a_practice_that_said_nothing_is_unknown_and_so_is_its_rule(centre: Centre) -> None:
    silent = near((centre.lon, centre.lat), 1.0, None)
    found = ask(f"{PRACTICES}/{silent.slug}")
    assert (found["status"], found["policy"], found["confirmedOn"]) == ("unknown", [], None)
    assert found["distanceKm"] is None
    assert ask(f"{PRACTICES}/{silent.slug}", postcode=HOME)["distanceKm"] == pytest.approx(1.0, abs=0.1)


def test_all_errors_come_together() -> None:
    status, found = problem_of(
        PRACTICES, postcode="0000", radius="51", movedInOn="1-2-2026", withoutGp="ja", places="yes"
    )
    assert status == 400
    assert faults(found) == {
        ("postcode", "bad_postcode"),
        ("radius", "out_of_range"),
        ("movedInOn", "bad_date"),
        ("withoutGp", "bad_choice"),
        ("places", "unknown_parameter"),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ("postcode", "missing")),
        ("postcode=2514SS", ("postcode", "bad_postcode")),
        ("postcode=2514%00GL", ("postcode", "bad_postcode")),
        ("postcode=Den+Haag", ("postcode", "bad_postcode")),
        ("postcode=2514GL&radius=vijf", ("radius", "not_a_number")),
        ("postcode=2514GL&radius=2.5", ("radius", "not_a_number")),
        ("postcode=2514GL&radius=0", ("radius", "out_of_range")),
        ("postcode=2514GL&movedInOn=2026-02-30", ("movedInOn", "bad_date")),
        ("postcode=2514GL&movedInOn=2999-01-01", ("movedInOn", "in_the_future")),
        ("postcode=2514GL&moved_in_on=2020-01-01", ("moved_in_on", "unknown_parameter")),
        ("postcode=2514GL&postcode=2515AA", ("postcode", "repeated")),
    ],
)
def test_each_wrong_question_is_a_400_that_names_the_field(query: str, expected: tuple[str, str]) -> None:
    status, found = problem_of(f"{PRACTICES}?{query}")
    assert status == 400
    assert faults(found) == {expected}


@pytest.mark.parametrize(
    "path", [f"{PRACTICES}/x?y=1", "/api/v1/rounds?page=2", f"/api/v1/rounds/{UUID(int=9)}?a="]
)
def test_no_operation_passes_over_a_parameter_it_does_not_know(path: str) -> None:
    status, found = problem_of(path)
    assert status == 400
    assert {code for _field, code in faults(found)} == {"unknown_parameter"}


@pytest.mark.parametrize(
    "path",
    [
        f"{PRACTICES}/bestaat-niet",
        f"{PRACTICES}/",
        f"{PRACTICES}/a/b",
        "/api/v1/",
        "/api/",
        "/api/v2/practices",
        f"/api/v1/rounds/{UUID(int=9)}",
        "/api/v1/rounds/1",
    ],
)
def test_what_is_not_there_is_a_problem_too(path: str) -> None:
    assert problem_of(path)[0] == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", [PRACTICES, "/api/v1/rounds", "/api/v1/openapi.json"])
def test_nothing_is_written_over_the_api(path: str, method: str) -> None:
    status, _found = problem_of(path, method)
    assert status == 405
    answer = getattr(Client(), method)(path)
    assert answer["Allow"] == "GET, HEAD"


def test_a_bug_is_a_problem_without_a_word_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("huisartsplek.api.rest.v1.operations.published_rounds", fail)
    status, found = problem_of("/api/v1/rounds")
    assert status == 500
    assert "secret" not in json.dumps(found)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_names_the_version_and_keeps_out_of_caches(path: str) -> None:
    for method in ("get", "post", "head"):
        answer = getattr(Client(), method)(path)
        assert answer["API-Version"] == "1.0.0"
        assert answer["Cache-Control"] == "no-store"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_asking_for_the_head_gives_the_head() -> None:
    whole, head = Client().get("/api/v1/rounds"), Client().head("/api/v1/rounds")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(whole.content))


def test_pages_are_left_as_they_are() -> None:
    assert "API-Version" not in Client().get("/huisartsen")
    assert Client().get("/bestaat-niet")["Content-Type"].startswith("text/html")


def test_a_round_tells_more_as_it_goes_on() -> None:
    region = a_region()
    a_swap(region)
    round_ = open_round(COORDINATOR, region.pk, at=AT)
    path = f"/api/v1/rounds/{round_.pk}"
    listed = ask("/api/v1/rounds")["results"]
    assert [(one["id"], one["state"], one["region"]["slug"]) for one in listed] == [
        (str(round_.pk), "open", region.slug)
    ]
    assert (ask(path)["inputSha256"], ask(path)["draw"], ask(path)["isVerified"]) == (None, None, None)

    begin_closing(COORDINATOR, round_.pk, at=AT)
    assert ask(path)["state"] == "closing"
    freeze(round_)
    frozen = ask(path)
    round_.refresh_from_db()
    assert frozen["inputSha256"] == round_.input_sha256
    assert frozen["draw"]["number"] == round_.beacon_round
    assert (frozen["draw"]["seed"], frozen["totals"], frozen["isVerified"]) == (None, None, None)

    assert draw(SYSTEM, round_.pk, at=DRAWN_AT, beacon=BEACON)
    compute(SYSTEM, round_.pk, at=DRAWN_AT)
    computed = ask(path)
    assert computed["isVerified"] is True
    assert computed["totals"] is None, "the outcome is told when it is published, not before"

    publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)
    published = ask(path)
    assert published["draw"]["seed"]
    assert published["totals"]["requests"] == {"count": None, "isRounded": True}, "two requests are too few to tell"
    assert Client().get(published["links"]["page"]).status_code == 200


def test_the_description_is_complete() -> None:
    found = ask("/api/v1/openapi.json")
    assert found["openapi"].startswith("3.")
    assert set(found["paths"]) == {"/practices", "/practices/{slug}", "/rounds", "/rounds/{round_id}"}
    assert found["info"]["license"]["identifier"] == "EUPL-1.2"
    assert set(found["info"]["contact"]) == {"name", "email", "url"}
    assert found["servers"][0]["url"].endswith("/api/v1")
    for path in found["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"]
            for status, answer in operation["responses"].items():
                media = "application/json" if status == "200" else "application/problem+json"
                assert set(answer["content"]) == {media}
                assert "API-Version" in answer["headers"]


def test_names_in_the_description_are_camel_case() -> None:
    found = ask("/api/v1/openapi.json")
    fields = {field for schema in found["components"]["schemas"].values() for field in schema.get("properties", ())}
    asked = {
        one["name"]
        for path in found["paths"].values()
        for operation in path.values()
        for one in operation["parameters"]
        if one["in"] == "query"
    }
    assert {"movedInOn", "withoutGp", "distanceKm", "isApproximate"} <= fields | asked
    assert [name for name in fields | asked if "_" in name or name[0].isupper()] == []


def test_a_practice_that_stopped_is_not_there() -> None:
    gone = a_practice(is_active=False)
    assert problem_of(f"{PRACTICES}/{gone.slug}")[0] == 404
