"""Notices, for programs: what an account was told; and for whoever administers what left the program, and sending it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NotRequired, TypedDict

from starlette.responses import Response

from engine.notices.inbox import Entry
from engine.notices.outbox import OutboxNotice
from engine.views.moments import moment_text
from engine.web.api.answer import answer, asked_for, sent
from engine.web.context import Context
from engine.web.endpoints.notices import left, resent, told


class NoticeView(TypedDict):
    """A notice, as the inbox of the command line has it: `code` is the trigger, rung or kind of the event, `text` what it says."""

    id: str
    at: str | None
    read_at: str | None
    number: str | None
    seq: int
    kind: str
    code: str
    text: str
    title: str
    due_at: str | None


class NoticesView(TypedDict):
    """What an account was told, the newest first."""

    notices: list[NoticeView]


class LeftView(TypedDict):
    """A message that left the program or should leave it: `state` is sent, dead, held, quiet, retry or waiting."""

    id: int
    state: str
    channel: str
    recipient: str
    number: str | None
    created_at: str | None
    sent_at: str | None
    next_try_at: str | None
    tries: int
    error: str | None


class OutboxView(TypedDict):
    """What left the program or should leave it, the newest first."""

    outbox: list[LeftView]


@dataclass(frozen=True, slots=True)
class Dead:
    """`dead`: only what was given up."""

    dead: bool = False


class Resend(TypedDict):
    """Which messages are sent again, by their ids; or all that were given up (`dead`)."""

    id: NotRequired[list[int]]
    dead: NotRequired[bool]


class ResentView(TypedDict):
    """Which messages are sent again."""

    resent: list[int]


def inbox(context: Context) -> Response:
    """What the account was told and did not read yet; with `every` all of it. Asking marks nothing as read."""
    view: NoticesView = {"notices": [_notice(entry) for entry in told(context, everything=asked_for(context, "every"))]}
    return answer(context.asked, view)


def outbox(context: Context) -> Response:
    """What left the program or should leave it; with `dead` only what was given up."""
    view: OutboxView = {"outbox": [_left(item) for item in left(context, dead=asked_for(context, "dead"))]}
    return answer(context.asked, view)


def resend(context: Context) -> Response:
    """Sends again what did not arrive: some of it, or all that was given up."""
    view: ResentView = {"resent": resent(sent(context, Resend))}
    return answer(context.asked, view)


def _notice(entry: Entry) -> NoticeView:
    line = entry.line
    return {
        "id": entry.key, "at": moment_text(entry.at), "read_at": moment_text(entry.read_at), "number": line.number or None,
        "seq": entry.event.seq, "kind": entry.event.kind, "code": entry.code, "text": line.what, "title": line.title,
        "due_at": moment_text(line.by),
    }


def _left(item: OutboxNotice) -> LeftView:
    return {
        "id": item.id, "state": item.state, "channel": item.channel, "recipient": item.recipient, "number": item.number,
        "created_at": moment_text(item.created_at), "sent_at": moment_text(item.sent_at), "next_try_at": moment_text(item.next_try_at),
        "tries": item.tries, "error": item.error,
    }
