"""`--each`: one ticket for each unit of a group, all of one batch, after a look at whom it concerns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from engine.cli.agreeing import agrees
from engine.cli.call import Call
from engine.cli.failure import refusing
from engine.cli.frame import option
from engine.cli.result import result
from engine.desk.act import Done
from engine.errors import NotPossible, UsageError


def each_option() -> click.Option:
    return option("--each", "each_unit", is_flag=True)


def for_each(
    call: Call, lead: str | None, act: str, write: Callable[[Sequence[str]], Sequence[Done]], *, dry_run: bool, yes: bool,
) -> int:
    """Does an act for each unit that `lead` names, if a person agrees.

    Raises UsageError where no unit is named, or nobody can be asked; NotPossible where no unit of the group is in force any more.
    """
    if lead is None:
        raise UsageError(reason="usage-each")
    units = call.app.intake.members(lead)
    if not units:
        raise NotPossible(reason="no-member-in-force", name=lead)
    names = call.phrase().several(call.unit_name(code) for code in units)
    if not dry_run and not agrees(call, call.say("ask.each", count=len(units), units=names), yes=yes):
        call.hint("each.nothing")
        return 0
    with refusing(act):
        done = write(units)
    for item in done:
        result(call, item, act=act, dry_run=dry_run, several=True)
    call.hint("each.rehearsed" if dry_run else "each.done", count=len(done), batch=done[0].ticket.batch)
    return 0
