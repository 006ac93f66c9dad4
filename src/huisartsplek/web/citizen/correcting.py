# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/gegevens/verbeteren`: correct one's own name and address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.people.correcting import NameAndHome, correct_name_and_home
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal
from huisartsplek.rules.values import Postcode
from huisartsplek.web.citizen.forms import DetailsForm
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from huisartsplek.people.models import Person


class CorrectionForm(DetailsForm):
    """The same questions as at the first login, but for what decides over others or has a page of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["birth_date"], self.fields["email"]


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def correct(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Ask how it should be, and keep that."""
    at = current_moment()
    form = CorrectionForm(request.POST or None, initial=_known(reader), today=day_in_amsterdam(at))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        home = chosen_postcodes().locate(told["postcode"])
        said = NameAndHome(
            given_name=told["given_name"],
            family_name=told["family_name"],
            postcode=f"{told['postcode'].pc4}{told['postcode'].letters}",
            house_number=told["house_number"],
            place=home.place,
            longitude=home.lon,
            latitude=home.lat,
            moved_in_on=told["moved_in_on"],
        )
        try:
            correct_name_and_home(actor_from(request), reader, said, at=at)
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            messages.success(request, _("Uw gegevens zijn bewaard."))
        return redirect("citizen:details")
    return render(request, "web/citizen/correction_form.html", {"form": form})


def _known(reader: Person) -> dict[str, str]:
    since = reader.moved_in_on
    return {
        "given_name": reader.given_name,
        "family_name": reader.family_name,
        "postcode": str(Postcode.parse(reader.postcode)),
        "house_number": reader.house_number,
        "moved_in_on": f"{since:%m-%Y}" if since else "",
    }
