# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of logging in and out."""

from django.urls import path

from huisartsplek.accounts import views

app_name = "accounts"
urlpatterns = [
    path("inloggen", views.log_in, name="log_in"),
    path("inloggen/medewerker", views.log_in_staff, name="log_in_staff"),
    path("inloggen/terug/<slug:which>", views.log_in_back, name="log_in_back"),
    path("ingelogd-blijven", views.stay, name="stay"),
    path("uitloggen", views.log_out, name="log_out"),
    path("uitgelogd", views.logged_out, name="logged_out"),
]
