"""The SMS gateway, as an HTTP server on the loopback."""

from __future__ import annotations

from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

import pytest

from engine.notices.channels.sms import filled
from engine.notices.setup import USUAL_FIELDS, Setup, SmsSetup
from engine.notices.setup_table import Secret
from tests.notices.conftest import Hub, Office


@pytest.fixture
def texting(office: Office, hub: Hub) -> Office:
    office.setup = Setup(sms=SmsSetup(hub.url, "json", USUAL_FIELDS, signature="【市营商办】"))
    office.reach("scjgj", phone="+86 138-0000-0000")
    office.deliver()
    return office


def test_an_sms_has_at_most_70_characters_and_its_key(texting: Office, hub: Hub) -> None:
    number = texting.assigned("企业开办材料重复提交" * 15)
    assert texting.deliver().sent == 1
    headers, _ = hub.got[0]
    said = hub.events[0]
    assert said["phone"] == "+8613800000000" and said["key"] == headers["idempotency-key"] and len(said["key"]) == 32
    assert len(said["text"]) == 70
    assert said["text"].startswith(f"【市营商办】{number}《企业开办材料重复提交")
    assert said["text"].endswith("》交办，9月27日到期，请登录系统办理。")
    assert headers["content-type"] == "application/json; charset=utf-8"


def test_the_gateways_own_fields_and_secret(texting: Office, hub: Hub, secret: Secret) -> None:
    assert texting.setup.sms is not None
    texting.setup = replace(texting.setup, sms=replace(
        texting.setup.sms, format="form", fields={"mobile": "{phone}", "content": "{text}", "sign": "{secret}"},
        headers={"X-Token": "Bearer {secret}"}, secret=secret, expect='"code":0',
    ))

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = b'{"code":0}' if len(hub.got) > 1 else b'{"code":7}'
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    hub.answer = answer
    texting.assigned()
    assert texting.deliver().failed == 1
    assert texting.notices("error") == [("not-taken",)]
    texting.clock.later(minutes=1)
    assert texting.deliver().sent == 1
    headers, body = hub.got[-1]
    said = parse_qs(body.decode())
    assert said["mobile"] == ["+8613800000000"] and said["sign"] == ["whisper"] and "交办" in said["content"][0]
    assert headers["x-token"] == "Bearer whisper"


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert filled("a{text}b{x}{", {"text": "{secret}", "secret": "!"}) == "a{secret}b{x}{"


def test_a_number_that_is_none_is_given_up(texting: Office, hub: Hub) -> None:
    texting.reach("scjgj", phone="市场监管局")
    texting.assigned()
    assert texting.deliver().dead == 1 and hub.got == []


def test_several_notices_are_one_sms(texting: Office, hub: Hub) -> None:
    first = texting.assigned("第一件")
    texting.assigned("第二件")
    assert texting.deliver().sent == 2
    assert [event["text"] for event in hub.events] == [f"【市营商办】您有2条整改提醒（{first}交办等），请登录系统办理。"]
