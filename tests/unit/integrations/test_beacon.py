# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the value of a draw comes from, when it is there, and whose word is taken for it."""

import hashlib
import sys
from datetime import UTC, datetime, timedelta
from types import ModuleType

import httpx
import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.integrations.beacon import drand_signature, live
from huisartsplek.integrations.beacon.chosen import chosen_beacon
from huisartsplek.integrations.beacon.drand_signature import QUICKNET_HASH, VERIFIER, value_in
from huisartsplek.integrations.beacon.fake import ExampleBeacon
from huisartsplek.integrations.beacon.live import Drand
from huisartsplek.integrations.beacon.port import BeaconRefused, BeaconValue, NotYet
from huisartsplek.integrations.beacon.rhythm import EXAMPLE, QUICKNET, Rhythm

moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  st.just adds it
# A value of the chain that anybody can look up: number 1000.
SIGNATURE = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
RANDOMNESS = "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"


@given(moments, st.sampled_from([QUICKNET, EXAMPLE]))
def test_the_first_number_after_a_moment_is_made_after_it_and_the_one_before_is_not(
    moment: datetime, rhythm: Rhythm
) -> None:
    number = rhythm.round_after(moment)
    assert rhythm.due_at(number) > moment
    assert number == 1 or rhythm.due_at(number - 1) <= moment


def test_numbers_start_at_one() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        EXAMPLE.due_at(0)


@given(moments)
def test_an_example_draw_is_not_known_before_its_moment_and_is_marked(at: datetime) -> None:
    beacon = ExampleBeacon("s" * 32)
    number = beacon.round_after(at)
    due_at = beacon.due_at(number)
    assert beacon.value_of(number, at=due_at - timedelta(microseconds=1)) == NotYet(due_at)
    answer = beacon.value_of(number, at=due_at)
    assert isinstance(answer, BeaconValue)
    assert answer.is_example_draw
    assert answer.source == beacon.source == "example"
    assert answer == beacon.value_of(number, at=due_at + timedelta(days=1))
    other = ExampleBeacon("t" * 32).value_of(number, at=due_at)
    assert isinstance(other, BeaconValue)
    assert other.value != answer.value


def test_both_sources_leave_time_for_a_freeze_to_be_public_before_its_draw() -> None:
    assert ExampleBeacon.lead >= timedelta(seconds=30)
    assert Drand.lead >= timedelta(minutes=10)


def test_a_value_is_the_hash_of_its_signature() -> None:
    assert value_in(bytes.fromhex(SIGNATURE)) == RANDOMNESS


@pytest.fixture
def verifier(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verifier that knows one true signature; the real arithmetic has a package of its own."""
    monkeypatch.setattr(live, "is_verifier_installed", lambda: True)
    monkeypatch.setattr(
        live, "is_signed_by_quicknet", lambda number, signature: (number, signature.hex()) == (1000, SIGNATURE)
    )


def drand(status: int = 200, body: object = None, *, fails: bool = False) -> Drand:
    """Reach a server that answers in one way."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path.startswith(f"/{QUICKNET_HASH}/public/")
        if fails:
            raise httpx.ConnectError("down")
        return httpx.Response(status, json=body)

    return Drand("https://drand.example/", transport=httpx.MockTransport(answer))


@pytest.mark.usefixtures("verifier")
def test_a_signed_value_is_believed() -> None:
    answer = drand(body={"round": 1000, "signature": SIGNATURE}).value_of(1000, at=QUICKNET.due_at(1000))
    assert answer == BeaconValue("drand-quicknet", 1000, RANDOMNESS, SIGNATURE, is_example_draw=False)


@pytest.mark.usefixtures("verifier")
@pytest.mark.parametrize("number", [999, 1001])
def test_the_value_of_another_number_is_refused(number: int) -> None:
    with pytest.raises(BeaconRefused):
        drand(body={"signature": SIGNATURE}).value_of(number, at=QUICKNET.due_at(number))


@pytest.mark.usefixtures("verifier")
def test_a_randomness_that_the_server_made_up_is_not_looked_at() -> None:
    answer = drand(body={"signature": SIGNATURE, "randomness": "00" * 32}).value_of(1000, at=QUICKNET.due_at(1000))
    assert isinstance(answer, BeaconValue)
    assert answer.value == RANDOMNESS


@pytest.mark.usefixtures("verifier")
@pytest.mark.parametrize(
    ("status", "body"), [(500, {}), (404, {}), (200, {}), (200, []), (200, {"signature": "no hex"})]
)
def test_a_server_without_an_answer_is_asked_again(status: int, body: object) -> None:
    at = QUICKNET.due_at(1000)
    answer = drand(status, body).value_of(1000, at=at)
    assert isinstance(answer, NotYet)
    assert answer.due_at > at


@pytest.mark.usefixtures("verifier")
def test_an_unreachable_server_is_asked_again_and_not_before_the_moment_has_come() -> None:
    at = QUICKNET.due_at(1000)
    assert isinstance(drand(fails=True).value_of(1000, at=at), NotYet)
    assert drand(body={"signature": SIGNATURE}).value_of(1000, at=at - timedelta(seconds=1)) == NotYet(at)


def test_without_a_verifier_drand_is_refused_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "is_verifier_installed", lambda: False)
    with pytest.raises(ImproperlyConfigured, match=VERIFIER):
        Drand("https://drand.example")


def test_a_verifier_is_asked_the_right_question(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    class Point:
        @staticmethod
        def from_compressed_bytes(data: bytes) -> object:
            if len(data) not in {48, 96}:
                raise ValueError("no point")
            return Negatable(data)

        @staticmethod
        def hash_to_curve(message: bytes, domain: bytes) -> object:
            asked.append((message, domain))
            return Negatable(b"expected")

    class Negatable(bytes):
        def __neg__(self) -> bytes:
            return b"-" + self

    class Pairing:
        @staticmethod
        def pairing_check(ones: list[bytes], twos: list[object]) -> bool:
            asked.append((ones, twos[1]))
            return True

    curve = ModuleType(VERIFIER)
    curve.G1Point, curve.G2Point, curve.GT = Point, Point, Pairing  # type: ignore[attr-defined]  # a stand-in
    monkeypatch.setitem(sys.modules, VERIFIER, curve)

    assert drand_signature.is_signed_by_quicknet(1000, bytes.fromhex(SIGNATURE))
    assert not drand_signature.is_signed_by_quicknet(1000, b"short")
    message = hashlib.sha256((1000).to_bytes(8, "big")).digest()
    assert asked[0] == (message, b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_")
    assert asked[1] == ([bytes.fromhex(SIGNATURE), b"-expected"], drand_signature.QUICKNET_KEY)


def test_the_settings_choose_the_source(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BEACON, settings.BEACON_SECRET = "example", "s" * 32
    assert chosen_beacon().is_example
    settings.BEACON_SECRET = None
    with pytest.raises(ImproperlyConfigured):
        chosen_beacon()
    settings.BEACON = "drand"
    monkeypatch.setattr(live, "is_verifier_installed", lambda: True)
    assert chosen_beacon().source == "drand-quicknet"


def test_a_published_value_of_the_chain_is_signed_by_it_and_by_no_other_number() -> None:
    assert drand_signature.is_signed_by_quicknet(1000, bytes.fromhex(SIGNATURE))
    assert not drand_signature.is_signed_by_quicknet(1001, bytes.fromhex(SIGNATURE))
    assert not drand_signature.is_signed_by_quicknet(1000, bytes(48))
