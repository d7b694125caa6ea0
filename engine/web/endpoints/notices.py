"""Notices: what one was told; and for whoever administers what left the program, what did not, and sending it again."""

from __future__ import annotations

from starlette.responses import Response

from engine.errors import UsageError
from engine.notices.inbox import read_inbox
from engine.notices.outbox import read_outbox
from engine.registry.resend import Outbox
from engine.views.administration import Inbox, InboxLine, OutboxLine, OutboxPage
from engine.web.attempt import attempted
from engine.web.context import Context
from engine.web.page import page

SHOWN = 100
"""So many are shown, the newest first."""


def inbox(context: Context) -> Response:
    """What one was told. Looking marks nothing as read: what is read is told apart by whoever acts."""
    everything, desk = context.query.on("every"), context.record.desk
    found = read_inbox(
        context.record.database, context.who, desk.clock.now(), context.language, context.settings.labels, everything=everything,
        limit=SHOWN,
    )
    rows = tuple(
        InboxLine(
            entry.at, entry.line.number, entry.line.what, entry.line.title, entry.line.by, entry.line.past, entry.read_at is None,
        ) for entry in found
    )
    return page(context, "notices/inbox", Inbox(rows, everything), form=context.query)


def outbox(context: Context) -> Response:
    return page(context, "notices/outbox", _outbox(context), form=context.query)


def resend(context: Context) -> Response:
    """Sends again what was given up: some of it, or all."""
    def resent() -> str:
        ids = [int(text) for text in context.form.texts.every("id") if text.isdecimal() and len(text) < 12]
        if not ids and not context.form.texts.on("dead"):
            raise UsageError(reason="usage-resend")
        Outbox(context.record.database, context.record.desk.clock).resend(context.who, ids or None)
        return "/notices/outbox?done=resent"

    return attempted(context, resent, "notices/outbox", lambda: _outbox(context))


def _outbox(context: Context) -> OutboxPage:
    desk, dead = context.record.desk, context.query.on("dead")
    found = read_outbox(
        context.record.database, context.who, desk.clock.now(), desk.rules.calendar(), sandbox=context.record.sandbox, dead=dead,
        limit=SHOWN,
    )
    rows = tuple(
        OutboxLine(
            item.id, item.state, item.channel, item.recipient, item.number, item.sent_at or item.next_try_at, item.tries, item.error,
        ) for item in found
    )
    return OutboxPage(rows, dead)
