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
    opened_channels: dict[tuple[str, str], Channel | None] = {}
    with ExitStack() as stack:

        def channel(name: str, recipient: str) -> Channel | None:
            key = (name, recipient if name == WEBHOOK else "")
            if key not in opened_channels:
                opened_channels[key] = _open(setup, name, recipient)
                if (found := opened_channels[key]) is not None:
                    stack.callback(found.close)
            return opened_channels[key]

        yield channel


def _open(setup: Setup, name: str, recipient: str) -> Channel | None:
    """Only what is used is imported: the outbox worker of an office without e-mail never loads a mail library."""
    channel_setup: Any = None
    if name == EMAIL:
        channel_setup = setup.email
    elif name == SMS:
        channel_setup = setup.sms
    elif name == WEBHOOK:
        channel_setup = next((hook for hook in setup.webhooks if hook.name == recipient), None)
    elif name in setup.chats:
        channel_setup, name = setup.chats[name], "chat"
    if channel_setup is None:
        return None
    module = import_module(f"engine.notices.channels.{name}")
    channel: Channel = getattr(module, name.capitalize())(channel_setup)
    return channel
