# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages that explain: how swapping works, and what a visitor should know about this site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from huisartsplek.accounts.policies import policy, public
from huisartsplek.rounds.reports import open_rounds
from huisartsplek.web.components.exchange_picture import chain_picture, cycle_picture
from huisartsplek.web.public.try_it import read_trial


@policy(public())
def how_swapping_works(request: HttpRequest) -> HttpResponse:
    """Explain swapping with two pictures, a small round to try, what is certain, and what it cannot do."""
    cycle = cycle_picture(
        "kring",
        [("Anna", "Delft"), ("Bram", "Leiden"), ("Chadia", "Gouda")],
        caption=_(
            "Anna krijgt de plek van Bram, Bram die van Chadia en Chadia die van Anna. Geen praktijk wordt voller."
        ),
    )
    chain = chain_picture(
        "keten",
        ["Delft", "Leiden", "Gouda"],
        ["Anna", "Bram", "Chadia"],
        caption=_(
            "Eén vrije plek helpt drie mensen. Wie opschuift, laat een plek achter voor de volgende."
            " Ook voor wie nog geen huisarts heeft."
        ),
    )
    form, trial = read_trial(request.GET)
    context = {"cycle": cycle, "chain": chain, "form": form, "trial": trial, "open_rounds": open_rounds()}
    return render(request, "web/public/how_swapping_works.html", context)


@policy(public())
def about(request: HttpRequest) -> HttpResponse:
    """Say what Huisartsplek is, and what it is not."""
    return render(request, "web/public/about.html")


@policy(public())
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about people, why, and who sees it."""
    return render(request, "web/public/privacy.html")


@policy(public())
def erased(request: HttpRequest) -> HttpResponse:
    """Say to who had their data deleted that it is done; the page knows nobody."""
    return render(request, "web/public/erased.html")


@policy(public())
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how far everybody can use these pages, and whom to tell when not."""
    return render(request, "web/public/accessibility.html")
