"""Which channel a notice goes through, opened when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any

from engine.notices.channels.message import Channel
from engine.notices.reach import EMAIL, SMS, WEBHOOK
from engine.notices.setup import Setup


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
