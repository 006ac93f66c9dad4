# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the pages for everybody."""

from django.urls import URLPattern, path

from huisartsplek.web.public import alerts, check, practice, rounds, search, texts

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("", search.front, name="front"),
    path("huisartsen", search.practices, name="practices"),
    path("huisartsen/<slug:slug>", practice.practice, name="practice"),
    path("seintje", alerts.ask, name="alert"),
    path("seintje/gevraagd", alerts.asked_for, name="alert_asked"),
    path("seintje/<str:token>", alerts.own, name="own_alert"),
    path("controleer", check.check, name="check"),
    path("verwijderd", texts.erased, name="erased"),
    path("uitleg/ronde", texts.how_swapping_works, name="how_swapping_works"),
    path("rondes", rounds.rounds, name="rounds"),
    path("rondes/<uuid:round_id>", rounds.round_report, name="round"),
    path("rondes/<uuid:round_id>/voorbeeldbestanden", rounds.demo_files, name="demo_files"),
    path("rondes/<uuid:round_id>/bestanden", rounds.files, name="files"),
    path("over", texts.about, name="about"),
    path("privacy", texts.privacy, name="privacy"),
    path("toegankelijkheid", texts.accessibility, name="accessibility"),
]
