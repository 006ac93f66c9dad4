# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people answered to what a round offers them: one row a request, yes or no.

Read as strictly as a round's input: every fault is named, and none is guessed away. Who is not in the file said
nothing.
"""

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from huisartsplek.engine import csvtext, values
from huisartsplek.engine.besides import Columns, in_order, read_rows
from huisartsplek.engine.faults import BadInput, Fault

COLUMNS: Columns = {
    "request": ("verzoek", values.required(values.identifier)),
    "answer": ("antwoord", values.required(values.yes_or_no)),
}
HASHED_AS = "answers.csv"


def read_answers(path: Path, *, known: Collection[str], offered: Collection[str]) -> dict[str, bool]:
    """Yes or no by request, or `BadInput` with every fault: also who is unknown, was asked nothing, or is twice."""
    faults: list[Fault] = []
    answers: dict[str, bool] = {}
    seen: set[str] = set()
    for record, row in read_rows(path, COLUMNS, faults):
        request, answer = row["request"], row["answer"]
        if not isinstance(request, str):
            continue
        if request in seen:
            faults.append(Fault(path.name, record, "request", f"{request} is there twice"))
        elif request not in known:
            faults.append(Fault(path.name, record, "request", f"unknown request {request}"))
        elif request not in offered:
            faults.append(Fault(path.name, record, "request", f"{request} does not move, so it was asked nothing"))
        seen.add(request)
        if answer is not None:
            answers[request] = bool(answer)
    if faults:
        raise BadInput(in_order(faults))
    return answers


def answers_sha256(answers: Mapping[str, bool]) -> str:
    """The hash of the answers, the same for every form of the file: its name, LF, and the file as rendered here."""
    requests = list(answers)
    content = csvtext.render(list(COLUMNS), [requests, ["yes" if answers[name] else "no" for name in requests]])
    return hashlib.sha256(HASHED_AS.encode() + b"\n" + content).hexdigest()
