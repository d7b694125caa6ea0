"""Robots of WeCom, DingTalk and Feishu: one POST, as each of them describes it.

All three say "200 OK" to what they refuse; whether a message was taken stands in the answer. WeCom counts bytes, three for a Chinese
character. DingTalk and Feishu sign the same words with key and message changed about.
"""

from __future__ import annotations

import hmac
import json
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from engine.notices.channels import Message, Undelivered
from engine.notices.channels.http import Answer, post
from engine.notices.robot import Robot, robot_of
from engine.notices.setup import ChatSetup


class _Room(NamedTuple):
    """How a room wants to be told: at most so many bytes of text, and what it says when a robot is no more."""

    longest: int
    request: Callable[[Robot, str, datetime], tuple[str, dict[str, Any]]]
    gone: int


class Chat:
    """One of the three. The address of an account's robot holds its key and is never shown."""

    def __init__(self, setup: ChatSetup) -> None:
        self.setup = setup

    def send(self, message: Message) -> None:
        robot = robot_of(message.address)
        if robot is None or robot.room != self.setup.room or robot.site not in self.setup.sites:
            raise Undelivered("bad-address", permanent=True)
        room = _ROOMS[robot.room]
        target, said = room.request(robot, fitted(f"{message.subject}\n{message.body}", room.longest), message.at)
        body = json.dumps(said, ensure_ascii=False).encode(errors="replace")
        answer = post(robot.site + target, body, {"Content-Type": "application/json; charset=utf-8"}, self.setup.ca_file)
        _must_be_taken(answer, room)

    def close(self) -> None:
        """Nothing is kept open."""


def _wecom(robot: Robot, text: str, at: datetime) -> tuple[str, dict[str, Any]]:
    return robot.target, {"msgtype": "text", "text": {"content": text}}


def _dingtalk(robot: Robot, text: str, at: datetime) -> tuple[str, dict[str, Any]]:
    target, said = robot.target, {"msgtype": "text", "text": {"content": text}}
    if robot.secret:
        stamp = str(round(at.timestamp() * 1000))
        target += "&" + urlencode({"timestamp": stamp, "sign": _signature(robot.secret, f"{stamp}\n{robot.secret}")})
    return target, said


def _feishu(robot: Robot, text: str, at: datetime) -> tuple[str, dict[str, Any]]:
    said: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if robot.secret:
        stamp = str(round(at.timestamp()))
        said |= {"timestamp": stamp, "sign": _signature(f"{stamp}\n{robot.secret}", "")}
    return robot.target, said


_ROOMS = {
    "wecom": _Room(2_048, _wecom, gone=93000),
    "dingtalk": _Room(18_000, _dingtalk, gone=300001),
    "feishu": _Room(18_000, _feishu, gone=19001),
}
"""DingTalk and Feishu take requests of 20,000 bytes, of which JSON needs some."""


def _signature(key: str, words: str) -> str:
    return b64encode(hmac.digest(key.encode(), words.encode(), "sha256")).decode()


def _must_be_taken(answer: Answer, room: _Room) -> None:
    """Raises Undelivered, with the room's own number, unless the answer says that the message was taken."""
    try:
        said = json.loads(answer.body)
        number = next(said[name] for name in ("errcode", "code", "StatusCode") if name in said)
    except (ValueError, TypeError, StopIteration):
        raise Undelivered("not-taken") from None  # somebody else's page, perhaps of a proxy
    if type(number) is not int:
        raise Undelivered("not-taken")
    if number != 0:
        raise Undelivered(f"room-{number}", permanent=number == room.gone)


def fitted(text: str, longest: int) -> str:
    """The text in at most so many bytes of UTF-8. What is too long loses its middle: the last line names the message."""
    if len(text.encode(errors="replace")) <= longest:
        return text
    start, _, last = text.rpartition("\n")
    end = f"…\n{last}"
    return start.encode(errors="replace")[:longest - len(end.encode(errors="replace"))].decode(errors="ignore") + end
