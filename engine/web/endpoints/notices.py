"""Notices: what one was told; and for whoever administers what left the program, what did not, and sending it again."""

from __future__ import annotations

from starlette.responses import Response

from engine.errors import UsageError
from engine.notices.inbox import Entry, read_inbox
from engine.notices.outbox import OutboxNotice, read_outbox
from engine.registry.resend import Outbox
from engine.views.administration import Inbox, InboxLine, OutboxLine, OutboxPage
from engine.web.attempt import attempted
from engine.web.context import Context
from engine.web.page import page

SHOWN = 100
"""So many are shown, the newest first."""


def inbox(context: Context) -> Response:
    """What one was told. Looking marks nothing as read: what is read is told apart by whoever acts."""
    everything = context.query.on("every")
    rows = tuple(
        InboxLine(
            entry.at, entry.line.number, entry.line.what, entry.line.title, entry.line.by, entry.line.past, entry.read_at is None,
        ) for entry in told(context, everything=everything)
    )
    return page(context, "notices/inbox", Inbox(rows, everything), form=context.query)


def outbox(context: Context) -> Response:
    return page(context, "notices/outbox", _outbox(context), form=context.query)


def resend(context: Context) -> Response:
    """Sends again what was given up: some of it, or all."""
    def sent_again() -> str:
        resent(context)
        return "/notices/outbox?done=resent"

    return attempted(context, sent_again, "notices/outbox", lambda: _outbox(context))


# by whichever door ---------------------------------------------------------------------------------------------------


def told(context: Context, *, everything: bool) -> list[Entry]:
    """What the reader was told, the newest first; all of it where `everything`, else what was not read."""
    return read_inbox(
        context.record.database, context.who, context.record.desk.clock.now(), context.language, context.settings.labels,
        everything=everything, limit=SHOWN,
    )


def left(context: Context, *, dead: bool) -> list[OutboxNotice]:
    """What left the program or should leave it, the newest first; with `dead` only what was given up."""
    desk = context.record.desk
    return read_outbox(
        context.record.database, context.who, desk.clock.now(), desk.rules.calendar(), sandbox=context.record.sandbox, dead=dead,
        limit=SHOWN,
    )


def resent(context: Context) -> list[int]:
    """Sends again what the form names, or all that was given up, and returns which. Raises UsageError where neither is said."""
    ids = [int(text) for text in context.form.texts.every("id") if text.isdecimal() and len(text) < 12]
    if not ids and not context.form.texts.on("dead"):
        raise UsageError(reason="usage-resend")
    return Outbox(context.record.database, context.record.desk.clock).resend(context.who, ids or None)


def _outbox(context: Context) -> OutboxPage:
    dead = context.query.on("dead")
    rows = tuple(
        OutboxLine(
            item.id, item.state, item.channel, item.recipient, item.number, item.sent_at or item.next_try_at, item.tries, item.error,
        ) for item in left(context, dead=dead)
    )
    return OutboxPage(rows, dead)
