"""Chat services and their robots: the address that WeCom, DingTalk and Feishu show whoever makes a robot, and the request each takes.

A service is recognised by the path of the address, since an office may run one on a host of its own. Whether that host may be told
anything is for `[notices.chat]` to say, never for the address. WeCom counts bytes, three for a Chinese character. DingTalk and Feishu
sign the same words with key and message changed about.
"""

from __future__ import annotations

import hmac
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from engine.notices.address import web_address

SITES = {
    "wecom": ("https://qyapi.weixin.qq.com",),
    "dingtalk": ("https://oapi.dingtalk.com",),
    "feishu": ("https://open.feishu.cn", "https://open.larksuite.com"),
}
"""Where the makers of the services take messages."""

_PATHS = {
    "wecom": (re.compile(r"/cgi-bin/webhook/send/?"), "key"),
    "dingtalk": (re.compile(r"/robot/send/?"), "access_token"),
    "feishu": (re.compile(r"/open-apis/bot/v2/hook/[\w-]+/?"), None),
}
"""By service: the path of its robots, and which part of the query must be there."""

SIGNING = "secret"
"""What an address is given in addition where the robot wants messages signed; it is never sent."""


@dataclass(frozen=True, slots=True, repr=False)
class Robot:
    """A robot. `site` is scheme and host, `target` path and query, with the robot's key; `secret` signs where one was given."""

    service: str
    site: str
    target: str
    secret: str | None = None

    def __repr__(self) -> str:
        return f"Robot({self.service})"


def robot_of(address: str) -> Robot | None:
    """The robot of an address; None where it is no robot's."""
    parts = web_address(address)
    if parts is None or parts.fragment:
        return None
    query = dict(parse_qsl(parts.query))
    secret = query.pop(SIGNING, None)
    target = parts.path + (f"?{urlencode(query)}" if query else "")
    for service, (path, needed) in _PATHS.items():
        if path.fullmatch(parts.path) and (needed is None or needed in query):
            return Robot(service, f"{parts.scheme}://{parts.netloc.lower()}", target, secret)
    return None


class ChatService(NamedTuple):
    """What a chat service takes: the most bytes of text, its request, and the error number by which it says that a robot is gone."""

    longest: int
    request: Callable[[Robot, str, datetime], tuple[str, dict[str, Any]]]
    gone: int


def _wecom(robot: Robot, text: str, at: datetime) -> tuple[str, dict[str, Any]]:
    return robot.target, {"msgtype": "text", "text": {"content": text}}


def _dingtalk(robot: Robot, text: str, at: datetime) -> tuple[str, dict[str, Any]]:
    target, payload = robot.target, {"msgtype": "text", "text": {"content": text}}
    if robot.secret:
        stamp = str(round(at.timestamp() * 1000))
        target += "&" + urlencode({"timestamp": stamp, "sign": _signature(robot.secret, f"{stamp}\n{robot.secret}")})
    return target, payload


def _feishu(robot: Robot, text: str, at: datetime) -> tuple[str, dict[str, Any]]:
    payload: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if robot.secret:
        stamp = str(round(at.timestamp()))
        payload |= {"timestamp": stamp, "sign": _signature(f"{stamp}\n{robot.secret}", "")}
    return robot.target, payload


CHAT_SERVICES = {
    "wecom": ChatService(2_048, _wecom, gone=93000),
    "dingtalk": ChatService(18_000, _dingtalk, gone=300001),
    "feishu": ChatService(18_000, _feishu, gone=19001),
}
"""DingTalk and Feishu take requests of 20,000 bytes, of which JSON needs some."""


def _signature(key: str, words: str) -> str:
    return b64encode(hmac.digest(key.encode(), words.encode(), "sha256")).decode()
