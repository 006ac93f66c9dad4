# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds as anyone may check them: the list, the report of one, and the files where they may be had."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import auditor, policy, public
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.reports import (
    LONGEST_TOLD,
    PublicRound,
    Totals,
    public_round,
    published_rounds,
    read_files,
)
from huisartsplek.rules.figures import Figure
from huisartsplek.rules.lifecycles import RoundState
from huisartsplek.web.components import wording
from huisartsplek.web.components.charts import Bar, BarChart
from huisartsplek.web.components.parts import Step, steps_until

SMALL_BAR = 5  # how long the bar of a hidden figure is drawn: the same for each
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the oldest a zip file knows: the same files give the same bytes
VERIFY_COMMAND = "huisartsplek round verify in out"
PRESENT_STEP = {
    RoundState.OPEN: 0,
    RoundState.CLOSING: 0,
    RoundState.FROZEN: 1,
    RoundState.DRAWN: 2,
    RoundState.COMPUTED: 3,
    RoundState.PUBLISHED: 4,
    RoundState.SETTLED: 5,
    RoundState.CARRIED_OUT: 6,
}


@policy(public())
def rounds(request: HttpRequest) -> HttpResponse:
    """List every round there is or was, by what stage it is in."""
    rows = [(round_, state_text(round_)) for round_ in published_rounds()]
    return render(request, "web/public/rounds.html", {"rounds": rows})


@policy(public())
def round_report(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Tell about one round what everybody may check."""
    found = public_round(round_id)
    if found is None:
        raise Http404
    context = {
        "round": found.round,
        "state": state_text(found.round),
        "steps": _steps(found.round),
        "totals": found.totals,
        "checks": _checks(found.round),
        "own_url": reverse("citizen:round", args=[found.round.pk]),
        "files_url": _files_url(found),
        "verify_command": VERIFY_COMMAND,
        **(_charts(found.totals) if found.totals else {}),
    }
    return render(request, "web/public/round.html", context)


@policy(public())
def demo_files(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Give everybody the files of a round of the demo world, in which nobody is real."""
    if not settings.DEMO:
        raise Http404
    return _zipped(request, round_id)


@policy(auditor())
def files(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Give the auditor the files of a round, to replay it with `huisartsplek round verify`."""
    return _zipped(request, round_id)


def _files_url(found: PublicRound) -> str:
    if not (settings.DEMO and found.is_public):
        return ""
    return reverse("public:demo_files", args=[found.round.pk])


def _zipped(request: HttpRequest, round_id: UUID) -> HttpResponse:
    found = read_files(actor_from(request), round_id, at=current_moment())
    if not found:
        raise Http404
    response = HttpResponse(_archive(found), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="ronde-{round_id}.zip"'
    response["Cache-Control"] = "no-store"
    return response


def _archive(found: Mapping[str, Mapping[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in sorted(found):
            for name in sorted(found[folder]):
                archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", ZIP_DATE), found[folder][name])
    return out.getvalue()


def state_text(round_: Round) -> str:
    """Say where a round stands."""
    texts = {
        RoundState.OPEN: _("Open: u kunt nog meedoen"),
        RoundState.CLOSING: _("Wordt vastgezet: u kunt nog heel even meedoen"),
        RoundState.FROZEN: _("Vastgezet, wacht op de loting"),
        RoundState.DRAWN: _("Geloot, de computer rekent"),
        RoundState.COMPUTED: _("Uitgerekend, nog niet openbaar"),
        RoundState.PUBLISHED: _("Openbaar, mensen zeggen ja of nee"),
        RoundState.SETTLED: _("De uitslag staat vast"),
        RoundState.CARRIED_OUT: _("Klaar: iedereen is overgestapt"),
        RoundState.CANCELLED: _("Afgelast"),
    }
    return texts[RoundState(round_.state)]


def _steps(round_: Round) -> tuple[Step, ...]:
    """The stages of a round; none for one that was cancelled, which never ends."""
    present = PRESENT_STEP.get(RoundState(round_.state))
    if present is None:
        return ()
    labels = (
        (_("Aanmelden"), ""),
        (_("Vastgezet"), wording.day(round_.frozen_at) if round_.frozen_at else ""),
        (_("Geloot"), ""),
        (_("Uitgerekend"), ""),
        (_("Openbaar"), wording.day(round_.published_at) if round_.published_at else ""),
        (_("Uitslag"), wording.day(round_.settled_at) if round_.settled_at else ""),
        (_("Overstap"), wording.day(round_.switch_on) if round_.switch_on else ""),
    )
    return steps_until(labels, present=present)


def _checks(round_: Round) -> list[tuple[str, str]]:
    """What a stranger needs to replay the round, as far as it is known at this stage."""
    found = []
    if round_.input_sha256:
        found.append((_("Vingerafdruk van de invoer (SHA-256)"), _in_fours(round_.input_sha256)))
        found.append((_("Vingerafdruk van alle verzoeken samen"), _in_fours(round_.leaves_root)))
    if round_.beacon:
        drawn = _("%(source)s, nummer %(number)s") % {"source": round_.beacon, "number": round_.beacon_round}
        example = " " + _("(voorbeeldtrekking)") if round_.is_example_draw else ""
        found.append((_("Bron van de loting, vooraf genoemd"), drawn + example))
    if round_.seed:
        found.append((_("Lot, bekend na het vastzetten"), round_.seed))
    if round_.rules_version:
        rules = _("Versie %(version)s, eerst de wachtlijst en dan ruilen") % {"version": round_.rules_version}
        found.append((_("Regels"), rules))
    if PRESENT_STEP.get(RoundState(round_.state), 0) >= PRESENT_STEP[RoundState.COMPUTED]:
        checked = _("Ja: een tweede programma rekende alles na en vond geen fout")
        found.append((_("Nagerekend"), checked if round_.is_verified else _("Nee, nog niet")))
    return found


def _in_fours(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def figure_text(figure: Figure) -> str:
    """A figure as it may be told: "1.470" or "minder dan 10"."""
    return _("minder dan 10") if figure.count is None else wording.number(figure.count)


def _bar(label: str, figure: Figure) -> Bar:
    return Bar(label, SMALL_BAR if figure.count is None else figure.count, figure_text(figure))


def _charts(totals: Totals) -> dict[str, object]:
    outcomes = {"moved": _("Krijgt een aanbod"), "stays": _("Houdt de eigen huisarts"), "waits": _("Wacht nog")}
    ways = {"place": _("Vrije plek"), "cycle": _("Kring"), "chain": _("Keten"), "mixed": _("Gemengd")}
    return {
        "numbers": (
            (_("Verzoeken"), figure_text(totals.requests)),
            (_("Mensen"), figure_text(totals.persons)),
            (_("Praktijken die meedoen"), figure_text(totals.practices)),
        ),
        "outcomes": BarChart(
            "uitkomst",
            _("Mensen na de ronde"),
            _("Uitkomst"),
            _("Mensen"),
            [_bar(text, totals.by_outcome[key]) for key, text in outcomes.items() if key in totals.by_outcome],
        ),
        "ways": BarChart(
            "manier",
            _("Hoe komen mensen aan hun plek?"),
            _("Manier"),
            _("Mensen"),
            [_bar(text, totals.by_way[key]) for key, text in ways.items() if key in totals.by_way],
        ),
        "ranks": BarChart(
            "wens",
            _("Welke wens kregen zij?"),
            _("Wens"),
            _("Verzoeken"),
            [_bar(_rank_text(rank), figure) for rank, figure in sorted(totals.by_rank.items())],
        ),
        "sizes": BarChart(
            "lengte",
            _("Hoe groot zijn de ruilen?"),
            _("Mensen in de ruil"),
            _("Ruilen"),
            [_bar(_size_text(size), figure) for size, figure in sorted(totals.by_size.items())],
        ),
        "standing": figure_text(totals.standing) if totals.standing else "",
        "fell": figure_text(totals.fell_below_floor) if totals.fell_below_floor else "",
    }


def _rank_text(rank: int) -> str:
    if rank >= 4:
        return pgettext("wish", "4e of lager")
    return {1: pgettext("wish", "1e wens"), 2: pgettext("wish", "2e wens"), 3: pgettext("wish", "3e wens")}[rank]


def _size_text(size: int) -> str:
    if size >= LONGEST_TOLD:
        return _("%(count)d of meer") % {"count": size}
    return ngettext("%(count)d mens", "%(count)d mensen", size) % {"count": size}
