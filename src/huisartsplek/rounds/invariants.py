# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must always be true, as SQL: each query gives the rows that break it, and gives none.

Run after every integration test, and by `huisartsplek manage check_invariants`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Invariant:
    """One truth, with the query that finds what breaks it. `%(at)s` is the moment of looking."""

    name: str
    says: str
    sql: str


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that does not hold, with how many rows break it and one of them."""

    invariant: Invariant
    rows: int
    example: str


# Every table with a lifecycle, with its final states; a test proves that it is every one.
STATEFUL_TABLES = {
    "requests_request": ("met", "withdrawn"),
    "requests_offer": ("declined", "lapsed", "standing", "fallen", "withdrawn"),
    "requests_review": ("answered", "withdrawn"),
    "requests_placealert": ("ended",),
    "requests_stilllooking": ("answered", "unanswered", "dropped"),
    "rounds_correction": ("confirmed", "rejected", "withdrawn"),
    "people_pendingnumber": ("known",),
    "enrolments_move": ("registered", "returned", "cancelled"),
    "enrolments_confirmation": ("confirmed", "denied"),
    "rounds_round": ("carried_out", "cancelled"),
    "rounds_exchange": ("carried_out", "fallen"),
    "notices_notice": ("delivered", "unheard", "rerouted", "given_up"),
}
_KEYS = {"people_pendingnumber": "person_id"}
_FORGOTTEN = " UNION ALL ".join(
    f"SELECT {_KEYS.get(table, 'id')}::text FROM {table}"  # noqa: S608  from above
    f" WHERE state <> ALL ('{{{','.join(finals)}}}') AND (deadline_at IS NULL"
    " OR (alarmed_at IS NULL AND deadline_at < %(at)s - interval '1 hour'))"
    for table, finals in STATEFUL_TABLES.items()
)

INVARIANTS = (
    Invariant(
        "I1",
        "a person has at most one practice on any day",
        """
        SELECT a.id FROM enrolments_enrolment a JOIN enrolments_enrolment b
            ON a.person_id = b.person_id AND a.id < b.id
            AND daterange(a.starts_on, a.ends_on) && daterange(b.starts_on, b.ends_on)
        """,
    ),
    Invariant(
        "I2",
        "the counters of a practice's places are the sums of its ledger, and never below zero",
        """
        SELECT p.practice_id FROM practices_places p LEFT JOIN (
            SELECT practice_id, sum(free_change) AS free, sum(held_change) AS held
            FROM practices_placeentry GROUP BY practice_id) e USING (practice_id)
        WHERE p.free <> coalesce(e.free, 0) OR p.held <> coalesce(e.held, 0) OR p.free < 0 OR p.held < 0
        """,
    ),
    Invariant(
        "I2-held",
        "what is held at a practice is what unsettled rounds hold there",
        """
        SELECT p.practice_id FROM practices_places p LEFT JOIN (
            SELECT rp.practice_id, sum(rp.held) AS held FROM rounds_roundplaces rp
            JOIN rounds_round r ON r.id = rp.round_id
            WHERE r.state IN ('frozen', 'drawn', 'computed', 'published') GROUP BY rp.practice_id
        ) h USING (practice_id) WHERE p.held <> coalesce(h.held, 0)
        """,
    ),
    Invariant(
        "I2-rest",
        "the queues of a region rest exactly while a round of it closes",
        """
        SELECT g.id FROM practices_region g WHERE g.queues_rest <> EXISTS (
            SELECT 1 FROM rounds_round r WHERE r.region_id = g.id AND r.state = 'closing')
        """,
    ),
    Invariant(
        "I3",
        "an enrolment ends only by a move, by its return, or as a statement that the practice denied",
        """
        SELECT e.id FROM enrolments_enrolment e LEFT JOIN enrolments_move m ON m.ended_id = e.id
        LEFT JOIN enrolments_confirmation c ON c.enrolment_id = e.id
        JOIN people_person p ON p.id = e.person_id
        WHERE e.ends_on IS NOT NULL AND m.id IS NULL AND p.ended_on IS NULL AND c.state IS DISTINCT FROM 'denied'
          AND NOT EXISTS (SELECT 1 FROM enrolments_move r WHERE r.begun_id = e.id AND r.state = 'returned')
        """,
    ),
    Invariant(
        "I3-begun",
        "a move that switched ended the old period and began the new one on its switch date",
        """
        SELECT m.id FROM enrolments_move m
        LEFT JOIN enrolments_enrolment old ON old.id = m.ended_id
        LEFT JOIN enrolments_enrolment new ON new.id = m.begun_id
        WHERE m.state IN ('switched', 'overdue', 'with_coordinator', 'registered') AND (
            new.id IS NULL OR new.starts_on <> m.switch_on OR new.person_id <> m.person_id
            OR new.practice_id <> m.to_practice_id
            OR (m.from_practice_id IS NOT NULL AND (old.id IS NULL OR old.ends_on <> m.switch_on)))
        """,
    ),
    Invariant(
        "I4",
        "an exchange that was carried out has no move left that waits, and one that fell has none that switched",
        """
        SELECT x.id FROM rounds_exchange x JOIN enrolments_move m ON m.exchange_id = x.id
        WHERE (x.state = 'carried_out' AND m.state = 'planned')
           OR (x.state = 'fallen' AND m.state NOT IN ('cancelled'))
        """,
    ),
    Invariant(
        "I4-source",
        "whoever took a leaver's place in a round did so because that leaver went",
        """
        SELECT pm.id FROM rounds_plannedmove pm
        JOIN enrolments_move mine ON mine.exchange_id = pm.exchange_id AND mine.person_id = pm.person_id
        LEFT JOIN enrolments_move theirs ON theirs.exchange_id = pm.exchange_id AND theirs.person_id = pm.source_id
        WHERE pm.source_id IS NOT NULL
          AND mine.state IN ('switched', 'overdue', 'with_coordinator', 'registered')
          AND (theirs.id IS NULL OR theirs.state IN ('planned', 'cancelled'))
        """,
    ),
    Invariant(
        "I5",
        "an open request has its members, open in it and in no other",
        """
        SELECT r.id FROM requests_request r LEFT JOIN requests_requestmember m ON m.request_id = r.id
        GROUP BY r.id, r.state
        HAVING count(m.id) = 0 OR bool_or(m.is_open) <> (r.state NOT IN ('met', 'withdrawn'))
            OR bool_and(m.is_open) <> (r.state NOT IN ('met', 'withdrawn'))
        """,
    ),
    Invariant(
        "I6",
        "a moving request has moves that wait for their switch date, and no other request has",
        """
        SELECT r.id FROM requests_request r
        LEFT JOIN enrolments_move m ON m.request_id = r.id AND m.state = 'planned'
        GROUP BY r.id, r.state HAVING (r.state = 'moving') <> (count(m.id) > 0)
        """,
    ),
    Invariant(
        "I7",
        "nothing unfinished lacks a deadline, and nothing is past it for over an hour without an alarm",
        _FORGOTTEN,
    ),
    Invariant(
        "I8",
        "a household is never split: its moves for one request go to one practice and share one fate",
        """
        SELECT request_id FROM enrolments_move
        WHERE state NOT IN ('registered', 'returned', 'overdue', 'with_coordinator')
        GROUP BY request_id HAVING count(DISTINCT to_practice_id) FILTER (WHERE state <> 'cancelled') > 1
            OR (bool_or(state = 'planned') AND bool_or(state = 'switched'))
        """,
    ),
    Invariant(
        "I9",
        "every state that a thing is in was recorded as its last step",
        """
        SELECT t.id FROM (
            SELECT 'requests.request' AS type, id::text, state FROM requests_request
            UNION ALL SELECT 'requests.offer', id::text, state FROM requests_offer
            UNION ALL SELECT 'enrolments.move', id::text, state FROM enrolments_move
            UNION ALL SELECT 'enrolments.confirmation', id::text, state FROM enrolments_confirmation
            UNION ALL SELECT 'rounds.round', id::text, state FROM rounds_round
            UNION ALL SELECT 'rounds.exchange', id::text, state FROM rounds_exchange
        ) t LEFT JOIN (
            SELECT DISTINCT ON (thing_type, thing_id) thing_type, thing_id, to_state FROM audit_step
            ORDER BY thing_type, thing_id, id DESC
        ) s ON s.thing_type = t.type AND s.thing_id = t.id WHERE s.to_state IS DISTINCT FROM t.state
        """,
    ),
    Invariant(
        "I10",
        "a round that was computed has its seed, its hash, its files and the verifier's word",
        """
        SELECT r.id FROM rounds_round r
        WHERE (r.state IN ('computed', 'published', 'settled', 'carried_out')
               AND (r.seed = '' OR NOT r.is_verified))
           OR (r.frozen_at IS NOT NULL AND (r.input_sha256 = '' OR NOT EXISTS (
               SELECT 1 FROM rounds_roundfile f WHERE f.round_id = r.id AND f.is_input)))
        """,
    ),
    Invariant(
        "I10-entries",
        "who is in a round is in it until it is settled or cancelled, and no longer",
        """
        SELECT e.id FROM rounds_entry e JOIN rounds_round r ON r.id = e.round_id
        WHERE e.is_unsettled <> (r.state IN ('frozen', 'drawn', 'computed', 'published'))
        """,
    ),
    Invariant(
        "I11",
        "no answer was taken after its offer's deadline, and a standing offer has no no",
        """
        SELECT a.id FROM requests_offeranswer a JOIN requests_offer o ON o.id = a.offer_id
        WHERE a.answered_at > o.answer_by OR (o.state = 'standing' AND NOT a.says_yes)
        """,
    ),
    Invariant(
        "I12",
        "everybody of 12 and over who moves said yes themselves: to taking part, or to the offer",
        """
        SELECT m.id FROM enrolments_move m JOIN people_person p ON p.id = m.person_id
        WHERE m.state <> 'cancelled' AND m.sure_at >= p.birth_date + interval '12 years' AND NOT EXISTS (
            SELECT 1 FROM people_consent c WHERE c.person_id = m.person_id AND c.given_by_id = m.person_id
            AND c.kind = 'take_part' AND c.reference = m.request_id AND c.given_at <= m.sure_at)
        AND NOT EXISTS (
            SELECT 1 FROM requests_offeranswer a JOIN requests_offer o ON o.id = a.offer_id
            WHERE o.request_id = m.request_id AND a.person_id = m.person_id AND a.says_yes
            AND a.answered_at <= m.sure_at)
        """,
    ),
)


def broken_invariants(*, at: datetime) -> list[Broken]:
    """Look at everything once; an empty list means that all is well."""
    broken = []
    with connection.cursor() as cursor:
        for invariant in INVARIANTS:
            cursor.execute(invariant.sql, {"at": at})
            rows = cursor.fetchall()
            if rows:
                broken.append(Broken(invariant, len(rows), str(rows[0][0])))
    return broken
