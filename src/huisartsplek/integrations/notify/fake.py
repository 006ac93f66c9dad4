# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A local outbox in place of the outside world: a folder in which every message lies for all to see."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from uuid import UUID, uuid4

from huisartsplek.integrations.notify.port import Channel, Fate, Message, NotDelivered


class Trouble(StrEnum):
    """What can go wrong with one hand-over."""

    NONE = "none"
    FAIL = "fail"  # not taken
    FAIL_AFTER = "fail_after"  # taken, but we hear that it was not
    REPEAT = "repeat"  # taken twice
    DELAY = "delay"  # taken, late
    REFUSE = "refuse"  # never taken, whatever we try
    BOUNCE = "bounce"  # taken, and told later that it will never arrive


@dataclass(frozen=True, slots=True)
class Delivered:
    """One message that lies in the outbox."""

    sent_at: float
    key: UUID
    channel: Channel
    to_address: str
    subject: str
    body: str


class LocalOutbox:
    """Takes every message; or, where trouble is ordered, fails, delays or repeats in that order."""

    def __init__(
        self,
        folder: Path,
        troubles: Iterable[Trouble] = (),
        *,
        wait: Callable[[float], None] = time.sleep,
        delay_seconds: float = 5,
    ) -> None:
        self._folder = folder
        self._troubles: Iterator[Trouble] = iter(troubles)
        self._wait = wait
        self._delay_seconds = delay_seconds
        self._bounced: set[str] = set()

    def send(self, message: Message) -> str:
        """Put one message in the outbox, with the trouble that was ordered for it."""
        match next(self._troubles, Trouble.NONE):
            case Trouble.FAIL:
                raise NotDelivered("ordered_to_fail")
            case Trouble.REFUSE:
                raise NotDelivered("ordered_to_refuse", is_final=True)
            case Trouble.FAIL_AFTER:
                self._put(message)
                raise NotDelivered("ordered_to_fail_after")
            case Trouble.REPEAT:
                self._put(message)
            case Trouble.DELAY:
                self._wait(self._delay_seconds)
            case Trouble.BOUNCE:
                self._bounced.add(str(message.key))
            case Trouble.NONE:
                pass
        self._put(message)
        return str(message.key)

    def fate_of(self, channel: Channel, receipt: str) -> Fate:
        """Tell that a message lies here, or that it was ordered to come back."""
        del channel
        return Fate.BOUNCED if receipt in self._bounced else Fate.DELIVERED

    def messages(self) -> list[Delivered]:
        """List what lies in the outbox, newest first."""
        found = [json.loads(path.read_text("utf-8")) for path in self._folder.glob("*.json")]
        messages = [
            Delivered(**{**one, "key": UUID(one["key"]), "channel": Channel(one["channel"])}) for one in found
        ]
        return sorted(messages, key=lambda one: one.sent_at, reverse=True)

    def _put(self, message: Message) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        row = {**asdict(message), "key": str(message.key), "sent_at": time.time()}
        paper = row.pop("paper")
        name = f"{time.time_ns()}-{uuid4().hex[:8]}"
        if paper:
            (self._folder / f"{name}.pdf").write_bytes(paper)
        unfinished = self._folder / f"{name}.part"
        unfinished.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
        unfinished.replace(self._folder / f"{name}.json")
