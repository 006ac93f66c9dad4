# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of a citizen's own pages."""

from django.urls import path

from huisartsplek.rules.reviews import Reviewed
from huisartsplek.web.citizen import (
    changing,
    correcting,
    details,
    erasing,
    filing,
    home,
    language,
    living_together,
    naming,
    news,
    offers,
    own_data,
    receipt,
    record_transfer,
    reviews,
    rounds,
    statement,
    taking_part,
    waiting,
)

app_name = "citizen"
urlpatterns = [
    path("mijn", home.home, name="home"),
    path("mijn/gegevens", details.details, name="details"),
    path("mijn/gegevens/bericht", own_data.contact, name="contact"),
    path("mijn/gegevens/verbeteren", correcting.correct, name="correct"),
    path("mijn/gegevens/verwijderen", erasing.erasing, name="erasing"),
    path("mijn/gegevens/meenemen/json", own_data.as_json, name="data_as_json"),
    path("mijn/gegevens/meenemen/pdf", own_data.as_paper, name="data_as_pdf"),
    path("mijn/huishouden", living_together.household, name="household"),
    path("mijn/huishouden/code", living_together.use_code, name="use_code"),
    path("mijn/huishouden/code-maken", living_together.make_code, name="make_code"),
    path("mijn/huishouden/kind", living_together.add_child, name="add_child"),
    path("mijn/huishouden/weg", living_together.leave, name="leave_household"),
    path("mijn/taal", language.choose, name="language"),
    path("mijn/huisarts", details.present_practice, name="present_practice"),
    path("mijn/verzoek", filing.file, name="file_request"),
    path("mijn/verzoek/wens/<slug:slug>/<slug:step>", filing.change_draft, name="change_draft"),
    path(
        "mijn/verzoek/<uuid:request_id>/wens/<uuid:practice_id>/<slug:step>",
        changing.change_wish,
        name="change_wish",
    ),
    path("mijn/verzoek/<uuid:request_id>/erbij/<slug:slug>", changing.add_wish, name="add_wish"),
    path("mijn/verzoek/<uuid:request_id>/nu/<slug:slug>", changing.enrol_now, name="enrol_now"),
    path("mijn/verzoek/<uuid:request_id>/stoppen", changing.stop, name="stop_request"),
    path("mijn/verzoek/<uuid:request_id>/zoekt-nog", waiting.still_looking, name="still_looking"),
    path("mijn/verzoek/<uuid:request_id>/zolang/<uuid:practice_id>", waiting.interim, name="interim"),
    path("mijn/meedoen/<uuid:request_id>", taking_part.take_part, name="take_part"),
    path("mijn/overstap/<uuid:move_id>", receipt.receipt, name="receipt"),
    path("mijn/overstap/<uuid:move_id>/dossier", record_transfer.record_transfer, name="record_transfer"),
    path(
        "mijn/verzoek/<uuid:request_id>/meekijken/wens/<uuid:practice_id>",
        reviews.ask_of_practice,
        {"outcome": Reviewed.WISH},
        name="review_wish",
    ),
    path(
        "mijn/verzoek/<uuid:request_id>/meekijken/nu/<uuid:practice_id>",
        reviews.ask_of_practice,
        {"outcome": Reviewed.AT_ONCE},
        name="review_at_once",
    ),
    path(
        "mijn/verzoek/<uuid:request_id>/meekijken/praktijk/<uuid:practice_id>",
        reviews.ask_of_practice,
        {"outcome": Reviewed.PRACTICE_NO},
        name="review_practice_no",
    ),
    path("mijn/rondes/<uuid:round_id>/meekijken", reviews.ask_of_round, name="review_round"),
    path("mijn/meekijken/<uuid:review_id>/terug", reviews.withdraw, name="withdraw_review"),
    path("mijn/oude-praktijk/<uuid:request_id>", naming.old_practice, name="old_practice"),
    path("mijn/aanbod/<uuid:offer_id>", offers.offer, name="offer"),
    path("mijn/rondes/<uuid:round_id>", rounds.outcome, name="round"),
    path("mijn/rondes/<uuid:round_id>/bewijs", rounds.proof, name="proof"),
    path("mijn/verklaring", statement.statement, name="statement"),
    path("mijn/verklaring/<uuid:statement_id>/intrekken", statement.withdraw, name="withdraw_statement"),
    path("mijn/berichten", news.notices, name="notices"),
    path("mijn/inzage", news.insight, name="insight"),
]
