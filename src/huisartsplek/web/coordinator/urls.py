# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of these pages."""

from django.urls import URLPattern, path

from huisartsplek.web.coordinator import corrections, overview, registrations, reviews, round_page, steps

app_name = "coordinator"
urlpatterns: list[URLPattern] = [
    path("regio", overview.page, name="overview"),
    path("regio/beoordelingen", reviews.listing, name="reviews"),
    path("regio/beoordelingen/<uuid:review_id>", reviews.review, name="review"),
    path("regio/beoordelingen/<uuid:review_id>/herstel", corrections.propose, name="propose_correction"),
    path("regio/herstel/<uuid:correction_id>", corrections.decide, name="correction"),
    path("regio/rondes", overview.open_next, name="open"),
    path("regio/rondes/<uuid:round_id>", round_page.page, name="round"),
    path("regio/rondes/<uuid:round_id>/vastzetten", steps.freeze, name="freeze"),
    path("regio/rondes/<uuid:round_id>/openbaar", steps.publish, name="publish"),
    path("regio/rondes/<uuid:round_id>/annuleren", steps.cancel, name="cancel"),
    path("regio/rondes/<uuid:round_id>/opnieuw", steps.resume, name="resume"),
    path("regio/inschrijvingen", registrations.listing, name="registrations"),
    path("regio/inschrijvingen/<uuid:move_id>", registrations.one, name="registration"),
    path("regio/inschrijvingen/<uuid:move_id>/terug", registrations.send_back, name="send_back"),
    path("regio/inschrijvingen/<uuid:move_id>/meer-tijd", registrations.more_time, name="more_time"),
]
