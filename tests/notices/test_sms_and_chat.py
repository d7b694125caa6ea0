"""The SMS gateway and the chat rooms, as HTTP servers on the loopback."""

from __future__ import annotations

import json
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

import pytest

from engine.notices.channels.chat import Chat
from engine.notices.channels.sms import filled
from engine.notices.reach import CHAT_SCHEMES, ways_of
from engine.notices.setup import USUAL_FIELDS, Secret, Setup, SmsSetup
from tests.notices.conftest import Hub, Office

# apprise imports a module that Python 3.13 has no more; it does without where it is missing
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


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


@pytest.mark.parametrize(("url", "plugin", "channel"), [
    ("wecombot://abcdefgh1234", "NotifyWeComBot", "wecom"),
    ("dingtalk://abcdefgh1234/13800000000", "NotifyDingTalk", "dingtalk"),
    ("feishu://abcdefgh1234", "NotifyFeishu", "feishu"),
])
def test_chat_addresses_of_the_three_rooms_are_known_to_apprise(url: str, plugin: str, channel: str) -> None:
    import apprise

    assert ways_of(None, None, url) == (channel,)
    assert type(apprise.Apprise.instantiate(url)).__name__ == plugin


def test_an_address_of_another_room_is_not_used() -> None:
    assert ways_of("a@b", "1", "mailto://x") == ("email", "sms") and ways_of(None, None, None) == ()
    assert set(CHAT_SCHEMES.values()) == {"wecom", "dingtalk", "feishu"}


@pytest.fixture
def chatting(office: Office, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The real rooms have fixed addresses; apprise's own `json://` stands for one on the loopback."""
    monkeypatch.setitem(CHAT_SCHEMES, "json", "wecom")
    office.setup = Setup(chats=("wecom",))
    office.reach("scjgj", chat=hub.url.replace("http://", "json://"))
    office.deliver()
    return office


def test_a_room_is_told_through_apprise_with_the_key_in_the_text(chatting: Office, hub: Hub) -> None:
    number = chatting.assigned()
    hub.answer = 200
    assert chatting.deliver().sent == 1
    said = json.loads(hub.got[0][1])
    assert said["title"] == f"【交办】{number} 企业开办材料重复提交"
    assert "消息编号" in said["message"] and number in said["message"]


def test_a_room_that_does_not_take_it_is_tried_again(chatting: Office, hub: Hub) -> None:
    hub.answer = 500
    chatting.assigned()
    assert chatting.deliver().failed == 1
    assert chatting.notices("error") == [("not-taken",)]


def test_a_rooms_address_must_fit_its_channel() -> None:
    assert Chat("feishu").schemes == {"feishu", "lark"}
