"""WeCom, DingTalk and Feishu, by a server on the loopback that takes and refuses what their descriptions say they do: always with 200."""

from __future__ import annotations

import hmac
import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.notices.channels.chat import Chat, fitted
from engine.notices.channels.chat_services import SITES, robot_of
from engine.notices.channels.message import Message, Undelivered
from engine.notices.reach import ways_of
from engine.notices.setup import ChatSetup, Setup
from tests.notices.conftest import BEGIN, Authority, Hub, Office

PATHS = {
    "wecom": "/cgi-bin/webhook/send?key=k-1",
    "dingtalk": "/robot/send?access_token=t1",
    "feishu": "/open-apis/bot/v2/hook/h-1",
}
SIGNING = "SEC+whisper"


@dataclass
class Rooms:
    """The three rooms. `answers` replaces what they say; `texts` are the messages they took."""

    hub: Hub
    texts: list[str] = field(default_factory=list)
    answer: bytes | None = None

    @property
    def site(self) -> str:
        parts = urlsplit(self.hub.url)
        return f"{parts.scheme}://{parts.netloc}"

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        said, parts = json.loads(self.hub.got[-1][1]), urlsplit(handler.path)
        judge: Callable[[Any, dict[str, list[str]]], dict[str, Any]] = {
            "/cgi-bin/webhook/send": self._wecom, "/robot/send": self._dingtalk, "/open-apis/bot/v2/hook/h-1": self._feishu,
        }[parts.path]
        body = self.answer or json.dumps(judge(said, parse_qs(parts.query))).encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def _wecom(self, said: Any, query: dict[str, list[str]]) -> dict[str, Any]:
        if query["key"] != ["k-1"]:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        text = said["text"]["content"]
        if said["msgtype"] != "text" or len(text.encode()) > 2_048:
            return {"errcode": 45002, "errmsg": "content size out of limit"}
        return self._taken(text, {"errcode": 0, "errmsg": "ok"})

    def _dingtalk(self, said: Any, query: dict[str, list[str]]) -> dict[str, Any]:
        if query["access_token"] != ["t1"]:
            return {"errcode": 300001, "errmsg": "token is not exist"}
        [stamp], [sign] = query["timestamp"], query["sign"]
        if sign != signed(SIGNING, f"{stamp}\n{SIGNING}") or int(stamp) != BEGIN.timestamp() * 1000 or "secret" in query:
            return {"errcode": 310000, "errmsg": "sign not match"}
        assert len(self.hub.got[-1][1]) <= 20_000
        return self._taken(said["text"]["content"], {"errcode": 0, "errmsg": "ok"})

    def _feishu(self, said: Any, query: dict[str, list[str]]) -> dict[str, Any]:
        if said["sign"] != signed(f"{said['timestamp']}\n{SIGNING}", "") or int(said["timestamp"]) != BEGIN.timestamp() or query:
            return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time", "data": {}}
        assert len(self.hub.got[-1][1]) <= 20_000
        return self._taken(said["content"]["text"], {"code": 0, "msg": "success", "data": {}})

    def _taken(self, text: str, answer: dict[str, Any]) -> dict[str, Any]:
        self.texts.append(text)
        return answer


def signed(key: str, words: str) -> str:
    return b64encode(hmac.new(key.encode(), words.encode(), "sha256").digest()).decode()


def address(site: str, room: str, secret: str = SIGNING) -> str:
    path = PATHS[room]
    return f"{site}{path}" if room == "wecom" else f"{site}{path}{'&' if '?' in path else '?'}secret={secret.replace('+', '%2B')}"


@pytest.fixture
def rooms(hub: Hub) -> Rooms:
    rooms = Rooms(hub)
    hub.answer = rooms
    return rooms


@pytest.fixture(params=list(PATHS))
def chatting(request: pytest.FixtureRequest, office: Office, rooms: Rooms) -> Office:
    """An office with rooms on a host of its own, and a contact with a robot in one of them."""
    office.setup = Setup(chats={request.param: ChatSetup(request.param, (rooms.site,))})
    office.reach("scjgj", chat=address(rooms.site, request.param))
    office.deliver()
    return office


def test_a_room_is_told_in_its_own_form_signed_where_it_wants_that(chatting: Office, rooms: Rooms) -> None:
    number = chatting.assigned()
    assert chatting.deliver().sent == 1
    [text] = rooms.texts
    first, *_, last = text.splitlines()
    assert first == f"【交办】{number} 企业开办材料重复提交"
    assert last.startswith("（消息编号")


def test_a_refusal_with_200_is_no_delivery_and_shows_the_rooms_number(chatting: Office, rooms: Rooms) -> None:
    rooms.answer = b'{"errcode":45009,"errmsg":"api freq out of limit"}'
    chatting.assigned()
    assert chatting.deliver().failed == 1
    assert chatting.notices("sent_at, dead, error") == [(None, False, "room-45009")]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestOneRoom:
    """One database is enough: nothing here depends on it."""

    def test_what_was_refused_goes_when_it_is_taken(self, office: Office, rooms: Rooms) -> None:
        office.setup = Setup(chats={"wecom": ChatSetup("wecom", (rooms.site,))})
        office.reach("scjgj", chat=address(rooms.site, "wecom"))
        office.deliver()
        rooms.answer = b'{"errcode":-1,"errmsg":"system busy"}'
        office.assigned()
        assert office.deliver().failed == 1
        assert office.notices("error") == [("room--1",)]
        rooms.answer = None
        office.clock.later(minutes=1)
        assert office.deliver().sent == 1 and len(rooms.texts) == 1

    @pytest.mark.parametrize(("room", "old", "new", "code", "dead"), [
        ("wecom", "k-1", "k-2", "room-93000", True),
        ("dingtalk", "t1", "t2", "room-300001", True),
        ("dingtalk", "SEC", "SAC", "room-310000", False),
        ("feishu", "SEC", "SAC", "room-19021", False),
    ])
    def test_a_robot_that_is_gone_is_given_up_and_a_wrong_signature_waits_for_whoever_mends_it(
        self, office: Office, rooms: Rooms, room: str, old: str, new: str, code: str, dead: bool,
    ) -> None:
        office.setup = Setup(chats={room: ChatSetup(room, (rooms.site,))})
        office.reach("scjgj", chat=address(rooms.site, room).replace(old, new))
        office.deliver()
        office.assigned()
        office.deliver()
        assert office.notices("dead, error") == [(dead, code)]

    def test_ten_days_of_notices_fit_into_what_a_room_takes(self, office: Office, rooms: Rooms) -> None:
        office.setup = Setup(chats={"wecom": ChatSetup("wecom", (rooms.site,))})
        office.reach("scjgj", chat=address(rooms.site, "wecom"))
        office.deliver()
        for place in range(20):
            office.assigned(f"企业开办材料重复提交，第{place}件" * 3)
        assert office.deliver().sent == 20
        [text] = rooms.texts
        assert 2_000 < len(text.encode()) <= 2_048 and text.splitlines()[-1].startswith("（消息编号")

    def test_a_room_over_a_protected_line(self, office: Office, rooms: Rooms, secure_hub: Hub, authority: Authority) -> None:
        chat = ChatSetup("feishu", (rooms.site,), str(authority.file))
        Chat(chat).send(Message("k", address(rooms.site, "feishu"), BEGIN, "题", "文"))
        assert rooms.texts == ["题\n文"]
        with pytest.raises(Undelivered) as caught:
            Chat(ChatSetup("feishu", (rooms.site,))).send(Message("k", address(rooms.site, "feishu"), BEGIN, "题", "文"))
        assert caught.value.code == "connect-SSLCertVerificationError"


@pytest.mark.parametrize("answer", [b"<html>log in first</html>", b"[]", b"{}", b'{"errcode":"0"}', b"null", b"\xff", b'{"errcode":false}'])
def test_a_page_of_somebody_else_is_no_delivery(hub: Hub, rooms: Rooms, answer: bytes) -> None:
    rooms.answer = answer
    with pytest.raises(Undelivered) as caught:
        Chat(ChatSetup("wecom", (rooms.site,))).send(Message("k", address(rooms.site, "wecom"), BEGIN))
    assert (caught.value.code, caught.value.permanent) == ("not-taken", False)


def test_a_host_that_the_office_did_not_name_is_told_nothing(hub: Hub, rooms: Rooms) -> None:
    for chat in (ChatSetup("wecom", SITES["wecom"]), ChatSetup("dingtalk", (rooms.site,))):
        with pytest.raises(Undelivered) as caught:
            Chat(chat).send(Message("k", address(rooms.site, "wecom"), BEGIN))
        assert (caught.value.code, caught.value.permanent) == ("bad-address", True)
    assert hub.got == []


@pytest.mark.parametrize(("address", "room", "target"), [
    ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a-1", "wecom", "/cgi-bin/webhook/send?key=a-1"),
    ("https://oapi.dingtalk.com/robot/send?access_token=a1&secret=SECx", "dingtalk", "/robot/send?access_token=a1"),
    ("https://open.feishu.cn/open-apis/bot/v2/hook/a-1", "feishu", "/open-apis/bot/v2/hook/a-1"),
    ("https://open.larksuite.com/open-apis/bot/v2/hook/a-1?secret=x", "feishu", "/open-apis/bot/v2/hook/a-1"),
    ("https://WX.example.gov.cn:8443/cgi-bin/webhook/send?key=a-1", "wecom", "/cgi-bin/webhook/send?key=a-1"),
])
def test_the_address_that_a_room_shows_is_known_and_its_secret_is_never_sent(address: str, room: str, target: str) -> None:
    robot = robot_of(address)
    assert robot is not None and (robot.service, robot.target) == (room, target) and robot.site == robot.site.lower()
    assert ways_of(None, None, address) == (room,)
    assert "a-1" not in repr(robot) and "a1" not in repr(robot)


@pytest.mark.parametrize("address", [
    "", "wecombot://a-1", "https://qyapi.weixin.qq.com/", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", "ftp://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a",
    "https://u:p@host.example/cgi-bin/webhook/send?key=a", "https://[/robot/send?access_token=a", "https:///robot/send?access_token=a",
    "https://h:99999/robot/send?access_token=a", "https://h/robot/send?access_token=a#b", "https://open.feishu.cn/open-apis/bot/v2/hook/a/b",
])
def test_what_is_no_robots_address_is_none(address: str) -> None:
    assert robot_of(address) is None and ways_of(None, None, address) == ()


def test_a_text_that_is_cut_keeps_its_last_line_and_whole_characters() -> None:
    text = "整改" * 100 + "\n编号 1"
    for longest in range(30, 60):
        short = fitted(text, longest)
        assert len(short.encode()) <= longest and short.endswith("…\n编号 1") and len(short.encode()) > longest - 3
    assert fitted(text, len(text.encode())) == text
