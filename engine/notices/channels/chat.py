"""WeCom, DingTalk and Feishu by apprise, which is installed with `zhenggai[notify]` and loaded when the first message goes out."""

from __future__ import annotations

import logging
from typing import Any

from engine.notices.channels import Message, Undelivered
from engine.notices.reach import CHAT_SCHEMES

SECONDS = 5
"""For connecting, and again for the answer."""

NEEDED = "apprise"


class Chat:
    """One of the three. The address is a person's or unit's own apprise URL; it holds a token and is never shown."""

    def __init__(self, name: str) -> None:
        self.schemes = frozenset(scheme for scheme, channel in CHAT_SCHEMES.items() if channel == name)

    def send(self, message: Message) -> None:
        if message.address.partition("://")[0].lower() not in self.schemes:
            raise Undelivered("bad-address", permanent=True)
        apprise = _apprise()
        room = apprise.Apprise()
        joint = "&" if "?" in message.address else "?"
        if not room.add(f"{message.address}{joint}cto={SECONDS}&rto={SECONDS}&overflow=truncate"):
            raise Undelivered("bad-address", permanent=True)
        if not room.notify(title=message.subject, body=message.body):
            raise Undelivered("not-taken")

    def close(self) -> None:
        """Nothing is kept open."""


def _apprise() -> Any:
    try:
        import apprise
    except ImportError:
        raise Undelivered("no-apprise", down=True) from None
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its log names addresses with their tokens
    return apprise
