# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of a practice's own pages."""

from django.urls import path

from huisartsplek.web.practice import answers, choose, intake, refusing, today

app_name = "practice"
urlpatterns = [
    path("praktijk", today.today, name="today"),
    path("praktijk/kies", choose.choose, name="choose"),
    path("praktijk/klopt", answers.still_right, name="still_right"),
    path("praktijk/patient/<uuid:confirmation_id>", answers.is_patient, name="is_patient"),
    path("praktijk/beleid", intake.intake, name="intake"),
    path("praktijk/verplaatsing/<uuid:move_id>", refusing.refuse, name="refuse"),
    path("praktijk/verplaatsing/<uuid:move_id>/ingeschreven", answers.register, name="register"),
    path("praktijk/vertrek/<uuid:departure_id>/dossier", answers.record_sent, name="record_sent"),
]
