"""Robots of WeCom, DingTalk and Feishu: one POST, as `chat_services` describes it.

All three say "200 OK" to what they refuse; whether a message was taken stands in the answer.
"""

from __future__ import annotations

import json

from engine.notices.channels.chat_services import CHAT_SERVICES, ChatService, robot_of
from engine.notices.channels.http import Answer, post
from engine.notices.channels.message import Message, Undelivered
from engine.notices.setup import ChatSetup


class Chat:
    """The channel to the robots of one chat service. The address of an account's robot holds its key and is never shown."""

    def __init__(self, setup: ChatSetup) -> None:
        self.setup = setup

    def send(self, message: Message) -> None:
        robot = robot_of(message.address)
        if robot is None or robot.service != self.setup.service or robot.site not in self.setup.sites:
            raise Undelivered("bad-address", permanent=True)
        service = CHAT_SERVICES[robot.service]
        target, payload = service.request(robot, fitted(f"{message.subject}\n{message.body}", service.longest), message.at)
        body = json.dumps(payload, ensure_ascii=False).encode(errors="replace")
        answer = post(robot.site + target, body, {"Content-Type": "application/json; charset=utf-8"}, self.setup.ca_file)
        _must_be_taken(answer, service)

    def close(self) -> None:
        """Nothing is kept open."""


def _must_be_taken(answer: Answer, service: ChatService) -> None:
    """Raises Undelivered, with the service's own error number, unless the answer says that the message was taken."""
    try:
        reply = json.loads(answer.body)
        number = next(reply[name] for name in ("errcode", "code", "StatusCode") if name in reply)
    except (ValueError, TypeError, StopIteration):
        raise Undelivered("not-taken") from None  # somebody else's page, perhaps of a proxy
    if type(number) is not int:
        raise Undelivered("not-taken")
    if number != 0:
        raise Undelivered(f"room-{number}", permanent=number == service.gone)


def fitted(text: str, longest: int) -> str:
    """The text in at most so many bytes of UTF-8. What is too long loses its middle: the last line names the message."""
    if len(text.encode(errors="replace")) <= longest:
        return text
    start, _, last = text.rpartition("\n")
    end = f"…\n{last}"
    return start.encode(errors="replace")[:longest - len(end.encode(errors="replace"))].decode(errors="ignore") + end
