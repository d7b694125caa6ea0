"""`zg clock`: what time it is here, and moving a sandbox's clock."""

from __future__ import annotations

from datetime import datetime

import click

from engine.cli.call import Call
from engine.cli.frame import Noun, argument, option, verb
from engine.rules.worktime import Side
from engine.views.moments import moment_text


def _print_clock(call: Call) -> int:
    app = call.app
    now = app.desk.clock.now()
    if call.json:
        call.dump({"now": moment_text(now), "sandbox": app.sandbox})
        return 0
    phrase = call.phrase()
    call.out(call.say("clock.sandbox" if app.sandbox else "clock.real", date=phrase.moment(now)))
    return 0


@verb("clock.advance", argument("amount", metavar="AMOUNT"), option("--json", "as_json", is_flag=True))
def advance(call: Call, amount: str, as_json: bool) -> int:
    """Moves the clock on by an amount: `3d` is three days at the same hour; working days end at their close, as everywhere."""
    return _move(call, call.value_of(call.app.intake.later(amount)))


@verb("clock.set", argument("when", metavar="WHEN"), option("--json", "as_json", is_flag=True))
def set_(call: Call, when: str, as_json: bool) -> int:
    return _move(call, call.value_of(call.app.intake.when(when, Side.COMING)))


def _move(call: Call, to: datetime) -> int:
    app = call.app
    moved = app.registry.move_clock(app.actor, to)
    if call.json:
        call.dump({"now": moment_text(moved), "sandbox": True})
        return 0
    call.out(call.say("clock.sandbox", date=call.phrase().moment(moved)))
    call.hint("hint.clock-moved")
    return 0


@click.pass_context
def _clock(ctx: click.Context, as_json: bool) -> int | None:
    call = ctx.find_object(Call)
    return _print_clock(call) if call is not None and ctx.invoked_subcommand is None else None


clock = Noun("clock", (advance, set_), _clock, [option("--json", "as_json", is_flag=True)])
