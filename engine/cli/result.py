"""What is printed after a write: the ticket as it is now, or with `--dry-run` the events that would have been appended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from engine.cli.call import Call
from engine.cli.card import card, line
from engine.cli.frame import option
from engine.desk.act import Done
from engine.desk.showing import listed
from engine.rules.proof.chain import moment
from engine.rules.ticket_facts import Denial
from engine.views.event import event_title, event_view

REGISTERED = frozenset({"object", "comment", "progress", "urge", "instruct"})
"""Triggers by which something is told and nothing is decided."""


def write_options() -> Sequence[click.Parameter]:
    """Options of every command that writes."""
    return (
        option("--dry-run", is_flag=True), option("--if-version", metavar="N", type=click.IntRange(min=1)),
        option("--json", "as_json", is_flag=True),
    )


def view_of(call: Call, done: Done) -> dict[str, Any]:
    return dict(listed(call.app.desk, call.app.actor, done.ticket, *done.events))


def result(
    call: Call, done: Done, *, act: str, dry_run: bool, several: bool, more: Mapping[str, Any] | None = None,
) -> None:
    """Prints what an act did. `more` goes into the JSON of the ticket."""
    view = view_of(call, done) | dict(more or {})
    remarks = _remarks(call, done)
    if remarks:
        view["remarks"] = [remark.to_json() for remark in remarks]
    warn_of(call, done, view)
    if call.json:
        events = [event_view(event) for event in done.events]
        call.dump({"number": view["number"], "dry_run": True, "events": events, "ticket": view} if dry_run else view)
        return
    phrase = call.phrase(call.app.desk.definition(done.ticket))
    for remark in remarks:
        call.warn("remark.file-used-before", numbers=phrase.several(remark.numbers), sha=remark.sha256[:12])
    if dry_run:
        _print_rehearsal(call, done, phrase, several=several)
        return
    for event in done.events:
        if event.kind == "escalated":
            call.hint("done.overdue", rung=event_title(event, phrase), date=phrase.moment(moment(event.data["scheduled_for"])))
        elif event.kind == "handed-over":
            call.hint("done.taken-over", old=phrase.unit(event.data["unit"][0]), new=phrase.unit(event.data["unit"][1]))
    if _instructed(done, view):
        call.hint("hint.instruction-waits", number=view["number"])
    if several:
        call.out(line(call, done.ticket, phrase))
        return
    code = "done.nothing" if not done.events else "done.registered" if act in REGISTERED else "done.act"
    call.hint(code, number=view["number"], trigger=_done(done, act, phrase))
    call.lines(card(call, done.ticket, view, phrase, call.app.desk.clock.now()))


def warn_of(call: Call, done: Done, view: Mapping[str, Any]) -> None:
    """Warns of what an act leaves to be done elsewhere, or undone: letters to be recalled, proposals that lapsed unsigned, instructions
    that wait for an answer; and of what it goes against: another word of a leader, a unit that declined.
    """
    recalled = [letter.partition("/")[0] for event in done.events for letter in event.data.get("recall", ())]
    lapsed = [rung for event in done.events for rung in event.data.get("lapsed", ())]
    overruled = [event.data["instead_of"] for event in done.events if "instead_of" in event.data]
    declined = _declined(done)
    waiting = _instructed(done, view)
    if not recalled and not lapsed and not waiting and not overruled and declined is None:
        return
    phrase = call.phrase(call.app.desk.definition(done.ticket))
    if recalled:
        call.warn("hint.recall", letters=phrase.several(phrase.label("letter", letter) for letter in recalled))
    if lapsed:
        call.warn("hint.lapsed", rungs=phrase.several(phrase.rung_title(rung) for rung in lapsed))
    for before in overruled:
        call.warn(f"done.consent-before-{before['agreed']}".lower(), leader=phrase.person(before["leader"]))
    if declined is not None:
        code = "done.declined-before" if declined.suggest else "done.declined-before-alone"
        call.warn(code, unit=phrase.unit(declined.unit), suggested=phrase.unit(declined.suggest))
    if waiting:
        call.warn("done.instruction-waits", number=view["number"], leaders=phrase.several(phrase.person(name) for name in waiting))


def _declined(done: Done) -> Denial | None:
    """How the unit to which an act gives the ticket declined it before; who is designated (指定承办) was meant to have it nevertheless."""
    ticket = done.ticket
    if ticket.designated or not any((event.data.get("effects") or {}).get("lead") for event in done.events):
        return None
    return next((item for item in reversed(ticket.denials) if item.unit == ticket.lead), None)


def _instructed(done: Done, view: Mapping[str, Any]) -> list[str]:
    """Whose instructions wait for an answer on a ticket that an act closed."""
    if not done.events or not done.ticket.final:
        return []
    return [item["by"] for item in view["instructions"] if item["reported_at"] is None]


def _done(done: Done, act: str, phrase: Any) -> str:
    """What was done, as the log calls it: an urging by its way."""
    return next((event_title(event, phrase) for event in done.events if event.data.get("trigger") == act), phrase.trigger(act))


def _remarks(call: Call, done: Done) -> list[Any]:
    """The files that the new events cite and another ticket cites too."""
    hashes = [item["sha256"] for event in done.events for item in event.data.get("evidence", ())]
    if not hashes:
        return []
    from engine.desk.evidence import reused  # few acts cite files, and every act imports this one

    return reused(call.app.desk, call.app.actor, done.ticket, hashes)


def _print_rehearsal(call: Call, done: Done, phrase: Any, *, several: bool) -> None:
    """The events that an act would append; of several tickets each as it would stand, and for a program nothing else: it gets the lines
    that it gets when they are written.
    """
    from engine.cli.log import event_lines  # only `--dry-run` shows events, and every act imports this file

    call.hint("done.dry-run", number=done.ticket.number)
    if several:
        call.out(line(call, done.ticket, phrase))
        if not call.terminal.out:
            return
    for event in done.events:
        call.lines(event_lines(call, event, phrase))
