"""The robot of a chat room, by the address that WeCom, DingTalk and Feishu show whoever makes one.

A room is known by the path of the address, since an office may run one on a host of its own. Whether that host may be told anything is
for `[notices.chat]` to say, never for the address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from engine.notices.address import web_address

SITES = {
    "wecom": ("https://qyapi.weixin.qq.com",),
    "dingtalk": ("https://oapi.dingtalk.com",),
    "feishu": ("https://open.feishu.cn", "https://open.larksuite.com"),
}
"""Where the makers of the rooms take messages."""

_PATHS = {
    "wecom": (re.compile(r"/cgi-bin/webhook/send/?"), "key"),
    "dingtalk": (re.compile(r"/robot/send/?"), "access_token"),
    "feishu": (re.compile(r"/open-apis/bot/v2/hook/[\w-]+/?"), None),
}
"""By room: the path of its robots, and which part of the query must be there."""

SIGNING = "secret"
"""What an address is given in addition where the robot wants messages signed; it is never sent."""


@dataclass(frozen=True, slots=True, repr=False)
class Robot:
    """A robot. `site` is scheme and host, `target` path and query, with the robot's key; `secret` signs where one was given."""

    room: str
    site: str
    target: str
    secret: str | None = None

    def __repr__(self) -> str:
        return f"Robot({self.room})"


def robot_of(address: str) -> Robot | None:
    """The robot of an address; None where it is no robot's."""
    parts = web_address(address)
    if parts is None or parts.fragment:
        return None
    query = dict(parse_qsl(parts.query))
    secret = query.pop(SIGNING, None)
    target = parts.path + (f"?{urlencode(query)}" if query else "")
    for room, (path, needed) in _PATHS.items():
        if path.fullmatch(parts.path) and (needed is None or needed in query):
            return Robot(room, f"{parts.scheme}://{parts.netloc.lower()}", target, secret)
    return None
