"""`zg watch`: does the duties by the clock until it is ended, a line for each thing that happened."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from engine.cli.call import Call, dumped
from engine.cli.failure import one_line
from engine.cli.frame import option, verb
from engine.cli.terminal import clean
from engine.errors import ZgError
from engine.views.moments import moment_text
from engine.watch.daemon import watch as run_daemon
from engine.watch.duties import DutyDone, Stop, code_of, duties, perform, process

USUAL_SECONDS = 60.0
SOME_FAILED = 7


@verb(
    "watch", option("--interval", metavar="SECONDS", type=click.FloatRange(min=0.05, max=86_400), default=USUAL_SECONDS),
    option("--once", is_flag=True), option("--json", "as_json", is_flag=True),
)
def watch(call: Call, interval: float, once: bool, as_json: bool) -> int:
    settings = call.require_settings()
    zone = call.app.desk.rules.zone()  # what is wrong with the database is told at once
    call.close()
    todo = duties(interval)

    def told(done: DutyDone) -> None:
        print_duty(call, done, datetime.now(zone), idle=once)

    if once:
        went = [perform(duty, settings, Stop()) for duty in todo]
        for done in went:
            told(done)
        failed = [done.error for done in went if done.error is not None]
        codes = {error.exit if isinstance(error, ZgError) else 1 for error in failed}
        return 0 if not failed else codes.pop() if len(codes) == 1 else SOME_FAILED
    call.hint("watch.begins", process=process(), seconds=f"{interval:g}", duties=call.say("list.comma").join(
        call.say(f"duty.{duty.name}") for duty in todo
    ))
    run_daemon(settings, todo, told)
    call.hint("watch.ends", process=process())
    return 0


def print_duty(call: Call, done: DutyDone, at: datetime, *, idle: bool) -> None:
    """Prints what a duty did, one line in one write because duties run beside each other; `idle`: also that it found nothing to do.
    Failures go to standard error.
    """
    if call.json:
        node = {"duty": done.duty, "at": moment_text(at.astimezone(UTC)), **done.facts}
        if done.error is not None:
            node["error"] = code_of(done.error)
        sys.stdout.write(dumped(node) + "\n")
        sys.stdout.flush()
        return
    when = at.strftime("%Y-%m-%d %H:%M:%S")
    if done.error is not None:
        what = one_line(done.error, call)
        sys.stderr.write(clean(f"{when}  {call.say('watch.failed', duty=call.say(f'duty.{done.duty}'), what=what)}") + "\n")
        sys.stderr.flush()
    elif any(done.facts.get(name) for name in ("events", "aside", "unreadable", "told", "sent", "expired", "sealed", "cosigned")):
        sys.stdout.write(clean(f"{when}  {call.say(f'watch.did.{done.duty}', **done.facts)}") + "\n")
        sys.stdout.flush()
    elif idle:
        sys.stdout.write(clean(f"{when}  {call.say('watch.idle', duty=call.say(f'duty.{done.duty}'))}") + "\n")
