"""What goes through a channel, what a channel is, and how it says that something did not go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """What goes to one address. `key` is the same whenever it is tried again; `short` has at most 70 characters."""

    key: str
    address: str
    at: datetime
    subject: str = ""
    body: str = ""
    short: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


class Undelivered(Exception):
    """A message did not go out. `code` says why and never holds an address, a secret or a word of the other side.

    `permanent`: trying again is of no use. `down`: nothing else will go through this channel now.
    """

    def __init__(self, code: str, *, permanent: bool = False, down: bool = False) -> None:
        super().__init__(code)
        self.code, self.permanent, self.down = code, permanent, down


class Channel(Protocol):
    """A way out. It may keep a line open between messages."""

    def send(self, message: Message) -> None:
        """Returns when the other side has taken it. Raises Undelivered."""

    def close(self) -> None: ...
