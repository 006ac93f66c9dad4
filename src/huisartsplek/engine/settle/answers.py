# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people answered to what a round offers them: one row a request, yes or no.

Read as strictly as a round's input: every fault is named, and none is guessed away. Who is not in the file said
nothing.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from huisartsplek.engine import csvtext, values
from huisartsplek.engine.faults import BadInput, Fault

COLUMNS: dict[str, tuple[str, Callable[[str], object]]] = {
    "request": ("verzoek", values.required(values.identifier)),
    "answer": ("antwoord", values.required(values.yes_or_no)),
}
HASHED_AS = "answers.csv"


def read_answers(path: Path, *, known: Collection[str], offered: Collection[str]) -> dict[str, bool]:
    """Yes or no by request, or `BadInput` with every fault: also who is unknown, was asked nothing, or is twice."""
    faults: list[Fault] = []
    rows = _rows(path, faults)
    answers: dict[str, bool] = {}
    seen: set[str] = set()
    for record, request, answer in rows:
        if request in seen:
            faults.append(Fault(path.name, record, "request", f"{request} is there twice"))
        elif request not in known:
            faults.append(Fault(path.name, record, "request", f"unknown request {request}"))
        elif request not in offered:
            faults.append(Fault(path.name, record, "request", f"{request} does not move, so it was asked nothing"))
        seen.add(request)
        if answer is not None:
            answers[request] = answer
    if faults:
        raise BadInput(sorted(faults, key=lambda fault: (fault.record or 0, fault.column or "")))
    return answers


def answers_sha256(answers: Mapping[str, bool]) -> str:
    """The hash of the answers, the same for every form of the file: its name, LF, and the file as rendered here."""
    requests = list(answers)
    content = csvtext.render(list(COLUMNS), [requests, ["yes" if answers[name] else "no" for name in requests]])
    return hashlib.sha256(HASHED_AS.encode() + b"\n" + content).hexdigest()


def _rows(path: Path, faults: list[Fault]) -> Iterator[tuple[int, str, bool | None]]:
    """Record number, request and answer of each row whose request can be told; no answer where it is no answer."""
    text = _text(path, faults)
    if text is None:
        return
    delimiter = csvtext.delimiter_of(text)
    header, body = csvtext.split_header(text, delimiter)
    names = header.cells if header else []
    if header is not None and header.fault is not None:
        faults.append(Fault(path.name, 1, None, header.fault))
        return
    places = _places(path.name, names, faults)
    for batch in csvtext.batches(body, delimiter, len(names)):
        faults.extend(Fault(path.name, unsound.number, None, unsound.message) for unsound in batch.unsound)
        if "request" not in places:
            continue
        requests = batch.columns[places["request"]]
        answers = batch.columns[places["answer"]] if "answer" in places else [None] * len(requests)
        for record, request, answer in zip(batch.numbers, requests, answers, strict=True):
            name = _value(path.name, record, "request", request, faults)
            said = _value(path.name, record, "answer", answer, faults) if answer is not None else None
            if isinstance(name, str):
                yield record, name, bool(said) if said is not None else None


def _value(file: str, record: int, column: str, cell: str, faults: list[Fault]) -> object:
    try:
        return COLUMNS[column][1](cell)
    except values.BadValueError as bad:
        faults.append(Fault(file, record, column, str(bad)))
        return None


def _text(path: Path, faults: list[Fault]) -> str | None:
    try:
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode()
    except FileNotFoundError:
        faults.append(Fault(path.name, None, None, "file is missing"))
    except OSError as error:
        faults.append(Fault(path.name, None, None, f"file cannot be read: {error.strerror}"))
    except UnicodeDecodeError as error:
        faults.append(Fault(path.name, None, None, f"not UTF-8 at byte {error.start}"))
    return None


def _places(file: str, header: Sequence[str], faults: list[Fault]) -> dict[str, int]:
    """Which cell each column is; columns that are missing or there twice are faults and left out."""
    places = {}
    for column, (dutch, _) in COLUMNS.items():
        at = [place for place, name in enumerate(header) if name in {column, dutch}]
        if len(at) == 1:
            places[column] = at[0]
        else:
            faults.append(Fault(file, 1, column, "column is there twice" if at else "column is missing"))
    return places
