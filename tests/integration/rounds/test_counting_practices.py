# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A practice takes part in a round when it brings a place or swaps: one number on every page."""

from datetime import date, timedelta

import pytest
from tests.builders import COORDINATOR, SWAP_ONLY, SYSTEM, a_person, a_practice, a_region, a_request
from tests.integration.rounds.running import BEACON, DRAWN_AT, FROZEN_AT, PUBLISHED_AT, freeze

from huisartsplek.rounds.computing import compute, draw
from huisartsplek.rounds.counts import contents_now, contents_of, practices_in
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rounds.reports import public_round
from huisartsplek.rounds.services import begin_closing, open_round
from huisartsplek.rules.figures import Figure
from huisartsplek.rules.intake import IntakePolicy, Open

pytestmark = pytest.mark.django_db
NEVER_SWAPS = IntakePolicy(rule=Open(), valid_from=date(2020, 1, 1), swaps=False)


def test_one_round_has_one_number_of_practices_before_and_after_the_freeze_and_for_everybody() -> None:
    region = a_region()
    wanted = a_practice(free=1, region=region)
    a_practice(SWAP_ONLY, region=region)
    for _ in range(9):
        a_practice(free=1, region=region)
    for _ in range(3):
        a_practice(NEVER_SWAPS, free=0, region=region)
    a_practice(free=5, region=a_region())
    for _ in range(12):
        a_request(a_person(), wishes=[wanted])
    before = open_round(COORDINATOR, region.pk, at=FROZEN_AT - timedelta(hours=2))
    assert contents_now(before, at=FROZEN_AT).practices == 11
    begin_closing(COORDINATOR, before.pk, at=FROZEN_AT - timedelta(hours=1))
    round_ = freeze(before)
    assert draw(SYSTEM, round_.pk, beacon=BEACON, at=DRAWN_AT)
    compute(SYSTEM, round_.pk, at=DRAWN_AT)
    publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)
    found = public_round(round_.pk)
    assert found is not None
    assert found.totals is not None
    assert contents_of(found.round).practices == practices_in(found.round, at=PUBLISHED_AT) == 11
    assert found.totals.practices == Figure(10, is_rounded=True)  # eleven, among figures below ten
