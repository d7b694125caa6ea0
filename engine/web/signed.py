"""Messages of a platform, signed as Standard Webhooks say, as ours are: by a secret of each sender, within minutes of their time."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.errors import InvalidFile, Problem, ZgError
from engine.notices.channels.message import Undelivered
from engine.notices.channels.webhook import signature
from engine.notices.setup_table import Secret
from engine.web.asked import Asked

TOLERANCE_SECONDS = 300
"""So far the time of a message may lie from ours: an old one that somebody kept is no message."""

LONGEST_ID = 255
ID, AT, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"

Senders = Mapping[str, Secret]
"""By the name of a sender, where its secret is kept."""


class NotSigned(ZgError):
    """What came in a sender's name is not signed by it, or not of now."""

    code = "not-signed"
    exit = 4
    http = 401


def read_senders(table: Any, file: str) -> Senders:
    """The senders of a table of settings: `[senders.NAME]` with `secret_file` or `secret_env`. Raises InvalidFile with every one that is
    not understood, or whose secret is not there.
    """
    found, problems = dict[str, Secret](), list[Problem]()
    for name, said in (table if isinstance(table, dict) else {"": table} if table is not None else {}).items():
        node = said if isinstance(said, dict) else {}
        where, variable = node.get("secret_file"), node.get("secret_env")
        given = [text for text in (where, variable) if isinstance(text, str) and text]
        secret = Secret(where, variable)
        if len(given) != 1 or len(node) != 1 or not secret.read():
            problems.append(Problem.at("problem-senders", f"[senders.{name}]"))
        found[name] = secret
    if problems:
        raise InvalidFile(file=file, problems=problems)
    return found


def must_be_signed(asked: Asked, raw: bytes, secret: Secret, now: datetime) -> str:
    """The id of a message, under which the sender sends it again. Raises NotSigned."""
    key, at, signed = (asked.heads.get(name, "") for name in (ID, AT, SIGNATURE))
    if not (key and at and signed) or len(key) > LONGEST_ID:
        raise NotSigned(reason="signature-missing")
    if not (at.isascii() and at.isdecimal() and len(at) < 12) or abs(int(at) - now.timestamp()) > TOLERANCE_SECONDS:
        raise NotSigned(reason="signature-old", minutes=TOLERANCE_SECONDS // 60)
    try:
        expected = signature(secret.read(), key, at, raw)
    except Undelivered:  # the secret is not there any more: nobody can sign
        raise NotSigned(reason="signature-wrong") from None
    if not any(hmac.compare_digest(expected.encode(), given.encode(errors="replace")) for given in signed.split()):
        raise NotSigned(reason="signature-wrong")
    return key
