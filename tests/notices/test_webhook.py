"""What a program is told, and how it can be sure who told it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from engine.notices.channels.message import Undelivered
from engine.notices.channels.webhook import signature
from engine.notices.setup_table import Secret
from tests.notices.conftest import BEGIN, Hub, Office


def test_an_event_is_a_cloud_event_without_a_word_that_anybody_typed(hooked: Office, hub: Hub) -> None:
    number = hooked.assigned("张三举报窗口刁难")
    hooked.deliver()
    headers, body = hub.got[0]
    event = hub.events[0]
    assert headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert set(event) == {"specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"}
    assert event["specversion"] == "1.0" and event["type"] == "zhenggai.ticket.did" and event["source"] == "urn:zhenggai:ZG"
    assert event["subject"] == number and event["datacontenttype"] == "application/json"
    assert datetime.fromisoformat(event["time"]) == BEGIN
    assert event["data"]["trigger"] == "assign" and event["data"]["now"]["lead"] == "SCJGJ"
    assert "张三" not in body.decode() and "\\u" not in body.decode()


def test_the_signature_is_that_of_standard_webhooks(hooked: Office, hub: Hub) -> None:
    hooked.assigned()
    hooked.deliver()
    headers, body = hub.got[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(b"whisper", signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}" and headers["webhook-id"] == hub.events[0]["id"]
    assert int(headers["webhook-timestamp"]) == int(BEGIN.timestamp())


@pytest.mark.parametrize("secret", ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_d2hpc3BlciBhbmQgbXVybXVyIQ", "whisper, 督办"])
def test_the_published_library_takes_what_we_sign_and_nothing_that_was_changed(
    hooked: Office, hub: Hub, secret: str, tmp_path: Path,
) -> None:
    (tmp_path / "own").write_text(secret + "\n", encoding="utf-8")
    hooked.setup = replace(hooked.setup, webhooks=(replace(hooked.setup.webhooks[0], secret=Secret(str(tmp_path / "own"))),))
    hooked.clock.at = datetime.now(UTC)  # the library refuses what is older than five minutes
    number = hooked.assigned("企业开办材料重复提交")
    hooked.deliver()
    headers, body = hub.got[0]
    reader = Webhook(secret if secret.startswith("whsec_") else secret.encode())
    assert reader.verify(body, headers)["subject"] == number
    for bent in (
        (body.replace(b"SCJGJ", b"SCJGX"), headers), (body, {**headers, "webhook-id": "k"}),
        (body, {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}),
    ):
        with pytest.raises(WebhookVerificationError):
            reader.verify(*bent)


def test_the_example_of_the_specification() -> None:
    assert signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}',
    ) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", ["whsec_*", "whsec_", "whsec_A", ""])
def test_with_a_secret_that_is_not_base64_or_empty_nothing_is_signed(secret: str) -> None:
    with pytest.raises(Undelivered) as caught:
        signature(secret, "k", "1", b"")
    assert caught.value.code == "no-secret"


def test_without_its_secret_a_webhook_rests(hooked: Office, hub: Hub) -> None:
    hooked.setup = replace(hooked.setup, webhooks=(replace(hooked.setup.webhooks[0], secret=Secret("/nowhere")),))
    hooked.assigned()
    hooked.assigned()
    done = hooked.deliver()
    assert (done.failed, done.waiting) == (1, 2) and hub.got == []


def test_keys_of_two_records_never_meet(hooked: Office, hub: Hub) -> None:
    hooked.assigned()
    hooked.assigned()
    hooked.deliver()
    assert len({event["id"] for event in hub.events}) == 2 and all(len(event["id"]) == 32 for event in hub.events)
