"""Platforms that sign what they send: of now, by their own secret, and each message once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response as Answer
from starlette.testclient import TestClient

from engine.app.settings import Settings
from engine.errors import InvalidFile
from engine.notices.channels.webhook import signature
from engine.web.application import application
from engine.web.gate import real_now
from engine.web.signed import TOLERANCE_SECONDS, read_senders
from tests.cli.conftest import Zg
from tests.web.conftest import ORIGIN

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 – of these tests alone
REVIEW = {"ref": "R1", "version": 1, "at": "2020-09-24T10:00", "rating": 1, "unit": "市市场监管局", "item": "开办", "text": "跑了三趟"}
Send = Callable[..., Answer]


@pytest.fixture
def send(web_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Send]:
    """What a platform sends by its own token, signed unless told otherwise."""
    monkeypatch.setenv("HOTLINE", SECRET)
    shutil.copyfile(web_template, tmp_path / "zg.db")
    zg = Zg(f"sqlite:///{tmp_path / 'zg.db'}")
    zg("user", "add", "hotline", "--role", "intake", "--title", "12345热线")
    token = zg.json("user", "token", "hotline")["token"]
    settings = replace(Settings(zg.url, "office", "zh"), senders={"hotline": {"secret_env": "HOTLINE"}})
    client = TestClient(application(settings), base_url=ORIGIN, raise_server_exceptions=False)

    def sent(
        status: int, message: dict[str, Any] = REVIEW, key: str = "msg_1", ago: int = 0, secret: str = SECRET, **heads: str,
    ) -> Answer:
        body, at = json.dumps({"messages": [message]}).encode(), str(int(real_now().timestamp()) - ago)
        signed = {"webhook-id": key, "webhook-timestamp": at, "webhook-signature": signature(secret, key, at, body)}
        answer = client.post(
            "/api/v1/feedback/hotline", content=body,
            headers={"authorization": f"Bearer {token}", "content-type": "application/json", **signed, **heads},
        )
        assert answer.status_code == status, answer.text[:500]
        return answer

    yield sent


def test_a_signed_message_is_taken_in_once_however_often_it_is_sent(send: Send) -> None:
    first = send(200)
    assert first.json()["results"][0]["action"] == "opened"
    again = send(200, ago=3)
    assert again.content == first.content and again.headers["idempotency-replayed"] == "true"
    assert send(422, REVIEW | {"ref": "R2"}).json()["code"] == "idempotency-reused"


@pytest.mark.parametrize(("how", "code"), [
    ({"webhook-signature": ""}, "signature-missing"), ({"webhook-id": "other"}, "signature-wrong"),
    ({"webhook-signature": "v1,AAAA"}, "signature-wrong"), ({"webhook-timestamp": "soon"}, "signature-old"),
])
def test_what_is_not_signed_is_refused_and_leaves_its_id_free(send: Send, how: dict[str, str], code: str) -> None:
    refused = send(401, **how).json()
    assert refused["code"] == code
    send(200)


def test_an_old_message_or_one_by_another_secret_is_none(send: Send) -> None:
    assert send(401, ago=TOLERANCE_SECONDS + 5).status_code == send(401, ago=-TOLERANCE_SECONDS - 5).status_code == 401
    send(401, secret="whsec_b3RoZXI=")  # noqa: S106 – as above


@pytest.mark.parametrize("table", [
    {"hotline": {}}, {"hotline": {"secret": "x"}}, {"hotline": {"secret_env": "NOWHERE_TO_BE_FOUND"}}, ["hotline"], {"hotline": 3},
])
def test_a_sender_without_a_secret_is_told_when_the_server_starts(table: Any) -> None:
    with pytest.raises(InvalidFile):
        read_senders(table, "zg.toml")
