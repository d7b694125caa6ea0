"""`zg notices`: what I was told; and for the office what left the program, what did not, and sending it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

from engine.cli.call import Call
from engine.cli.frame import Noun, argument, option, presented, verb
from engine.cli.table import Cell, Column, table, tsv
from engine.errors import UsageError
from engine.notices.delivery import deliver as deliver_due
from engine.notices.inbox import count_inbox, mark_read, read_inbox
from engine.notices.outbox import LONGEST_WAIT, read_outbox
from engine.registry.resend import Outbox
from engine.rules.batch import is_batch_number
from engine.rules.ticket_number import short_number
from engine.views.moments import moment_text
from engine.words.undelivered import failure_text

MOST = 10_000

NEWS = "*"
"""The mark of a notice that was not read, where the terminal has no room for the word."""

TEXT_LEAST = 12
"""The least width of what a notice says and of its ticket's title: on a narrow terminal times become dates and numbers short before."""


def _print_inbox(call: Call, everything: bool, mark: bool, limit: int) -> int:
    app = call.app
    now = app.desk.clock.now()
    found = read_inbox(
        app.database, app.actor, now, call.language, call.require_settings().labels, everything=everything, limit=limit,
    )
    phrase, year = call.phrase(), app.desk.rules.calendar().local_day(now).year
    rows: list[list[Cell | str]] = []
    for entry in found:
        line = entry.line
        if call.json:
            call.dump({
                "id": entry.key, "at": moment_text(entry.at), "read_at": moment_text(entry.read_at), "number": line.number or None,
                "seq": entry.event.seq, "kind": entry.event.kind, "code": entry.code, "text": line.what, "title": line.title,
                "due_at": moment_text(line.by),
            })
        elif call.terminal.out:
            news = Cell(call.say("inbox.new"), ("bold",), brief=NEWS) if entry.read_at is None else Cell("")
            due = Cell(phrase.moment(line.by), ("red",) if line.past else (), brief=phrase.day(line.by))
            number = Cell(line.number, brief=_brief(line.number, year))
            rows.append([news, Cell(phrase.moment(entry.at), brief=phrase.day(entry.at)), number, line.what, due, line.title])
        else:
            call.lines(tsv([[
                entry.key, moment_text(entry.at), line.number, entry.code, moment_text(line.by), moment_text(entry.read_at), line.title,
            ]]))
    columns = [
        Column(call.say("field.news"), whole=True, brief=1, brief_title=""), Column(call.say("field.told"), whole=True, brief=3),
        Column(call.say("field.number"), whole=True, brief=2, brief_title="#"), Column(call.say("field.what"), least=TEXT_LEAST),
        Column(call.say("field.by"), whole=True, brief=4), Column(call.say("field.title"), least=TEXT_LEAST),
    ]
    call.lines(table(columns, rows, call.terminal))
    total = count_inbox(app.database, app.actor, everything=everything)
    if mark and found:
        mark_read(app.database, app.actor, [entry.id for entry in found], now)
    call.hint("inbox.count" if found else "inbox.none", count=total, shown=len(found))
    return 0


@verb(
    "notices.outbox", option("--dead", is_flag=True), option("--limit", type=click.IntRange(1, MOST), metavar="N", default=50),
    option("--json", "as_json", is_flag=True),
)
def outbox(call: Call, dead: bool, limit: int, as_json: bool) -> int:
    app = call.app
    now = app.desk.clock.now()
    phrase, year = call.phrase(), app.desk.rules.calendar().local_day(now).year
    rows: list[list[Cell | str]] = []
    found = read_outbox(
        app.database, app.actor, now, app.desk.rules.calendar(), sandbox=app.sandbox, dead=dead, limit=limit,
    )
    for letter in found:
        if call.json:
            call.dump(_json_facts(letter.facts()))
        elif call.terminal.out:
            state = Cell(call.say(f"outbox.{letter.state}"), ("red",) if letter.state == "dead" else ())
            when = letter.sent_at or (None if letter.state in ("dead", "held") else letter.next_try_at)
            rows.append([
                str(letter.id), state, phrase.label("channel", letter.channel), letter.recipient,
                Cell(letter.number or "", brief=_brief(letter.number or "", year)),
                Cell(phrase.moment(when), brief=phrase.day(when)), str(letter.tries), failure_text(phrase, letter.error),
            ])
        else:
            facts = _json_facts(letter.facts())
            call.lines(tsv([[facts[name] for name in (
                "id", "state", "channel", "recipient", "number", "sent_at", "next_try_at", "tries", "error",
            )]]))
    columns = [
        Column(call.say("field.id"), whole=True, right=True), Column(call.say("field.state"), whole=True),
        Column(call.say("field.channel"), whole=True), Column(call.say("field.recipient")),
        Column(call.say("field.number"), whole=True, brief=4, brief_title="#"),
        Column(call.say("field.when"), whole=True, brief=3), Column(call.say("field.tries"), whole=True, right=True, spare=2),
        Column(call.say("field.trouble"), least=TEXT_LEAST),
    ]
    call.lines(table(columns, rows, call.terminal))
    call.hint("outbox.count" if found else "outbox.none", count=len(found))
    if any(letter.state == "dead" for letter in found):
        call.hint("hint.resend")
    return 0


@verb(
    "notices.resend", argument("ids", nargs=-1, metavar="ID…", type=click.IntRange(min=1)), option("--dead", is_flag=True),
    option("--json", "as_json", is_flag=True),
)
def resend(call: Call, ids: tuple[int, ...], dead: bool, as_json: bool) -> int:
    if bool(ids) == dead:
        raise UsageError(reason="usage-resend")
    app = call.app
    again = Outbox(app.database, app.desk.clock).resend(app.actor, None if dead else ids)
    if call.json:
        call.dump({"resent": again})
    else:
        call.out(call.say("resend.done", count=len(again)))
    return 0


@verb("notices.deliver", option("--json", "as_json", is_flag=True))
def deliver(call: Call, as_json: bool) -> int:
    app = call.app
    done = deliver_due(app.database, app.desk.clock, app.actor, call.require_settings().notices_setup())
    counts = {
        "sent": done.sent, "failed": done.failed, "dead": done.dead, "expired": done.expired, "waiting": done.waiting, "held": done.held,
    }
    if call.json:
        call.dump(counts)
    else:
        call.out(call.say("deliver.held" if app.sandbox else "deliver.done", **counts))
        if done.expired:
            call.out(call.say("deliver.expired", count=done.expired, days=LONGEST_WAIT.days))
        if done.failed or done.dead > done.expired:
            call.hint("hint.outbox")
    return 0


def _brief(number: str, year: int) -> str:
    """The short form of a ticket's number on a narrow terminal; that of a batch stays whole, since both count from 1."""
    return short_number(number, year) if number and not is_batch_number(number) else number


def _json_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: moment_text(value) if isinstance(value, datetime) else value for name, value in facts.items()}


@click.pass_context
def _notices(ctx: click.Context, everything: bool, mark: bool, limit: int, as_json: bool) -> int | None:
    call = ctx.find_object(Call)
    if call is None or ctx.invoked_subcommand is not None:
        return None
    with presented(call, "notices", ctx.command_path):
        return _print_inbox(call, everything, mark, limit)


notices = Noun("notices", (outbox, resend, deliver), _notices, [
    option("--all", "everything", is_flag=True), option("--read", "mark", is_flag=True),
    option("--limit", type=click.IntRange(1, MOST), metavar="N", default=50), option("--json", "as_json", is_flag=True),
])
