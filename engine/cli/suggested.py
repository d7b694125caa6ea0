"""`zg assign --visit V --suggested`: what a visit found, each finding to the unit it was suggested for, after a look at it by unit."""

from __future__ import annotations

from engine.cli.agreeing import agrees
from engine.cli.call import Call
from engine.cli.failure import report
from engine.cli.many import SOME_FAILED
from engine.cli.result import result
from engine.cli.table import Column, table
from engine.office.visits.assigning import ASSIGN, Suggested, suggested
from engine.office.visits.assigning import assign_suggested as assigned_as_suggested


def assign_suggested(call: Call, number: str, *, dry_run: bool, yes: bool) -> int:
    """Assigns them, if a person agrees. The exit code is that of all, or 7 if they differ. Raises UsageError where nobody can be asked."""
    app = call.app
    groups = suggested(app.desk, app.actor, number)
    if not call.json and call.terminal.out:
        call.lines(_by_unit(call, groups))
    count = sum(len(group.tickets) - len(group.against) for group in groups)
    if not dry_run and count > 0 and not agrees(call, call.say("ask.suggested", count=count), yes=yes):
        call.hint("each.nothing")
        return 0
    codes = []
    for item in assigned_as_suggested(app.desk, app.actor, number, dry_run=dry_run):
        if item.error is not None:
            item.error.values.setdefault("number", item.ticket.number)
            codes.append(report(item.error, call))
        elif item.done is not None:
            result(call, item.done, act=ASSIGN, dry_run=dry_run, several=True)
            codes.append(0)
    done = codes.count(0)
    call.hint("hint.several-possible" if dry_run else "hint.several", done=done, failed=len(codes) - done)
    return codes[0] if codes and len(set(codes)) == 1 else SOME_FAILED if codes else 0


def _by_unit(call: Call, groups: list[Suggested]) -> list[str]:
    rows = [
        [
            call.unit_name(group.unit) if group.unit else "", call.phrase().several(ticket.number for ticket in group.tickets),
            str(len(group.against) or ""),
        ]
        for group in groups
    ]
    columns = [
        Column(call.say("field.lead"), whole=True), Column(call.say("field.number")), Column(call.say("field.against"), right=True),
    ]
    return [*table(columns, rows, call.terminal), ""] if rows else []
