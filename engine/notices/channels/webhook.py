"""A program that is told: CloudEvents 1.0 as structured JSON, signed as Standard Webhooks say (HMAC-SHA256).

`id` and `webhook-id` are the idempotency key: whoever gets the same one twice has it already.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from engine.notices.channels.http import post
from engine.notices.channels.message import Message, Undelivered
from engine.notices.setup import WebhookSetup
from engine.rules.proof.chain import canonical

TYPE = "application/cloudevents+json; charset=utf-8"
PREFIX = "whsec_"


class Webhook:
    """One webhook of the office."""

    def __init__(self, setup: WebhookSetup) -> None:
        self.setup = setup

    def send(self, message: Message) -> None:
        body = canonical({
            "specversion": "1.0", "id": message.key, "datacontenttype": "application/json", **message.facts,
        }).encode()
        secret = self.setup.secret.read()
        seconds = str(int(message.at.timestamp()))
        post(self.setup.url, body, {
            "Content-Type": TYPE, "webhook-id": message.key, "webhook-timestamp": seconds,
            "webhook-signature": signature(secret, message.key, seconds, body),
        }, self.setup.ca_file)

    def close(self) -> None:
        """Nothing is kept open."""


def signature(secret: str, key: str, seconds: str, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 over id, time and body.

    A secret that begins with `whsec_` is base64, padded or not; any other is taken as it is. Raises Undelivered where it is not, or empty:
    what is signed with nothing, anybody can sign.
    """
    raw = secret.encode()
    if secret.startswith(PREFIX):
        text = secret.removeprefix(PREFIX)
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        except ValueError:
            raw = b""
    if not raw:
        raise Undelivered("no-secret", down=True)
    signed = hmac.new(raw, f"{key}.{seconds}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"
