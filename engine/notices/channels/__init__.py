"""The channels that lead out of the program, one a file. What a message is, and how a channel says that it did not go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol

from engine.notices.reach import EMAIL, SMS, WEBHOOK
from engine.notices.setup import Setup


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
    """It did not go out. `code` says why and never holds an address, a secret or a word of the other side.

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


@contextmanager
def opened(setup: Setup) -> Iterator[Callable[[str, str], Channel | None]]:
    """Finds the channel of a notice by its name and recipient, opened when it is first needed; None for one that is not set up."""
    known: dict[tuple[str, str], Channel | None] = {}
    with ExitStack() as stack:

        def channel(name: str, recipient: str) -> Channel | None:
            place = (name, recipient if name == WEBHOOK else "")
            if place not in known:
                known[place] = _open(setup, name, recipient)
                if (found := known[place]) is not None:
                    stack.callback(found.close)
            return known[place]

        yield channel


def _open(setup: Setup, name: str, recipient: str) -> Channel | None:
    """Only what is used is imported: a courier of an office without e-mail never loads a mail library."""
    said: Any = None
    if name == EMAIL:
        said = setup.email
    elif name == SMS:
        said = setup.sms
    elif name == WEBHOOK:
        said = next((hook for hook in setup.webhooks if hook.name == recipient), None)
    elif name in setup.chats:
        said, name = setup.chats[name], "chat"
    if said is None:
        return None
    module = import_module(f"engine.notices.channels.{name}")
    channel: Channel = getattr(module, name.capitalize())(said)
    return channel
