"""SMS by an HTTP gateway, as offices without internet have one: a POST whose fields the office names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlencode

from engine.notices.address import phone_of
from engine.notices.channels.http import post
from engine.notices.channels.message import Message, Undelivered
from engine.notices.setup import SmsSetup


class Sms:
    """The channel to the SMS gateway of the office."""

    def __init__(self, setup: SmsSetup) -> None:
        self.setup = setup

    def send(self, message: Message) -> None:
        phone = phone_of(message.address)
        if phone is None:
            raise Undelivered("bad-address", permanent=True)
        setup = self.setup
        secret = setup.secret.read() if setup.secret else ""
        if setup.secret and not secret:
            raise Undelivered("no-secret", down=True)
        values = {"phone": phone, "text": message.short, "key": message.key, "secret": secret}
        fields = {name: filled(text, values) for name, text in setup.fields.items()}
        kind = "application/json" if setup.format == "json" else "application/x-www-form-urlencoded"
        body = (json.dumps(fields, ensure_ascii=False) if setup.format == "json" else urlencode(fields)).encode()
        headers = {name: filled(text, values) for name, text in setup.headers.items()}
        answer = post(setup.url, body, {"Content-Type": f"{kind}; charset=utf-8", "Idempotency-Key": message.key, **headers}, setup.ca_file)
        # Many gateways answer 200 and say in the body that they took nothing.
        if setup.expect is not None and setup.expect.encode() not in answer.body:
            raise Undelivered("not-taken")

    def close(self) -> None:
        """Nothing is kept open."""


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what its braces name. What is filled in is not looked at again."""
    parts = text.split("{")
    filled_in = [parts[0]]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        filled_in.append(values[name] + rest if brace and name in values else "{" + part)
    return "".join(filled_in)
